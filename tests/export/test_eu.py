"""What Europe is told, and in which words: DCAT-AP 3.0.1."""

import pytest

from harvester.export.entry import Entry
from harvester.export.eu import Europe
from harvester.model import Kind, LeftOut
from harvester.namespaces import ADMS, DCAT, DCATAP, DCTERMS, FOAF, LOCN, RDF_TYPE, SKOS, VCARD, XSD
from harvester.rdf.ntriples import parse
from harvester.terms import RDF_LANG_STRING, Literal, Term, Triple
from tests.export.test_se import NATIONAL
from tests.export.world import Stored, a_source, stored

A = "https://a.exempel.se/"
FILE = A + "fil"
SET = A + "badplatser"
EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"


def europe(resources: list[Stored], **options: object) -> Europe:
    texts = [one.ntriples for one in resources]
    entries = [
        Entry(one.source, one.iri, one.kinds, one.parent, number, 0)
        for number, one in enumerate(resources)
    ]
    return Europe(entries, lambda entry: parse(texts[entry.offset]), **options)  # type: ignore[arg-type]


def triples(selection: Europe) -> list[Triple]:
    return [triple for description in selection for triple in description.triples]


def said(*properties: tuple[str, Term], kind: Kind = Kind.DISTRIBUTION) -> list[Triple]:
    """What Europe is told of one resource, and of what it names."""
    return triples(europe([stored("a", FILE, kind, *properties)]))


def values(found: list[Triple], subject: str, predicate: str) -> list[Term]:
    return [obj for s, p, obj in found if (s, p) == (subject, predicate)]


@pytest.mark.parametrize(
    ("store", "eu"),
    [
        ("http://creativecommons.org/licenses/by/4.0/", EU + "licence/CC_BY_4_0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", EU + "licence/CC0"),
        (EU + "licence/MIT", EU + "licence/MIT"),
        (
            "http://creativecommons.org/licenses/by/2.5/se/",
            "http://creativecommons.org/licenses/by/2.5/se/",
        ),
    ],
)
def test_a_licence_is_that_of_the_eu_table_where_it_has_one(store, eu):
    """And of the class that the shapes ask for, also where the table does not know it."""
    found = said((DCTERMS + "license", store))
    assert values(found, FILE, DCTERMS + "license") == [eu]
    assert DCTERMS + "LicenseDocument" in values(found, eu, RDF_TYPE)


def test_a_term_is_described_once_however_often_it_is_named():
    """With its class, its label and its scheme, at the end of the file."""
    csv = EU + "file-type/CSV"
    files = [
        stored("a", f"{FILE}/{n}", Kind.DISTRIBUTION, (DCTERMS + "format", csv)) for n in range(3)
    ]
    descriptions = list(europe(files))
    assert [one.iri for one in descriptions[-2:]] == [csv, EU + "file-type"]
    assert set(descriptions[-2].triples) == {
        (csv, RDF_TYPE, SKOS + "Concept"),
        (csv, RDF_TYPE, DCTERMS + "MediaTypeOrExtent"),
        (csv, SKOS + "inScheme", EU + "file-type"),
        (csv, SKOS + "prefLabel", Literal("CSV", RDF_LANG_STRING, "en")),
    }


@pytest.mark.parametrize(
    ("predicate", "value", "cls"),
    [
        (DCAT + "mediaType", IANA + "text/csv", DCTERMS + "MediaType"),
        (DCTERMS + "language", EU + "language/SWE", DCTERMS + "LinguisticSystem"),
        (DCTERMS + "accrualPeriodicity", EU + "frequency/DAILY", DCTERMS + "Frequency"),
        (DCTERMS + "accessRights", EU + "access-right/PUBLIC", DCTERMS + "RightsStatement"),
        (DCTERMS + "spatial", "https://sws.geonames.org/2673722/", DCTERMS + "Location"),
        (DCTERMS + "conformsTo", "https://exempel.se/spec", DCTERMS + "Standard"),
        (DCAT + "landingPage", "https://exempel.se/sida", FOAF + "Document"),
        (DCAT + "theme", EU + "data-theme/ENVI", SKOS + "Concept"),
        (DCATAP + "availability", EU + "planned-availability/STABLE", SKOS + "Concept"),
        (ADMS + "status", EU + "distribution-status/COMPLETED", SKOS + "Concept"),
        (DCATAP + "hvdCategory", "http://data.europa.eu/bna/c_ac64a52d", SKOS + "Concept"),
        (
            DCATAP + "applicableLegislation",
            "http://data.europa.eu/eli/reg_impl/2023/138/oj",
            "http://data.europa.eu/eli/ontology#LegalResource",
        ),
    ],
)
def test_what_a_property_leads_to_has_its_class(predicate, value, cls):
    """The official shapes look for the class in the file itself."""
    found = said((predicate, value))
    assert values(found, FILE, predicate) == [value]
    assert cls in values(found, value, RDF_TYPE)


def test_what_would_owe_more_is_not_made_up():
    """An agent needs a name and a concept a label: who is not described stays undescribed."""
    org, theme = "https://exempel.se/org", "http://eurovoc.europa.eu/100155"
    found = said((DCTERMS + "publisher", org), (DCAT + "theme", theme))
    assert values(found, org, RDF_TYPE) == []
    assert values(found, theme, RDF_TYPE) == []


def test_a_description_of_its_own_gets_the_class_itself():
    """Before it or after it in the file: the class is said once, and not by another description."""
    org = A + "org"
    resources = [
        stored("a", SET, Kind.DATASET, (DCTERMS + "publisher", org), (DCTERMS + "relation", org)),
        stored("a", org, Kind.OTHER, (FOAF + "name", Literal("Exempelstad"))),
        stored("a", A + "post", Kind.OTHER, (FOAF + "primaryTopic", SET)),
    ]
    found = triples(europe(resources))
    assert values(found, org, RDF_TYPE) == [FOAF + "Agent"]
    assert values(found, SET, RDF_TYPE) == [DCAT + "Dataset", DCAT + "Resource"]
    assert len(found) == len(set(found))


def test_an_organisation_is_an_agent_and_a_vcard_organisation_a_kind():
    """The shapes know no class hierarchy."""
    found = said((RDF_TYPE, FOAF + "Organization"), (RDF_TYPE, VCARD + "Organization"))
    assert {FOAF + "Agent", VCARD + "Kind"} < set(values(found, FILE, RDF_TYPE))


def test_a_name_in_another_vocabulary_is_said_in_the_one_asked_for():
    """An agent with a label only has a name; the label stays."""
    label = (SKOS + "prefLabel", Literal("Exempelstad"))
    found = said(label, kind=Kind.AGENT)
    assert values(found, FILE, FOAF + "name") == [Literal("Exempelstad")]
    assert values(found, FILE, SKOS + "prefLabel") == [Literal("Exempelstad")]


@pytest.mark.parametrize(
    ("predicate", "text", "cls", "name"),
    [
        (DCTERMS + "license", "Fri", DCTERMS + "LicenseDocument", "label"),
        (DCTERMS + "publisher", "Exempelstad", FOAF + "Agent", FOAF + "name"),
        (DCTERMS + "format", "JRSS", DCTERMS + "MediaTypeOrExtent", "label"),
        (DCAT + "contactPoint", "Växeln", VCARD + "Kind", VCARD + "fn"),
        (ADMS + "identifier", "DNR-1", ADMS + "Identifier", SKOS + "notation"),
        (LOCN + "geometry", "POINT(1 2)", LOCN + "Geometry", "asWKT"),
    ],
)
def test_a_text_where_a_thing_is_wanted_names_one(predicate, text, cls, name):
    """Nothing the publisher wrote is lost, and no node is of the wrong kind."""
    found = said((predicate, Literal(text)))
    (node,) = values(found, FILE, predicate)
    assert str(node).startswith("_:")
    said_of_it = {(p, o) for s, p, o in found if s == node}
    assert (RDF_TYPE, cls) in said_of_it
    assert any(p.endswith(name) and o == Literal(text) for p, o in said_of_it)


def test_texts_elsewhere():
    """An address is an IRI, a theme in words a keyword, an IRI that is to be a text a text."""
    page = "https://exempel.se/sida"
    found = said(
        (FOAF + "page", Literal(page)),
        (DCAT + "theme", Literal("bad")),
        (DCTERMS + "identifier", "https://exempel.se/id/1"),
        (DCAT + "accessURL", Literal("ring oss")),
        (DCAT + "byteSize", Literal("12 MB")),
    )
    assert values(found, FILE, FOAF + "page") == [page]
    assert values(found, FILE, DCAT + "keyword") == [Literal("bad")]
    identifier = Literal("https://exempel.se/id/1", XSD + "anyURI")
    assert values(found, FILE, DCTERMS + "identifier") == [identifier]
    assert values(found, FILE, DCAT + "accessURL") == []
    assert values(found, FILE, DCAT + "byteSize") == []


def test_what_is_left_out_and_what_is_said_otherwise_is_counted():
    """By resource what is lost, by reason what is only in other words."""
    selection = europe(
        [
            stored(
                "a",
                FILE,
                Kind.DISTRIBUTION,
                (DCTERMS + "license", "http://creativecommons.org/publicdomain/zero/1.0/"),
                (DCAT + "byteSize", Literal("12 MB")),
                ("http://entryscape.com/terms/x", Literal("y")),
            )
        ]
    )
    list(selection)
    assert set(selection.left_out) == {
        LeftOut(FILE, "unusable", 1),
        LeftOut(FILE, "own-terms", 1),
        LeftOut("", "licence", 1, 1),
    }


@pytest.mark.parametrize(
    ("predicate", "several", "one"),
    [
        (DCTERMS + "issued", ["2020-01-02", "2019-05-05"], "2019-05-05"),
        (DCTERMS + "modified", ["2020-01-02", "2021-05-05"], "2021-05-05"),
    ],
)
def test_of_several_dates_the_first_issue_and_the_last_change_stay(predicate, several, one):
    """DCAT-AP takes one of each."""
    found = said(*((predicate, Literal(date, XSD + "date")) for date in several))
    assert values(found, FILE, predicate) == [Literal(one, XSD + "date")]


def test_a_package_beside_a_format_is_the_package():
    """CSV and ZIP are no two formats of one file."""
    found = said(
        (DCTERMS + "format", EU + "file-type/ZIP"), (DCTERMS + "format", EU + "file-type/CSV")
    )
    assert values(found, FILE, DCTERMS + "format") == [EU + "file-type/CSV"]
    assert values(found, FILE, DCAT + "packageFormat") == [IANA + "application/zip"]
    assert values(found, EU + "file-type/ZIP", RDF_TYPE) == []


def test_a_term_that_gave_way_once_is_described_where_it_stays():
    """What one file drops, another may keep."""
    ending = EU + "file-type/ZIP"
    both = ((DCTERMS + "format", ending), (DCTERMS + "format", EU + "file-type/CSV"))
    found = triples(
        europe(
            [
                stored("a", FILE + "/1", Kind.DISTRIBUTION, *both),
                stored("a", FILE + "/2", Kind.DISTRIBUTION, (DCTERMS + "format", ending)),
            ]
        )
    )
    assert DCTERMS + "MediaTypeOrExtent" in values(found, ending, RDF_TYPE)


def test_a_second_licence_is_still_a_statement_of_rights():
    """Nobody may be told less than the publisher said."""
    own = "https://exempel.se/villkor"
    found = said((DCTERMS + "license", EU + "licence/CC0"), (DCTERMS + "license", own))
    assert values(found, FILE, DCTERMS + "license") == [EU + "licence/CC0"]
    assert values(found, FILE, DCTERMS + "rights") == [own]
    assert values(found, own, RDF_TYPE) == [DCTERMS + "RightsStatement"]


def test_the_narrower_access_stays():
    """A mistake must not open what is closed."""
    found = said(
        (DCTERMS + "accessRights", EU + "access-right/PUBLIC"),
        (DCTERMS + "accessRights", EU + "access-right/RESTRICTED"),
        kind=Kind.DATASET,
    )
    assert values(found, FILE, DCTERMS + "accessRights") == [EU + "access-right/RESTRICTED"]


def test_translations_and_unknown_properties_stay():
    """All languages of a text, and what DCAT-AP does not know."""
    texts = {Literal("Bad", RDF_LANG_STRING, "sv"), Literal("Baths", RDF_LANG_STRING, "en")}
    found = said(
        *((DCTERMS + "title", text) for text in texts),
        ("https://exempel.se/egen", Literal("x")),
    )
    assert set(values(found, FILE, DCTERMS + "title")) == texts
    assert values(found, FILE, "https://exempel.se/egen") == [Literal("x")]


def test_a_source_does_not_describe_the_terms_of_the_eu():
    """Its own words about a term give way to the table's, and are counted."""
    csv = EU + "file-type/CSV"
    resources = [
        stored("a", FILE, Kind.DISTRIBUTION, (DCTERMS + "format", csv)),
        stored("a", csv, Kind.OTHER, (SKOS + "prefLabel", Literal("Komma"))),
    ]
    selection = europe(resources)
    labels = values(triples(selection), csv, SKOS + "prefLabel")
    assert labels == [Literal("CSV", RDF_LANG_STRING, "en")]
    assert LeftOut(csv, "vocabulary", 1) in selection.left_out


def test_all_catalogs_are_flattened_into_the_national_one():
    """It lists every dataset itself; without one, each source's main catalog stays."""
    selection = europe([*a_source("a"), *a_source("b")], national=NATIONAL)
    found = triples(selection)
    catalogs = [s for s, p, o in found if p == RDF_TYPE and o == DCAT + "Catalog"]
    assert catalogs == [NATIONAL.iri]
    assert len(values(found, NATIONAL.iri, DCAT + "dataset")) == 4
    assert values(found, NATIONAL.iri, DCTERMS + "hasPart") == []
    assert {one.reason for one in selection.left_out} == {"sub-catalog", "licence"}
    alone = triples(europe([*a_source("a"), *a_source("b")]))
    assert len([s for s, p, o in alone if p == RDF_TYPE and o == DCAT + "Catalog"]) == 2
