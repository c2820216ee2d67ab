"""Access rights, availability, status and kinds of publishers: IRIs of closed lists.

The status of a distribution and of a dataset are two tables; a status of another class is left.
"""

from collections.abc import Iterator
from typing import Final

from harvester.namespaces import ADMS, DCAT, DCATAP, DCTERMS, RDF_TYPE
from harvester.normalize.step import Edit, ResourceStep, Rewrite, ValueStep
from harvester.normalize.tables import Known, codes, fold, publisher_types
from harvester.rdf.graph import Graph
from harvester.terms import Literal, Term

ACCESS_RIGHTS: Final = DCTERMS + "accessRights"
AVAILABILITY: Final = DCATAP + "availability"
STATUS: Final = ADMS + "status"
_STATUS_LISTS: Final = {
    DCAT + "Distribution": "distribution-status",
    DCAT + "Dataset": "dataset-status",
}
_VALUE_LISTS: Final = {ACCESS_RIGHTS: "access-right", AVAILABILITY: "planned-availability"}


def lookup(name: str, value: Term) -> Known | None:
    """The concept of a closed list that an IRI or a text names."""
    text = value.value if isinstance(value, Literal) else value
    key = fold(text)
    known = codes(name).get(key.replace(" ", "") if isinstance(value, Literal) else key)
    return known if known is not None and known.applies else None


def rewrite(predicate: str, value: Term) -> Rewrite | None:
    """Say an access right or an availability by its IRI."""
    known = lookup(_VALUE_LISTS[predicate], value)
    if known is None or known.value == value:
        return None
    return Rewrite(((predicate, known.value),), known.certainty)


def _publisher_type(predicate: str, value: Term) -> Rewrite | None:
    """Another form of an IRI of the ADMS list; a text is left, dcterms:type is for much else."""
    if not isinstance(value, str):
        return None
    iri = publisher_types().get(fold(value))
    return None if iri is None or iri == value else Rewrite(((predicate, iri),))


def _status(graph: Graph) -> Iterator[Edit]:
    for subject, properties in graph.spo.items():
        for cls, name in _STATUS_LISTS.items():
            if cls not in graph.types(subject):
                continue
            for value in properties.get(STATUS, ()):
                known = lookup(name, value)
                if known is not None and known.value != value:
                    before = ((subject, STATUS, value),)
                    yield Edit(before, ((subject, STATUS, known.value),), known.certainty)
            break


def _may_change(_: str, value: Term) -> bool:
    found = (lookup(name, value) for name in _STATUS_LISTS.values())
    return any(known is not None and known.value != value for known in found)


STEPS: Final = (
    ValueStep("access-rights", ACCESS_RIGHTS.__eq__, rewrite),
    ValueStep("availability", AVAILABILITY.__eq__, rewrite),
    ValueStep("publisher-type", (DCTERMS + "type").__eq__, _publisher_type),
    ResourceStep("status", STATUS.__eq__, _may_change, _status, frozenset({RDF_TYPE, STATUS})),
)
