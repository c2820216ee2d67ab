"""Splitting a source's graph into resources: every triple lands in one resource or in a finding."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from harvester.model import CLASS_KIND, Finding, Kind, Resource
from harvester.namespaces import DCAT, DCTERMS, RDF_TYPE
from harvester.normalisation import Normalisation
from harvester.normalize import Normaliser
from harvester.normalize.publisher import known_iri
from harvester.rdf.canonical import Writer, digest
from harvester.rdf.graph import Graph
from harvester.rdf.messages import finding
from harvester.rdf.ownership import Ownership
from harvester.rdf.skolem import name_blank_nodes
from harvester.rdf.validity import Problems
from harvester.terms import Triple

_CHILD_LINKS: Final = {
    DCAT + "dataset": Kind.CATALOG,
    DCAT + "service": Kind.CATALOG,
    DCAT + "catalog": Kind.CATALOG,
    DCAT + "distribution": Kind.DATASET,
}
_AGENTS: Final = {cls for cls, kind in CLASS_KIND.items() if kind is Kind.AGENT}
_STRUCTURE: Final = frozenset({RDF_TYPE, *_CHILD_LINKS})
_KIND_ORDER: Final = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Split:
    """The resources of one source, by IRI, and what was said and changed on the way.

    ``names`` gives the IRIs of roots that have another name than in the graph: blank nodes that had
    to be named, IRIs that were mended; ``added`` counts the triples that
    normalising put in, less those that it drew into one.
    """

    resources: tuple[Resource, ...]
    findings: tuple[Finding, ...]
    normalisations: tuple[Normalisation, ...]
    names: Mapping[str, str]
    added: int = 0


def split(graph: Graph, source_id: str, normaliser: Normaliser, ownership: Ownership) -> Split:
    """Split, name, normalise, set aside and hash; pure and deterministic."""
    names = name_blank_nodes(graph, source_id, ownership)
    contents: dict[str, list[Triple]] = {}
    findings: list[Finding] = []
    names |= _known_publishers(graph, names, ownership)
    shared = len({*names.values()}) < len(names)
    implied = ownership.implied
    changes: list[Normalisation] = [
        Normalisation("skolem", name, RDF_TYPE, blank, f"<{name}>") for blank, name in names.items()
    ]
    problems = Problems()
    renamed = dict(names)
    added = 0
    for root in [*(s for s in graph.spo if s[:2] != "_:"), *ownership.named]:
        if root not in graph.spo:
            continue
        triples = _named(_triples(graph, root, ownership), names)
        repeats = len(triples) - len(set(triples)) if shared else 0
        if repeats:  # two blank nodes have become one
            triples = list(dict.fromkeys(triples))
        if root in implied:
            triples.append((names[root], RDF_TYPE, implied[root]))
            changes.append(Normalisation("skolem", names[root], RDF_TYPE, "", f"<{implied[root]}>"))
            added += 1
        done = normaliser.normalise(names.get(root, root), triples)
        changes.extend(done.changes)
        findings.extend(_assumption(change) for change in done.changes if change.assumed)
        merged = done.merged + repeats
        added += done.added
        kept, set_aside = _writable(done.triples, problems)
        findings.extend(set_aside)
        if kept:
            name = _root_name(kept, names.get(root, root))
            if name != root:
                renamed[root] = name
            if name in contents:
                merged += len(set(contents[name]) & set(kept))
            contents.setdefault(name, []).extend(kept)
        if merged:
            findings.append(finding("RD051", names.get(root, root), count=merged, triples=merged))
    return Split(_resources(contents), tuple(findings), tuple(changes), renamed, added)


def _known_publishers(graph: Graph, names: Iterable[str], ownership: Ownership) -> dict[str, str]:
    """The portal's IRIs for blank nodes that have a publisher's organisation number."""
    found: dict[str, str] = {}
    for blank in names:
        classes = (*graph.types(blank), ownership.implied.get(blank, ""))
        if not _AGENTS.isdisjoint(classes):
            iri = known_iri(graph.objects(blank, DCTERMS + "identifier"))
            found |= {blank: iri} if iri else {}
    return found


def _triples(graph: Graph, root: str, ownership: Ownership) -> list[Triple]:
    triples = list(graph.triples_of(root))
    for blank in ownership.owned.get(root, ()):
        triples.extend(graph.triples_of(blank))
    return triples


def _named(triples: list[Triple], names: dict[str, str]) -> list[Triple]:
    if not names:
        return triples
    return [
        (names.get(s, s), p, names.get(o, o) if type(o) is str and o[:2] == "_:" else o)
        for s, p, o in triples
    ]


def _root_name(triples: list[Triple], root: str) -> str:
    """The root's IRI after normalising: the first subject that is no blank node."""
    return next((s for s, _, _ in triples if s[:2] != "_:"), root)


def _assumption(change: Normalisation) -> Finding:
    """What a publisher probably meant is stored, and the publisher is told."""
    return finding(
        "RD060",
        focus=change.resource,
        path=change.path,
        before=change.before,
        after=change.after,
    )


def _writable(triples: Sequence[Triple], problems: Problems) -> tuple[list[Triple], list[Finding]]:
    """Set aside the triples that no RDF writer may write, each with a finding that counts it."""
    kept: list[Triple] = []
    findings: list[Finding] = []
    of_triple = problems.of_triple
    for triple in triples:
        reason = of_triple(triple)
        if reason is None:
            kept.append(triple)
        else:
            subject, predicate, obj = triple
            findings.append(
                finding("RD050", focus=subject, path=predicate, value=obj, triples=1, reason=reason)
            )
    return kept, findings


def _resources(contents: dict[str, list[Triple]]) -> tuple[Resource, ...]:
    kinds: dict[str, tuple[Kind, ...]] = {}
    parents: dict[str, str] = {}
    for iri, triples in contents.items():
        types: set[Kind] = set()
        for subject, predicate, obj in triples:
            if predicate not in _STRUCTURE or subject != iri or not isinstance(obj, str):
                continue
            if predicate != RDF_TYPE:
                known = parents.get(obj)
                if known is None or iri < known:
                    parents[obj] = iri
            elif obj in CLASS_KIND:
                types.add(CLASS_KIND[obj])
        kinds[iri] = tuple(sorted(types, key=_KIND_ORDER.__getitem__)) or (Kind.OTHER,)
    writer = Writer()
    resources: list[Resource] = []
    for iri in sorted(contents):
        text = writer.canonical(iri, contents[iri])
        resources.append(
            Resource(iri, kinds[iri], digest(text), text, text.count("\n"), parents.get(iri))
        )
    return tuple(resources)
