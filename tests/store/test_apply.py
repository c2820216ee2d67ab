from dataclasses import replace

import pytest

from harvester.model import Outcome, Plan, Severity, SourceResult
from harvester.settings import Source
from harvester.terms import RDF_LANG_STRING, Literal
from harvester.words import Text
from tests.store.night import (
    BASE,
    CATALOG,
    CATALOG_OF_TWO,
    SOURCE,
    Night,
    dataset,
    document,
    dump,
    finding,
    normalisation,
    reading,
    resource,
)

LOG = ("run", "source_run", "run_document")


def changed(night: Night) -> list[tuple[str, str]]:
    return [(one.change, one.iri.removeprefix(BASE)) for one in night.store.changes(night.run)]


def test_the_first_night_adds_everything(night):
    """Every resource is live, counted and logged as added."""
    entry = night.passes(*CATALOG_OF_TWO)
    assert entry.resources == {
        "added": 5, "changed": 0, "unchanged": 0, "missing": 0, "removed": 0,
    }  # fmt: skip
    assert entry.datasets == 2
    assert night.store.digests("exempel") == {one.iri: one.digest for one in CATALOG_OF_TWO}
    assert {change for change, _ in changed(night)} == {"added"}


@pytest.mark.case("F28")
def test_the_next_night_changes_no_row_but_the_run_log(night):
    """The same input twice: every other table is, row for row, what it was."""
    facts = {"findings": [finding(), finding()], "normalisations": [normalisation()]}
    night.passes(*CATALOG_OF_TWO, **facts)
    before = dump(night.store, *LOG)
    entry = night.passes(*reversed(CATALOG_OF_TWO), **facts)
    assert dump(night.store, *LOG) == before
    assert entry.resources["unchanged"] == 5
    assert entry.findings["error"] == 2


@pytest.mark.case("F28")
def test_a_source_that_says_304_changes_no_row_but_the_run_log(night):
    """Without a new state, only the run log knows that the source was asked."""
    night.passes(*CATALOG_OF_TWO, findings=[finding()])
    before = dump(night.store, *LOG)
    night.begin()
    unchanged = (replace(document(), not_modified=True, etag=None, media_type=None),)
    entry = night.apply(SourceResult(SOURCE, Outcome.UNCHANGED, documents=unchanged, complete=True))
    assert dump(night.store, *LOG) == before
    assert entry.not_modified
    assert entry.resources["unchanged"] == 5
    assert (entry.datasets, entry.findings["error"]) == (2, 1)


def test_a_change_touches_only_what_changed(night):
    """One title: one resource row, one class row, one change, and the digests before and after."""
    night.passes(*CATALOG_OF_TWO)
    before = dump(night.store)
    new = dataset("two", "Lekparker")
    night.passes(*(new if one.iri == new.iri else one for one in CATALOG_OF_TWO))
    after = dump(night.store)
    changed = {table for table in after if after[table] != before[table]}
    assert {table for table in changed if not table.startswith("search_")} == {
        "run", "source_run", "run_document", "resource", "dataset", "change", "search",
    }  # fmt: skip
    (change,) = night.store.changes(night.run)
    assert (change.change, change.from_digest, change.to_digest) == (
        "changed", CATALOG_OF_TWO[3].digest, new.digest,
    )  # fmt: skip
    (shown,) = night.store.show(new.iri)
    assert shown.first_seen < shown.last_changed


def test_nothing_is_removed_that_the_plan_does_not_name(night):
    """A resource that is merely missing stays live, and so do the findings about it."""
    night.passes(*CATALOG_OF_TWO, findings=[finding("two")], normalisations=[normalisation("two")])
    night.begin()
    result = replace(night.result(CATALOG_OF_TWO[0]), plan=Plan())
    entry = night.apply(result)
    assert entry.resources["missing"] == 4
    assert entry.datasets == 2
    assert entry.findings["error"] == 1
    (shown,) = night.store.show(f"{BASE}two")
    assert len(shown.normalisations) == 1


def test_a_change_keeps_its_certainty_and_is_counted_by_step(night):
    """What is assumed comes back as assumed."""
    assumed = replace(normalisation("two"), step="licence", certainty="assumed")
    changes = [normalisation("one"), normalisation("two"), assumed]
    entry = night.passes(*CATALOG_OF_TWO, normalisations=changes)
    assert entry.normalised == {"licence": 1, "trim": 2}
    (shown,) = night.store.show(f"{BASE}two")
    assert shown.normalisations == (assumed, normalisation("two"))
    assert [one.assumed for one in shown.normalisations] == [True, False]


@pytest.mark.case("D10")
def test_nothing_is_removed_after_an_incomplete_fetch(night):
    """Whatever the plan says: what was not fetched wholly says nothing about what is gone."""
    night.passes(*CATALOG_OF_TWO)
    entry = night.passes(CATALOG, complete=False, documents=(document("page2"),))
    assert (entry.resources["removed"], entry.resources["missing"]) == (0, 4)
    assert set(night.store.documents("exempel", str)) == {f"{BASE}dcat"}


def test_removing_takes_the_rows_of_every_table(night):
    """The class rows, keywords, findings and children go with their resource."""
    night.passes(CATALOG, dataset("one", "Bad", 'dcat:keyword "bad"@sv'), findings=[finding("one")])
    entry = night.passes(CATALOG)
    assert entry.resources["removed"] == 1
    tables = dump(night.store)
    assert tables["dataset"] == tables["keyword"] == tables["finding"] == []
    assert changed(night) == [("removed", "one")]


@pytest.mark.case("F24")
def test_a_dataset_that_comes_back_was_first_seen_when_it_was(night):
    """Flapping away and back: the same IRI, the same first sighting, the tombstone is gone."""
    night.passes(*CATALOG_OF_TWO)
    (first,) = night.store.show(f"{BASE}one")
    night.passes(CATALOG)
    assert night.store.show(f"{BASE}one") == ()
    assert len(dump(night.store)["tombstone"]) == 4
    night.passes(*CATALOG_OF_TWO)
    (again,) = night.store.show(f"{BASE}one")
    assert again.first_seen == first.first_seen
    assert again.last_changed > first.last_changed
    assert dump(night.store)["tombstone"] == []


@pytest.mark.case("F15")
def test_a_held_state_leaves_the_live_one_untouched(night):
    """The log keeps what would have happened, and the reason in words."""
    night.passes(*CATALOG_OF_TWO)
    before = dump(night.store, *LOG)
    night.begin()
    reason = Text("4 av 5 försvann", "4 of 5 are gone")
    result = night.result(CATALOG)
    held = replace(result, outcome=Outcome.HELD, plan=replace(result.plan, held=reason))
    entry = night.apply(held)
    assert dump(night.store, *LOG) == before
    assert entry.resources == {
        "added": 0, "changed": 0, "unchanged": 0, "missing": 4, "removed": 0,
    }  # fmt: skip
    assert entry.held == reason
    (status,) = night.store.status()
    assert (status.held, status.outcome, status.datasets) == (reason, Outcome.HELD, 2)


@pytest.mark.case("D10")
@pytest.mark.case("F22")
@pytest.mark.parametrize(
    "outcome", [Outcome.GONE, Outcome.UNREACHABLE, Outcome.UNREADABLE, Outcome.EMPTY]
)
def test_a_failure_never_deletes(night, outcome):
    """404, 410, a time-out, HTML: only the run log hears of it, even where a state is given."""
    night.passes(*CATALOG_OF_TWO)
    before = dump(night.store, *LOG)
    night.begin()
    result = replace(
        night.result(CATALOG), outcome=outcome, event="http-410", error=Text("borta \ud800", "gone")
    )
    entry = night.apply(result)
    assert dump(night.store, *LOG) == before
    assert entry.resources["unchanged"] == 0
    assert entry.datasets == 2
    assert entry.error == Text("borta \\ud800", "gone")


def test_a_dataset_that_moves_to_another_catalog_is_filed_there(night):
    """The parent is no triple of the dataset: the digest stays, the row follows all the same."""
    night.passes(*CATALOG_OF_TWO)
    moved = replace(CATALOG_OF_TWO[3], parent=f"{BASE}other")
    entry = night.passes(*(moved if one.iri == moved.iri else one for one in CATALOG_OF_TWO))
    assert entry.resources["changed"] == 0
    (shown,) = night.store.show(moved.iri)
    assert shown.parent == f"{BASE}other"
    assert f"'{BASE}other'" in dump(night.store)["dataset"][1]


@pytest.mark.case("D5")
@pytest.mark.case("D8")
def test_one_source_never_touches_what_another_said(night):
    """Two sources describe the same IRI: two rows, each its own source's."""
    other = Source("annan", "https://example.org/dcat")
    night.sources.append(other)
    night.passes(*CATALOG_OF_TWO)
    night.passes(dataset("one", "Kopia"), source=other)
    night.passes(source=other)
    assert [one.source for one in night.store.show(f"{BASE}one")] == ["exempel"]
    assert len(night.store.digests("exempel")) == 5


@pytest.mark.parametrize(
    "value",
    [
        Literal('"\\\n\u2028å', RDF_LANG_STRING, "sv"),
        Literal("", "not an IRI"),
        Literal("a", RDF_LANG_STRING, "no tag"),
        "https://exempel.se/a b",
        "_:b0",
        None,
    ],
)
def test_a_finding_is_read_back_as_it_was(night, value):
    """Message, place and value, also a value that is found fault with for being no RDF term."""
    odd = finding(
        value=value, cls="http://www.w3.org/ns/dcat#Dataset", path="http://purl.org/dc/terms/title",
        component="http://www.w3.org/ns/shacl#MinCountConstraintComponent", shape=f"{BASE}shape",
        title="titel", input="a.rdf", line=12, column=5, triples=1,
    )  # fmt: skip
    night.passes(*CATALOG_OF_TWO, findings=[odd])
    (shown,) = night.store.show(f"{BASE}one")
    assert shown.findings == (replace(odd, resource=f"{BASE}one"),)


def test_a_finding_about_a_blank_node_belongs_to_the_resource_it_names(night):
    """A focus such as _:b0 is nobody's address; the splitter says whose node it was."""
    night.passes(*CATALOG_OF_TWO, findings=[finding(focus="", resource=f"{BASE}two")])
    assert len(night.store.show(f"{BASE}two")[0].findings) == 1
    night.passes(*CATALOG_OF_TWO, findings=[replace(finding(), focus="_:b0")])
    assert "None" in dump(night.store)["finding"][0]


def test_hostile_text_in_a_finding_is_stored_visibly(night):
    """Half a surrogate pair cannot be written as UTF-8; it is shown, not raised about."""
    night.passes(*CATALOG_OF_TWO, findings=[finding(value=Literal("a\ud800"), input="\udcff")])
    (shown,) = night.store.show(f"{BASE}one")[0].findings
    assert (shown.value, shown.input) == (Literal("a\\ud800"), "\\udcff")


@pytest.mark.case("F34")
def test_errors_are_the_erroneous_ones(night):
    """A resource with a warning may be published as valid, one with an error may not."""
    warned = finding("two", severity=Severity.WARNING)
    night.passes(*CATALOG_OF_TWO, findings=[finding("one"), warned])
    assert night.store.erroneous() == {("exempel", f"{BASE}one")}


def test_the_books_balance(night):
    """Triples in = triples stored + repeats + triples named in findings."""
    statements = sum(one.triples for one in CATALOG_OF_TWO) + 3 + 2
    night.passes(
        *CATALOG_OF_TWO,
        findings=[finding(triples=2)],
        readings=(reading(statements=statements, duplicates=3),),
    )
    (balance,) = night.store._db.execute(
        "SELECT (SELECT sum(statements - duplicates) FROM document)"
        " - (SELECT sum(triples) FROM resource) - (SELECT sum(triples) FROM finding)"
    ).fetchone()
    assert balance == 0


def test_ten_thousand_resources_are_written_in_pieces(night):
    """More resources than are held in memory at once give as many rows."""
    many = [resource(f"x{number}", "foaf:Agent", 'foaf:name "n"') for number in range(4_500)]
    assert night.passes(*many).resources["added"] == 4_500
    assert len(dump(night.store)["agent"]) == 4_500


def test_an_operator_can_take_a_source_out(night):
    """What it said leaves the live state and is logged as removed; its log stays."""
    night.passes(*CATALOG_OF_TWO, findings=[finding()])
    night.begin()
    assert night.store.remove_source(night.run, "exempel") == 5
    assert night.store.digests("exempel") == {}
    assert night.store.documents("exempel", str) == {}
    assert {change for change, _ in changed(night)} == {"removed"}
    assert len(night.store.history("exempel")) == 1
