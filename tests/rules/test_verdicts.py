"""What the Swedish and the hostile files of the corpus are told, file by file and code by code."""

import difflib

from tests.rules.verdicts import SNAPSHOT, snapshot


def test_every_file_is_told_what_it_was_told_before(corpus):
    """A changed rule shows here; `make verdicts` accepts the change."""
    before = SNAPSHOT.read_text("utf-8").splitlines()
    now = snapshot().splitlines()
    changed = [
        line
        for line in difflib.unified_diff(before, now, "before", "now", lineterm="", n=3)
        if not line.startswith(("---", "+++"))
    ]
    assert not changed, "\n" + "\n".join(changed)
