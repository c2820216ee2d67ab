import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pyoxigraph as ox
import pytest

from harvester.cli.boundary import run
from tests.commands import run as start
from tests.looking import harvested, here

__all__ = ["harvested", "here"]
PAGE = Path(__file__).parents[2] / "docs" / "query.md"
QUESTIONS = re.findall(r"```sparql\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
SIZES = "SELECT ?size { <https://exempel.se/f1> dcat:byteSize ?size }"
STAD = "https://exempelstad.exempel.se/"


def answer(capsysbinary, *arguments: str) -> bytes:
    assert run(["query", *arguments]) == 0
    out, err = capsysbinary.readouterr()
    assert err == b""
    return out


@pytest.mark.parametrize("number", range(6))
def test_every_documented_question_is_answered(here, capsysbinary, number):
    """The examples of docs/query.md run, and give what the examples hold."""
    assert len(QUESTIONS) == 6
    form = "tsv" if number < 5 else "nt"
    lines = answer(capsysbinary, QUESTIONS[number], "--format", form).decode().splitlines()
    title = "<http://purl.org/dc/terms/title>"
    integer = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    assert [
        f'"Exempelbergs kommun"\t"2"{integer}' in lines,
        f'"text/csv"\t"2"{integer}' in lines,
        '"2026-06-01"^^<http://www.w3.org/2001/XMLSchema#date>\t"Badplatser"@sv' in lines,
        any(line.startswith(f"<{STAD}katalog>\t") for line in lines),
        any("<https://exempel.se/d2>\t" in line for line in lines),
        f'<{STAD}data/badplatser> {title} "Badplatser"@sv .' in lines,
    ][number], lines


def test_the_lexical_forms_of_literals_are_kept(here, capsysbinary):
    """In every format that can say them."""
    tsv = answer(capsysbinary, SIZES, "--format", "tsv").decode()
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert tsv.splitlines()[1:] == [
        f'"0100"^^<{xsd}nonNegativeInteger>', f'"100"^^<{xsd}nonNegativeInteger>',
    ]  # fmt: skip
    found = json.loads(answer(capsysbinary, SIZES, "--json"))
    cells = [row["size"] for row in found["results"]["bindings"]]
    assert [(one["value"], one["datatype"]) for one in cells] == [
        ("0100", xsd + "nonNegativeInteger"), ("100", xsd + "nonNegativeInteger"),
    ]  # fmt: skip
    graph = answer(capsysbinary, "DESCRIBE <https://exempel.se/f1>", "--format", "nt").decode()
    assert f'"0100"^^<{xsd}nonNegativeInteger>' in graph


@pytest.mark.parametrize("form", [ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML,
                                  ox.QueryResultsFormat.TSV])  # fmt: skip
def test_another_reader_reads_the_same_answer(here, capsysbinary, form):
    """Hostile texts, tags, line ends and all, in the formats of the W3C."""
    text = "SELECT ?s ?o { ?s ?p ?o FILTER isLiteral(?o) }"
    body = answer(capsysbinary, text, "--format", form.file_extension.replace("srj", "json")
                  .replace("srx", "xml"))  # fmt: skip
    expected = set()
    graph = answer(capsysbinary, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "--format", "nt")
    for quad in ox.parse(graph, ox.RdfFormat.N_TRIPLES):
        if isinstance(quad.object, ox.Literal):
            expected.add((str(quad.subject), str(quad.object)))
    found = ox.parse_query_results(body, form)
    pairs = {(str(one["s"]), str(one["o"])) for one in found}
    assert {o for _, o in pairs} == {o for _, o in expected}


def test_csv_is_safe_in_a_spreadsheet(here, capsysbinary):
    """No cell is a formula; line ends stay inside their quotes."""
    text = "SELECT ?t { <https://exempel.se/d1> dcterms:title|dcterms:description ?t }"
    body = answer(capsysbinary, text, "--format", "csv").decode()
    cells = [row[0] for row in csv.reader(io.StringIO(body, newline=""))]
    assert cells[:2] == ["t", '<script>alert(1)</script>\n;"citat"\\u202esnurr']
    assert cells[2].startswith("'=cmd|")


def test_forms_that_an_answer_has_not(here, capsys):
    """Exit code 2, and which it has."""
    for arguments, says in (
        (["ASK {}", "--format", "csv"], "table, json or xml"),
        (["ASK {}", "--format", "ttl"], "no graph"),
        (["DESCRIBE <https://exempel.se/d1>", "--json"], "ttl or nt"),
        (["ASK {}", "--format", "ods"], "--format"),
    ):
        assert run(["query", *arguments]) == 2
        assert says in capsys.readouterr().err


def test_a_table_for_people(here, capsys, monkeypatch):
    """IRIs short, a line each; cut with a count, in Swedish too."""
    text = "SELECT ?c (COUNT(?d) AS ?n) { ?d a ?c } GROUP BY ?c ORDER BY ?c"
    assert run(["query", text, "--limit", "2", "--lang", "sv"]) == 0
    out, err = capsys.readouterr()
    assert [line.split()[0] for line in out.splitlines()] == [
        "c",
        "vcard:Organization",
        "dcat:Catalog",
    ]
    assert "2 av 5 rader visas" in err
    assert run(["query", "ASK { ?s a dcat:Nothing }", "--lang", "sv"]) == 0
    assert capsys.readouterr().out == "nej\n"


def test_a_query_from_a_file_and_from_a_pipe(here, capsys, tmp_path):
    """``@FILE`` and ``-``; a file that is not there is named."""
    path = tmp_path / "q.rq"
    path.write_text("\ufeffASK { ?s a dcat:Dataset }")
    assert run(["query", f"@{path}"]) == 0
    assert capsys.readouterr().out == "yes\n"
    assert run(["query", f"@{tmp_path}/none.rq"]) == 2
    assert "none.rq" in capsys.readouterr().err


def test_the_same_store_gives_the_same_bytes(here):
    """Whatever the hashes of this process are."""
    text = "SELECT * { ?a ?b ?c . OPTIONAL { ?c ?d ?e } }"
    outs = {
        start(here, "query", text, "--format", "json", PYTHONHASHSEED=seed).stdout
        for seed in ("1", "2")
    }
    assert len(outs) == 1
    assert len(outs.pop()) > 1000


def test_exit_codes(here, capsys):
    """2 for what is wrong or refused, 10 without a store; one line each."""
    for arguments, code in (
        (["SELECT * {"], 2),
        (["LOAD <http://x/>"], 2),
        (["ASK {}", "--store", "none.db"], 10),
        (["ASK {}", "--timeout", "0"], 2),
    ):
        assert run(["query", *arguments]) == code
        assert capsys.readouterr().err.count("\n") == 1


def test_a_catalog_is_answered_as_xml(here, capsysbinary):
    """ASK too."""
    tree = ET.fromstring(answer(capsysbinary, "ASK {}", "--format", "xml"))
    assert tree.findtext("{http://www.w3.org/2005/sparql-results#}boolean") == "true"


def test_help_is_in_both_languages_and_fits(here, capsys):
    """80 columns."""
    for lang, word in (("sv", "Svara på en SPARQL-fråga"), ("en", "Answer a SPARQL query")):
        assert run(["query", "--help", "--lang", lang]) == 0
        out = capsys.readouterr().out
        assert word in out
        assert max(map(len, out.splitlines())) <= 80
