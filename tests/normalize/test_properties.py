"""What holds for every step and any resource."""

from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.namespaces import (
    ADMS,
    DCAT,
    DCATAP,
    DCTERMS,
    LOCN,
    OWL,
    RDF,
    RDF_TYPE,
    RDFS,
    SCHEMA,
    SPDX,
    TIME,
    VCARD,
    XSD,
)
from harvester.normalize import STEPS, make_normaliser, tables
from harvester.settings import Recipe
from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal, Triple
from tests.normalize.words import A, B, canonical, every_step, unexplained

PROPERTIES = [
    RDF_TYPE,
    RDF + "value",
    RDFS + "label",
    *(DCTERMS + name for name in ("title", "description", "license", "licence", "format")),
    *(DCTERMS + name for name in ("language", "accrualPeriodicity", "frequency", "spatial")),
    *(DCTERMS + name for name in ("temporal", "accessRights", "issued", "modified", "publisher")),
    *(DCTERMS + name for name in ("hasVersion", "mediaType", "updated")),
    *(DCAT + name for name in ("mediaType", "theme", "byteSize", "bytes", "startDate", "endDate")),
    *(DCAT + name for name in ("bbox", "contactPoint", "keyword", "version", "downloadUrl")),
    *(SCHEMA + name for name in ("startDate", "endDate")),
    *(TIME + name for name in ("hasBeginning", "inXSDDate")),
    *(VCARD + name for name in ("email", "hasEmail", "tel", "hasTelephone", "hasValue")),
    *(ADMS + name for name in ("contactPoint", "status", "version")),
    DCATAP + "availability",
    LOCN + "geometry",
    OWL + "versionInfo",
    SPDX + "algorithm",
    SPDX + "checksumValue",
]
WORDS = [
    "CC BY",
    "cc-zero",
    "text/csv",
    "text/csv+zip",
    "CSV",
    ".xlsx",
    "application/x-shapefile",
    "application/vnd.sqlite3",
    "sv",
    "se",
    "sv_SE",
    "årligen",
    "semimonthly",
    "Miljö",
    "public",
    "0180",
    "SE110",
    "11,55,24,69",
    "POINT(1 2)",
    "POINT(18 99)",
    '{"type":"Point","coordinates":[1.0,2]}',
    '{"type":"Point","coordinates":[]}',
    "2024",
    "2024-05",
    "2024-05-06",
    "2024-02-30",
    "2024-05-06 07:08",
    "2004/2005-01-01",
    "1024.0",
    "info@exempel.se",
    "mailto: info@exempel.se",
    "+46 (0)8-123 45 67",
    "SHA-1",
    "00FF",
    " <p>a &amp;amp; b</p> ",
    "&lt;br&gt;&nbsp;",
    "e\u0301",
    "",
    " ",
]
NODES = [
    A,
    "_:x",
    "_:y",
    "https://exempel.se/a b",
    "https://www.dataportal.se/organisation/202100-1868",
    "https://creativecommons.org/licenses/by/4.0/deed.sv",
    "http://purl.org/cld/freq/semimonthly",
    "https://publications.europa.eu/resource/authority/file-type/csv/",
    "http://www.iana.org/assignments/media-types/text/csv",
    "http://inspire.ec.europa.eu/theme/ac",
    "http://lexvo.org/id/iso639-3/swe",
    "http://www.geonames.org/2673722/stockholm.html",
    "http://purl.org/adms/status/Completed",
    DCAT + "Dataset",
    DCAT + "Distribution",
    DCAT + "dataset",
    VCARD + "VCard",
    "MAILTO:a@exempel.se",
    "tel:08-12%2034%2056",
]
texts = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
literals = st.one_of(
    st.builds(Literal, texts, st.sampled_from([XSD_STRING, XSD + "date", XSD + "decimal"])),
    st.builds(
        Literal, texts, st.just(RDF_LANG_STRING), st.sampled_from(["sv", "SV", "sv_SE", "x y"])
    ),
)
subjects = st.sampled_from([A, "_:x", "_:y"])
triples = st.tuples(
    subjects, st.sampled_from(PROPERTIES), st.one_of(literals, st.sampled_from(NODES))
)
resources = st.lists(triples, max_size=14, unique=True)


@given(resources)
@settings(max_examples=400)
def test_a_second_pass_changes_nothing(given_triples: list[Triple]):
    """Normalising is idempotent, and the record of the second pass is empty."""
    once = every_step().normalise(A, given_triples)
    again = every_step().normalise(A, once.triples)
    assert again.changes == ()
    assert again.triples == once.triples


@given(resources)
@settings(max_examples=400)
def test_no_triple_is_lost_without_a_record(given_triples: list[Triple]):
    """What is gone and what is new stands in a change; the counts add up."""
    done = every_step().normalise(A, given_triples)
    assert unexplained(given_triples, done) == []
    assert len(given_triples) + done.added == len(done.triples) + done.merged
    assert len(set(done.triples)) == len(done.triples)


@given(resources, st.randoms(use_true_random=False))
def test_the_order_of_triples_and_names_makes_no_difference(given_triples, random):
    """The same statements in any order give the same resource."""
    shuffled = list(given_triples)
    random.shuffle(shuffled)
    one = every_step().normalise(A, given_triples).triples
    other = every_step().normalise(A, shuffled).triples
    assert canonical(one) == canonical(other)


@given(resources)
def test_what_was_seen_before_makes_no_difference(given_triples):
    """A normaliser that has worked on others gives what a new one gives."""
    used = every_step()
    used.normalise(A, given_triples[::2])
    used.normalise(B, [(B if s == A else s, p, o) for s, p, o in given_triples])
    assert used.normalise(A, given_triples) == every_step().normalise(A, given_triples)


@given(resources, st.sampled_from(sorted(STEPS)))
def test_each_step_rests_by_itself(given_triples, name):
    """Every step is idempotent on its own, and changes carry its name."""
    normaliser = make_normaliser(Recipe((name,)))
    once = normaliser.normalise(A, given_triples)
    assert {change.step for change in once.changes} <= {name}
    assert normaliser.normalise(A, once.triples).changes == ()


def test_the_words_of_the_store_are_at_rest():
    """Every IRI that a table gives is left alone by the step that gives it."""
    normaliser = every_step()
    given_triples = [
        *((A, DCTERMS + "license", known.value) for known in tables.licences().values()),
        *((A, DCTERMS + "language", known.value) for known in tables.languages().values()),
        *((A, DCTERMS + "accrualPeriodicity", k.value) for k in tables.frequencies().values()),
        *((A, DCAT + "theme", known.value) for known in tables.codes("data-theme").values()),
    ]
    given_triples = [triple for triple in dict.fromkeys(given_triples) if triple[2]]
    assert normaliser.normalise(A, given_triples).changes == ()
