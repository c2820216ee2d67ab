import random
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.dedupe import Decision
from harvester.errors import UsageError
from harvester.lookup import read_words
from harvester.model import Kind
from harvester.settings import Source
from harvester.store import database
from harvester.store.store import Store
from tests.store.night import BASE, CATALOG, CATALOG_OF_TWO, Night, dataset, dump, resource

INDEXED = ("search", "search_exact", "search_folded")


def found(night, *words, **more) -> list[str]:
    """The names of what was found, best first."""
    hits = night.store.search(read_words(words), **more).hits
    return [hit.iri.removeprefix(BASE) for hit in hits]


def indexed(night) -> list[tuple]:
    """Every term of both indexes with the column and the resource it stands in."""
    db = night.store._db
    terms: list[tuple] = []
    for index in INDEXED[1:]:
        db.execute(f"CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, {index}, instance)")
        terms += db.execute(
            "SELECT ?, v.term, v.col, v.offset, s.source, s.iri FROM temp.v v JOIN search s"
            " ON s.id = v.doc",
            (index,),
        )
        assert (
            db.execute("SELECT count(DISTINCT doc) FROM temp.v").fetchone()
            == db.execute("SELECT count(*) FROM search").fetchone()
        )
        db.execute("DROP TABLE temp.v")
    return sorted(terms)


def test_titles_keywords_and_descriptions_are_found_in_that_order(night):
    """A word says most in a title; who stands behind comes after what people look for."""
    night.passes(
        CATALOG,
        dataset("told", "Vatten", 'dcterms:description "Här finns bryggor."@sv'),
        dataset("tagged", "Hamn", 'dcat:keyword "bryggor"@sv'),
        dataset("titled", "Bryggor"),
        resource("club", "foaf:Agent", 'foaf:name "Bryggor i Exempelstad"@sv'),
        resource("told/csv", "dcat:Distribution", 'dcterms:title "Bryggor"@sv', parent="told"),
    )
    assert found(night, "bryggor") == ["titled", "tagged", "told", "told/csv", "club"]
    assert found(night, "bryggor", "hamn") == ["tagged"]
    assert found(night, "bryggor", kind=Kind.AGENT) == ["club"]
    assert found(night, "bryggor", source="annan") == []


def test_letters_are_letters_but_may_lack_their_dots(night):
    """As typed first, then another ending, then without dots; case never matters."""
    night.passes(
        CATALOG, dataset("dots", "Malmö"), dataset("many", "Malmöbor"), dataset("bare", "MALMO")
    )
    assert found(night, "Malmö") == ["dots", "many", "bare"]
    assert found(night, "malmo") == ["bare", "dots", "many"]
    hits = night.store.search(read_words(["MALMÖ"])).hits
    assert [hit.match for hit in hits] == ["exact", "inflected", "folded"]


def test_endings_and_beginnings(night):
    """Inflection is tolerated, a star asks for all that starts so."""
    night.passes(CATALOG, dataset("one", "Karta över stan"), dataset("two", "Kartor"))
    assert found(night, "kartorna") == ["one", "two"] or found(night, "kartorna") == ["two", "one"]
    assert found(night, "kartor") == ["two", "one"]
    assert sorted(found(night, "ka*")) == ["one", "two"]
    assert found(night, "ka") == ["one", "two"] or found(night, "ka") == ["two", "one"]


def test_every_language_is_searched_and_the_titles_are_given(night):
    """So that the reader's own can be shown."""
    night.passes(
        CATALOG,
        dataset("one", "Sjöar", 'dcterms:title "Lakes"@en', 'dcterms:title "Järvet"@fi'),
    )
    for word in ("sjöar", "lakes", "järvet"):
        (hit,) = night.store.search(read_words([word])).hits
        assert hit.titles == {"": "Sjöar", "sv": "Sjöar", "en": "Lakes"}
        assert hit.source_title == "Exempel kommun"


def test_the_number_of_hits_is_that_of_all_not_of_those_shown(night):
    """Nothing is cut off without being counted."""
    night.passes(CATALOG, *(dataset(f"d{n}", f"Sjö nummer {n}") for n in range(30)))
    some = night.store.search(read_words(["sjö"]), limit=7)
    assert (some.total, len(some.hits)) == (30, 7)


def test_a_duplicate_that_lost_comes_last_and_is_marked(night):
    """It is live, but it is not what is published."""
    other = Source("annan", "https://example.org/dcat", title="Annan")
    night.sources.append(other)
    night.passes(*CATALOG_OF_TWO)
    night.passes(dataset("one", "Badplatser Badplatser"), source=other)
    lost = Decision("exempel", f"{BASE}one", "annan", f"{BASE}one", "iri:id")
    night.store.save_decisions(night.run, [lost])
    hits = night.store.search(read_words(["badplatser"])).hits
    assert [(hit.source, hit.published) for hit in hits] == [("exempel", True), ("annan", False)]


@pytest.mark.case("S74")
@given(st.text(max_size=40))
def test_nothing_typed_is_syntax(typed):
    """Quotes, operators, column names, NUL: an answer or a usage error, never FTS5's complaint."""
    with closing(database.sqlite3.connect(":memory:", isolation_level=None)) as db:
        for statement in database.statements(database.TABLES):
            db.execute(statement)
        for statement in database.SEARCH:
            db.execute(statement)
        try:
            words = read_words([typed])
        except UsageError:
            return
        assert Store(db, None).search(words).total == 0  # type: ignore[arg-type]


def test_hostile_words_find_what_they_spell(night):
    """``NEAR`` and ``title:`` are words, not operators."""
    night.passes(CATALOG, dataset("one", "NEAR OR NOT title"))
    assert found(night, "NEAR(", "OR", '"NOT"', "title:") == ["one"]
    assert found(night, "NOT", "badplats") == []


def test_the_index_follows_every_night(night):
    """Incrementally: what it holds is what a rebuild from the stored rows would hold."""
    seeded = random.Random(7)
    words = ["sjö", "å", "karta", "Örebro", "bad", "väg"]

    def one(name: str):
        tags = [f'dcat:keyword "{seeded.choice(words)}"@sv' for _ in range(seeded.randrange(3))]
        return dataset(name, " ".join(seeded.choices(words, k=3)), *dict.fromkeys(tags))

    for _ in range(6):
        night.passes(CATALOG, *(one(f"d{n}") for n in seeded.sample(range(9), 5)))
        incremental = indexed(night)
        for index in INDEXED[1:]:
            night.store._db.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
            night.store._db.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
        assert indexed(night) == incremental
    night.store.remove_source(night.begin(), "exempel")
    assert indexed(night) == []
    assert dump(night.store)["search"] == []


def test_an_older_store_is_searchable_after_the_upgrade(night, path):
    """Version 5 had no search: its migration gives what harvesting would have given."""
    more = resource("x", "dcat:DataService", 'dcterms:title "Tjänst"@sv', 'dcterms:title "S"@en')
    tagged = dataset("t", "Luft", 'dcat:keyword "ren"@sv', 'dcterms:description "O2"@en')
    both = replace(more, kinds=(Kind.DATASET, Kind.DATA_SERVICE))
    night.passes(*CATALOG_OF_TWO, tagged, both)
    before = indexed(night)
    downgrade(night)
    night.store.close()
    with Store.open(path) as store:
        upgraded = Night(store, night.sources)
        assert indexed(upgraded) == before
        assert found(upgraded, "luft") == ["t"]
    assert path.with_name("harvester.db.v5.backup").exists()


def downgrade(night) -> None:
    """Make the store what version 5 of the schema wrote."""
    db = night.store._db
    for table in reversed(INDEXED):
        db.execute(f"DROP TABLE {table}")
    db.execute("DELETE FROM _sqlite_migrations WHERE name >= '0006'")
    db.execute("PRAGMA user_version = 5")
