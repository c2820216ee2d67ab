"""The portal's rules: each example says what it claims, and nothing else is found."""

from pathlib import Path

import pytest

from harvester.model import Document, DocumentReading, Redirect, Severity, Syntax
from harvester.namespaces import DCAT
from harvester.rdf.graph import Graph
from harvester.rules.context import NO_CONTEXT, Context
from harvester.rules.portal import PORTAL_RULES, check_portal_rules
from harvester.rules.portal.values import exact_licence
from harvester.rules.portal.vocabulary import OBSOLETE, TERMS, replacement
from tests.turtle import EX, graph

WITH_EXAMPLES = [rule for rule in PORTAL_RULES if rule.rule.wrong]
# A snippet is not a whole file: these are about what else the file has.
WHOLE_FILE = {"PT010", "PT011", "PT018", "PT019"}


def codes(data: Graph, context: Context = NO_CONTEXT) -> set[str]:
    return {finding.code for finding in check_portal_rules(data, context)}


def reading(**changes) -> Context:
    values = {"url": "https://exempel.se/k.rdf", "syntax": Syntax.RDFXML, "encoding": "utf-8"}
    return Context(
        readings=(DocumentReading(**{**values, "statements": 1, "duplicates": 0, **changes}),)
    )


def test_codes_are_unique_and_in_order():
    """A code is never used twice; the table reads in the order of the codes."""
    listed = [rule.rule.code for rule in PORTAL_RULES]
    assert listed == sorted(set(listed))


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.rule.code)
def test_the_wrong_example_gives_exactly_its_code(rule):
    """Beside what every snippet lacks as a file, the wrong example breaks one rule."""
    code = rule.rule.code
    assert codes(graph(rule.rule.wrong)) - (WHOLE_FILE - {code}) == {code}


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.rule.code)
def test_the_right_example_gives_none(rule):
    """The right example breaks no rule, not even another one."""
    found = codes(graph(rule.rule.right))
    assert found <= WHOLE_FILE - {rule.rule.code}


def test_a_sound_file_has_no_findings():
    """A small whole catalog passes every portal rule."""
    data = graph(
        "ex:katalog a dcat:Catalog ; dcat:dataset ex:d ; "
        "dcterms:publisher <http://dataportal.se/organisation/SE2120000000-park> ; "
        "dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> .",
        'ex:d a dcat:Dataset ; dcterms:title "Bad"@sv ; dcat:distribution ex:x .',
        "ex:x a dcat:Distribution ; dcat:accessURL <https://exempel.se/bad.csv> .",
    )
    assert codes(data, reading()) == set()


def test_relative_iris_are_found_wherever_they_stand():
    """As subject and as object; mailto:, urn: and blank nodes are in order."""
    data = Graph(
        [
            ("datamangd/1", DCAT + "theme", "urn:x:1"),
            (EX + "d", DCAT + "landingPage", "sida.html"),
            (EX + "d", DCAT + "contactPoint", "mailto:a@exempel.se"),
        ]
    )
    hits = [f for f in check_portal_rules(data, NO_CONTEXT) if f.code == "PT001"]
    assert [(f.focus, f.value) for f in hits] == [
        ("datamangd/1", "datamangd/1"),
        (EX + "d", "sida.html"),
    ]
    assert hits[0].message.en.startswith("<datamangd/1> is not a full IRI")


def test_a_catalog_that_contains_itself_is_a_circle_and_not_too_deep():
    """One fault, one finding."""
    data = graph("ex:k a dcat:Catalog ; dcterms:hasPart ex:k ; dcat:dataset ex:d .")
    assert codes(data) - WHOLE_FILE == {"PT014"}


def test_a_longer_circle_is_found():
    """Three catalogs in a ring: no main catalog, one circle."""
    data = graph(
        "ex:a a dcat:Catalog ; dcterms:hasPart ex:b .",
        "ex:b a dcat:Catalog ; dcterms:hasPart ex:c .",
        "ex:c a dcat:Catalog ; dcterms:hasPart ex:a .",
    )
    assert codes(data) - WHOLE_FILE == {"PT014"}


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (reading(), set()),
        (reading(syntax=Syntax.TURTLE), {"PT050"}),
        (reading(encoding="windows-1252"), {"PT052"}),
        (reading(next_url="https://exempel.se/k.rdf?page=2"), {"PT053"}),
    ],
)
def test_how_a_document_was_read_is_judged(context, expected):
    """Syntax, encoding and pages come from the reading, not from the graph."""
    assert codes(graph(), context) - WHOLE_FILE == expected


@pytest.mark.parametrize(("status", "found"), [(301, False), (302, True), (303, False)])
def test_redirects_the_portal_does_not_follow(status, found):
    """301, 303, 307 and 308 are followed, 302 is not."""
    step = Redirect(status, "http://exempel.se/", "https://exempel.se/k.rdf")
    document = Document(step.url, step.location, Path("k.rdf"), "0", 1, redirects=(step,))
    assert ("PT051" in codes(graph(), Context(documents=(document,)))) is found


@pytest.mark.parametrize(
    ("term", "right"),
    [
        ("dcat:downloadUrl", "dcat:downloadURL"),
        ("dcat:title", "dcterms:title"),
        ("dcterms:keyword", "dcat:keyword"),
        ("dcterms:frequency", "dcterms:accrualPeriodicity"),
        ("adms:contactPoint", "dcat:contactPoint"),
        ("dcat:ditribution", "dcat:distribution"),
        ("foaf:homePage", "foaf:homepage"),
        ("vcard:hasMail", "vcard:hasEmail"),
    ],
)
def test_wrong_terms_name_the_right_one(term, right):
    """By table, by another case or vocabulary, or by likeness."""
    data = graph(f'ex:d {term} "x" .')
    hits = [f for f in check_portal_rules(data, NO_CONTEXT) if f.code in ("PT030", "PT031")]
    assert len(hits) == 1
    assert right in hits[0].message.sv
    assert right in hits[0].message.en


def test_other_namespaces_of_the_same_vocabulary_are_mended():
    """Dublin Core 1.1 and https forms are named as what they should be."""
    assert replacement("http://purl.org/dc/elements/1.1/title") == (
        "http://purl.org/dc/terms/title",
        True,
    )
    assert replacement("https://schema.org/startDate") == ("http://schema.org/startDate", True)
    assert replacement("https://exempel.se/ns#title") is None


def test_a_replacement_is_itself_in_order():
    """No row of the table leads to another wrong term."""
    assert [right for right in OBSOLETE.values() if replacement(right) is not None] == []
    assert all(replacement(ns + name) is None or ns + name in OBSOLETE
               for ns, names in TERMS.items() for name in names)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("https://creativecommons.org/licenses/by/4.0", "licenses/by/4.0/"),
        ("http://www.creativecommons.org/licenses/by-sa/4.0/deed.sv", "licenses/by-sa/4.0/"),
        ("https://creativecommons.org/publicdomain/zero/1.0/legalcode", "publicdomain/zero/1.0/"),
    ],
)
def test_creative_commons_licences_have_one_form(written, right):
    """http, no www, nothing after the version but a slash."""
    assert exact_licence(written) == "http://creativecommons.org/" + right
    assert exact_licence("https://exempel.se/licens") == ""


def test_email_without_address_is_found():
    """An address without mailto: and mailto: without an address are wrong."""
    for value in ("<mailto:>", "<https://exempel.se/>", "<mailto:mailto:a@b.se>"):
        assert "PT043" in codes(graph(f"ex:k vcard:hasEmail {value} .")), value
    ok = graph("ex:k vcard:hasEmail <mailto:a@exempel.se>, [ vcard:hasValue <mailto:a@b.se> ] .")
    assert "PT043" not in codes(ok)


def test_only_the_rules_that_stop_a_harvest_reject():
    """What the portal cannot take is a short list; all of it is errors."""
    rejecting = {rule.rule.code for rule in PORTAL_RULES if rule.rule.rejects}
    assert rejecting == {"PT001", "PT002", "PT010", "PT013", "PT014", "PT015", "PT051"}
    assert all(rule.rule.severity is Severity.ERROR for rule in PORTAL_RULES if rule.rule.rejects)
