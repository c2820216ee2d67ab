"""Small invented catalogs, and nights in which they are stored."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from harvester.model import (
    CLASS_KIND,
    Document,
    DocumentReading,
    Finding,
    Kind,
    Outcome,
    Plan,
    Resource,
    Severity,
    SourceResult,
    SourceRun,
    SourceState,
    Syntax,
)
from harvester.namespaces import DCAT, RDF_TYPE, expand
from harvester.normalisation import Normalisation
from harvester.settings import Source
from harvester.store.store import Store
from harvester.words import Text

BASE = "https://exempel.se/"
SOURCE = Source("exempel", f"{BASE}dcat", title="Exempel kommun")
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
UUID = "2c4a9a0e-6b0f-4b4e-9d0c-1f0e8f1b2a3c"


def term(text: str) -> str:
    """An N-Triples term from shorthand: prefix:name, or the term itself."""
    return text if text[:1] in '<"_' else f"<{expand(text)}>"


def resource(name: str, cls: str, *pairs: str, parent: str | None = None) -> Resource:
    """A resource; each pair is ``predicate object`` or ``_:node predicate object``."""
    iri = name if ":" in name else BASE + name
    lines = [f"<{iri}> <{RDF_TYPE}> {term(cls)} ."]
    for pair in pairs:
        subject = f"<{iri}>"
        if pair.startswith("_:"):
            subject, pair = pair.split(" ", 1)
        predicate, value = pair.split(" ", 1)
        lines.append(f"{subject} {term(predicate)} {term(value)} .")
    text = "".join(line + "\n" for line in sorted(set(lines)))
    kind = CLASS_KIND.get(expand(cls), Kind.OTHER)
    digest = hashlib.sha256(text.encode()).hexdigest()
    owner = parent if parent is None or ":" in parent else BASE + parent
    return Resource(iri, (kind,), digest, text, len(set(lines)), owner)


def dataset(name: str, title: str = "Badplatser", *pairs: str) -> Resource:
    return resource(name, "dcat:Dataset", f'dcterms:title "{title}"@sv', *pairs, parent="catalog")


CATALOG = resource("catalog", "dcat:Catalog", 'dcterms:title "Öppna data"@sv')
CATALOG_OF_TWO = (
    CATALOG,
    dataset("one", "Badplatser", f'dcterms:identifier "{UUID}"', f"dcterms:publisher <{BASE}org>"),
    resource(
        "one/csv", "dcat:Distribution", "dcat:accessURL <https://exempel.se/csv>", parent="one"
    ),
    dataset("two", "Lekplatser"),
    resource("org", "foaf:Agent", 'foaf:name "Exempel kommun"@sv'),
)


def finding(focus: str = "one", code: str = "DS001", **more) -> Finding:
    base = Finding(
        code, Severity.ERROR, BASE + focus, Text("Titel saknas.", "The title is missing.")
    )
    return replace(base, **more)


def state(*resources: Resource, findings=(), normalisations=(), readings=()) -> SourceState:
    total = sum(one.triples for one in resources) + sum(one.triples for one in findings)
    return SourceState(
        tuple(resources), tuple(findings), tuple(normalisations), tuple(readings), total, 0
    )


def document(page: str = "dcat", body: str = "x", **more) -> Document:
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    base = Document(
        BASE + page, BASE + page, Path("/bodies") / sha256, sha256, len(body), 200,
        "application/rdf+xml", None, '"v1"', "Sun, 22 Nov 2026 03:00:00 GMT",
    )  # fmt: skip
    return replace(base, **more)


def reading(page: str = "dcat", **more) -> DocumentReading:
    return replace(DocumentReading(BASE + page, Syntax.RDFXML, "utf-8", 10, 0), **more)


def normalisation(focus: str = "one") -> Normalisation:
    return Normalisation("trim", BASE + focus, DCAT + "keyword", '" bad"', '"bad"')


@dataclass
class Night:
    """A store over which nights pass, one run each."""

    store: Store
    sources: list[Source]
    now: datetime = NOW
    run: int = 0
    entries: list[SourceRun] = field(default_factory=list)

    def begin(self) -> int:
        self.now += timedelta(days=1)
        self.run = self.store.start_run(started=self.now, version="1.0", command="harvest")
        self.store.save_sources(self.sources, self.run)
        return self.run

    def end(self, exit_code: int = 0) -> None:
        finished = self.now + timedelta(minutes=1)
        self.store.finish_run(self.run, finished=finished, seconds=60.0, exit_code=exit_code)

    def apply(self, result: SourceResult) -> SourceRun:
        entry = self.store.apply(self.run, result, now=self.now)
        self.entries.append(entry)
        return entry

    def passes(self, *resources: Resource, source: Source = SOURCE, **more) -> SourceRun:
        """One night in which the source serves these resources, and nothing goes wrong."""
        self.begin()
        entry = self.apply(self.result(*resources, source=source, **more))
        self.end()
        return entry

    def result(
        self,
        *resources: Resource,
        source: Source = SOURCE,
        documents=None,
        readings=None,
        complete: bool = True,
        **more,
    ) -> SourceResult:
        live = self.store.digests(source.id)
        new = {one.iri: one.digest for one in resources}
        plan = Plan(
            tuple(sorted(new.keys() - live)),
            tuple(sorted(iri for iri in new.keys() & live if new[iri] != live[iri])),
            tuple(sorted(live.keys() - new)),
        )
        return SourceResult(
            source,
            Outcome.OK,
            documents=(document(),) if documents is None else documents,
            state=state(
                *resources, readings=(reading(),) if readings is None else readings, **more
            ),
            complete=complete,
            seconds=1.5,
            plan=plan,
        )


def dump(store: Store, *but: str) -> dict[str, list[tuple]]:
    """All rows of all tables, but of those named."""
    db = store._db
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: sorted(map(repr, db.execute(f'SELECT * FROM "{name}"')))
        for name in names
        if name not in but and not name.startswith("sqlite_")
    }
