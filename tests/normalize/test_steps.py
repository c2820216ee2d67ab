import pytest

from harvester.errors import ConfigError
from harvester.namespaces import DCTERMS
from harvester.normalize import STEPS, iri, language, make_normaliser, publisher, select_steps
from harvester.normalize.format import MEDIA_TYPE, PACKAGE, as_text
from harvester.rdf.graph import Graph
from harvester.settings import Recipe, ValueMapping
from harvester.terms import RDF_LANG_STRING, Literal
from tests.normalize.words import A, check, normalised, triples

P = "http://example.org/p"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("http://example.org/a b", "http://example.org/a%20b"),
        (" http://example.org/a\n", "http://example.org/a"),
        ("http://example.org/?q={a|b}", "http://example.org/?q=%7Ba%7Cb%7D"),
        ("http://example.org/?layer[0]=1", "http://example.org/?layer%5B0%5D=1"),
        ("http://[::1]/a[b]", "http://[::1]/a%5Bb%5D"),
        ("http://example.org/50%", "http://example.org/50%25"),
        ("http://example.org/%20å", "http://example.org/%20å"),
        ("http://example.org/<a>", "http://example.org/<a>"),
        ("_:b1", "_:b1"),
    ],
)
def test_an_iri_is_mended(before, after):
    """Forbidden characters are encoded; what is legal or damaged beyond mending stays."""
    assert iri.mend(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SV", "sv"),
        ("sv_SE", "sv-SE"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("en-a-BBB-x-AB", "en-a-bbb-x-ab"),
        ("AR--rtl", "ar--rtl"),
        ("svenska språket", "svenska språket"),
    ],
)
def test_a_language_tag_is_mended(before, after):
    """Tags are written as RFC 5646, section 2.1.1, recommends."""
    assert language.mend(before) == after


CASES = {
    "a text is trimmed and composed": (
        ':a dcterms:title " Tema\\u0308n "@sv .',
        ':a dcterms:title "Temän"@sv .',
    ),
    "markup becomes plain text": (
        ':a dcterms:description "<p>Kartor &amp; data</p><ul><li>Bad</li><li>Hamn</li></ul>"@sv .',
        ':a dcterms:description "Kartor & data\\n\\n- Bad\\n\\n- Hamn"@sv .',
    ),
    "a link keeps its address": (
        ":a dcterms:description \"Se <a href='https://exempel.se/x'>sidan</a>.\"@sv .",
        ':a dcterms:description "Se sidan (https://exempel.se/x)."@sv .',
    ),
    "doubly escaped markup is markup": (
        ':a dcterms:description "&lt;p&gt;R&amp;amp;D&lt;/p&gt;"@en .',
        ':a dcterms:description "R&D"@en .',
    ),
    "less than is no markup": (
        ':a dcterms:description "a < b och c > d, AT&T"@sv .',
        ':a dcterms:description "a < b och c > d, AT&T"@sv .',
    ),
    "licences get the portal's form": (
        ":a dcterms:license <https://creativecommons.org/licenses/by/4.0/deed.sv> .",
        ":a dcterms:license <http://creativecommons.org/licenses/by/4.0/> .",
    ),
    "a national licence stays national": (
        ":a dcterms:license <https://creativecommons.org/licenses/by/3.0/it/> .",
        ":a dcterms:license <http://creativecommons.org/licenses/by/3.0/it/> .",
    ),
    "a licence as text becomes one": (
        ':a dcterms:license "CC-BY-4.0" .',
        ":a dcterms:license <http://creativecommons.org/licenses/by/4.0/> .",
    ),
    "a marker is no licence": (
        ':a dcterms:license "other-open" .',
        ':a dcterms:license "other-open" .',
    ),
    "a media type gives the file type": (
        ':a dcterms:format "text/csv" .',
        ":a dcterms:format ft:CSV ; dcat:mediaType mt:text/csv .".replace(
            "mt:text/csv", "<https://www.iana.org/assignments/media-types/text/csv>"
        ),
    ),
    "a format as label keeps the media type that is there": (
        ':a dcterms:format "ZIP" ; dcat:mediaType "text/csv" .',
        ":a dcterms:format ft:ZIP ;"
        " dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> .",
    ),
    "two words for one format are one": (
        ':a dcterms:format "CSV", "text/csv", ".csv" .',
        ":a dcterms:format ft:CSV ;"
        " dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> .",
    ),
    "what IANA does not know stays a file type": (
        ':a dcterms:format "application/x-shapefile" .',
        ":a dcterms:format ft:SHP .",
    ),
    "what is in a zip says so": (
        ':a dcterms:format "text/csv+zip" .',
        ":a dcterms:format ft:CSV ;"
        " dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ;"
        " dcat:packageFormat <https://www.iana.org/assignments/media-types/application/zip> .",
    ),
    "a media type without a file type is kept": (
        ':a dcterms:format "application/vnd.sqlite3" .',
        ':a dcterms:format "application/vnd.sqlite3" ;'
        " dcat:mediaType <https://www.iana.org/assignments/media-types/application/vnd.sqlite3> .",
    ),
    "what ends in +json can be read as JSON": (
        ':a dcterms:format "application/alto-endpointcostparams+json" .',
        ":a dcterms:format ft:JSON ;"
        " dcat:mediaType mt:application\\/alto-endpointcostparams\\+json .",
    ),
    "a file type at an address of the publisher's own": (
        ":a dcterms:format <https://exempel.se/GPKG> , <https://exempel.se/gpkg.html> .",
        ":a dcterms:format ft:GPKG , <https://exempel.se/gpkg.html> ;"
        " dcat:mediaType mt:application\\/geopackage\\+sqlite3 .",
    ),
    "an unknown format is left": (
        ':a dcterms:format "ArcGIS GeoServices REST API", "övrigt" .',
        ':a dcterms:format "ArcGIS GeoServices REST API", "övrigt" .',
    ),
    "a blank node that names a format is the format": (
        ':a dcterms:format [ a dcterms:IMT ; rdf:value "text/csv" ; rdfs:label "CSV" ] .',
        ":a dcterms:format ft:CSV ;"
        " dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> .",
    ),
    "a blank node that says more is left": (
        ':a dcterms:format [ rdfs:label "CSV" ; dcterms:description "utan rubrik"@sv ] .',
        ':a dcterms:format [ rdfs:label "CSV" ; dcterms:description "utan rubrik"@sv ] .',
    ),
    "languages become IRIs": (
        ':a dcterms:language "sv", "eng", <http://lexvo.org/id/iso639-3/fin>, "sv-FI" .',
        ":a dcterms:language lang:SWE, lang:ENG, lang:FIN .",
    ),
    "se may be Swedish or Northern Sami": (
        ':a dcterms:language "se" .',
        ':a dcterms:language "se" .',
    ),
    "semimonthly is twice a month": (
        ":a dcterms:accrualPeriodicity <http://purl.org/cld/freq/semimonthly> .",
        ":a dcterms:accrualPeriodicity freq:MONTHLY_2 .",
    ),
    "an ISO code of frequency": (
        ":a dcterms:frequency <http://standards.iso.org/iso/19115/resources/Codelists/cat/"
        "codelists.xml#periodic> .",
        ":a dcterms:accrualPeriodicity freq:OTHER .",
    ),
    "an INSPIRE theme gets its data theme beside it": (
        ":a dcat:theme <http://inspire.ec.europa.eu/theme/ac> .",
        ":a dcat:theme <http://inspire.ec.europa.eu/theme/ac>, thm:ENVI .",
    ),
    "a theme by its label, a keyword never": (
        ':a dcat:theme "Miljö"@sv, "geodata"@sv ; dcat:keyword "Miljö"@sv .',
        ':a dcat:theme thm:ENVI, "geodata"@sv ; dcat:keyword "Miljö"@sv .',
    ),
    "access rights, availability and status": (
        ':a a dcat:Distribution ; dcterms:accessRights "public" ;'
        " dcatap:availability <http://data.europa.eu/r5r/availability/stable> ;"
        " adms:status <http://purl.org/adms/status/UnderDevelopment> .",
        ":a a dcat:Distribution ; dcterms:accessRights ar:PUBLIC ;"
        " dcatap:availability av:STABLE ; adms:status ds:DEVELOP .",
    ),
    "a finer theme than the table has": (
        ":a dcat:theme <http://publications.europa.eu/resource/authority/data-theme/EDUC#SPORT> .",
        ":a dcat:theme thm:EDUC .",
    ),
    "an address as text is a link": (
        ':a dcat:landingPage " https://exempel.se/a b" , "https://exempel.se/ab " , "" ;'
        ' dcterms:title "https://exempel.se/" .',
        ':a dcat:landingPage "https://exempel.se/a b" , <https://exempel.se/ab> ;'
        ' dcterms:title "https://exempel.se/" .',
    ),
    "an address as text with what no IRI may have is a link": (
        ':a foaf:page "https://exempel.se/?sida[1]=2" .',
        ":a foaf:page <https://exempel.se/?sida%5B1%5D=2> .",
    ),
    "an organisation is an agent and has a name": (
        ':a a <http://www.w3.org/ns/org#Organization> ; skos:prefLabel "Exempelstad"@sv .',
        ":a a <http://www.w3.org/ns/org#Organization> , foaf:Agent ;"
        ' skos:prefLabel "Exempelstad"@sv ; foaf:name "Exempelstad"@sv .',
    ),
    "the name of an agent that has one is left": (
        ':a a foaf:Agent ; foaf:name "A" ; rdfs:label "B" .',
        ':a a foaf:Agent ; foaf:name "A" ; rdfs:label "B" .',
    ),
    "a kind of publisher": (
        ":a dcterms:type <https://purl.org/adms/publishertype/NationalAuthority/> .",
        ":a dcterms:type <http://purl.org/adms/publishertype/NationalAuthority> .",
    ),
    "a publisher's IRI, as subject and as object": (
        "<https://www.dataportal.se/organisation/SE202100-1868/> dcterms:relation"
        " <http://dataportal.se/organisation/2021001868-lab> .",
        "<http://dataportal.se/organisation/SE2021001868> dcterms:relation"
        " <http://dataportal.se/organisation/SE2021001868-lab> .",
    ),
    "places in their owner's form": (
        ":a dcterms:spatial <http://www.geonames.org/2673722/stockholm.html>,"
        " <http://nuts.geovocab.org/id/SE110> .",
        ":a dcterms:spatial <https://sws.geonames.org/2673722/>,"
        " <http://data.europa.eu/nuts/code/SE110> .",
    ),
    "three encodings of one geometry are one": (
        ":a dcterms:spatial [ locn:geometry "
        '"POLYGON((10 50,20 50,20 60,10 60,10 50))",'
        ' """{"type":"Polygon","coordinates":[[[10,50],[20,50],[20,60],[10,60],[10,50]]]}""",'
        ' """<gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/4326"><gml:lowerCorner>'
        "50 10</gml:lowerCorner><gml:upperCorner>60 20</gml:upperCorner></gml:Envelope>"
        '""" ] .',
        ":a dcterms:spatial [ locn:geometry "
        '"POLYGON((10 50, 20 50, 20 60, 10 60, 10 50))"^^geosparql:wktLiteral ] .',
    ),
    "latitude first is turned": (
        ":a dcat:centroid "
        '"<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(59.3 18.1)"^^geosparql:wktLiteral .',
        ':a dcat:centroid "POINT(18.1 59.3)"^^geosparql:wktLiteral .',
    ),
    "four numbers are a bounding box": (
        ':a dcterms:spatial "11,55,24,69" .',
        ":a dcterms:spatial [ a dcterms:Location ; dcat:bbox "
        '"POLYGON((11 55, 24 55, 24 69, 11 69, 11 55))"^^geosparql:wktLiteral ] .',
    ),
    "schema.org's dates": (
        ':a dcterms:temporal [ a dcterms:PeriodOfTime ; schema:startDate "2001"^^xsd:date ] .',
        ':a dcterms:temporal [ a dcterms:PeriodOfTime ; dcat:startDate "2001"^^xsd:gYear ] .',
    ),
    "OWL-Time's instants": (
        ":a dcterms:temporal [ time:hasBeginning [ a time:Instant ;"
        ' time:inXSDDate "2001-01-01"^^xsd:date ] ] .',
        ':a dcterms:temporal [ dcat:startDate "2001-01-01"^^xsd:date ] .',
    ),
    "an interval as text": (
        ':a dcterms:temporal "2004-11-03/2005" .',
        ":a dcterms:temporal [ a dcterms:PeriodOfTime ;"
        ' dcat:startDate "2004-11-03"^^xsd:date ; dcat:endDate "2005"^^xsd:gYear ] .',
    ),
    "dates get the datatype of their form": (
        ':a dcterms:issued "2024-02-29", "2024-02-29T10:00+0100"^^xsd:date ;'
        ' dcterms:modified "2023-02-29", "1/2/2024", "2024"^^xsd:date .',
        ':a dcterms:issued "2024-02-29"^^xsd:date, "2024-02-29T10:00:00+01:00"^^xsd:dateTime ;'
        ' dcterms:modified "2023-02-29", "1/2/2024", "2024"^^xsd:gYear .',
    ),
    "sizes are whole numbers": (
        ':a dcat:byteSize "1024.0"^^xsd:decimal, "12 kB", "-1"^^xsd:integer .',
        ':a dcat:byteSize "1024"^^xsd:nonNegativeInteger, "12 kB", "-1"^^xsd:integer .',
    ),
    "checksums": (
        ':a spdx:algorithm "SHA-256" ; spdx:checksumValue "00ff" .',
        ":a spdx:algorithm spdx:checksumAlgorithm_sha256 ;"
        ' spdx:checksumValue "00ff"^^xsd:hexBinary .',
    ),
    "e-mail and telephone": (
        ':a vcard:hasEmail "info@exempel.se" ; vcard:hasTelephone "+46 (0)8-123 45 67" ;'
        " foaf:mbox <MAILTO:mailto:a@exempel.se> .",
        ":a vcard:hasEmail <mailto:info@exempel.se> ; vcard:hasTelephone <tel:+468-1234567> ;"
        " foaf:mbox <mailto:a@exempel.se> .",
    ),
    "terms in force": (
        ':a a vcard:VCard ; adms:contactPoint :b ; vcard:email "a@exempel.se" ;'
        " dcat:downloadUrl <https://exempel.se/x.csv> .",
        ":a a vcard:Kind ; dcat:contactPoint :b ; vcard:hasEmail <mailto:a@exempel.se> ;"
        " dcat:downloadURL <https://exempel.se/x.csv> .",
    ),
    "a single value is not doubled": (
        ':a dcat:bytes "5" ; dcat:byteSize "6"^^xsd:nonNegativeInteger .',
        ':a dcat:bytes "5" ; dcat:byteSize "6"^^xsd:nonNegativeInteger .',
    ),
    "older versions of the profile": (
        ':a a dcat:Dataset ; owl:versionInfo "1.0" ; dcterms:hasVersion :b .',
        ':a a dcat:Dataset ; dcat:version "1.0" ; dcat:hasVersion :b .',
    ),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_what_a_step_makes_of_it(before, after):
    """The store's words come out, each change is recorded, and a second pass changes nothing."""
    check(before, after)


def test_each_change_is_recorded():
    """Resource, step, property, before and after."""
    title = Literal(" a ", RDF_LANG_STRING, "SV")
    done = make_normaliser(Recipe(tuple(STEPS))).normalise(A, [(A, P, title)])
    assert done.triples == [(A, P, Literal("a", RDF_LANG_STRING, "sv"))]
    assert [(c.step, c.before, c.after) for c in done.changes] == [
        ("text", '" a "@SV', '"a"@SV'),
        ("language", '"a"@SV', '"a"@sv'),
    ]


def test_an_assumption_is_marked():
    """A licence without a version is read as 4.0, and says that it was."""
    done = normalised(':a dcterms:license "CC BY" ; dcterms:format "CSV" .', "licence", "format")
    assert {c.step: c.certainty for c in done.changes} == {"licence": "assumed", "format": "exact"}


def test_triples_are_counted():
    """What there was, and what was added, is what there is and what became a repeat."""
    before = ':a dcterms:title "a", "a " ; dcterms:format "text/csv" .'
    done = normalised(before)
    assert (done.merged, done.added) == (1, 1)
    assert len(triples(before)) + done.added == len(done.triples) + done.merged


def test_a_source_maps_values_of_its_own():
    """A mapping comes before the steps of the program, which go on from there."""
    own = Recipe(
        ("licence",),
        (ValueMapping(DCTERMS + "license", "Licens A", "CC0"),),
        (("http://gammal.exempel.se/", "https://exempel.se/"),),
    )
    given = triples('<http://gammal.exempel.se/a> dcterms:license "Licens A" .')
    done = make_normaliser(own).normalise("http://gammal.exempel.se/a", given)
    cc0 = "http://creativecommons.org/publicdomain/zero/1.0/"
    assert done.triples == [(A, DCTERMS + "license", cc0)]
    assert [(c.step, c.resource) for c in done.changes] == [
        ("mapping", A),
        ("mapping", A),
        ("licence", A),
    ]


def test_only_the_chosen_steps_run():
    """A recipe names its steps; their order is the program's."""
    done = normalised(':a dcterms:license "CC0" ; dcterms:format "CSV" .', "format")
    assert {c.step for c in done.changes} == {"format"}
    assert select_steps(["dates", "iri"]) == ("iri", "dates")


def test_an_unknown_step_is_an_error_that_helps():
    """The nearest name is told."""
    with pytest.raises(ConfigError, match=r"did you mean .licence."):
        select_steps(["license"])


@pytest.mark.parametrize(
    ("number", "valid"), [("2021001868", True), ("2021001869", False), ("1234567890", False)]
)
def test_an_organisation_number_has_a_check_digit(number, valid):
    """Luhn's formula, as for every Swedish organisation number."""
    assert publisher.is_organisation_number(number) is valid


@pytest.mark.parametrize(
    "text",
    [
        "text/csv",
        "text/csv+zip",
        "application/x-shapefile",
        "application/vnd.sqlite3",
        "application/vnd.ogc.wms_xml",
        "application/geo+json",
    ],
)
def test_the_swedish_text_comes_back(text):
    """What the store says of a format in two IRIs gives DCAT-AP-SE's text again."""
    found = Graph(normalised(f':a dcterms:format "{text}" .').triples)
    said = [found.objects(A, path) for path in (DCTERMS + "format", MEDIA_TYPE, PACKAGE)]
    assert as_text(*said) == text
