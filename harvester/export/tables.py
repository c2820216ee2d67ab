"""Tables for people who use spreadsheets: a folder with one CSV file per class.

Semicolons and a byte order mark, since that is what Excel in Sweden opens as it should with a
double click; LibreOffice and every CSV library take both. ``datapackage.json`` (Frictionless Data
Package 2.0) says so to programs, README.md to people.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from harvester.export.folder import replacing_folder
from harvester.export.table_columns import COLUMNS, LANGUAGES, MANY, TABLES, Table
from harvester.model import Kind
from harvester.report.spreadsheet import Number, line

SEPARATOR: Final = ";"
JOINT: Final = " | "
PACKAGE: Final = "datapackage.json"
README: Final = "README.md"
FILES: Final = frozenset({PACKAGE, README, *(f"{table.name}.csv" for table in TABLES)})
_INTRODUCTION: Final = Path(__file__).parents[1] / "data" / "report" / "tables.md"
_BOM: Final = b"\xef\xbb\xbf"
_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_KEY: Final = ["source", "iri"]


class Rows(Protocol):
    """Where the published rows come from (``store.Store`` is one)."""

    def columns(self, kind: Kind) -> tuple[str, ...]:
        """The columns of a class, from *source* and *iri* on."""
        ...

    def published_rows(self, kind: Kind) -> Iterator[Mapping[str, Any]]:
        """The published rows of a class by column, ordered by (iri, source)."""
        ...

    def keywords(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """Keywords by (source, iri)."""
        ...

    def themes(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """Themes by (source, iri)."""
        ...


def columns_of(table: Table, rows: Rows) -> tuple[str, ...]:
    """The columns of one file, in their order."""
    return (*rows.columns(table.kind), *table.added)


def export_tables(
    folder: Path, rows: Rows, *, excluded: frozenset[tuple[str, str]] = frozenset()
) -> dict[str, int]:
    """Write the folder, wholly or not at all; the same rows give the same bytes.

    ``excluded`` are (source, iri) that are not published, with what they contain. Returns the
    number of rows of each file. Raises ``UsageError`` for a folder with others' files in it and
    ``DiskFullError``.
    """
    counts: dict[str, int] = {}
    resources = []
    with replacing_folder(folder, FILES.__contains__) as part:
        for table in TABLES:
            path = part / f"{table.name}.csv"
            digest, size = hashlib.sha256(), 0
            count = -1  # of the head
            with path.open("wb") as file:
                for piece in _lines(table, rows, excluded):
                    file.write(piece)
                    digest.update(piece)
                    size += len(piece)
                    count += 1
            counts[path.name] = count
            resources.append(_resource(table, rows, size, digest.hexdigest()))
        package = {"$schema": _PROFILE, "name": "dcat", "resources": resources}
        text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
        (part / PACKAGE).write_text(text, encoding="utf-8")
        (part / README).write_text("\n".join(readme(rows)) + "\n", encoding="utf-8")
    return counts


def _lines(table: Table, rows: Rows, excluded: frozenset[tuple[str, str]]) -> Iterator[bytes]:
    names = columns_of(table, rows)
    yield _BOM + line(names, SEPARATOR).encode()
    keywords = rows.keywords() if "keyword" in table.added else {}
    themes = rows.themes() if "theme" in table.added else {}
    publishers = _names(rows) if "publisher_name" in table.added else {}
    for found in rows.published_rows(table.kind):
        source, key = found["source"], (found["source"], found["iri"])
        if key in excluded or (source, found.get("dataset")) in excluded:
            continue
        publisher = found.get("publisher")
        row = {
            **found,
            "keyword": keywords.get(key),
            "theme": themes.get(key),
            "publisher_name": publishers.get((source, publisher)) or publishers.get(publisher),
        }
        cells = [_value(name, row[name]) for name in names]
        yield line(cells, SEPARATOR).encode("utf-8", "backslashreplace")


def _names(rows: Rows) -> dict[object, str]:
    """Publishers' names by (source, iri), and by iri for one that another source describes."""
    found: dict[object, str] = {}
    for row in rows.published_rows(Kind.AGENT):
        if row["name"]:
            found[row["source"], row["iri"]] = row["name"]
            found.setdefault(row["iri"], row["name"])
    return found


def _value(name: str, value: Any) -> object:
    if value is None:
        return None
    if isinstance(value, int):
        return Number(str(value))
    if name in LANGUAGES:
        texts = json.loads(value)
        return _joined(f"{tag or 'und'}: {texts[tag]}" for tag in sorted(texts))
    if name in MANY:
        return _joined(json.loads(value) if isinstance(value, str) else value)
    return value


def _joined(values: Iterable[str]) -> str:
    return JOINT.join(str(one).replace("\\", "\\\\").replace("|", "\\|") for one in values)


def _resource(table: Table, rows: Rows, size: int, sha256: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {
                "name": name,
                "title": COLUMNS[name].sv,
                "description": COLUMNS[name].en,
                "type": "integer" if name == "byte_size" else "string",
            }
            for name in columns_of(table, rows)
        ],
        "missingValues": [""],
        "primaryKey": _KEY,
    }
    if table.kind is Kind.DISTRIBUTION:
        schema["foreignKeys"] = [
            {
                "fields": ["source", "dataset"],
                "reference": {"resource": "datasets", "fields": _KEY},
            }
        ]
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": f"One row for {table.row.en}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": SEPARATOR, "lineTerminator": "\r\n", "doubleQuote": True},
        "bytes": size,
        "hash": f"sha256:{sha256}",
        "schema": schema,
    }


def readme(rows: Rows) -> Iterator[str]:
    """What is in the folder, in Swedish and English."""
    yield from _INTRODUCTION.read_text(encoding="utf-8").splitlines()
    for table in TABLES:
        yield ""
        yield f"## {table.name}.csv"
        yield ""
        yield f"En rad för {table.row.sv}. One row for {table.row.en}."
        yield ""
        yield "| kolumn/column | vad | what |"
        yield "| --- | --- | --- |"
        for name in columns_of(table, rows):
            mark = " []" if name in MANY or name in LANGUAGES else ""
            yield f"| `{name}`{mark} | {COLUMNS[name].sv} | {COLUMNS[name].en} |"
