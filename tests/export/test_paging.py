"""Pages put together are the export, and each of them can be read alone."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.export.chosen import Chosen
from harvester.export.paging import ITEMS, Pager
from harvester.model import CLASS_KIND, Kind
from harvester.namespaces import DCAT, DCTERMS, FOAF, RDF_TYPE, VCARD
from harvester.rdf.write import Description
from harvester.terms import Literal, Triple

BASE = "https://exempel.se/"
CLASSES = {
    "c": DCAT + "Catalog",
    "d": DCAT + "Dataset",
    "s": DCAT + "DataService",
    "f": DCAT + "Distribution",
    "a": FOAF + "Agent",
    "k": VCARD + "Kind",
    "o": "",
}
LINKS = [
    *(DCAT + name for name in ("dataset", "service", "distribution", "record", "contactPoint")),
    DCTERMS + "hasPart",
    DCTERMS + "publisher",
    DCTERMS + "relation",
]
NAMES = [f"{kind}{number}" for kind in CLASSES for number in range(4)]


@st.composite
def exports(draw: st.DrawFn) -> list[Description]:
    """Any things of any classes, which refer to anything by anything, some by blank nodes."""
    found = []
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=14)):
        iri = BASE + name
        triples: list[Triple] = [(iri, DCTERMS + "title", Literal(name))]
        if CLASSES[name[0]]:
            triples.append((iri, RDF_TYPE, CLASSES[name[0]]))
        links = st.tuples(st.sampled_from(LINKS), st.sampled_from(NAMES), st.booleans())
        for predicate, other, blank in draw(st.lists(links, max_size=5)):
            subject = iri
            if blank:
                subject = f"_:{name}"
                triples.append((iri, DCTERMS + "spatial", subject))
            triples.append((subject, predicate, BASE + other))
        found.append(Description(iri, list(dict.fromkeys(triples))))
    return found


@settings(max_examples=200, deadline=None)
@given(exports(), st.integers(1, 9))
def test_pages_put_together_are_the_export(descriptions: list[Description], size: int) -> None:
    """Nothing is lost or added; what has a blank node is said once; items are on one page each."""
    meant = [triple for one in descriptions for triple in one.triples]
    described = {one.iri: one for one in descriptions}
    with Chosen(Path("/tmp"), descriptions, print) as chosen:
        pager = Pager(chosen.pieces, chosen.read, size)
        said: list[Triple] = []
        items: list[str] = []
        for page in pager:
            there = list(page.descriptions)
            assert len({one.iri for one in there}) == len(there)
            assert set(page.items) <= {one.iri for one in there}
            said += [triple for one in there for triple in one.triples]
            items += page.items
            assert_self_contained({one.iri: one for one in there}, page.items, described)
    assert set(said) == set(meant)
    blank = [one for one in said if "_:" in (one[0][:2], str(one[2])[:2])]
    assert len(blank) == len(set(blank))
    assert sorted(items) == sorted(iri for iri in described if kind(described[iri]) in ITEMS)
    assert pager.pages == max(1, -(-len(items) // size))


def kind(one: Description) -> Kind:
    types = [CLASS_KIND[str(o)] for _, p, o in one.triples if p == RDF_TYPE]
    return types[0] if types else Kind.OTHER


def assert_self_contained(
    page: dict[str, Description], items: tuple[str, ...], described: dict[str, Description]
) -> None:
    """What a dataset on the page refers to is described there, and the catalogs that list it."""
    for iri in items:
        for _, _, obj in described[iri].triples:
            if obj in described and kind(described[str(obj)]) not in {*ITEMS, Kind.CATALOG}:
                assert obj in page
        for one in described.values():
            if kind(one) is Kind.CATALOG and (one.iri, DCAT + "dataset", iri) in one.triples:
                assert (one.iri, DCAT + "dataset", iri) in page[one.iri].triples
                assert (one.iri, DCTERMS + "title", Literal(one.iri[-2:])) in page[one.iri].triples
