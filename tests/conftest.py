import os
import subprocess
from collections.abc import Iterator
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


@pytest.fixture
def tmpfs(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MiB; only root may make one."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("needs the right to mount a tmpfs; RLIMIT_FSIZE covers the case without it")
    yield place
    subprocess.run(["umount", str(place)], check=True)
