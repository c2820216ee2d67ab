import csv
import os
from pathlib import Path

import pytest

from harvester.normalize import tables

FACTS = Path(os.environ.get("HARVESTER_FACTS", Path(__file__).parents[3] / "shared" / "facts"))
TABLES = Path(tables.__file__).parents[1] / "data" / "tables"


def fact_rows(name: str) -> list[dict[str, str]]:
    if not FACTS.is_dir():
        pytest.skip(f"no facts at {FACTS} (set HARVESTER_FACTS)")
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("path", sorted(TABLES.glob("*.tsv")), ids=lambda path: path.stem)
def test_a_table_is_well_formed(path):
    """Every row has the cells that the header names, trimmed, and no row stands twice."""
    lines = path.read_text("utf-8").splitlines()
    width = len(lines[0].split("\t"))
    wrong = [line for line in lines if len(line.split("\t")) != width or '"' in line]
    untrimmed = [line for line in lines for cell in line.split("\t") if cell != cell.strip()]
    assert (wrong, untrimmed) == ([], [])
    assert len(set(lines)) == len(lines)


def test_every_licence_has_one_canonical_iri():
    """What a name stands for is itself a licence of the table, and stands for itself."""
    known = {iri for iri, _, _ in tables.rows("licence")}
    found = tables.licences()
    assert [known for known in found.values() if known.applies and not known.value] == []
    assert {value.value for value in found.values() if value.applies} <= known
    assert [iri for iri in known if found[tables.licence_key(iri)].value != iri] == []


def test_every_code_that_a_table_names_exists():
    """File types, packages, frequencies and data themes are codes of the EU tables."""
    file_types = set(tables.file_types()) | {""}
    rows = tables.rows("format")
    assert {row[2] for row in rows} | {row[3] for row in rows} <= file_types
    themes = {iri for iris, _ in tables.themes().values() for iri in iris}
    assert themes <= {known.value for known in tables.codes("data-theme").values()}
    base = tables.AUTHORITY + "frequency/"
    codes = {code for name, code, *_ in tables.rows("code") if name == "frequency"}
    assert {known.value.removeprefix(base) for known in tables.frequencies().values()} <= codes


def test_registered_is_what_iana_registered():
    """A file type's media type is marked registered when IANA's list has it, and only then."""
    iana = tables.registered_media_types()
    wrong = [t for t in tables.file_types().values() if t.registered != (t.media_type in iana)]
    assert wrong == []


def test_each_row_of_the_licence_facts():
    """1,702 spellings of licences give the licence and the certainty that the facts give."""
    certainty = {"exact": "exact", "version_assumed": "assumed", "marker": "marker"}
    wrong = []
    for row in fact_rows("licence_normalisation.tsv"):
        known = tables.licences().get(tables.licence_key(row["variant"]))
        sure = certainty[row["certainty"]]
        target = "" if sure == "marker" else row["canonical_dcat_ap_se_uri_or_marker"]
        if known != (target, sure):
            wrong.append((row["variant"], known))
    assert wrong == []


def test_each_row_of_the_format_facts():
    """423 extensions, media types and labels give the file type that the facts give."""
    wrong = []
    for row in fact_rows("format_normalisation.tsv"):
        found = tables.formats(row["kind"].replace("_", "-")).get(tables.fold(row["value"]))
        code, _, package = row["nal_file_type"].partition("|package ")
        if found is None or (found.file_type, found.package) != (code, package):
            wrong.append((row["value"], found))
    assert wrong == []


def test_each_row_of_the_frequency_facts():
    """141 frequencies of six schemes give the EU frequency that the facts give."""
    wrong = []
    for row in fact_rows("frequency_normalisation.tsv"):
        known = tables.frequencies().get(tables.fold(row["value"]).replace(" ", ""))
        if known is None or known.value != f"{tables.AUTHORITY}frequency/{row['nal_code']}":
            wrong.append((row["value"], known))
    assert wrong == []


def test_each_row_of_the_language_facts():
    """1,841 codes, names and addresses of languages give the EU language of the facts."""
    wrong = []
    for row in fact_rows("language_normalisation.tsv"):
        known = tables.languages().get(tables.fold(row["value"]))
        if row["scheme"] != "bcp47" and (
            known is None or not known.value.endswith(row["nal_code"])
        ):
            wrong.append((row["value"], known))
    assert wrong == []
