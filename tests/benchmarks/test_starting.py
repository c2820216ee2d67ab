"""How soon the program is there: measured in turns with a bare Typer program."""

import pytest

from tests.benchmarks.starting import measured


@pytest.mark.slow
def test_validating_a_small_file_takes_at_most_three_bare_starts() -> None:
    """From nothing to a verdict on 22 kB; and help costs hardly more than Typer itself."""
    least = measured()
    assert least["validate"] <= 3 * least["bare"], least
    assert least["--help"] <= 1.5 * least["bare"], least
