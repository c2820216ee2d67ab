"""What one source says, from its documents: read, validate, split, normalise, hash.

A pure function of the documents and the profile, so that it can run in a child process here or
on another machine. Validation sees the whole graph as published: splitting first would cut the
publisher away and invent violations, normalising first would hide what the publisher wrote.
"""

from dataclasses import replace

from harvester.model import Document, DocumentReading, Finding, SourceState
from harvester.normalize import Normaliser
from harvester.rdf.graph import Graph
from harvester.rdf.ownership import find_owners
from harvester.rdf.read import read_document
from harvester.rdf.split import split
from harvester.rules.context import Context
from harvester.rules.judge import validate
from harvester.rules.profile import Profile


class Intake:
    """Takes the documents of one source, one after the other, into one graph."""

    def __init__(self, source_id: str, profile: Profile, normaliser: Normaliser) -> None:
        self._source_id = source_id
        self._profile = profile
        self._normaliser = normaliser
        self._graph = Graph()
        self._documents: list[Document] = []
        self._readings: list[DocumentReading] = []
        self._findings: list[Finding] = []

    def add(self, document: Document, body: bytes) -> DocumentReading:
        """Read one document; raises :class:`UnreadableError`."""
        reading = read_document(body, url=document.final_url, graph=self._graph)
        self._documents.append(document)
        self._readings.append(replace(reading.reading, url=document.url))
        self._findings.extend(reading.findings)
        return self._readings[-1]

    def state(self) -> SourceState:
        """Validate, split, normalise and hash what has been read."""
        ownership = find_owners(self._graph)
        context = Context(tuple(self._documents), tuple(self._readings))
        found = validate(self._graph, self._profile, context=context)
        parts = split(self._graph, self._source_id, self._normaliser, ownership)
        owner = ownership.owner()
        findings = tuple(
            replace(f, resource=parts.names.get(root, root))
            for f in [*self._findings, *found, *parts.findings]
            for root in [owner.get(f.focus, f.focus)]
        )
        return SourceState(
            resources=parts.resources,
            findings=findings,
            normalisations=parts.normalisations,
            readings=tuple(self._readings),
            statements=sum(r.statements for r in self._readings),
            duplicates=sum(r.duplicates for r in self._readings),
            added=parts.added,
        )
