"""What is published for Sweden, and in which order."""

import random

from hypothesis import given
from hypothesis import strategies as st

from harvester.export.catalogs import CatalogTree, arrange_catalogs
from harvester.export.entry import Entry
from harvester.export.se import Selection
from harvester.model import Kind, LeftOut
from harvester.namespaces import DCAT, DCTERMS, RDF_TYPE
from harvester.rdf.ntriples import parse
from harvester.settings import NationalCatalog
from harvester.terms import RDF_LANG_STRING, Literal
from tests.export.world import Stored, a_source, stored, title

A = "https://a.exempel.se/"
B = "https://b.exempel.se/"
NATIONAL = NationalCatalog(
    "https://exempel.se/nationell",
    {"sv": "Sveriges datakatalog", "en": "Catalog of Sweden"},
    {"sv": "Allt"},
    publisher="https://exempel.se/org",
    license="http://creativecommons.org/publicdomain/zero/1.0/",
)


def select(resources: list[Stored], **options: object) -> Selection:
    texts = [one.ntriples for one in resources]
    entries = [
        Entry(one.source, one.iri, one.kinds, one.parent, number, 0)
        for number, one in enumerate(resources)
    ]
    return Selection(entries, lambda entry: parse(texts[entry.offset]), **options)  # type: ignore[arg-type]


def lists(selection: Selection, catalog: str) -> set[str]:
    """What a catalog lists in the export."""
    return {
        str(obj)
        for description in selection
        if description.iri == catalog
        for _, predicate, obj in description.triples
        if predicate in (DCAT + "dataset", DCAT + "service", DCTERMS + "hasPart")
    }


def test_without_duplicates_all_is_published_as_it_was_written() -> None:
    """Every triple of every live resource, and nothing else."""
    resources = a_source("a") + a_source("b")
    selection = select(resources)
    published = [triple for description in selection for triple in description.triples]
    assert sorted(map(repr, published)) == sorted(
        repr(triple) for one in resources for triple in parse(one.ntriples)
    )
    assert selection.left_out == []


def test_catalogs_come_first_and_distributions_follow_their_dataset() -> None:
    """The order reads well, whatever order the resources came in."""
    resources = a_source("b", 1) + a_source("a", 2)
    random.Random(1).shuffle(resources)
    assert [description.iri for description in select(resources)] == [
        A + "catalog",
        B + "catalog",
        A + "dataset/0",
        A + "dataset/0/fil",
        A + "dataset/1",
        A + "dataset/1/fil",
        B + "dataset/0",
        B + "dataset/0/fil",
        A + "org",
        B + "org",
    ]


def test_a_loser_is_neither_described_nor_listed() -> None:
    """The catalog that listed it no longer does, and says so."""
    resources = a_source("a") + a_source("b")
    losers = frozenset({("b", B + "dataset/0"), ("b", B + "dataset/0/fil")})
    selection = select(resources, losers=losers)
    assert B + "dataset/0" not in {description.iri for description in selection}
    assert lists(select(resources, losers=losers), B + "catalog") == {B + "dataset/1"}
    assert selection.left_out == [LeftOut(B + "catalog", "lists-duplicate", 1)]


def test_a_catalog_cannot_list_the_dataset_of_another_source() -> None:
    """What another source describes belongs in that one's catalog; what nobody describes stays."""
    strange = stored(
        "b",
        B + "catalog",
        Kind.CATALOG,
        (DCAT + "dataset", A + "dataset/0"),
        (DCAT + "dataset", "https://exempel.se/okänd"),
    )
    selection = select([*a_source("a"), strange])
    assert lists(selection, B + "catalog") == {"https://exempel.se/okänd"}
    assert selection.left_out == [LeftOut(B + "catalog", "lists-other-source", 1)]


def test_datasets_of_a_sub_catalog_move_up() -> None:
    """Only the main catalog is described; it lists what all of them listed."""
    main = stored(
        "a",
        A + "huvud",
        Kind.CATALOG,
        title("Huvud"),
        (DCTERMS + "hasPart", A + "catalog"),
        (DCAT + "dataset", A + "dataset/1"),
        (DCAT + "service", A + "tjänst"),
    )
    selection = select([*a_source("a"), main])
    assert lists(selection, A + "huvud") == {A + "dataset/0", A + "dataset/1", A + "tjänst"}
    described = {description.iri for description in select([*a_source("a"), main])}
    assert A + "huvud" in described
    assert A + "catalog" not in described
    assert selection.left_out == [LeftOut(A + "catalog", "sub-catalog", 5)]


def test_a_sub_catalog_that_lost_still_hands_over_its_datasets() -> None:
    """Two sources with the same sub-catalog each keep their own datasets."""
    main = stored("a", A + "huvud", Kind.CATALOG, (DCTERMS + "hasPart", A + "catalog"))
    losers = frozenset({("a", A + "catalog")})
    assert lists(select([*a_source("a"), main], losers=losers), A + "huvud") == {
        A + "dataset/0",
        A + "dataset/1",
    }


def test_what_is_excluded_takes_its_distributions_along() -> None:
    """``publish = "valid"``: no dataset, no distribution of it, no entry in the catalog."""
    resources = a_source("a")
    excluded = frozenset({("a", A + "dataset/0")})
    selection = select(resources, excluded=excluded)
    assert {description.iri for description in selection} == {
        A + "catalog",
        A + "org",
        A + "dataset/1",
        A + "dataset/1/fil",
    }
    assert set(selection.left_out) == {
        LeftOut(A + "catalog", "lists-invalid", 1),
        LeftOut(A + "dataset/0", "invalid", 4),
        LeftOut(A + "dataset/0/fil", "invalid", 2),
    }


def test_the_national_catalog_holds_the_main_catalogs() -> None:
    """It comes first, with the texts of the configuration and dcterms:hasPart to each."""
    first = next(iter(select(a_source("b") + a_source("a"), national=NATIONAL)))
    assert first.iri == first.graph == NATIONAL.iri
    assert set(first.triples) == {
        (NATIONAL.iri, RDF_TYPE, DCAT + "Catalog"),
        (NATIONAL.iri, DCTERMS + "title", Literal("Sveriges datakatalog", RDF_LANG_STRING, "sv")),
        (NATIONAL.iri, DCTERMS + "title", Literal("Catalog of Sweden", RDF_LANG_STRING, "en")),
        (NATIONAL.iri, DCTERMS + "description", Literal("Allt", RDF_LANG_STRING, "sv")),
        (NATIONAL.iri, DCTERMS + "publisher", NATIONAL.publisher),
        (NATIONAL.iri, DCTERMS + "license", NATIONAL.license),
        (NATIONAL.iri, DCTERMS + "hasPart", A + "catalog"),
        (NATIONAL.iri, DCTERMS + "hasPart", B + "catalog"),
    }


def test_a_source_cannot_describe_the_national_catalog() -> None:
    """Its datasets are listed; its texts are not those of the national catalog."""
    mine = stored(
        "a", NATIONAL.iri, Kind.CATALOG, title("Min!"), (DCAT + "dataset", A + "dataset/0")
    )
    selection = select([mine, *a_source("b")], national=NATIONAL)
    descriptions = [one for one in selection if one.iri == NATIONAL.iri]
    assert len(descriptions) == 1
    assert (NATIONAL.iri, *title("Min!")) not in descriptions[0].triples
    assert (NATIONAL.iri, DCAT + "dataset", A + "dataset/0") in descriptions[0].triples
    assert selection.left_out == [LeftOut(NATIONAL.iri, "national-catalog", 3)]


def test_each_source_has_its_own_graph() -> None:
    """Its main catalog's IRI; a URN of its id where it has none that is published."""
    alone = stored("c", "https://c.exempel.se/dataset", Kind.DATASET, title("Ensam"))
    graphs = {description.iri: description.graph for description in select([*a_source("a"), alone])}
    assert graphs.pop("https://c.exempel.se/dataset") == "urn:harvester:source:c"
    assert set(graphs.values()) == {A + "catalog"}


def test_deeper_and_circular_sub_catalogs_end() -> None:
    """One level is the rule; what breaks it is still merged into one catalog."""
    assert arrange_catalogs({"a": ["b"], "b": ["c", "b"], "c": ["a"]}) == CatalogTree(
        {"a": ("b", "c")}, {"b": "a", "c": "a"}
    )
    assert arrange_catalogs({"a": ["b"], "b": ["c"], "c": ["b", "x"]}) == CatalogTree(
        {"a": ("b", "c")}, {"b": "a", "c": "a"}
    )


@given(
    st.dictionaries(
        st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefg"), max_size=4), max_size=6
    )
)
def test_each_catalog_is_main_or_part_of_a_main_one(parts: dict[str, list[str]]) -> None:
    """Whatever the links are."""
    tree = arrange_catalogs(parts)
    assert sorted([*tree.mains, *tree.main_of]) == sorted(parts)
    assert {(sub, main) for main, subs in tree.subs.items() for sub in subs} == set(
        tree.main_of.items()
    )


def test_parents_in_a_circle_end() -> None:
    """Two parts that contain each other are published once each."""
    pair = [
        stored("a", A + "x", Kind.DISTRIBUTION, title("x"), parent=A + "y"),
        stored("a", A + "y", Kind.DISTRIBUTION, title("y"), parent=A + "x"),
    ]
    assert sorted(description.iri for description in select(pair)) == [A + "x", A + "y"]
