"""The findings and normalisations of a source: written where they differ, and read back."""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from harvester.model import Finding, Severity, SourceState
from harvester.normalisation import Normalisation
from harvester.rules.identity import Mark
from harvester.store.database import named
from harvester.store.resources import insert
from harvester.store.text import storable
from harvester.store.views import RuleCount
from harvester.terms import Literal, Term
from harvester.words import Text

_FINDING: Final = (
    "resource", "code", "severity", "focus", "class", "path", "value", "datatype", "language",
    "title", "message_sv", "message_en", "component", "shape", "input", "line", "column",
    "triples",
)  # fmt: skip
_NORMALISATION: Final = ("resource", "step", "path", "before", "after", "certainty")


def save_findings(
    db: sqlite3.Connection,
    source: str,
    state: SourceState,
    owners: Collection[str],
    missing: frozenset[str],
) -> None:
    """Make the stored findings and normalisations those of ``state``.

    A finding whose focus is one of ``owners`` belongs to it. What is known about ``missing``,
    resources that stay live although the source did not name them, stays too.
    """
    findings = [_finding_row(finding, owners) for finding in state.findings]
    _replace(db, "finding", _FINDING, source, findings, missing)
    changes = [_normalisation_row(one) for one in state.normalisations]
    _replace(db, "normalisation", _NORMALISATION, source, changes, missing)


def findings_of(db: sqlite3.Connection, source: str, resource: str) -> tuple[Finding, ...]:
    """The findings about one live resource, in a stable order."""
    found = named(
        db,
        "SELECT * FROM finding WHERE source = ? AND resource = ?"
        " ORDER BY code, path, value, line, message_en",
        (source, resource),
    )
    return tuple(map(_finding, found))


def marks_of(db: sqlite3.Connection, source: str) -> Iterator[tuple[Severity, Mark]]:
    """Each finding of a source's live state by what ``[[ignore]]`` can name of it."""
    found = db.execute(
        "SELECT f.severity, f.code, f.focus, f.path, coalesce(f.resource, f.focus),"
        " coalesce(x.dataset, d.iri) FROM finding f"
        " LEFT JOIN distribution x ON x.source = f.source AND x.iri = f.resource"
        " LEFT JOIN dataset d ON d.source = f.source AND d.iri = f.resource"
        " WHERE f.source = ?",
        (source,),
    )
    for severity, code, focus, path, resource, dataset in found:
        datasets = frozenset({dataset} if dataset is not None else ())
        yield Severity(severity), Mark(code, focus, path, "", resource, datasets, source)


def normalisations_of(
    db: sqlite3.Connection, source: str, resource: str
) -> tuple[Normalisation, ...]:
    """What normalising changed in one live resource, in a stable order."""
    found = db.execute(
        "SELECT step, resource, path, before, after, certainty FROM normalisation"
        " WHERE source = ? AND resource = ? ORDER BY step, path, before, after",
        (source, resource),
    )
    return tuple(Normalisation(*cells) for cells in found)


def changes_by_step(db: sqlite3.Connection, source: str) -> dict[str, int]:
    """How many changes each step made in the live state of a source, by name."""
    found = db.execute(
        "SELECT step, count(*) FROM normalisation WHERE source = ? GROUP BY step ORDER BY step",
        (source,),
    )
    return dict(found.fetchall())


def _finding(row: sqlite3.Row) -> Finding:
    value, datatype = row["value"], row["datatype"]
    return Finding(
        code=row["code"],
        severity=Severity(row["severity"]),
        focus=row["focus"],
        message=Text(row["message_sv"], row["message_en"]),
        cls=row["class"],
        path=row["path"],
        value=value if datatype is None else Literal(value, datatype, row["language"]),
        component=row["component"],
        shape=row["shape"],
        title=row["title"],
        input=row["input"],
        line=row["line"],
        column=row["column"],
        triples=row["triples"],
        resource=row["resource"],
    )


def _replace(
    db: sqlite3.Connection,
    table: str,
    names: Sequence[str],
    source: str,
    new: Sequence[tuple[object, ...]],
    missing: frozenset[str],
) -> None:
    """Make the source's rows those of ``new``, as a multiset; rows about ``missing`` stay."""
    wanted = Counter(new)
    columns = ", ".join(f'"{name}"' for name in names)
    surplus = []
    for number, *cells in db.execute(
        f"SELECT id, {columns} FROM {table} WHERE source = ?",  # noqa: S608  names of ours
        (source,),
    ):
        row = tuple(cells)
        if wanted[row] > 0:
            wanted[row] -= 1
        elif row[0] not in missing:
            surplus.append((number,))
    db.executemany(f"DELETE FROM {table} WHERE id = ?", surplus)  # noqa: S608  a name of ours
    insert(db, table, names, [(source, *row) for row in wanted.elements()])


def _value(value: Term | None) -> tuple[str | None, str | None, str | None]:
    # Not as N-Triples: what is found fault with is often a term that no N-Triples can hold.
    if value is None or isinstance(value, str):
        return (None if value is None else storable(value), None, None)
    language = None if value.language is None else storable(value.language)
    return storable(value.value), storable(value.datatype), language


def _finding_row(finding: Finding, owners: Collection[str]) -> tuple[object, ...]:
    owner = finding.resource or (finding.focus if finding.focus in owners else None)
    return (
        owner,
        finding.code,
        finding.severity.value,
        storable(finding.focus),
        finding.cls,
        storable(finding.path),
        *_value(finding.value),
        storable(finding.title),
        storable(finding.message.sv),
        storable(finding.message.en),
        finding.component,
        finding.shape,
        storable(finding.input),
        finding.line,
        finding.column,
        finding.triples,
    )


def _normalisation_row(one: Normalisation) -> tuple[object, ...]:
    before, after = storable(one.before), storable(one.after)
    return one.resource, one.step, one.path, before, after, one.certainty


def rule_counts(db: sqlite3.Connection, examples: int) -> tuple[RuleCount, ...]:
    """How often each rule is broken in each source, the first resources as examples."""
    rows = db.execute(
        "SELECT source, code, severity, count(*), count(DISTINCT resource), min(message_sv),"
        " min(message_en) FROM finding GROUP BY source, code, severity"
        " ORDER BY source, code, severity"
    ).fetchall()
    return tuple(
        RuleCount(
            source,
            code,
            severity,
            findings,
            resources,
            Text(sv, en),
            tuple(
                (iri, (title or "").partition("\n")[0])
                for iri, title in db.execute(
                    "SELECT DISTINCT f.resource, s.title FROM finding f"
                    " LEFT JOIN search s ON s.source = f.source AND s.iri = f.resource"
                    " WHERE f.code = ? AND f.source = ? AND f.severity = ?"
                    " AND f.resource IS NOT NULL ORDER BY f.resource LIMIT ?",
                    (code, source, severity, examples),
                )
            ),
        )
        for source, code, severity, findings, resources, sv, en in rows
    )
