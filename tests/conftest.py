import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("fuzz", max_examples=2000, deadline=None)

SHARED = Path(os.environ.get("HARVESTER_CORPUS", Path(__file__).parents[2] / "shared" / "corpus"))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real catalogs; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"no corpus at {SHARED} (set HARVESTER_CORPUS)")
    return SHARED
