import json

import pytest

from harvester.store.columns import columns
from harvester.store.rows import rows
from tests.store.night import BASE, UUID, resource

EUROVOC = "http://publications.europa.eu/resource/authority/"


def row(one) -> dict[str, object]:
    """The row of a resource in the table of its first kind, by column, without empty cells."""
    (cells,) = rows(one).tables[one.kind.value]
    named = dict(zip(columns(one.kind), cells, strict=True))
    return {name: cell for name, cell in named.items() if cell is not None}


def test_a_text_in_several_languages_is_split_by_language():
    """Swedish and English have columns of their own; the others are kept as JSON."""
    one = resource(
        "a", "dcat:Dataset", 'dcterms:title "Bad"@sv', 'dcterms:title "Baths"@en',
        'dcterms:title "Bäder"@de', 'dcterms:title "?"',
    )  # fmt: skip
    assert row(one) == {
        "iri": f"{BASE}a", "title": "Bad", "title_sv": "Bad", "title_en": "Baths",
        "title_other": '{"":"?","de":"Bäder"}',
    }  # fmt: skip


@pytest.mark.parametrize(
    ("titles", "best"),
    [
        (['"Baths"@en', '"Bäder"@de'], "Baths"),
        (['"Bad"@sv-FI', '"Baths"@en'], "Bad"),
        (['"Bäder"@de', '"Ohne"'], "Ohne"),
        (['"Bäder"@de', '"Bains"@fr'], "Bäder"),
        (['"B"@sv', '"A"@sv'], "A"),
    ],
)
def test_the_best_text_is_swedish_then_english_then_any(titles, best):
    """Any is the first by language tag, so that the answer never depends on order."""
    one = resource("a", "dcat:Dataset", *(f"dcterms:title {title}" for title in titles))
    assert row(one)["title"] == best


def test_a_dataset_shows_what_is_asked_of_it_most():
    """Dates as written, period and contact from blank nodes, many-valued things as JSON."""
    one = resource(
        "a", "dcat:Dataset", 'dcterms:issued "2026-1-2"', 'dcterms:identifier "x-1"',
        "dcterms:publisher <https://exempel.se/org>", f"dcterms:spatial <{EUROVOC}country/SWE>",
        "dcterms:spatial _:s", '_:s rdfs:label "Sjöbo"@sv', "dcterms:temporal _:t",
        '_:t dcat:startDate "2020-01-01"', '_:t schema:endDate "2021-01-01"',
        f"dcterms:accrualPeriodicity <{EUROVOC}frequency/DAILY>",
        f"dcatap:hvdCategory <{BASE}hvd>", 'dcat:version "2"', parent="catalog",
    )  # fmt: skip
    assert row(one) == {
        "iri": f"{BASE}a", "issued": "2026-1-2", "identifier": "x-1", "publisher": f"{BASE}org",
        "spatial": json.dumps(["Sjöbo", f"{EUROVOC}country/SWE"], ensure_ascii=False,
                              separators=(",", ":")),
        "temporal_start": "2020-01-01", "temporal_end": "2021-01-01",
        "frequency": f"{EUROVOC}frequency/DAILY", "hvd_category": f'["{BASE}hvd"]',
        "version": "2", "catalog": f"{BASE}catalog",
    }  # fmt: skip


def test_a_distribution_keeps_the_first_address_and_all():
    """Swedish practice allows several download addresses."""
    one = resource(
        "a", "dcat:Distribution", "dcat:accessURL <https://b.se/>",
        "dcat:downloadURL <https://b.se/2>", "dcat:downloadURL <https://b.se/1>",
        'dcat:byteSize "05"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>',
        'dcterms:format "text/csv"', "spdx:checksum _:c", '_:c spdx:checksumValue "ab"',
        "dcterms:license <http://creativecommons.org/licenses/by/4.0/>", parent="d",
    )  # fmt: skip
    assert row(one) == {
        "iri": f"{BASE}a", "access_url": "https://b.se/", "download_url": "https://b.se/1",
        "download_urls": '["https://b.se/1","https://b.se/2"]', "byte_size": 5,
        "format": "text/csv", "checksum": "ab", "dataset": f"{BASE}d",
        "license": "http://creativecommons.org/licenses/by/4.0/",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "number"),
    [("10", 10), ("10.0", 10), ("+7", 7), ("10.5", None), ("1e3", None), ("9" * 30, None),
     ("-1", None), ("en", None), ("٣", None), ("", None)],
)  # fmt: skip
def test_a_size_that_is_no_whole_number_is_left_out(written, number):
    """Nothing is guessed, and SQLite's 64 bits are not overrun; the triples keep what was said."""
    one = resource("a", "dcat:Distribution", f'dcat:byteSize "{written}"')
    assert row(one).get("byte_size") == number


def test_a_contact_point_is_reached_in_either_way_of_writing_it():
    """A direct address, or a node with vcard:hasValue; the address in its parts."""
    direct = resource(
        "a", "vcard:Organization", 'vcard:fn "Registrator"@sv', "vcard:hasEmail <mailto:a@b.se>"
    )
    nested = resource(
        "a", "vcard:Organization", 'vcard:fn "Registrator"@sv', "vcard:hasEmail _:e",
        "_:e vcard:hasValue <mailto:a@b.se>", "vcard:hasAddress _:p",
        '_:p vcard:locality "Sjöbo"', "vcard:hasTelephone _:t", "_:t vcard:hasValue <tel:+46>",
    )  # fmt: skip
    assert row(direct)["email"] == row(nested)["email"] == "mailto:a@b.se"
    assert (row(nested)["locality"], row(nested)["phone"]) == ("Sjöbo", "tel:+46")
    assert row(nested)["type"] == "vcard:Organization"


def test_keywords_keep_their_language_and_themes_their_iri():
    """Own tables, one row a value, no repeats."""
    found = rows(
        resource(
            "a",
            "dcat:Dataset",
            'dcat:keyword "bad"@sv',
            'dcat:keyword "bad"@en',
            'dcat:keyword "bad"',
            f"dcat:theme <{EUROVOC}data-theme/ENVI>",
        )
    ).tables
    assert found["keyword"] == [(f"{BASE}a", "bad", tag) for tag in ("", "en", "sv")]
    assert found["theme"] == [(f"{BASE}a", f"{EUROVOC}data-theme/ENVI")]


@pytest.mark.parametrize(
    ("cls", "identifiers", "expected"),
    [
        ("dcat:Dataset", [f'"{UUID}"'], UUID),
        ("dcat:DataService", [f'" {UUID.upper()} "'], UUID.upper()),
        ("dcat:Dataset", ['"a"', f'"f{UUID[1:]}"', f'"{UUID}"'], UUID),
        ("dcat:Dataset", [f'"{{{UUID}}}"'], ""),
        ("dcat:Dataset", [f"<urn:uuid:{UUID}>"], ""),
        ("dcat:Distribution", [f'"{UUID}"'], ""),
    ],
)
def test_only_an_identifier_that_is_a_uuid_is_a_key(cls, identifiers, expected):
    """The portal compares dcterms:identifier only when it has the form of a UUID."""
    one = resource("a", cls, *(f"dcterms:identifier {value}" for value in identifiers))
    assert rows(one).identifier == expected


def test_what_is_no_class_of_dcat_has_no_row():
    """A concept is kept as triples only."""
    assert rows(resource("a", "skos:Concept", 'skos:prefLabel "x"')).tables == {}
