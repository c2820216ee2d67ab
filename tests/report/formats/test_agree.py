"""All formats of one run hold the same findings, whatever is in the data."""

import pytest

from harvester.cli.validating import validate_inputs
from harvester.report.formats import FORMATS
from harvester.report.formats.github import SUMMARY_BYTES, summary
from tests.report.formats.readers import READERS, read_md, shown
from tests.report.sample import EVERY, ORDINARY, view

PLAIN = (
    "sweden/civictechsweden__civictech.se__dcat-ap.rdf",
    "sweden/Sambruk__Open-Meal__dcat.v5",
    "sweden/openumea__RDFtoHTML__sgu.rdf",
    "belgium/MareGraph-EU__assets__catalog.ttl",
)


def written(name: str, seen) -> str:
    """The whole text of a format, as a file would hold it."""
    text = "".join(FORMATS[name](seen))
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def test_every_format_is_read_back_here():
    """GitHub's annotations are cut by its limits; the summary beside them holds all."""
    assert set(READERS) == set(FORMATS) - {"github"}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("sample", ["ordinary", "suppressed", "clean", "unread"])
def test_a_format_holds_every_finding_and_no_other(name, sample):
    """By code, focus and path."""
    read, key = READERS[name]
    result = EVERY[sample]
    expected = {key(finding) for finding in result.findings}
    assert read(written(name, view(result, concise=True))) == expected


@pytest.mark.case("D11")
@pytest.mark.parametrize("name", ["json", "jsonl", "sarif", "csv", "md", "html", "shacl"])
def test_a_format_holds_hostile_findings_too(name):
    """A surrogate is no text: it is compared as it is shown or written."""
    read, key = READERS[name]
    result = EVERY["nasty"]
    expected = {
        tuple(part.encode("utf-8", "backslashreplace").decode() for part in key(finding))
        for finding in result.findings
    }
    found = {
        tuple(part.encode("utf-8", "backslashreplace").decode() for part in entry)
        for entry in read(written(name, view(result)))
    }
    assert found == expected


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("sample", EVERY)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_same_run_gives_the_same_bytes(name, sample, lang):
    """And every format can show every validation."""
    seen = view(EVERY[sample], lang=lang)
    assert written(name, seen) == written(name, seen)


@pytest.mark.parametrize("name", READERS)
def test_max_findings_cuts_every_format_at_the_same_place(name):
    """What matters most is kept."""
    read, key = READERS[name]
    seen = view(ORDINARY, most=1, concise=True)
    assert [finding.code for finding in seen.findings] == ["DS001"]
    assert read(written(name, seen)) == {key(seen.findings[0])}


@pytest.mark.parametrize("path", PLAIN)
def test_the_formats_agree_on_real_catalogs(corpus, path):
    """Each format, read back by a reader that does not know how it was written."""
    result = validate_inputs(
        [str(corpus / path)], profile="dcat-ap-se", engine="core", offline=True, marked=True
    )
    assert result.findings
    seen = view(result, concise=True, root=str(corpus))
    for name, (read, key) in READERS.items():
        assert read(written(name, seen)) == {key(f) for f in result.findings}, name
    text = "".join(summary(seen, SUMMARY_BYTES))
    assert read_md(text) == {shown(f) for f in result.findings}
