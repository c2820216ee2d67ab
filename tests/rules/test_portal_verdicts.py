"""Our findings cover what the national toolkit's form engine answers on real catalogs."""

from collections import Counter

import pytest

from harvester.namespaces import shorten
from tests.files import CORPUS, REFERENCE
from tests.rules.portal_comparison import DOCUMENT, Comparison, compare, document, verdict_files


@pytest.fixture(scope="module")
def comparisons() -> list[Comparison]:
    """All measured files, compared; skipped without the corpus and the measurements."""
    if not CORPUS.is_dir() or not (REFERENCE / "portal-verdicts").is_dir():
        pytest.skip("no corpus or portal verdicts (set HARVESTER_CORPUS, HARVESTER_REFERENCE)")
    return [compare(name) for name in verdict_files()]


def test_at_least_98_percent_of_the_answers_are_findings_of_ours(comparisons):
    """Outside the quirks where the profile's text decides."""
    explained = sum(bool(why) for c in comparisons for _, why in c.missing)
    keys = sum(c.keys for c in comparisons)
    missed = Counter(
        f"{row.severity} {row.code} {shorten(row.path)}"
        for c in comparisons
        for row, why in c.missing
        if not why
    )
    covered = sum(c.covered for c in comparisons)
    assert covered >= 0.98 * (keys - explained), missed.most_common(20)


def test_no_single_file_is_covered_badly(comparisons):
    """One large catalog does not hide a small one: 90 % in each file, or all but two answers."""
    for c in comparisons:
        missed = [row for row, why in c.missing if not why]
        assert len(missed) <= max(2, 0.1 * c.keys), (c.name, missed)


def test_the_document_of_differences_is_up_to_date(comparisons):
    """docs/portal-differences.md says what the comparison says today."""
    assert DOCUMENT.read_text("utf-8") == document(comparisons), (
        "run: python -m tests.rules.portal_comparison"
    )
