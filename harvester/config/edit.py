"""Adding and removing sources in the text of harvester.toml: all else stays as it was written."""

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from harvester.config.lines import code_lines
from harvester.config.load import parse_config
from harvester.errors import ConfigError, UsageError
from harvester.words import Text

_HEADER: Final = re.compile(r"\s*\[")
_SOURCE: Final = re.compile(r"\s*\[\[\s*source\s*\]\]")
_PART_OF_SOURCE: Final = re.compile(r"\s*\[\s*source\s*\.")


def add_source(text: str, path: Path, values: Mapping[str, str | int | bool]) -> str:
    """Return the text with one ``[[source]]`` more at its end.

    ``values`` holds the keys in order, ``id`` among them. Raises ``UsageError`` when the id is
    taken and ``ConfigError`` when the result would not be a valid configuration.
    """
    before = parse_config(text, path)
    if any(source.id == values["id"] for source in before.source):
        raise UsageError(
            Text(
                f'{path} har redan en källa "{values["id"]}"; välj ett annat id',
                f'{path} has a source "{values["id"]}" already; choose another id',
            )
        )
    block = "\n".join(f"{key} = {_toml(value)}" for key, value in values.items())
    edited = f"{text.rstrip()}\n\n[[source]]\n{block}\n"
    if len(parse_config(edited, path).source) != len(before.source) + 1:
        raise ConfigError(
            Text(
                f"{path}: kan inte ändras säkert; lägg till källan för hand",
                f"{path}: cannot be edited safely; add the source by hand",
            )
        )
    return edited


def remove_source(text: str, path: Path, source_id: str) -> str:
    """Return the text without one source and the comment lines right above it.

    Raises ``UsageError`` when there is no such source, ``ConfigError`` when the text is written
    in a way that cannot be cut with certainty.
    """
    before = parse_config(text, path)
    ids = [source.id for source in before.source]
    if source_id not in ids:
        known = ", ".join(ids)
        raise UsageError(
            Text(
                f'{path} har ingen källa "{source_id}"; där finns: {known or "inga"}',
                f'{path} has no source "{source_id}"; it has: {known or "none"}',
            )
        )
    lines = text.split("\n")
    starts = [n - 1 for n, line in code_lines(text) if _HEADER.match(line)]
    headers = [n for n in starts if _SOURCE.match(lines[n])]
    if len(headers) == len(ids):
        first = headers[ids.index(source_id)]
        after = [n for n in starts if n > first and not _PART_OF_SOURCE.match(lines[n])]
        last = _above_comments(lines, after[0]) if after else len(lines)
        kept = lines[: _above_comments(lines, first)] + lines[last:]
        edited = "\n".join(kept).rstrip() + "\n"
        left = parse_config(edited, path)
        if left.source == [source for source in before.source if source.id != source_id]:
            return edited
    raise ConfigError(
        Text(
            f'{path}: kan inte ändras säkert; ta bort "{source_id}" för hand',
            f'{path}: cannot be edited safely; remove "{source_id}" by hand',
        )
    )


def write_text(path: Path, text: str) -> None:
    """Replace a file by a whole new text with the same permissions, or leave it as it was."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _above_comments(lines: list[str], header: int) -> int:
    """The first of the comment lines that stand right above a header, or the header itself."""
    while header > 0 and lines[header - 1].lstrip().startswith("#"):
        header -= 1
    return header


def _toml(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    escaped = "".join(
        f"\\u{ord(char):04x}" if ord(char) < 0x20 or ord(char) == 0x7F else char
        for char in value.replace("\\", "\\\\").replace('"', '\\"')
    )
    return f'"{escaped}"'
