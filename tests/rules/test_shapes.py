"""The Swedish shapes: texts, codes and names; that the examples do what they say; coverage."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from harvester.namespaces import PREFIXES, RDF_TYPE, RDFS, SH
from harvester.rdf.graph import Graph
from harvester.rules.examples import prefixes_of, put_into, read_turtle
from harvester.terms import Literal, triple_to_ntriples
from tests.rules import coverage

ROOT = Path(__file__).parents[2]
SHAPES = ROOT / "shapes"
HV = coverage.HV
SE = coverage.SE
NEW, OLD = "dcat-ap-se-3.0.1", "dcat-ap-se-2.2.0"
CATALOG = (ROOT / "examples" / "rules" / "catalog.ttl").read_text(encoding="utf-8")
CODE = re.compile(r"(CA|DS|SE|DI|SV|AG|CP|HV)\d{3}")
LEFT_OVER = re.compile(r"[{}]|  |\bNone\b(?! of)")
SENTENCE_END = re.compile(r"[.!?](?= [A-ZÅÄÖ]|$)")


def load(*folders: str) -> Graph:
    graph = Graph()
    for folder in folders:
        for path in sorted((SHAPES / folder).glob("*.ttl")):
            for triple in read_turtle(path.read_text(encoding="utf-8")):
                graph.add(*triple)
    return graph


def words(graph: Graph, shape: str, predicate: str) -> dict[str | None, str]:
    values = [v for v in graph.objects(shape, predicate) if isinstance(v, Literal)]
    return {value.language: value.value for value in values}


def text(graph: Graph, shape: str, name: str) -> str:
    value = graph.value(shape, HV + name)
    assert isinstance(value, Literal), f"{shape} has no hv:{name}"
    return value.value


GRAPH = load(NEW, OLD)
RULES = sorted(s for s, properties in GRAPH.spo.items() if HV + "code" in properties)


def test_a_code_belongs_to_one_shape() -> None:
    """No two shapes share a code, and every code has the form of the series."""
    codes = [text(GRAPH, shape, "code") for shape in RULES]
    assert len(codes) == len(set(codes))
    assert [code for code in codes if not CODE.fullmatch(code)] == []


def faults_of_texts(shape: str) -> list[str]:
    faults = []
    for predicate in (SH + "name", HV + "title", SH + "message", HV + "why", HV + "fix"):
        found = words(GRAPH, shape, predicate)
        if set(found) != {"sv", "en"}:
            faults.append(f"{predicate} is in {set(found)}")
        elif found["sv"] == found["en"] and predicate != SH + "name":
            faults.append(f"{predicate} is the same in sv and en")
        faults += [value for value in found.values() if LEFT_OVER.search(value) or not value]
    for message in words(GRAPH, shape, SH + "message").values():
        plain = re.sub(r'<[^>]*>|"[^"]*"|t\.ex\.|e\.g\.', "", message)
        if len(SENTENCE_END.findall(plain)) > 2 or len(message) > 400:
            faults.append(message)
    return faults


def test_a_rule_says_what_why_and_how_in_both_languages() -> None:
    """Every rule has all its texts in sv and en; a message is at most two sentences."""
    faults = {shape: faults_of_texts(shape) for shape in RULES}
    assert {shape: found for shape, found in faults.items() if found} == {}


def test_a_rule_can_be_reported() -> None:
    """Every rule has one severity, one order, a section, and a path: its own or one it names."""
    for shape in RULES:
        assert len(GRAPH.objects(shape, SH + "severity")) == 1, shape
        assert len(GRAPH.objects(shape, SH + "order")) == 1, shape
        section = GRAPH.value(shape, RDFS + "seeAlso")
        assert isinstance(section, str), shape
        assert section.startswith("https://"), shape
        path = GRAPH.value(shape, HV + "path") or GRAPH.value(shape, SH + "path")
        assert isinstance(path, str), shape
        assert not path.startswith("_:"), shape


def test_every_property_shape_is_in_use() -> None:
    """A property shape belongs to a node shape; a node shape that is a rule has targets."""
    used = {obj for _, predicate, obj in GRAPH if predicate == SH + "property"}
    for shape in RULES:
        if SH + "PropertyShape" in GRAPH.types(shape):
            assert shape in used, shape
        else:
            assert {SH + "targetClass", SH + "targetSubjectsOf"} & set(GRAPH.spo[shape]), shape


def test_the_shapes_are_core() -> None:
    """Nothing in the shapes needs more than SHACL Core."""
    beyond = {"sparql", "rule", "target", "js", "values", "declare", "prefixes", "expression"}
    used = {predicate for _, predicate, _ in GRAPH if predicate.startswith(SH)}
    assert not used & {SH + name for name in beyond}


def test_no_shape_names_one_that_does_not_exist() -> None:
    """Every se: name that is used is described somewhere in the folder."""
    named = {o for _, _, o in GRAPH if isinstance(o, str) and o.startswith(SE)}
    assert sorted(named - set(GRAPH.spo)) == []


def test_deactivated_shapes_exist() -> None:
    """The difference of 2.2.0 only switches off shapes that 3.0.1 has."""
    current = load(NEW)
    off = [s for s, predicate, _ in GRAPH if predicate == SH + "deactivated"]
    assert off
    assert [shape for shape in off if not current.objects(shape, RDF_TYPE)] == []


def test_examples_need_only_the_shipped_prefixes() -> None:
    """Each wrong and right example is Turtle, with the program's own prefixes and ex:."""
    header = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    header += "@prefix ex: <https://exempel.se/> .\n"
    for shape in RULES:
        for name in ("wrong", "right"):
            assert len(read_turtle(header + text(GRAPH, shape, name))) > 0, shape


def codes_by_pyshacl(shapes: object, owners: Graph, data: Graph) -> set[str]:
    import pyshacl
    import rdflib

    target = rdflib.Graph()
    target.parse(data="\n".join(map(triple_to_ntriples, data)), format="nt")
    _, report, _ = pyshacl.validate(target, shacl_graph=shapes, inplace=True)
    sources = report.objects(None, rdflib.URIRef(SH + "sourceShape"))
    return {text(owners, str(source), "code") for source in sources}


def read_for_pyshacl(*folders: str) -> object:
    import rdflib

    shapes = rdflib.Graph()
    for folder in folders:
        for path in sorted((SHAPES / folder).glob("*.ttl")):
            shapes.parse(path)
    return shapes


Judge = Callable[[Graph], set[str]]


def pyshacl_judge(*folders: str) -> Judge:
    shapes, owners = read_for_pyshacl(*folders), load(*folders)
    return lambda data: codes_by_pyshacl(shapes, owners, data)


def engine_judge(*folders: str) -> Judge:
    engine = pytest.importorskip("harvester.shacl.engine")
    from harvester.shacl.load import load_shapes

    owners = load(*folders)
    shapes = load_shapes(owners)
    return lambda data: {text(owners, r.shape, "code") for r in engine.validate(data, shapes)}


def misjudged(judge: Judge, rules: Iterable[str], owners: Graph) -> dict[str, object]:
    """The rules whose wrong lines do not give just their code, or whose right lines give one."""
    header, base = prefixes_of(CATALOG), read_turtle(CATALOG)
    assert judge(base) == set()
    found: dict[str, object] = {}
    for shape in rules:
        wrong = read_turtle(header + text(owners, shape, "wrong"))
        right = read_turtle(header + text(owners, shape, "right"))
        also = {v.value for v in owners.objects(shape, HV + "also") if isinstance(v, Literal)}
        given = judge(put_into(base, wrong, right)), judge(put_into(base, right, wrong))
        if given != ({text(owners, shape, "code")} | also, set()):
            found[shape] = given
    return found


def rules_of(graph: Graph) -> list[str]:
    return sorted(s for s, properties in graph.spo.items() if HV + "code" in properties)


def test_some_examples_give_their_code_in_pyshacl() -> None:
    """One rule of every kind of fault: its wrong lines give its code, its right lines nothing."""
    sample = ["DS001", "CA112", "DI242", "DS307", "SV406", "DS503", "DS603", "AG701", "DS814"]
    sample += ["DS951", "HV001", "HV011", "SE902"]
    owners = load(NEW)
    rules = [shape for shape in rules_of(owners) if text(owners, shape, "code") in sample]
    assert misjudged(pyshacl_judge(NEW), rules, owners) == {}


def test_every_example_gives_its_code() -> None:
    """The wrong lines of every rule give its code and no other, its right lines nothing."""
    owners = load(NEW)
    assert misjudged(engine_judge(NEW), rules_of(owners), owners) == {}


def test_every_example_of_the_older_version_gives_its_code() -> None:
    """The rules that 2.2.0 brings do the same together with those that it leaves on."""
    owners = load(OLD)
    assert misjudged(engine_judge(NEW, OLD), rules_of(owners), owners) == {}


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("folders", [(NEW,), (NEW, OLD)], ids=lambda folders: folders[-1])
def test_every_example_gives_its_code_in_pyshacl(folders: tuple[str, ...]) -> None:
    """A reference engine with nothing but the Turtle in shapes/ says the same of all examples."""
    owners = load(folders[-1])
    assert misjudged(pyshacl_judge(*folders), rules_of(owners), owners) == {}


needs_spec = pytest.mark.skipif(
    not coverage.SPEC.is_dir(), reason=f"no profile at {coverage.SPEC} (set HARVESTER_SPEC)"
)


@needs_spec
def test_every_demand_of_the_profile_has_a_code_or_a_reason() -> None:
    """Nothing that DCAT-AP-SE 3.0.1 asks for is forgotten in silence."""
    assert [row for row in coverage.table() if not row.codes and not row.reason] == []


@needs_spec
def test_the_coverage_page_is_up_to_date() -> None:
    """docs/ holds what the generator writes; run `python -m tests.rules.coverage` if not."""
    assert coverage.TABLE.read_text(encoding="utf-8") == coverage.markdown(coverage.table())
