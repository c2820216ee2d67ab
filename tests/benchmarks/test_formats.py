"""What reports cost beside the engine, on 1,000 datasets with errors in 15 % of them."""

from pathlib import Path

import pytest

from tests.benchmarks.formats import GOAL, seeded, shares, too_dear


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_each_format_adds_less_than_a_third_to_the_engine(tmp_path: Path) -> None:
    """Places, titles, fingerprints and points included. The goal is 30 %; a tenth is for noise."""
    for path in seeded(tmp_path):
        findings, found = shares(path, turns=9)
        assert 100 < findings < 200
        assert not too_dear(found, GOAL * 1.1), (path, found)
