import os

import pytest

from harvester.errors import DiskFullError, LockedError, UsageError
from harvester.export import folder as folder_module
from harvester.export.folder import replacing_folder

OURS = {"a", "b", "sub/c"}.__contains__


def write(folder, **files):
    with replacing_folder(folder, OURS) as part:
        for name, text in files.items():
            path = part / name.replace("_", "/")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)


def there(folder):
    return {
        str(one.relative_to(folder)): one.read_text() for one in folder.rglob("*") if one.is_file()
    }


def siblings(folder):
    return sorted(one.name for one in folder.parent.iterdir())


@pytest.mark.parametrize("exchange", [True, False])
def test_a_folder_is_replaced_wholly(tmp_path, monkeypatch, exchange):
    """With the system's exchange and without; what is no longer written is gone."""
    if not exchange:
        monkeypatch.setattr(folder_module, "_exchange", lambda *_: False)
    folder = tmp_path / "out"
    write(folder, a="1", b="1")
    assert there(folder) == {"a": "1", "b": "1"}
    write(folder, a="2", sub_c="2")
    assert there(folder) == {"a": "2", "sub/c": "2"}
    assert siblings(folder) == ["out"]


def test_the_same_files_are_left_with_their_dates(tmp_path):
    """So that whoever asks a web server again gets a 304."""
    folder = tmp_path / "out"
    write(folder, a="1", sub_c="1")
    before = (folder / "a").stat()
    write(folder, a="1", sub_c="1")
    assert (folder / "a").stat().st_ino == before.st_ino
    write(folder, a="1")
    assert there(folder) == {"a": "1"}


def test_what_raises_changes_nothing(tmp_path):
    """And leaves nothing beside it."""
    folder = tmp_path / "out"
    write(folder, a="1")

    def fails():
        with replacing_folder(folder, OURS) as part:
            (part / "a").write_text("2")
            raise LookupError("odd")

    with pytest.raises(LookupError):
        fails()
    assert there(folder) == {"a": "1"}
    assert siblings(folder) == ["out"]


@pytest.mark.parametrize("other", ["notes.txt", "sub/b"])
def test_a_folder_with_others_files_is_never_replaced(tmp_path, other):
    """Whatever --csv is pointed at by mistake."""
    path = tmp_path / other
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    with pytest.raises(UsageError, match="other things in it"):
        write(tmp_path, a="1")
    assert there(tmp_path) == {other: "mine"}


def test_links_and_files_are_refused(tmp_path):
    """A link could lead anywhere."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "file").write_text("x")
    for name, why in (("link", "symbolic link"), ("file", "not a folder")):
        with pytest.raises(UsageError, match=why):
            write(tmp_path / name, a="1")


def test_what_a_killed_writer_left_is_put_right(tmp_path):
    """Between two renames the old folder lies beside; a half new one is removed."""
    folder = tmp_path / "out"
    write(folder, a="1")
    folder.rename(tmp_path / ".out.old")
    (tmp_path / ".out.0123456789ab.part").mkdir()
    with replacing_folder(folder, OURS) as part:
        assert there(folder) == {"a": "1"}
        (part / "a").write_text("2")
    assert there(folder) == {"a": "2"}
    assert siblings(folder) == ["out"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path):
    """Exit code 12."""
    tmp_path.chmod(0o500)
    with pytest.raises(DiskFullError, match="cannot write"):
        write(tmp_path / "out", a="1")


def test_two_writers_do_not_meet(tmp_path):
    """The second is told to come again; the first ends as if it had been alone."""
    folder = tmp_path / "out"
    with replacing_folder(folder, OURS) as part:
        (part / "a").write_text("1")
        with pytest.raises(LockedError, match="another program is writing"):
            write(folder, a="2")
    assert there(folder) == {"a": "1"}
    assert siblings(folder) == ["out"]
