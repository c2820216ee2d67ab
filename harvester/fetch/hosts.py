"""Manners: how often, and how many at once, we call on one host."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Host:
    places: threading.Semaphore
    next_start: float = field(default=float("-inf"))


class Hosts:
    """Gives each request its turn at its host. Shared by all threads of a fetcher."""

    def __init__(
        self,
        *,
        per_host: int,
        monotonic: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self._per_host = per_host
        self._monotonic = monotonic
        self._sleep = sleep
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    @contextmanager
    def turn(self, host: str, interval: float) -> Iterator[float]:
        """Wait for a turn at ``host`` and hold it; yields the seconds that were waited.

        At most ``per_host`` turns are held at once, and their starts lie ``interval`` seconds
        apart.
        """
        asked = self._monotonic()
        with self._lock:
            place = self._hosts.setdefault(host, _Host(threading.Semaphore(self._per_host)))
        with place.places:
            with self._lock:
                now = self._monotonic()
                start = max(now, place.next_start)
                place.next_start = start + interval
            if start > now:
                self._sleep(start - now)
            yield self._monotonic() - asked
