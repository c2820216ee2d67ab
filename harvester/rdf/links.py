"""Where a document points next: the next page (Hydra) and sub-catalogs that are to be fetched."""

from collections.abc import Iterable
from urllib.parse import urljoin

from harvester.model import Finding
from harvester.namespaces import DCAT, DCTERMS, HYDRA, RDF_TYPE
from harvester.rdf.graph import Graph
from harvester.rdf.messages import finding, shown
from harvester.terms import Term, is_blank, is_iri

# Both vocabularies in use: the current one (PartialCollectionView) and the older PagedCollection.
_NEXT = (HYDRA + "next", HYDRA + "nextPage")
_TOTAL = HYDRA + "totalItems"
_CONTROLS = (
    "next nextPage previous previousPage first firstPage last lastPage totalItems itemsPerPage "
    "member view search template mapping variable variableRepresentation property required "
    "pageIndex pageReference limit offset manages"
)
_PAGING = frozenset(HYDRA + name for name in _CONTROLS.split())
_VIEWS = "Collection PagedCollection PartialCollectionView IriTemplate IriTemplateMapping"
_CLASSES = frozenset(HYDRA + name for name in _VIEWS.split())
_CATALOG = DCAT + "Catalog"
_HAS_PART = DCTERMS + "hasPart"


def next_url(page: Graph, url: str) -> str | None:
    """The absolute address of the next page, given as IRI or literal, or ``None``.

    Where several views name one, that of the view that is this document wins.
    """
    found = [
        (subject == url, shown(value).strip())
        for subject, properties in page.spo.items()
        for name in _NEXT
        for value in properties.get(name, ())
        if not is_blank(value)
    ]
    best = max(found, key=lambda item: item[0], default=None)
    if best is None or not best[1]:
        return None
    try:
        return urljoin(url, best[1])
    except ValueError:
        return best[1]


def total_items(page: Graph) -> int | None:
    """How many items the collection says it has over all pages, or ``None``.

    The largest where several are given, so that a shortfall cannot be hidden.
    """
    counts = [
        int(text)
        for properties in page.spo.values()
        for value in properties.get(_TOTAL, ())
        if (text := shown(value).strip()).isascii() and text.isdecimal() and len(text) <= 18
    ]
    return max(counts, default=None)


def parts(graph: Graph) -> tuple[str, ...]:
    """Sub-catalogs to be fetched from their own IRIs, in document order.

    A catalog's dcterms:hasPart whose only description is ``rdf:type dcat:Catalog`` is dereferenced
    (DCAT-AP-SE, docs/harvesting.md, several catalogs).
    """
    found: dict[str, None] = {}
    for catalog in graph.instances(_CATALOG):
        for part in graph.objects(catalog, _HAS_PART):
            if is_iri(part) and _is_empty_catalog(graph, part):
                found[shown(part)] = None
    return tuple(found)


def _is_empty_catalog(graph: Graph, term: Term) -> bool:
    properties = graph.spo.get(shown(term), {})
    return len(properties) == 1 and list(properties.get(RDF_TYPE, ())) == [_CATALOG]


def paging(
    page: Graph, iris: Iterable[str], url: str
) -> tuple[str | None, int | None, list[Finding]]:
    """Read the paging controls of a page and take them out of it.

    ``iris`` are the IRIs the page uses. Returns the next address, the total, and the finding that
    counts what was taken out.
    """
    if not any(iri.startswith(HYDRA) for iri in iris):
        return None, None, []
    following, total = next_url(page, url), total_items(page)
    _, taken = take_paging(page, url)
    return following, total, [taken] if taken is not None else []


def take_paging(page: Graph, url: str) -> tuple[int, Finding | None]:
    """Remove the statements that only control paging, and say how many they were.

    Page addresses and counts belong to the transport: kept, they would make a change every time a
    publisher adds a dataset. Other statements about the same node stay.
    """
    taken = [
        (subject, predicate, obj)
        for subject, predicate, obj in page
        if predicate in _PAGING or (predicate == RDF_TYPE and obj in _CLASSES)
    ]
    for subject, predicate, obj in taken:
        page.discard(subject, predicate, obj)
    if not taken:
        return 0, None
    return len(taken), finding("RD015", url, count=len(taken), triples=len(taken))
