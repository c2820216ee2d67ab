import re
from pathlib import Path

import pytest

from harvester.model import Exported, LeftOut
from harvester.report.exported import REASONS, exported_json, left_out_lines

EXPORTED = Exported(
    "se",
    Path("se.rdf"),
    10,
    "ab",
    (LeftOut("a", "sub-catalog", 3), LeftOut("b", "sub-catalog", 4), LeftOut("c", "bad-iri", 1)),
)
PACKAGE = Path(__file__).parents[2] / "harvester"


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_each_reason_is_one_line_with_its_counts(lang):
    """What an export leaves out is told by reason, with how much it is."""
    lines = left_out_lines(EXPORTED, lang)
    assert len(lines) == 2
    assert "1" in lines[0]
    assert "7" in lines[1]
    assert "2" in lines[1]


def test_programs_get_the_counts_by_reason():
    """The object has resources and triples for each slug."""
    assert exported_json(EXPORTED)["left_out"] == {
        "bad-iri": {"resources": 1, "triples": 1},
        "sub-catalog": {"resources": 2, "triples": 7},
    }


def test_every_reason_in_the_code_has_words():
    """A slug that an export can give is in the table, and no other."""
    written = "".join(path.read_text() for path in (PACKAGE / "rdf" / "write").glob("*.py"))
    written += (PACKAGE / "export" / "se.py").read_text()
    slugs = set(
        re.findall(r'(?:UnwritableError\(|reason = |return |None, |mended\), )"([a-z-]+)"', written)
    )
    assert slugs <= REASONS.keys()
    assert {"invalid", "lists-duplicate", "bad-iri", "predicate-not-xml"} <= slugs
