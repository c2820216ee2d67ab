"""Adding and removing sources leaves everything else as it was written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.config.edit import add_source, remove_source, write_text
from harvester.config.load import parse_config
from harvester.errors import ConfigError, UsageError

PATH = Path("harvester.toml")
TEXT = """\
# mine
[harvester]
store = "a.db"  # kept

# the first
[[source]]
id = "a"
url = "a.ttl"

# the second
[[source]]
id = "b"
url = "b.ttl"
[source.headers]
X-Api-Key = { env = "HARVESTER_B" }

# the third
[[source]]
id = "c"
url = "c.ttl"
"""


def test_an_added_source_comes_last_and_the_rest_is_untouched():
    """Text before the new block is byte for byte what it was."""
    edited = add_source(TEXT, PATH, {"id": "d", "url": "d.ttl", "title": 'Å"\\\n', "priority": 3})
    assert edited.startswith(TEXT)
    added = parse_config(edited, PATH).source[-1]
    assert (added.id, added.title, added.priority) == ("d", 'Å"\\\n', 3)


@pytest.mark.parametrize("source_id", ["a", "b", "c"])
def test_removing_cuts_one_source_and_the_comment_above_it(source_id):
    """The comments of the others stay."""
    edited = remove_source(TEXT, PATH, source_id)
    assert [source.id for source in parse_config(edited, PATH).source] == [
        other for other in "abc" if other != source_id
    ]
    assert edited.count("# the ") == 2
    assert "# mine" in edited


def test_adding_then_removing_gives_the_text_back():
    """The two are each other's inverse."""
    assert remove_source(add_source(TEXT, PATH, {"id": "d", "url": "d"}), PATH, "d") == TEXT


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_title_survives_being_written(title):
    """Quotes, control characters and all."""
    edited = add_source(TEXT, PATH, {"id": "d", "url": "d.ttl", "title": title})
    assert parse_config(edited, PATH).source[-1].title == title


def test_a_taken_or_unknown_id_is_a_usage_error():
    """The message names the file and the ids it has."""
    with pytest.raises(UsageError, match="already"):
        add_source(TEXT, PATH, {"id": "a", "url": "x"})
    with pytest.raises(UsageError, match="it has: a, b, c"):
        remove_source(TEXT, PATH, "x")


def test_sources_written_as_an_inline_list_are_left_to_the_user():
    """What cannot be edited with certainty is not edited."""
    text = 'source = [{ id = "a", url = "a" }]\n'
    with pytest.raises(ConfigError):
        add_source(text, PATH, {"id": "b", "url": "b"})
    with pytest.raises(ConfigError, match="by hand"):
        remove_source(text, PATH, "a")


def test_writing_keeps_the_permissions(tmp_path):
    """A configuration that only its owner reads stays so."""
    path = tmp_path / "harvester.toml"
    path.write_text("old")
    path.chmod(0o600)
    write_text(path, "new")
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]
