"""What a terminal shows, as an SVG that needs no font of its own and no program to be looked at."""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape

CELL: Final = 8.4
LINE: Final = 19
EDGE: Final = 16
PAPER, INK = "#16181d", "#e6e6e6"
COLOURS: Final = {
    "1": "font-weight:bold",
    "2": "fill:#9aa0a8",
    "31": "fill:#ff8f8f",
    "32": "fill:#7fd88f",
    "33": "fill:#f2c76b",
    "34": "fill:#8ab4ff",
    "35": "fill:#d7a3ff",
    "36": "fill:#7fd6e0",
}
FONT: Final = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"
_MARK: Final = re.compile(r"\x1b\[([0-9;]*)m")


def plain(text: str) -> str:
    """The text without its colours."""
    return _MARK.sub("", text)


def picture(command: str, text: str, columns: int, title: str) -> str:
    """One command and what it said, ``columns`` wide; each run of cells is as wide as its cells."""
    whole = [f"\x1b[1m$ {command}\x1b[0m", *text.rstrip("\n").split("\n")]
    lines = [row for line in whole for row in _rows(line, columns)]
    width = round(2 * EDGE + columns * CELL)
    height = 2 * EDGE + len(lines) * LINE
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' role="img" aria-label="{escape(title, {chr(34): "&quot;"})}">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="100%" height="100%" rx="8" fill="{PAPER}"/>\n'
        f'<g fill="{INK}" font-family="{FONT}" font-size="14">\n'
    )
    rows = "".join(
        f"{_row(row, EDGE + number * LINE + 14)}\n" for number, row in enumerate(lines) if row
    )
    return f"{head}{rows}</g>\n</svg>\n"


def _row(row: Sequence[tuple[int, str, str]], y: int) -> str:
    return "".join(
        f'<text x="{EDGE + at * CELL:.1f}" y="{y}" textLength="{len(run) * CELL:.1f}"'
        # An SVG viewer may take several spaces for one, but never several of these.
        f"{_style(style)}>{escape(run).replace(' ', chr(0xA0))}</text>"
        for at, style, run in row
        if run.strip()
    )


def _rows(line: str, columns: int) -> Iterator[list[tuple[int, str, str]]]:
    """Runs of one style as (first cell, style, text); a long line goes on below."""
    row: list[tuple[int, str, str]] = []
    style, at, start = "", 0, 0
    for mark in [*_MARK.finditer(line), None]:
        rest = line[start : mark.start() if mark else None]
        while rest:
            if at == columns:
                yield row
                row, at = [], 0
            run, rest = rest[: columns - at], rest[columns - at :]
            row.append((at, style, run))
            at += len(run)
        if mark:
            style, start = mark[1], mark.end()
    yield row


def _style(codes: str) -> str:
    found = ";".join(COLOURS[code] for code in codes.split(";") if code in COLOURS)
    return f' style="{found}"' if found else ""
