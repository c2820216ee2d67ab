"""Which datasets a target publishes."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from harvester.export import export
from harvester.model import Exported, Kind
from harvester.namespaces import DCAT, DCATAP, DCTERMS
from harvester.rdf.ntriples import parse
from harvester.settings import Choice
from harvester.terms import Term
from tests.export.world import Stored, stored, title

A = "https://a.exempel.se/"
ACCESS = "http://publications.europa.eu/resource/authority/access-right/"
THEME = "http://publications.europa.eu/resource/authority/data-theme/"
HVD = "http://data.europa.eu/eli/reg_impl/2023/138/oj"


def dataset(name: str, *properties: tuple[str, Term], source: str = "a") -> list[Stored]:
    """A dataset with a file, a publisher and a contact point."""
    iri = A + name
    links = [(DCTERMS + "publisher", f"{iri}/org"), (DCAT + "distribution", f"{iri}/fil")]
    return [
        stored(source, iri, Kind.DATASET, *links, *properties, parent=A + source),
        stored(source, f"{iri}/fil", Kind.DISTRIBUTION, title("Fil"), parent=iri),
        stored(source, f"{iri}/org", Kind.AGENT, title(name)),
    ]


def catalog(*datasets: str, source: str = "a") -> Stored:
    lists = [(DCAT + "dataset", A + name) for name in datasets]
    return stored(source, A + source, Kind.CATALOG, title(source), *lists)


WORLD = [
    catalog("öppen", "stängd"),
    *dataset(
        "öppen", (DCTERMS + "accessRights", ACCESS + "PUBLIC"), (DCAT + "theme", THEME + "ENVI")
    ),
    *dataset("stängd", (DCTERMS + "accessRights", ACCESS + "RESTRICTED")),
    catalog("privat", source="b"),
    *dataset("privat", (DCATAP + "applicableLegislation", HVD), source="b"),
]
SECTORS = {"a": "public", "b": "private"}


def publish(
    folder: Path, choice: Choice, resources: Iterable[Stored] = WORLD
) -> tuple[set[str], Exported]:
    """The IRIs that an export describes, without what they all begin with; and the export."""
    path = folder / "ut.nt"
    done = export("eu", path, resources, choice=choice, sectors=SECTORS)
    subjects = {s for s, _, _ in parse(path.read_text("utf-8")) if s.startswith(A)}
    return {iri.removeprefix(A) for iri in subjects}, done


def reasons(done: Exported) -> set[str]:
    """Why things are left out, and not only said in other words."""
    return {one.reason for one in done.left_out if one.iri}


def of(*names: str) -> set[str]:
    return {part for name in names for part in (name, f"{name}/fil", f"{name}/org")}


def test_everything_is_the_choice_of_those_who_make_none(tmp_path: Path) -> None:
    """Restricted data is described too: DCAT-AP-SE has rules for it."""
    assert publish(tmp_path, Choice())[0] == of("öppen", "stängd", "privat") | {"a", "b"}


def test_public_leaves_restricted_datasets_out_with_all_that_only_they_name(
    tmp_path: Path,
) -> None:
    """Their files and publisher too, and the catalog lists them no more; all of it is counted."""
    found, done = publish(tmp_path, Choice("public"))
    assert found == of("öppen", "privat") | {"a", "b"}
    assert reasons(done) == {"not-public", "only-left-out", "lists-left-out"}
    counts = {one.iri: one.reason for one in done.left_out}
    assert counts[A + "stängd/fil"] == "not-public"
    assert counts[A + "stängd/org"] == "only-left-out"


@pytest.mark.parametrize("closed", ["RESTRICTED", "NON_PUBLIC", "CONFIDENTIAL"])
def test_what_is_not_public(tmp_path: Path, closed: str) -> None:
    """Every narrower right of the EU table; a dataset that says nothing is public."""
    one = dataset("x", (DCTERMS + "accessRights", ACCESS + closed))
    assert publish(tmp_path, Choice("public"), [*one, *dataset("y")])[0] == of("y")


@pytest.mark.parametrize(
    ("choice", "names", "reason"),
    [
        (Choice(sector="private"), {"b", *of("privat")}, "other-sector"),
        (Choice(publishers=frozenset({A + "öppen/org"})), {"a", *of("öppen")}, "other-publisher"),
        (Choice(themes=frozenset({THEME + "ENVI"})), {"a", *of("öppen")}, "other-theme"),
        (Choice(hvd=True), {"b", *of("privat")}, "not-high-value"),
    ],
    ids=["sector", "publisher", "theme", "hvd"],
)
def test_a_narrow_choice(tmp_path: Path, choice: Choice, names: set[str], reason: str) -> None:
    """A catalog that has nothing left to list is left out too."""
    found, done = publish(tmp_path, choice)
    assert found == names
    assert reason in reasons(done)
    assert ("empty-catalog" in reasons(done)) is (reason != "other-sector")


def test_conditions_add_up(tmp_path: Path) -> None:
    """Public and of high value, and of no publisher that has both: nothing."""
    choice = Choice("public", publishers=frozenset({A + "öppen/org"}), hvd=True)
    assert publish(tmp_path, choice)[0] == set()


def test_series_and_services_follow_their_datasets(tmp_path: Path) -> None:
    """They go when all of them go, stay when one stays; their own access rights close them."""
    world = [
        *dataset("ut", (DCAT + "inSeries", A + "serie/ut")),
        *dataset("in", (DCAT + "inSeries", A + "serie/in"), (DCAT + "theme", THEME + "ENVI")),
        stored("a", A + "serie/ut", Kind.DATASET_SERIES, title("Ut")),
        stored("a", A + "serie/in", Kind.DATASET_SERIES, title("In")),
        stored("a", A + "api/in", Kind.DATA_SERVICE, (DCAT + "servesDataset", A + "in")),
        stored("a", A + "api/ut", Kind.DATA_SERVICE, (DCAT + "servesDataset", A + "ut")),
        stored(
            "a",
            A + "api/stängd",
            Kind.DATA_SERVICE,
            (DCAT + "servesDataset", A + "in"),
            (DCTERMS + "accessRights", ACCESS + "NON_PUBLIC"),
        ),
    ]
    found, _ = publish(tmp_path, Choice("public", themes=frozenset({THEME + "ENVI"})), world)
    assert found == of("in") | {"serie/in", "api/in"}


def test_what_a_published_dataset_names_stays(tmp_path: Path) -> None:
    """A publisher that both a published and a left out dataset name, and what it names."""
    link = (DCTERMS + "creator", A + "gemensam")
    world = [
        *dataset("ut", (DCTERMS + "accessRights", ACCESS + "RESTRICTED"), link),
        *dataset("in", link),
        stored("a", A + "gemensam", Kind.AGENT, title("Båda"), (DCTERMS + "relation", A + "arkiv")),
        stored("a", A + "arkiv", Kind.OTHER, title("Arkiv")),
        stored("a", A + "ensam", Kind.OTHER, title("Nämns av ingen")),
    ]
    found, _ = publish(tmp_path, Choice("public"), world)
    assert found == of("in") | {"gemensam", "arkiv", "ensam"}
