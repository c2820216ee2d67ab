"""Reading TOML that may be hostile: limits first, the parser after.

A dotted key of 40 kB costs tomllib seconds and gigabytes, and 500 nested brackets end its stack
(security-cases S82), so size, dots and brackets are counted before it sees the text.
"""

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from harvester.errors import ConfigError, reason_of
from harvester.words import Text

MAX_BYTES: Final = 256 * 1024
MAX_DOTS_IN_LINE: Final = 50
MAX_BRACKETS_IN_LINE: Final = 50

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def read_text(path: Path) -> str:
    """Return the text of a TOML file, read once and bounded.

    Raises ``ConfigError`` when it cannot be read, is over 256 KiB or is not UTF-8.
    """
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ConfigError(
            f"{path}: "
            + Text(
                "filen finns inte; skriv en med `harvester init` eller ange en med --config",
                "no such file; write one with `harvester init` or name one with --config",
            )
        ) from None
    except OSError as error:
        raise ConfigError(
            f"{path}: " + Text("kan inte läsas: ", "cannot be read: ") + reason_of(error)
        ) from error
    if len(body) > MAX_BYTES:
        most = MAX_BYTES // 1024
        raise ConfigError(
            Text(
                f"{path}: större än {most} KiB; dela upp källorna på flera filer",
                f"{path}: larger than {most} KiB; split the sources",
            )
        )
    try:
        return body.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            Text(
                f"{path}:{line}: inte UTF-8; spara filen som UTF-8",
                f"{path}:{line}: not UTF-8; save the file as UTF-8",
            )
        ) from error


def parse(text: str, path: Path) -> dict[str, Any]:
    """Parse bounded TOML text; ``path`` names it in errors.

    Raises ``ConfigError`` with the line.
    """
    _refuse_bombs(text, path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = place[1] if place and place[1] else text.count("\n") + 1
        why = _PLACE.sub("", str(error))
        raise ConfigError(
            Text(f"{path}:{line}: inte TOML: {why}", f"{path}:{line}: not TOML: {why}")
        ) from error
    except RecursionError:
        raise ConfigError(
            f"{path}: " + Text("parenteser i för många nivåer", "brackets nested too deeply")
        ) from None


def _refuse_bombs(text: str, path: Path) -> None:
    # With multi-line strings in the file a line's quotes cannot be paired without parsing, so
    # there every dot and bracket counts.
    has_blocks = '"""' in text or "'''" in text
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw if has_blocks else _QUOTED.sub("", raw)
        if line.count(".") > MAX_DOTS_IN_LINE:
            raise ConfigError(
                Text(
                    f"{path}:{number}: mer än {MAX_DOTS_IN_LINE} punkter på en rad",
                    f"{path}:{number}: more than {MAX_DOTS_IN_LINE} dots in one line",
                )
            )
        if line.count("[") + line.count("{") > MAX_BRACKETS_IN_LINE:
            raise ConfigError(
                Text(
                    f"{path}:{number}: mer än {MAX_BRACKETS_IN_LINE} parenteser på en rad",
                    f"{path}:{number}: more than {MAX_BRACKETS_IN_LINE} brackets in one line",
                )
            )
