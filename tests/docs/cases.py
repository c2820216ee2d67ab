"""The numbered attacks, faults and rules, and the tests that prove each: docs/cases.md."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

TESTS: Final = Path(__file__).parents[1]

ATTACKS: Final = """
S1 A gzip body that unpacks to far more than it weighs is stopped at the limit, in little memory.
S2 Brotli is never asked for and never unpacked.
S3 Nor is zstd.
S4 One layer of compression is unpacked; stacks of layers are refused.
S5 Bodies of redirects and errors are not read beyond a small limit.
S6 A .gz file takes the same bounded way as a compressed answer; zip archives are refused.
S7 A gzip body without its end is a cut body.
S8 So is one without its trailer.
S9 All members of a gzip body are read.
S10 A cut brotli body is refused, as all brotli is.
S11 A wrong checksum, or bytes that are not what the header says, are refused.
S12 An unknown content coding is refused by name.
S13 An answer that ends only because the connection closed is not trusted to be whole.
S14 Contradictory, broken or missing framing of HTTP is refused.
S15 An endless answer ends at the limit of bytes on the wire.
S16 Very many tiny chunks cost bounded time.
S17 A body that drips is too slow, and ended.
S18 So is a head that drips.
S19 Interim answers are counted and end.
S20 Heads have a limit of bytes and of fields.
S21 A circle of redirects ends and is named.
S22 Redirects lead to http and https only.
S23 A redirect to an inside address is refused before any packet is sent.
S24 No spelling of an inside address gets by.
S25 Special ranges, and inside addresses wrapped in IPv6 forms, count as inside.
S26 A name is resolved once; one bad address among its addresses refuses it.
S27 Kept connections and proxies of the environment open no side door.
S28 An operator may permit an inside network for one source, and for its own host only.
S29 Secrets go to the origin they were configured for, and nowhere after a redirect.
S30 No cookie is kept or sent.
S31 What one source was answered is never given to another.
S32 No secret is in any output, log, error, store or report.
S33 What a server asks for as a pause is capped.
S34 Addresses that the data names are checked like any other; paging stays on its origin.
S35 TLS is always verified, and there is no way back from https to http.
S36 Paging that never ends is noticed, and removes nothing.
S37 Sub-catalogs are few, one level deep, and fetched under guard.
S38 Checking links must not become a port scanner.
S39 Entities that multiply are computed, not expanded.
S40 One large entity used often is the same attack.
S41 External entities and DTDs are refused in words, never followed, never dropped silently.
S42 Entities that only shorten namespaces are legal.
S43 No escape lets an IRI end early and smuggle statements in.
S44 One bad IRI costs what it stands in, not the catalog.
S45 XML has a depth limit.
S46 XML elements have a limit of attributes.
S47 Turtle has a depth limit.
S48 JSON has a depth limit.
S49 Prefixes have a limit.
S50 Blank nodes have a limit.
S51 A gigantic text costs itself.
S52 Numbers with a gigantic exponent stay text.
S53 Numbers and durations of thousands of digits cost themselves.
S54 HTML and XML in literals are never parsed as values.
S55 Odd dates and numbers keep their spelling and get a finding.
S56 Half a character is set aside or replaced, and the rest can be written.
S57 Characters that XML has not are replaced in RDF/XML, with a finding.
S58 A wrong language tag costs a finding and not the file.
S59 JSON-LD contexts come from the program alone.
S60 Repeated keys are refused, not silently resolved.
S61 A source cannot choose the graph its statements land in.
S62 Equal labels of blank nodes in two documents are two nodes.
S63 A list that bites its tail ends no writer.
S64 Tricks with the base address lead to no local file.
S65 Declared encodings are honoured, wrong ones named with their place.
S66 Data in the HTML report is text; links lead to the web only.
S67 Data cannot end the script or style it stands beside.
S68 No cell of a CSV file is a formula.
S69 Data cannot steer a terminal.
S70 Data cannot forge a line of output.
S71 Data cannot give GitHub commands or mention people.
S72 XML reports are well-formed whatever the data.
S73 No name made of data or of a source id leaves its folder.
S74 SQL is built of the program's own words only.
S75 What RDF/XML cannot name is left out and counted; the file stays well-formed.
S76 No source can change what another says about its own things.
S77 Data cannot weaken the rules it is judged by.
S78 No pattern takes more than linear time.
S79 Queries in shapes reach neither network nor files.
S80 Very many findings are listed in part and counted in full.
S81 Densely linked blank nodes cost bounded work.
S82 A configuration cannot be a bomb.
S83 The configuration of a repository can be used for validating without trusting it.
S84 Modules planted in the working folder are not imported.
S85 Secrets, bodies and stores are for their owner's eyes.
S86 What is installed is what was published.
"""

FAULTS: Final = """
F1 A killed run leaves every source, body and export whole, and the next run needs no repair.
F2 A signal ends a run soon, with its exit code and without orphans.
F3 A child may die in any way; the run goes on and says how it died.
F4 After a power cut the store is consistent.
F5 A full disk stops the run, and the store keeps what it had.
F6 A full disk leaves the old export.
F7 A full disk for bodies, logs and reports is told in one line.
F8 Of two runs at once, the second ends at once; readers are not disturbed.
F9 A store that is locked by another program is waited for, then named.
F10 A backup of an open store is whole.
F11 Stores that are damaged, foreign, newer, older or unwritable are told apart and never harmed.
F12 A web page instead of data is named as such.
F13 So is an error message instead of data.
F14 Nothing at all is no catalog.
F15 A catalog that lost all its datasets is held.
F16 So is one that lost too many of them.
F17 And one of which every IRI is new.
F18 And one that may have been cut where nothing shows it.
F19 One page that fails fails the source.
F20 A catalog that announces more than it gave is held.
F21 Unchanged is what has the same bytes, whatever the headers say.
F22 Each way to fail has its own name, and none deletes.
F23 A source that is dead for long stays live, and is called stale.
F24 A dataset that returns has the first sighting it had.
F25 Clocks may jump.
F26 A slow source does not make the others wait.
F27 No state outlives the process that it describes.
F28 The same night twice changes nothing.
F29 Order, hash seed and number of workers do not change a byte of the export.
F30 A reader sees the old export or the new one.
F31 Odd terminals, encodings and closed pipes give no traceback.
F32 One source that fails fails alone.
F33 Without a network everything is kept, and the run ends soon.
F34 New rules change findings, and delete nothing.
F35 Cost follows the data of a night, not the number of nights.
"""

RULES: Final = """
D1 One door to the network, and nothing else opens sockets or files.
D2 A source is read in a child with limits, and only checked types come back.
D3 The address that was checked is the address that is connected to.
D4 The raw body is kept under its hash before anything reads it.
D5 What a source says lands in its own graph.
D6 What has an owner is described by its owner.
D7 Shapes, vocabularies and contexts come from the program or the operator.
D8 A source's new state is one transaction.
D9 An export is verified by a reader of another make, then renamed into place.
D10 Only a whole and well read catalog may remove anything.
D11 Every text of a source is hostile to every writer.
D12 A secret shows as stars.
D13 Durations are measured by a clock that does not jump, and runs are ordered by number.
"""

# What the tests named do not prove, or why there is none. Each is true today or it goes.
NOTES: Final = {
    "S38": "Nothing checks links, so there is no scanner to misuse; the test proves that no address"
    " which data only names is asked.",
    "S67": "The HTML report holds no JSON.",
    "S73": "Ids of sources are a-z, 0-9 and hyphens by configuration; no file is named by data.",
    "S86": "A matter of publishing, not of this code: versions are pinned in constraints.txt;"
    " there is no released wheel to compare with yet.",
    "F4": "Real power cuts are not tried: the settings are, and the order of syncs, by strace.",
    "F26": "A request under way when a source's time is over may finish, within its own limit.",
    "F35": "Many nights of small data; validating 5.7 million triples is in benchmarks.md.",
}


def cases() -> dict[str, str]:
    """Case -> what must hold, in order."""
    lines = (ATTACKS + FAULTS + RULES).split("\n")
    return dict(line.split(" ", 1) for line in lines if line)


def proofs() -> dict[str, list[str]]:
    """Case -> the tests that name it, as ``file::test``, also those of a marked module."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(TESTS.rglob("test_*.py")):
        name = path.relative_to(TESTS).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for case in _marked(node):
                    found[case].add(f"{name}::{node.name}")
    return {case: sorted(tests) for case, tests in found.items()}


def marks(tree: ast.AST) -> Iterator[ast.Call]:
    """Every ``pytest.mark.case(...)`` in a piece of a test file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.case":
            yield node


def _marked(test: ast.FunctionDef) -> Iterator[str]:
    for decorator in test.decorator_list:
        for mark in marks(decorator):
            yield from (str(ast.literal_eval(argument)) for argument in mark.args)


def cases_page() -> Iterator[str]:
    """docs/cases.md."""
    found = proofs()
    yield "# Attacks, faults and rules"
    yield ""
    yield "Written by `make format` from `tests/docs/cases.py` and the marks of tests. Each case is"
    yield "proven by the tests that name it, in `tests/`, or has a note that says why not."
    for heading, letter in (("Attacks", "S"), ("Faults", "F"), ("Rules of the design", "D")):
        yield ""
        yield f"## {heading}"
        yield ""
        yield "| case | what must hold | proven by |"
        yield "| --- | --- | --- |"
        for case, text in cases().items():
            if case.startswith(letter):
                tests = [f"`{test}`" for test in found.get(case, ())]
                note = [f"*{NOTES[case]}*"] if case in NOTES else []
                yield f"| {case} | {text} | {'<br>'.join(tests + note)} |"
