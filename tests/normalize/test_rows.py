"""Each row of the tables: what a publisher writes goes in, what the store says comes out."""

from pathlib import Path

import pytest

from harvester.namespaces import DCAT, DCTERMS
from harvester.normalize import tables
from harvester.terms import Literal, Term
from tests.normalize.words import A, every_step, written

NORMALISER = every_step()
FORMAT, MEDIA_TYPE = DCTERMS + "format", DCAT + "mediaType"
PACKAGE = DCAT + "packageFormat"
EU = tables.AUTHORITY
TABLES = Path(tables.__file__).parents[1] / "data" / "tables"


def stored(predicate: str, written: Term) -> tuple[dict[str, Term], str]:
    """What the store says of a thing that says one thing: values by property, and how sure."""
    done = NORMALISER.normalise(A, [(A, predicate, written)])
    sure = {change.certainty for change in done.changes} - {"exact"}
    return {p: o for _, p, o in done.triples}, (sure.pop() if sure else "exact")


@pytest.mark.parametrize(("key", "iri", "certainty"), tables.rows("licence-name"))
def test_a_name_of_a_licence(key, iri, certainty):
    """The IRI that Sweden wants, or nothing for what says that there is no licence."""
    found, sure = stored(DCTERMS + "license", written(key))
    if certainty in ("exact", "assumed"):
        assert (found, sure) == ({DCTERMS + "license": iri}, certainty)
    else:
        assert found[DCTERMS + "license"] in (written(key), written(key).value)


@pytest.mark.parametrize(("iri", "code", "_"), tables.rows("licence"))
def test_a_licence(iri, code, _):
    """Its IRI stays, whether it is written as an IRI or as a text; so does its EU IRI's meaning."""
    for value in (iri, Literal(iri), *([f"{EU}licence/{code}"] if code else ())):
        assert stored(DCTERMS + "license", value)[0] == {DCTERMS + "license": iri}


@pytest.mark.parametrize(("kind", "key", "code", "package", "certainty"), tables.rows("format"))
def test_a_name_of_a_format(kind, key, code, package, certainty):
    """An EU file type, with the package around it; what has none or several is left."""
    value = Literal(key if kind == "media-type" else key.upper())
    found, sure = stored(FORMAT, value)
    if certainty in ("exact", "assumed"):
        assert (found[FORMAT], sure) == (f"{EU}file-type/{code}", certainty)
        assert (PACKAGE in found) is bool(package)
    else:
        assert found[FORMAT] == value


@pytest.mark.parametrize(("code", "media_type", "registered"), tables.rows("file-type"))
def test_a_file_type(code, media_type, registered):
    """It stays, and has its media type beside it where IANA has registered one."""
    iri = f"{EU}file-type/{code}"
    expected = {FORMAT: iri}
    if registered:
        expected[MEDIA_TYPE] = tables.MEDIA_TYPES + tables.registered_media_types()[media_type]
    assert stored(FORMAT, iri) == (expected, "exact")


@pytest.mark.parametrize(("key", "code", "certainty"), tables.rows("frequency"))
def test_a_name_of_a_frequency(key, code, certainty):
    """An IRI of the EU table."""
    found, sure = stored(DCTERMS + "accrualPeriodicity", written(key))
    assert (found, sure) == (
        {DCTERMS + "accrualPeriodicity": f"{EU}frequency/{code}"},
        certainty,
    )


@pytest.mark.parametrize("row", tables.rows("language"), ids=lambda row: row[0])
def test_a_language(row):
    """Its codes, names and the addresses of Lexvo and the Library of Congress; ``se`` is left."""
    code, two, three_b, three, names, _ = row
    iri = f"{EU}language/{code}"
    values: list[Term] = [iri, iri.replace("http:", "https:") + "/"]
    values += [Literal(name) for name in (two, three_b, three, *names.split("|")) if name]
    values += [f"http://lexvo.org/id/iso639-3/{three}"] if three else []
    values += [f"http://id.loc.gov/vocabulary/iso639-1/{two}"] if two else []
    for value in values:
        expected: Term = value if value == Literal("se") else iri
        assert stored(DCTERMS + "language", value)[0] == {DCTERMS + "language": expected}


def test_no_row_is_without_a_test():
    """The tables are read whole: as many rows as their files have lines below the header."""
    for name in ("licence-name", "licence", "format", "file-type", "frequency", "language"):
        lines = (TABLES / f"{name}.tsv").read_text("utf-8").splitlines()
        assert len(tables.rows(name)) == len(lines) - 1 > 100
