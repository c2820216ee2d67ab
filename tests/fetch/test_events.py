import re
from pathlib import Path

import harvester.fetch

FOLDER = Path(harvester.fetch.__file__).parent
RAISED = re.compile(
    r'(?:error|refuse|temporary|_error|FetchError|DecodingError)\(\s*"([a-z0-9-]+)"'
)


def test_every_event_is_documented_and_every_documented_event_exists() -> None:
    """The list in the room's docstring is what the code raises; other rooms rely on the names."""
    raised: set[str] = set()
    for path in FOLDER.glob("*.py"):
        raised |= set(RAISED.findall(path.read_text()))
    table = (harvester.fetch.__doc__ or "").partition("stable:")[2]
    documented = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9<>]+)*(?=[,\n])", table)) - {"http-<status>"}
    assert "blocked-address" in raised
    assert raised == documented
