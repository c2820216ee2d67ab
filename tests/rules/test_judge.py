"""What `validate` promises, whatever the profile."""

from pathlib import Path

import pytest

from harvester.errors import UsageError
from harvester.model import Severity
from harvester.profile import load_profile
from harvester.rdf.graph import Graph
from harvester.rules.judge import validate
from harvester.terms import Literal

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix hv: <https://w3id.org/dcat-harvester/ns#> .
@prefix ex: <http://example.org/> .
ex:Shape a sh:NodeShape ; sh:targetClass ex:C ;
  sh:property ex:Shape-p, [ sh:path ex:q ; sh:minCount 1 ] .
ex:Shape-p a sh:PropertyShape ; sh:path ex:p ; sh:minCount 1 ; sh:severity sh:Warning ;
  hv:code "DS901" ; hv:title "fälten p"@sv, "the field p"@en ;
  sh:message "p saknas."@sv, "p is missing."@en .
"""
EX = "http://example.org/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def profile(tmp_path: Path, extra: str = ""):
    (tmp_path / "own.ttl").write_text(SHAPES, "utf-8")
    (tmp_path / "own.toml").write_text(f'id = "own"\nshapes = ["own.ttl"]\n{extra}', "utf-8")
    return load_profile(tmp_path / "own.toml")


def bad() -> Graph:
    return Graph([(EX + "b", RDF_TYPE, EX + "C"), (EX + "a", RDF_TYPE, EX + "C")])


def test_a_finding_has_the_code_severity_and_words_of_its_shape(tmp_path):
    """Code and title come from hv:, messages in both languages and severity from sh:."""
    finding = validate(bad(), profile(tmp_path))[0]
    assert finding.code == "DS901"
    assert finding.severity is Severity.WARNING
    assert finding.message.sv == "p saknas."
    assert finding.message.en == "p is missing."
    assert finding.title == "the field p"
    assert finding.path == EX + "p"
    assert finding.cls == EX + "C"
    assert finding.component == "sh:MinCountConstraintComponent"
    assert finding.shape == EX + "Shape-p"


def test_a_shape_without_a_code_gets_that_of_its_component(tmp_path):
    """An unnamed shape has no IRI to show and the SH code of sh:minCount."""
    findings = validate(bad(), profile(tmp_path))
    assert [(f.code, f.shape) for f in findings if f.path == EX + "q"] == [("SH004", "")] * 2


def test_findings_follow_the_document(tmp_path):
    """Focus nodes come in document order, codes in alphabetical order."""
    findings = validate(bad(), profile(tmp_path))
    assert [(f.focus[-1], f.code) for f in findings] == [
        ("b", "DS901"),
        ("b", "SH004"),
        ("a", "DS901"),
        ("a", "SH004"),
    ]


def test_the_profile_decides_severities(tmp_path):
    """A severity override wins over the shape; off removes the rule."""
    own = profile(tmp_path, '[severity]\nDS901 = "error"\nSH004 = "off"\n')
    findings = validate(bad(), own)
    assert [(f.code, f.severity) for f in findings] == [("DS901", Severity.ERROR)] * 2


def test_one_finding_per_code_focus_path_and_value(tmp_path):
    """Two results that say the same thing of the same value are one finding."""
    graph = bad()
    graph.add(EX + "a", EX + "p", Literal("x"))
    findings = validate(graph, profile(tmp_path))
    keys = [(f.code, f.focus, f.path, f.value) for f in findings]
    assert len(keys) == len(set(keys))


def test_an_unknown_engine_is_named(tmp_path):
    """The error names the engines there are."""
    with pytest.raises(UsageError, match="core, pyshacl"):
        validate(bad(), profile(tmp_path), engine="cor")
