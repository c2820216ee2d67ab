"""What to mend first, how many are concerned, and what --max-findings keeps."""

from dataclasses import replace

from harvester.model import Severity
from harvester.report.ranking import groups, most_important
from harvester.report.wording import counts_of, where_of
from tests.report.sample import DATASET, DATE, MISSING, TIP, validation, view


def of(code, severity, *focuses, **changes):
    """Findings of one rule on these things."""
    return [replace(DATE, code=code, severity=severity, focus=f, **changes) for f in focuses]


def reach(findings, datasets):
    """Each focus is a part of so many datasets."""
    return {
        (f.input, f.focus): frozenset(("k.ttl", f"d{n}") for n in range(datasets.get(f.focus, 0)))
        for f in findings
    }


def test_the_greatest_effect_comes_first():
    """Datasets concerned times severity: an error on one goes before tips on many."""
    findings = [
        *of("DS901", Severity.INFO, "a", "b", "c"),
        *of("DS101", Severity.WARNING, "a"),
        *of("CA101", Severity.WARNING, "catalog"),
        *of("DS001", Severity.ERROR, "a"),
    ]
    result = validation(*findings, reach=reach(findings, {"a": 1, "b": 2, "c": 3, "catalog": 540}))
    assert [group.code for group in groups(result, findings)] == [
        "CA101",
        "DS001",
        "DS101",
        "DS901",
    ]


def test_what_the_portal_cannot_take_comes_before_all_else():
    """One rejected resource outweighs any number of remarks."""
    findings = [*of("DS001", Severity.ERROR, "catalog"), *of("PT002", Severity.WARNING, "_:b0")]
    result = validation(*findings, reach=reach(findings, {"catalog": 10_000}))
    assert [group.code for group in groups(result, findings)] == ["PT002", "DS001"]


def test_a_group_says_how_many_of_how_many():
    """In the words of the profile, with the datasets concerned where the class is another."""
    findings = of("DS001", Severity.ERROR, "a", "b", "b")
    (group,) = groups(validation(*findings), findings)
    assert where_of(group, "sv") == "3 brister i 2 av 540 datamängder"
    assert where_of(group, "en") == "3 findings in 2 of 540 datasets"
    other = of("AG001", Severity.ERROR, "x", cls="https://exempel.se/Other")
    result = validation(*other, reach=reach(other, {"x": 4}))
    (group,) = groups(result, other)
    assert where_of(group, "sv") == "1 ställe, berör 4 datamängder"


def test_a_population_smaller_than_what_was_found_is_not_told():
    """A subclass may be checked as its superclass: 5 of 3 would be nonsense."""
    findings = of("DS001", Severity.ERROR, "a", "b")
    (group,) = groups(validation(*findings, population={DATASET: 1}), findings)
    assert where_of(group, "en") == "2 places"


def test_the_most_important_are_kept_in_document_order():
    """The same cut for every format."""
    result = validation(TIP, DATE, MISSING)
    assert most_important(result, 2) == (DATE, MISSING)
    assert most_important(result, 0) == ()
    assert most_important(result, None) == result.findings
    assert most_important(result, 9) == result.findings


def test_one_of_a_kind_is_counted_in_the_singular():
    """1 error, 0 warnings."""
    result = validation(MISSING, TIP, TIP)
    assert counts_of(view(result)) == "1 error, 0 warnings, 2 tips"
    assert counts_of(view(result, lang="sv")) == "1 fel, 0 varningar, 2 tips"
