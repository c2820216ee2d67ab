"""What each fixer holds for certain, and what it leaves to the publisher."""

import pytest

from harvester.fix.change import Surroundings
from harvester.fix.fixers import FIXERS
from harvester.namespaces import ADMS, DCAT, DCTERMS, FOAF, RDF_TYPE, SCHEMA, VCARD, XSD
from harvester.rdf.graph import Graph
from harvester.terms import RDF_LANG_STRING, Literal, Term, Triple

S = "https://exempel.se/d/1"
EU = "http://publications.europa.eu/resource/authority/"
CC = "http://creativecommons.org/licenses/by/4.0/"


def fixed(name: str, predicate: str, value: Term, *others: Triple, **known: object) -> Triple:
    triple = (S, predicate, value)
    around = Surroundings(Graph([triple, *others]), known)
    after = FIXERS[name](triple, around)
    assert FIXERS[name](after, around) == after, "a fixer is content with what it gave"
    return after


def texts(value: str, language: str) -> Literal:
    return Literal(value, RDF_LANG_STRING, language)


@pytest.mark.parametrize(
    ("value", "right"),
    [
        (Literal("2024-01-01"), Literal("2024-01-01", XSD + "date")),
        (Literal("2024"), Literal("2024", XSD + "gYear")),
        (Literal(" 2024-05 "), Literal("2024-05", XSD + "gYearMonth")),
        (Literal("2024-01-01T00:00:00Z"), Literal("2024-01-01T00:00:00Z", XSD + "dateTime")),
        (
            Literal("2024-01-01T00:00:00", XSD + "date"),
            Literal("2024-01-01T00:00:00", XSD + "dateTime"),
        ),
        (Literal("2024-01-01", XSD + "dateTime"), Literal("2024-01-01", XSD + "date")),
        (Literal("2024-01-01", DCTERMS + "W3CDTF"), Literal("2024-01-01", XSD + "date")),
        (texts("2024-01-01", "sv"), Literal("2024-01-01", XSD + "date")),
        (Literal("2024-01-01 12:00:00"), Literal("2024-01-01T12:00:00", XSD + "dateTime")),
    ],
)
def test_a_valid_date_gets_its_datatype(value, right):
    """Whatever was said of it, or nothing."""
    assert fixed("date", DCTERMS + "issued", value)[2] == right


@pytest.mark.parametrize(
    "value",
    [
        Literal("2024-02-30"),
        Literal("01/02/2024"),
        Literal("20240101"),
        Literal("2024-1-5"),
        Literal("våren 2024"),
        Literal(""),
        Literal("2024", XSD + "integer"),
        Literal("2024-01-01", XSD + "date"),
        "https://exempel.se/2024",
    ],
)
def test_no_date_is_guessed(value):
    """What is no date as it stands, and what is right, stays."""
    assert fixed("date", DCTERMS + "issued", value)[2] == value


def test_only_properties_of_dates_are_dated():
    """A title may be a year."""
    assert fixed("date", DCTERMS + "title", Literal("2024"))[2] == Literal("2024")


@pytest.mark.parametrize(
    ("tag", "right"),
    [("sv_SE", "sv-SE"), ("swe", "sv"), ("eng", "en"), ("ENG-gb", "en-GB"), ("svenska", "sv")],
)
def test_a_language_tag_gets_its_proper_form(tag, right):
    """Separators and the shortest code of the language (RFC 5646, section 2.2.1)."""
    assert fixed("tag", DCTERMS + "title", texts("Bad", tag))[2] == texts("Bad", right)


def test_se_is_swedish_when_the_catalog_shows_it():
    """Two function words in one text decide for all, a letter of Sami against all."""
    title = texts("Badplatser", "se")
    swedish = (S, DCTERMS + "description", texts("Här finns det bad för alla och en brygga", "se"))
    sami = ("https://exempel.se/d/2", DCTERMS + "title", texts("Čázádagat ja gáttit", "se"))
    assert fixed("tag", DCTERMS + "title", title)[2] == title
    assert fixed("tag", DCTERMS + "title", title, swedish)[2] == texts("Badplatser", "sv")
    assert fixed("tag", DCTERMS + "title", title, swedish, sami)[2] == title


def test_a_tag_is_left_where_the_text_exists_in_that_language():
    """Which of the two is the right one is not for a program to say."""
    other = (S, DCTERMS + "title", texts("Baden", "sv"))
    assert fixed("tag", DCTERMS + "title", texts("Bad", "swe"), other)[2] == texts("Bad", "swe")


@pytest.mark.parametrize("tag", ["gb", "sv", "xx", "not a tag", "se"])
def test_a_tag_that_may_mean_several_things_stays(tag):
    """gb is a country with several languages."""
    assert fixed("tag", DCTERMS + "title", texts("Bad", tag))[2] == texts("Bad", tag)


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", CC),
        ("http://creativecommons.org/licenses/by/4.0", CC),
        ("https://creativecommons.org/licenses/by/4.0/deed.sv", CC),
        (EU + "licence/CC_BY_4_0", CC),
        (Literal("CC-BY-4.0"), CC),
    ],
)
def test_a_licence_gets_the_iri_of_the_profile(value, right):
    """Character by character (DCAT-AP-SE, docs/harvesting.md)."""
    assert fixed("licence", DCTERMS + "license", value)[2] == right


@pytest.mark.parametrize(
    "value",
    [
        CC,
        Literal("CC-BY"),
        EU + "licence/CC_BY",
        Literal("notspecified"),
        "https://creativecommons.org/licenses/by/3.0/it/",
        "https://exempel.se/licens",
        "_:licens",
    ],
)
def test_a_licence_without_a_version_or_of_another_country_stays(value):
    """Another licence is another contract."""
    assert fixed("licence", DCTERMS + "license", value)[2] == value


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("http://purl.org/cld/freq/semimonthly", EU + "frequency/MONTHLY_2"),
        ("http://purl.org/cld/freq/continuous", "http://purl.org/cld/freq/continuous"),
        (Literal("Varje vecka"), EU + "frequency/WEEKLY"),
        (Literal("då och då"), Literal("då och då")),
    ],
)
def test_a_frequency_gets_its_term_unless_it_is_contested(value, right):
    """Two authorities disagree about what continuous was."""
    assert fixed("frequency", DCTERMS + "accrualPeriodicity", value)[2] == right


@pytest.mark.parametrize(
    ("value", "right"),
    [
        (Literal("sv"), EU + "language/SWE"),
        ("http://id.loc.gov/vocabulary/iso639-1/en", EU + "language/ENG"),
        ("http://lexvo.org/id/iso639-3/swe", EU + "language/SWE"),
        (Literal("se"), Literal("se")),
    ],
)
def test_a_language_gets_its_term(value, right):
    """But ``se``, which is Swedish to some and Northern Sami to others."""
    assert fixed("language", DCTERMS + "language", value)[2] == right


@pytest.mark.parametrize(
    ("value", "right"),
    [
        (Literal("TEXT/CSV"), Literal("text/csv")),
        (Literal(".csv"), Literal("text/csv")),
        (Literal("CSV"), Literal("text/csv")),
        ("https://www.iana.org/assignments/media-types/text/csv", Literal("text/csv")),
        (EU + "file-type/CSV", Literal("text/csv")),
        (texts("GeoJSON", "sv"), Literal("application/geo+json")),
    ],
)
def test_a_format_gets_its_media_type(value, right):
    """As a text, which DCAT-AP-SE 3.0.1 wants."""
    assert fixed("format", DCTERMS + "format", value)[2] == right


@pytest.mark.parametrize(
    "value",
    [
        Literal("Excel"),
        Literal("SHP"),
        Literal("WMS"),
        Literal("csv och pdf"),
        EU + "file-type/AKN4EU",
        EU + "file-type/MP3",
        "https://exempel.se/csv",
    ],
)
def test_a_format_without_one_registered_media_type_stays(value):
    """Excel has several, Shapefile none."""
    assert fixed("format", DCTERMS + "format", value)[2] == value


@pytest.mark.parametrize(
    ("predicate", "value", "right"),
    [
        (ADMS + "contactPoint", "_:k", DCAT + "contactPoint"),
        (DCAT + "downloadUrl", "https://exempel.se/a.csv", DCAT + "downloadURL"),
        ("https://www.w3.org/ns/dcat#keyword", Literal("bad"), DCAT + "keyword"),
        (DCTERMS + "licence", CC, DCTERMS + "license"),
        (VCARD + "email", "mailto:a@exempel.se", VCARD + "hasEmail"),
        ("http://purl.org/dc/elements/1.1/title", Literal("Bad"), DCTERMS + "title"),
    ],
)
def test_an_obsolete_property_gets_its_successor(predicate, value, right):
    """Where that means the same and takes the same values."""
    assert fixed("term", predicate, value) == (S, right, value)


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        (DCAT + "url", "https://exempel.se/a.csv"),
        (DCAT + "keywrod", Literal("bad")),
        (VCARD + "email", Literal("a@exempel.se")),
        ("http://purl.org/dc/elements/1.1/publisher", Literal("Exempelstad")),
        (SCHEMA + "startDate", Literal("2024-01-01")),
        (DCTERMS + "mediaType", Literal("text/csv")),
        (RDF_TYPE, DCAT + "WebService"),
        (RDF_TYPE, DCAT + "Dataset"),
    ],
)
def test_a_property_that_may_mean_several_things_stays(predicate, value):
    """A similar name is a guess, and schema.org's dates mean more outside a period."""
    assert fixed("term", predicate, value) == (S, predicate, value)


def test_dates_of_a_period_become_those_of_dcat():
    """DCAT-AP-SE 3 took dcat:startDate in the place of schema:startDate of 2.2."""
    period = (S + "0", DCTERMS + "temporal", S)
    date = Literal("2024-01-01", XSD + "date")
    assert fixed("term", SCHEMA + "startDate", date, period)[1] == DCAT + "startDate"


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("https://exempel.se/a b", "https://exempel.se/a%20b"),
        ("https://exempel.se/?a[0]=1", "https://exempel.se/?a%5B0%5D=1"),
        ("https://exempel.se/100%", "https://exempel.se/100%25"),
        ("https://exempel.se/å", "https://exempel.se/å"),
        ("inte absolut", "inte absolut"),
        ("_:b", "_:b"),
    ],
)
def test_forbidden_characters_are_encoded(value, right):
    """RFC 3987; an IRI that stays invalid is left."""
    assert fixed("iri", FOAF + "page", value)[2] == right


@pytest.mark.parametrize(
    ("predicate", "value", "right"),
    [
        (FOAF + "homepage", Literal("https://exempel.se/"), "https://exempel.se/"),
        (VCARD + "hasEmail", Literal("a@exempel.se"), "mailto:a@exempel.se"),
        (FOAF + "homepage", Literal("www.exempel.se"), Literal("www.exempel.se")),
        (FOAF + "homepage", Literal("se https://exempel.se"), Literal("se https://exempel.se")),
        (VCARD + "hasEmail", Literal("a (at) exempel.se"), Literal("a (at) exempel.se")),
        (DCTERMS + "title", Literal("https://exempel.se/"), Literal("https://exempel.se/")),
    ],
)
def test_a_whole_address_becomes_a_link(predicate, value, right):
    """And nothing else does."""
    assert fixed("address", predicate, value)[2] == right


@pytest.mark.parametrize(
    ("value", "right"),
    [
        (EU.replace("http", "https") + "access-right/PUBLIC", EU + "access-right/PUBLIC"),
        (EU + "access-right/PUBLIC/", EU + "access-right/PUBLIC"),
        ("https://www.exempel.se/", "https://www.exempel.se/"),
    ],
)
def test_a_term_of_a_vocabulary_is_written_as_the_profile_has_it(value, right):
    """A variant of a known term, and https where an authority has http."""
    known = {EU + "access-right/PUBLIC": None}
    assert fixed("vocabulary", DCTERMS + "accessRights", value, **known)[2] == right
