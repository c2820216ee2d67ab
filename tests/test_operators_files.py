"""The files for operators are checked by the tools that exist for them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

SYSTEMD = Path(__file__).parents[1] / "examples" / "systemd"
CRON = Path(__file__).parents[1] / "examples" / "cron" / "harvester"
analyze = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


@analyze
def test_the_units_are_what_systemd_understands(tmp_path):
    """`systemd-analyze verify` has nothing to say of service and timer."""
    for unit in SYSTEMD.iterdir():
        text = unit.read_text().replace("/opt/harvester/bin/harvester", shutil.which("true") or "")
        (tmp_path / unit.name).write_text(re.sub(r"^Documentation=.*\n", "", text, flags=re.M))
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        timeout=60,
    )
    ours = [line for line in done.stderr.splitlines() if "harvester." in line]
    assert (done.returncode, ours) == (0, [])


@analyze
def test_the_service_is_walled_in():
    """`systemd-analyze security` finds the exposure low."""
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", str(SYSTEMD / "harvester.service")],
        capture_output=True,
        text=True,
        timeout=60,
    )
    found = re.search(r"exposure level[^:]*: ([0-9.]+)", done.stdout)
    assert found is not None, done.stdout + done.stderr
    assert float(found[1]) < 2.5


def test_cron_lines_have_a_user_and_are_quiet():
    """A line of /etc/cron.d: five fields, the user, the command; the harvest is silent if well."""
    lines = [line for line in CRON.read_text().splitlines() if re.match(r"[0-9*]", line)]
    assert len(lines) == 2
    for line in lines:
        assert re.match(r"\d+ \d+ \* \* \* harvester /opt/harvester/bin/harvester \w+", line)
    assert "--quiet" in lines[0]
