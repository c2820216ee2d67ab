"""Normalising adds no error: what is validated before and after it, in the words of the tables."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.model import Severity
from harvester.namespaces import ADMS, DCAT, DCATAP, DCTERMS, FOAF, RDF_TYPE, SPDX, VCARD, XSD
from harvester.normalize import STEPS, tables
from harvester.profile import load_profile
from harvester.rdf.graph import Graph
from harvester.rules.judge import validate
from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal, Term, Triple
from tests.normalize.words import A, B, every_step, written

EU = tables.AUTHORITY

PUBLISHER, CONTACT, PERIOD = "https://exempel.se/org", "https://exempel.se/info", "_:p"
_DATES = ["2024", "2024-05", "2024-05-06", "2024-02-30", "2024-05-06 07:08", "igår", ""]


def spelled(table: str, column: int = 0) -> list[Term]:
    """What publishers write, of one table: as a text and, where it is one, as an address."""
    found: list[Term] = []
    for row in tables.rows(table):
        for name in row[column].split("|"):
            text = written(name)
            found += [text, *([text.value] if text.value.startswith("http") else [])]
    return found


def literals(texts: list[str], *datatypes: str) -> list[Term]:
    return [Literal(text, datatype) for text in texts for datatype in datatypes]


def codes(name: str) -> list[Term]:
    """The codes of an EU table as texts and as IRIs, and the names that are known for them."""
    found: list[Term] = []
    for row in tables.rows("code"):
        if row[0] == name:
            found += [Literal(row[1]), f"{EU}{name}/{row[1]}", f"{EU}{name}/{row[1].lower()}"]
    found += [Literal(row[1]) for row in tables.rows("code-name") if row[0] == name]
    return found


SPELLINGS: dict[tuple[str, str], list[Term]] = {
    (B, DCTERMS + "license"): [*spelled("licence-name"), *spelled("licence")],
    (B, DCTERMS + "format"): [
        *spelled("format", 1),
        *(f"{EU}file-type/{code}" for code in tables.file_types()),
        Literal("excel", XSD_STRING),
    ],
    (B, DCAT + "mediaType"): [*spelled("format", 1), *spelled("file-type", 1)],
    (B, DCAT + "byteSize"): literals(["10", "1.0", "-1", "stor"], XSD_STRING, XSD + "decimal"),
    (B, ADMS + "status"): codes("distribution-status"),
    (B, DCATAP + "availability"): codes("planned-availability"),
    (B, DCTERMS + "issued"): literals(_DATES, XSD_STRING, XSD + "date", XSD + "dateTime"),
    (A, DCTERMS + "accrualPeriodicity"): spelled("frequency"),
    (A, DCTERMS + "language"): [
        *spelled("language"),
        *spelled("language", 1),
        *spelled("language", 4),
    ],
    (A, DCAT + "theme"): [*spelled("theme"), *codes("data-theme")],
    (A, DCTERMS + "accessRights"): codes("access-right"),
    (A, DCTERMS + "spatial"): [*spelled("place", 1), *spelled("place")],
    (A, DCTERMS + "modified"): literals(_DATES, XSD_STRING, XSD + "date", XSD + "gYear"),
    (A, DCAT + "landingPage"): [
        Literal("https://exempel.se/"),
        Literal(""),
        Literal("www.exempel.se"),
    ],
    (PERIOD, DCAT + "startDate"): literals(_DATES, XSD_STRING, XSD + "date"),
    (CONTACT, VCARD + "hasEmail"): [Literal("info@exempel.se"), Literal("ingen"), "mailto:a@b.se"],
    (CONTACT, VCARD + "hasTelephone"): [Literal("08-12 34 56"), "tel:+46812"],
    (PUBLISHER, DCTERMS + "type"): [
        iri
        for table, code, *_ in tables.rows("code")
        if table == "adms-publishertype"
        for iri in (Literal(code), f"http://purl.org/adms/publishertype/{code}")
    ],
    ("_:c", SPDX + "checksumValue"): literals(["00FF", "xyz"], XSD_STRING, XSD + "hexBinary"),
}
# Several formats under one of the two properties are several under both, since each is said in the
# words of both; which one is meant, only the publisher knows.
SEVERAL_FORMATS = {
    ("DI241", B, DCTERMS + "format"),
    ("EU080", B, DCTERMS + "format"),
    ("EU072", B, DCAT + "mediaType"),
}


def text(value: str) -> Literal:
    return Literal(value, RDF_LANG_STRING, "sv")


WHOLE: list[Triple] = [
    (A, RDF_TYPE, DCAT + "Dataset"),
    (A, DCTERMS + "title", text("Badplatser")),
    (A, DCTERMS + "description", text("Alla badplatser")),
    (A, DCTERMS + "publisher", PUBLISHER),
    (A, DCAT + "contactPoint", CONTACT),
    (A, DCAT + "distribution", B),
    (A, DCTERMS + "temporal", PERIOD),
    (B, RDF_TYPE, DCAT + "Distribution"),
    (B, DCAT + "accessURL", "https://exempel.se/a.csv"),
    (B, SPDX + "checksum", "_:c"),
    (PERIOD, RDF_TYPE, DCTERMS + "PeriodOfTime"),
    ("_:c", RDF_TYPE, SPDX + "Checksum"),
    ("_:c", SPDX + "algorithm", SPDX + "checksumAlgorithm_sha256"),
    (PUBLISHER, RDF_TYPE, FOAF + "Agent"),
    (PUBLISHER, FOAF + "name", text("Exempelstad")),
    (CONTACT, RDF_TYPE, VCARD + "Organization"),
    (CONTACT, VCARD + "fn", Literal("Exempelstad")),
]
OWNED = {B: (B, "_:c"), A: (A, PERIOD), PUBLISHER: (PUBLISHER,), CONTACT: (CONTACT,)}


def test_there_are_spellings():
    """Without any the next test would say nothing."""
    assert min(map(len, SPELLINGS.values())) > 1
    assert sum(map(len, SPELLINGS.values())) > 4000


@st.composite
def additions(draw: st.DrawFn) -> list[Triple]:
    """One to eight things that publishers say, each in any of the spellings of its table."""
    keys = draw(st.lists(st.sampled_from(sorted(SPELLINGS)), min_size=1, max_size=8))
    return [(s, p, draw(st.sampled_from(SPELLINGS[s, p]))) for s, p in keys]


def normalised(triples: list[Triple], steps: tuple[str, ...]) -> list[Triple]:
    normaliser = every_step(*steps)
    return [
        triple
        for iri, nodes in OWNED.items()
        for triple in normaliser.normalise(iri, [t for t in triples if t[0] in nodes]).triples
    ]


def errors(triples: list[Triple], profile: str) -> set[tuple[str, str, str]]:
    graph = Graph()
    for triple in triples:
        graph.add(*triple)
    return {
        (one.code, one.focus, one.path)
        for one in validate(graph, load_profile(profile))
        if one.severity is Severity.ERROR
    }


@pytest.mark.parametrize("profile", ["dcat-ap-se", "dcat-ap"])
@given(said=additions(), step=st.sampled_from(["", *sorted(STEPS)]))
@settings(max_examples=150, deadline=None)
def test_normalising_makes_no_error(profile: str, said: list[Triple], step: str) -> None:
    """No code, focus node and property that there was not: of all steps, and of each by itself."""
    triples = list(dict.fromkeys([*WHOLE, *said]))
    after = normalised(triples, (step,) if step else tuple(STEPS))
    new = errors(after, profile) - errors(triples, profile)
    formats = [t for t in triples if t[1] in (DCTERMS + "format", DCAT + "mediaType")]
    assert new <= (SEVERAL_FORMATS if len(formats) > 1 else set())
