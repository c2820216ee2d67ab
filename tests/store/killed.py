"""A child that stores a second night over a first one and is killed on the way.

Arguments: the store, and the number of the SQL statement before which to die (0: never).
"""

import os
import signal
import sys
from pathlib import Path

from harvester.store.store import Store
from tests.store.night import CATALOG, SOURCE, Night, dataset, finding


def night_of(number: int) -> tuple:
    """300 datasets; every third changes each night, and every seventh of night 1 goes."""
    return (
        CATALOG,
        *(
            dataset(f"d{n}", f"Titel {n} {number if n % 3 == 0 else ''}", f'dcat:keyword "k{n}"@sv')
            for n in range(300 + 10 * number)
            if number == 1 or n % 7
        ),
    )


def findings_of(number: int) -> list:
    return [finding(f"d{n}", line=n * number) for n in range(100)]


def main(path: Path, fatal: int) -> None:
    count = 0

    def die_at(_sql: str) -> None:
        nonlocal count
        count += 1
        if count == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    with Store.open(path) as store:
        night = Night(store, [SOURCE])
        night.begin()
        result = night.result(*night_of(2), findings=findings_of(2))
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        store._db.set_trace_callback(die_at)
        night.apply(result)
        store._db.set_trace_callback(None)
        sys.stdout.write(f"{count}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
