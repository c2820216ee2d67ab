import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import RawServer, answer

ROOT = Path(__file__).parents[2]


@pytest.mark.case("S59")
@pytest.mark.case("S41")
def test_behind_the_wall_files_can_be_read_and_nothing_else_done(tmp_path):
    """No socket, no process, no change of a file; the listener sees no connection."""
    (tmp_path / "kept.txt").write_text("kept")
    with RawServer(answer(b"")) as server:
        done = subprocess.run(
            [sys.executable, "-m", "tests.worker.walled", str(tmp_path), str(server.port)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=30,
        )
        ended = dict(line.split() for line in done.stdout.splitlines())
        assert ended.pop("read") == "done", done.stderr
        assert set(ended.values()) == {"refused"}
        assert len(ended) == 13
        assert server.connections == 0
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
    assert (tmp_path / "kept.txt").read_text() == "kept"
