"""Agents: an organisation is a foaf:Agent, and its name is foaf:name (DCAT-AP 3.0.1, Agent).

Organisations of other vocabularies get foaf:Agent beside their own class, and a name under another
property is said as foaf:name too where there is none: a thing may be a contact point as well.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from harvester.namespaces import DCTERMS, FOAF, ORG, PROV, RDF_TYPE, RDFS, SCHEMA, SKOS, VCARD
from harvester.normalize.step import Edit, ResourceStep
from harvester.rdf.graph import Graph
from harvester.terms import Literal, Term, Triple

AGENT: Final = FOAF + "Agent"
_AGENTS: Final = frozenset({AGENT, FOAF + "Organization", FOAF + "Person"})
_OTHERS: Final = frozenset(
    {
        *(ORG + name for name in ("Organization", "FormalOrganization", "OrganizationalUnit")),
        *(SCHEMA + name for name in ("Organization", "GovernmentOrganization")),
        *(PROV + name for name in ("Agent", "Organization")),
        DCTERMS + "Agent",
    }
)
_NAMES: Final = (
    SCHEMA + "name",
    SCHEMA + "legalName",
    SKOS + "prefLabel",
    RDFS + "label",
    DCTERMS + "title",
    VCARD + "organization-name",
    VCARD + "fn",
)


def edits(graph: Graph) -> Iterator[Edit]:
    """Call an organisation a foaf:Agent, and the name of an agent foaf:name."""
    for subject, properties in graph.spo.items():
        classes = graph.types(subject)
        known = not _AGENTS.isdisjoint(classes)
        other = next((one for one in classes if one in _OTHERS), None)
        if other is not None and not known:
            own: Triple = (subject, RDF_TYPE, other)
            yield Edit((own,), (own, (subject, RDF_TYPE, AGENT)))
        if (known or other is not None) and FOAF + "name" not in properties:
            yield from _name(subject, properties)


def _name(subject: str, properties: Mapping[str, Sequence[Term]]) -> Iterator[Edit]:
    for name in _NAMES:
        said = [value for value in properties.get(name, ()) if isinstance(value, Literal)]
        if said:
            for value in said:
                own: Triple = (subject, name, value)
                yield Edit((own,), (own, (subject, FOAF + "name", value)))
            return


def _wants(_: str, value: Term) -> bool:
    return value in _AGENTS or value in _OTHERS


STEPS: Final = (ResourceStep("agent", RDF_TYPE.__eq__, _wants, edits),)
