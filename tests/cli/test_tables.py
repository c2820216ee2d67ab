import csv
import hashlib
import io
import json
import re
from pathlib import Path

import pytest

from harvester.cli.boundary import run
from harvester.export.table_columns import COLUMNS, LANGUAGES, MANY, TABLES
from harvester.export.tables import FILES, columns_of, readme
from harvester.report.terminal import visible
from harvester.store.columns import columns
from harvester.store.store import Store
from tests.looking import harvested, here

__all__ = ["harvested", "here"]


@pytest.fixture
def folder(here, capsys) -> Path:
    assert run(["export", "--csv", "tables"]) == 0
    capsys.readouterr()
    return here / "tables"


def read(folder: Path, name: str) -> list[dict[str, str]]:
    """Read by the standard library as a stranger would: BOM, semicolons, quotes."""
    text = (folder / f"{name}.csv").read_bytes().decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    assert all(len(row) == len(head) for row in rows)
    return [dict(zip(head, row, strict=True)) for row in rows]


def values(cell: str) -> list[str]:
    """A cell of many values taken apart as README.md says."""
    parts = re.findall(r"(?:[^|\\]|\\.)+", cell)
    return [re.sub(r"\\(.)", r"\1", part.strip()) for part in parts]


def test_every_row_that_is_published_is_there_once(folder, here):
    """The cells are the store's."""
    with Store.open(here / "harvester.db", read_only=True) as store:
        for table in TABLES:
            found = {(row["source"], row["iri"]): row for row in read(folder, table.name)}
            rows = {(row["source"], row["iri"]): row for row in store.published_rows(table.kind)}
            assert found.keys() == rows.keys()
            for key, row in rows.items():
                for name, value in row.items():
                    cell = found[key][name]
                    if name in MANY or name in LANGUAGES:
                        continue
                    shown = "\n".join(map(visible, str("" if value is None else value).split("\n")))
                    assert cell.removeprefix("'") == shown


def test_many_values_stand_in_one_cell_and_can_be_taken_apart(folder):
    """A bar and a backslash inside a value are escaped."""
    (row,) = [row for row in read(folder, "datasets") if row["iri"] == "https://exempel.se/d1"]
    assert row["keyword"] == r"'-1+2 | a\|b | c\\d"
    assert values(row["keyword"][1:]) == ["-1+2", "a|b", r"c\d"]


@pytest.mark.case("S68")
def test_no_cell_is_a_formula(folder):
    """S68: an apostrophe stands before it, whatever the table."""
    for table in TABLES:
        for row in read(folder, table.name):
            assert not [cell for cell in row.values() if re.match(r"\s*[=+\-@]", cell)]
    (row,) = [row for row in read(folder, "datasets") if row["iri"] == "https://exempel.se/d1"]
    assert row["title"].startswith("'=cmd|")
    assert row["description"] == '<script>alert(1)</script>\n;"citat"\\u202esnurr'


def test_the_tables_join_by_their_keys(folder):
    """Source and IRI are a key; a distribution's dataset is there; names stand beside IRIs."""
    keys = {}
    for table in TABLES:
        rows = read(folder, table.name)
        keys[table.name] = {(row["source"], row["iri"]) for row in rows}
        assert len(keys[table.name]) == len(rows)
    for row in read(folder, "distributions"):
        assert (row["source"], row["dataset"]) in keys["datasets"]
    names = {row["publisher_name"] for row in read(folder, "datasets")}
    assert {"Exempelstads kommun", "Exempelbergs kommun"} <= names


def test_the_package_says_what_is_there(folder):
    """Data Package 2.0, checked by the rules of its pages: fields, keys, sizes, checksums."""
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert package["$schema"].endswith("/2.0/datapackage.json")
    assert {one.name for one in folder.iterdir()} == FILES
    assert [one["name"] for one in package["resources"]] == [table.name for table in TABLES]
    by_name = {one["name"]: one for one in package["resources"]}
    for one in package["resources"]:
        body = (folder / one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (
            len(body), f"sha256:{hashlib.sha256(body).hexdigest()}",
        )  # fmt: skip
        fields = {field["name"]: field["type"] for field in one["schema"]["fields"]}
        head = body.decode("utf-8-sig").split("\r\n")[0].split(";")
        assert list(fields) == head
        assert set(one["schema"]["primaryKey"]) <= fields.keys()
        for row in read(folder, one["name"]):
            assert all(
                row[n] == "" or row[n].isdigit() for n, t in fields.items() if t == "integer"
            )
        for key in one["schema"].get("foreignKeys", ()):
            there = {f["name"] for f in by_name[key["reference"]["resource"]]["schema"]["fields"]}
            assert set(key["fields"]) <= fields.keys()
            assert set(key["reference"]["fields"]) <= there


def test_the_same_store_gives_the_same_bytes_and_leaves_the_files(folder, here, capsys):
    """A second export touches nothing."""
    before = {one.name: (one.stat().st_ino, one.read_bytes()) for one in folder.iterdir()}
    assert run(["export", "--csv", "tables"]) == 0
    assert {o.name: (o.stat().st_ino, o.read_bytes()) for o in folder.iterdir()} == before


def test_what_an_invalid_dataset_has_is_left_out_with_it(here, capsys):
    """``publish = "valid"`` holds for tables too."""
    config = here / "valid.toml"
    config.write_text('[harvester]\nstore = "harvester.db"\npublish = "valid"\n'
                      + (here / "harvester.toml").read_text())  # fmt: skip
    assert run(["export", "--csv", "valid", "--config", "valid.toml"]) == 0
    kept = {row["iri"] for row in read(here / "valid", "datasets")}
    assert "https://exempel.se/d1" not in kept
    assert {row["dataset"] for row in read(here / "valid", "distributions")} <= kept
    assert kept


def test_it_says_what_was_written(here, capsys):
    """For people and for programs, in both languages; nothing with --quiet."""
    assert run(["export", "--csv", "said", "--lang", "sv"]) == 0
    assert "datasets.csv: 8 rader" in capsys.readouterr().out
    assert run(["export", "--csv", "said", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"]["datasets.csv"] == 8
    assert run(["export", "--csv", "said", "--quiet"]) == 0
    assert capsys.readouterr().out == ""


def test_exit_codes(here, capsys):
    """2 for a folder that is not ours and for two targets at once, 10 without a store."""
    (here / "mine").mkdir(exist_ok=True)
    (here / "mine" / "notes.txt").write_text("mine")
    for arguments, code, says in (
        (["--csv", "mine"], 2, "other files in it"),
        (["--csv", "x", "-o", "x.ttl"], 2, "by itself"),
        (["--csv", "x", "--store", "none.db"], 10, "no store here"),
    ):
        assert run(["export", *arguments]) == code
        assert says in capsys.readouterr().err
    assert (here / "mine" / "notes.txt").read_text() == "mine"


def test_every_column_is_explained():
    """In both languages, and no other; docs/tables.md is what is in the folder."""
    names = {name for table in TABLES for name in columns_of(table, Store)}
    assert names == COLUMNS.keys()
    assert all(set(columns(table.kind)) <= names for table in TABLES)
    page = Path(__file__).parents[2] / "docs" / "tables.md"
    assert page.read_text("utf-8") == "\n".join(readme(Store)) + "\n"
