import re
from pathlib import Path

import pytest
import yaml

from harvester.dedupe import Decision
from harvester.model import Outcome, SourceResult
from harvester.settings import Source
from harvester.words import Text
from tests.store.night import (
    BASE,
    CATALOG_OF_TWO,
    Night,
    dataset,
    document,
    finding,
    reading,
    resource,
)

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "store.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", TEXT, re.DOTALL)
OTHER = Source("annan", "https://example.org/dcat", title="Annan", priority=1)
DEAD = Source("dead", "https://example.org/dead")
HVD = "http://data.europa.eu/bna/c_ac64a52d"


@pytest.fixture
def small(night) -> Night:
    """A store with two sources that share a dataset, one that fails, and findings."""
    night.sources += [OTHER, DEAD]
    tagged = dataset(
        "three", "Luft", 'dcat:keyword "luft"@sv', 'dcat:keyword "miljö"@sv',
        f"dcat:theme <{BASE}ENVI>", f"dcatap:hvdCategory <{HVD}>", f"dcterms:publisher <{BASE}org>",
    )  # fmt: skip
    bare = resource("two/csv", "dcat:Distribution", f"dcat:accessURL <{BASE}csv>", parent="two")
    served = (*CATALOG_OF_TWO, tagged, bare)
    read = sum(one.triples for one in served) + 1
    night.passes(
        *served,
        findings=[finding("one", triples=1), finding("two"), finding("two", code="DS002")],
        documents=(document(),),
        readings=(reading(statements=read),),
    )
    night.begin()
    copies = (
        dataset("one", "Kopia"),
        resource("x", "dcat:Distribution", "dcterms:license <http://l.se/>", parent="one"),
    )
    read = sum(one.triples for one in copies)
    night.apply(night.result(*copies, source=OTHER, readings=(reading(statements=read),)))
    night.apply(
        SourceResult(
            DEAD, Outcome.UNREACHABLE, event="timeout", error=Text("inget svar", "no answer")
        )
    )
    part = Decision("annan", f"{BASE}one", "exempel", f"{BASE}one/csv", "part:priority")
    lost = Decision("annan", f"{BASE}one", "exempel", f"{BASE}one", "uuid:priority")
    night.store.save_decisions(night.run, [lost, part])
    night.end(3)
    return night


def rows(night: Night, sql: str) -> list[tuple]:
    return night.store._db.execute(sql).fetchall()


def named(night: Night, sql: str) -> list[dict]:
    cursor = night.store._db.execute(sql)
    return [dict(zip([c[0] for c in cursor.description], row, strict=True)) for row in cursor]


@pytest.mark.parametrize("number", range(9))
def test_every_documented_question_is_answered(small, number):
    """The examples run, and on a store that has an answer they give it."""
    assert len(QUERIES) == 9
    expected = [
        [("dead", "unreachable", "2026-11-24T03:00:00Z", None, "no answer")],
        [("added", "dataset", 1), ("added", "distribution", 1), ("winner", "dataset", 1)],
        [("Lekplatser", "Exempel kommun", 2, 0)],
        [("DS001", 1, 2, "Titel saknas."), ("DS002", 1, 1, "Titel saknas.")],
        [("Luft", f"{BASE}ENVI", "luft, miljö")],
        [("Lekplatser", f"{BASE}csv")],
        [("exempel", f"{BASE}two", "Lekplatser", "[Lekplatser]")],
        [(HVD, 1)],
        [("annan", 0.0), ("dead", 0.0), ("exempel", 0.0)],
    ]
    assert rows(small, QUERIES[number]) == expected[number]


def test_the_tables_and_their_columns_are_documented(store):
    """A section for each table, each column in it, and nothing that is not there."""
    sections = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", TEXT, re.DOTALL | re.MULTILINE))
    tables = {
        name: {row[1] for row in store._db.execute(f"PRAGMA table_info('{name}')")}
        for (name,) in store._db.execute(
            # Not the tables that a full-text index keeps for itself.
            "SELECT name FROM pragma_table_list WHERE schema = 'main'"
            " AND type IN ('table', 'virtual') AND substr(name, 1, 1) != '_'"
            " AND name NOT LIKE 'sqlite%'"
        )
    }
    assert sections.keys() == tables.keys()
    for name, columns in tables.items():
        named = set(re.findall(r"`(\w+)`", sections[name]))
        assert columns - named == set(), name


def test_the_views_are_documented_and_answer(small):
    """Every view is in the table of views, and can be read."""
    views = {row[0] for row in rows(small, "SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert views == set(re.findall(r"^\| `(v_\w+)`", TEXT, re.MULTILINE))
    for view in views:
        assert rows(small, f"SELECT * FROM {view}")


def test_the_views_show_what_is_published(small):
    """Losers are left out of datasets, licences and formats; duplicates name them."""
    titles = {one["title"]: one for one in named(small, "SELECT * FROM v_dataset")}
    assert titles.keys() == {"Kopia", "Lekplatser", "Luft"}
    assert titles["Luft"]["publisher_name"] == "Exempel kommun"
    assert (titles["Kopia"]["distributions"], titles["Lekplatser"]["errors"]) == (1, 2)
    assert rows(small, "SELECT * FROM v_licence ORDER BY license") == [
        (None, 1, 1, 1), ("http://l.se/", 1, 1, 1),
    ]  # fmt: skip
    (lost, part) = named(small, "SELECT * FROM v_duplicates ORDER BY loser_iri")
    assert (lost["winner_source_title"], lost["reason"]) == ("Annan", "uuid:priority")
    assert part["reason"] == "part:priority"


DATASETTE = yaml.safe_load((ROOT / "examples" / "datasette" / "metadata.yaml").read_text("utf-8"))


def test_datasette_is_told_of_what_is_there(small):
    """Every table, view, column, facet and index that its metadata names is in the store."""
    for table, about in DATASETTE["databases"]["harvester"]["tables"].items():
        columns = {row[1] for row in rows(small, f"PRAGMA table_info('{table}')")}
        assert columns, table
        named = {about.get(key) for key in ("label_column", "sort_desc", "fts_pk")} - {None}
        assert named | set(about.get("facets", ())) | set(about.get("columns", ())) <= columns
        if "fts_table" in about:
            (sql,) = rows(
                small, f"SELECT sql FROM sqlite_master WHERE name = '{about['fts_table']}'"
            )[0]
            assert f'content="{table}"' in sql


@pytest.mark.parametrize("name", DATASETTE["databases"]["harvester"]["queries"])
def test_every_question_of_datasette_is_answered(small, name):
    """On a store that has an answer to each, whatever is typed."""
    sql = DATASETTE["databases"]["harvester"]["queries"][name]["sql"]
    values = {"words": 'lek"platser', "iri": f"{BASE}one"}
    db = small.store._db
    assert db.execute(sql, values).fetchall() or name == "find"
    assert db.execute(sql, values | {"words": "Lekp"}).fetchall()
