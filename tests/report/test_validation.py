"""The validation's text and its JSON object."""

import pytest

from harvester.model import Finding, Severity, Syntax, Text
from harvester.namespaces import DCAT, DCTERMS, SH
from harvester.report.validation import Input, Validation, validation_json
from harvester.terms import Literal

FINDINGS = (
    Finding(
        code="DS302",
        severity=Severity.WARNING,
        focus="https://exempel.se/d",
        message=Text("Fel datum.", "Wrong date."),
        cls=DCAT + "Dataset",
        path=DCTERMS + "modified",
        value=Literal("i våras", "http://www.w3.org/2001/XMLSchema#date"),
        component=SH + "DatatypeConstraintComponent",
        shape="https://exempel.se/shape",
        title="Badplatser",
        input="k.ttl",
        line=12,
        column=5,
    ),
    Finding("DS001", Severity.ERROR, "_:b0", Text("Titel saknas.", "No title."), input="k.ttl"),
)
RESULT = Validation(
    "dcat-ap-se-3.0.1",
    "accepted-with-remarks",
    (Input("k.ttl", Syntax.TURTLE, 10, 2, 1, repaired=False),),
    FINDINGS,
)


def test_the_json_object_is_the_contract():
    """Names are shortened, values are N-Triples terms, unknown places are null."""
    found = validation_json(RESULT, "sv")
    assert found["schema"] == "harvester/validate/1"
    assert found["counts"] == {"error": 1, "warning": 1, "info": 0}
    assert found["inputs"] == [
        {
            "input": "k.ttl",
            "format": "turtle",
            "triples": 10,
            "datasets": 2,
            "distributions": 1,
            "repaired": False,
        }
    ]
    assert found["findings"][0] == {
        "code": "DS302",
        "severity": "warning",
        "focus": "https://exempel.se/d",
        "class": "dcat:Dataset",
        "path": "dcterms:modified",
        "value": '"i våras"^^<http://www.w3.org/2001/XMLSchema#date>',
        "component": "sh:DatatypeConstraintComponent",
        "shape": "https://exempel.se/shape",
        "title": "Badplatser",
        "message": "Fel datum.",
        "input": "k.ttl",
        "line": 12,
        "column": 5,
    }
    assert found["findings"][1]["line"] is None


@pytest.mark.parametrize("most", [0, 1])
def test_counts_are_of_all_findings_however_few_are_shown(most):
    """``--max-findings`` hides, it does not change the answer."""
    found = validation_json(RESULT, "en", most)
    assert len(found["findings"]) == most
    assert sum(found["counts"].values()) == 2
