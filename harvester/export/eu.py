"""What is published for data.europa.eu: the Swedish selection in the words of DCAT-AP 3.0.1.

Each property has the kind, the class and the number of values that SEMIC's shapes ask for, as far
as the source gave the facts (tables: ``eu_table.py``; single values: ``eu_value.py``). Terms of
vocabularies are described once, at the end of the file (``concepts.py``). All translations of a
text stay, and so do properties that DCAT-AP does not know, but for those of the editor that wrote
them. The catalogs of all sources are flattened into the national one, if there is one.

Why something is said otherwise: ``licence`` ``format`` ``term`` ``text-as-iri`` ``text-as-thing``
``text-as-keyword`` ``iri-as-text`` ``datatype`` ``name``; why it is left out: ``own-terms``
``unusable`` ``one-value`` ``vocabulary`` (a source's own words about a term of an EU vocabulary),
and the reasons of ``harvester.export.se``.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from harvester.export.concepts import describe, is_term
from harvester.export.eu_dialect import Dialect, is_sayable
from harvester.export.eu_table import AGENT, SUPERCLASSES
from harvester.export.se import Selection
from harvester.model import Kind
from harvester.namespaces import DCAT, RDF_TYPE, VCARD
from harvester.rdf.write import Description
from harvester.terms import Triple

_VOCABULARY: Final = "urn:harvester:vocabulary"
CLASSES: Final = {
    Kind.CATALOG: DCAT + "Catalog",
    Kind.DATASET_SERIES: DCAT + "DatasetSeries",
    Kind.DATASET: DCAT + "Dataset",
    Kind.DISTRIBUTION: DCAT + "Distribution",
    Kind.DATA_SERVICE: DCAT + "DataService",
    Kind.AGENT: AGENT,
    Kind.CONTACT_POINT: VCARD + "Kind",
}


class Europe(Selection):
    """The published descriptions in Europe's words; iterate, then read ``left_out``."""

    flat = True

    def __iter__(self) -> Iterator[Description]:
        """Yield what is published, one description at a time, and then the terms it names."""
        dialect = Dialect(self._classes())
        for description in super().__iter__():
            translated = dialect.translate(description)
            if translated.triples:
                yield translated
        sources = sorted({key[0] for key in self._entries})
        named = dict(dialect.undescribed())
        for iri, classes in dialect.late.items():
            named[iri] = self._unsaid(iri, classes, sources)
        for iri, triples in describe(named):
            yield Description(iri, triples, _VOCABULARY)
        self.left_out += dialect.left_out()

    def _classes(self) -> dict[str, frozenset[str]]:
        """What has a description -> the classes that its published one certainly says."""
        by_kinds: dict[tuple[Kind, ...], frozenset[str]] = {}
        found: dict[str, frozenset[str]] = {}
        for key, entry in self._entries.items():
            if not self.published(key):
                found.setdefault(entry.iri, frozenset())
                continue
            if entry.kinds not in by_kinds:
                by_kinds[entry.kinds] = frozenset(CLASSES.get(kind, "") for kind in entry.kinds)
            found[entry.iri] = by_kinds[entry.kinds]
        return found

    def _worded(self, triples: Sequence[Triple]) -> Sequence[Triple]:
        return triples  # said by the dialect, which also knows of what

    def _unsaid(self, iri: str, classes: set[str], sources: Sequence[str]) -> set[str]:
        """The classes that the published description of ``iri`` does not say, and may have."""
        keys = [(source, iri) for source in sources if self.published((source, iri))]
        if is_term(iri) or not keys:
            return {cls for cls in classes if is_sayable(iri, cls)}
        said = {
            cls
            for key in keys
            for subject, predicate, obj in self._read(self._entries[key])
            if subject == iri and predicate == RDF_TYPE and isinstance(obj, str)
            for cls in (obj, SUPERCLASSES.get(obj, obj))
        }
        return classes - said
