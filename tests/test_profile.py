"""Reading profiles: names, paths, inheritance and errors that help."""

from pathlib import Path

import pytest

from harvester.errors import ConfigError
from harvester.model import Severity
from harvester.profile import load_profile, profile_names
from harvester.words import Text

SHAPE = "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://example.org/s> a sh:NodeShape .\n"


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder / name


def test_id_and_shapes_are_enough(tmp_path):
    """A profile of one's own brings shapes only; portal rules stay off."""
    write(tmp_path, "s.ttl", SHAPE)
    profile = load_profile(write(tmp_path, "own.toml", 'id = "own"\nshapes = ["s.ttl"]\n'))
    assert profile.id == "own"
    assert profile.title == Text("own", "own")
    assert len(profile.shapes) == 1
    assert not profile.portal_rules


def test_a_folder_brings_all_its_files(tmp_path):
    """Every RDF file in a named folder is read; other files are not."""
    write(tmp_path / "shapes", "a.ttl", SHAPE)
    write(tmp_path / "shapes", "b.ttl", SHAPE.replace("/s>", "/t>"))
    write(tmp_path / "shapes", "README.md", "not RDF")
    profile = load_profile(write(tmp_path, "own.toml", 'id = "own"\nshapes = ["shapes"]\n'))
    assert len(profile.shapes) == 2


def test_extends_adds_shapes_and_overrides_severities(tmp_path):
    """The nearer profile wins on severities, title and switches; shapes add up."""
    write(tmp_path, "s.ttl", SHAPE)
    write(tmp_path, "t.ttl", SHAPE.replace("/s>", "/t>"))
    write(
        tmp_path,
        "base.toml",
        'id = "base"\ntitle = "Base"\nversion = "1"\nshapes = ["s.ttl"]\nportal_rules = true\n'
        '[severity]\nPT003 = "info"\nPT006 = "off"\n',
    )
    profile = load_profile(
        write(
            tmp_path,
            "own.toml",
            'id = "own"\nextends = "base.toml"\nshapes = ["t.ttl"]\n[severity]\nPT003 = "error"\n',
        )
    )
    assert profile.id == "own"
    assert profile.title == Text("Base", "Base")
    assert profile.version == "1"
    assert profile.portal_rules
    assert len(profile.shapes) == 2
    assert profile.severities == {"PT003": Severity.ERROR, "PT006": None}


def test_the_same_files_give_the_same_object(tmp_path):
    """So that shapes are compiled once a process; a changed file gives a new profile."""
    write(tmp_path, "s.ttl", SHAPE)
    path = write(tmp_path, "own.toml", 'id = "own"\nshapes = ["s.ttl"]\n')
    first = load_profile(path)
    assert load_profile(path) is first
    write(tmp_path, "s.ttl", SHAPE + "<http://example.org/s> a <http://example.org/T> .")
    second = load_profile(path)
    assert second is not first
    assert second.digest != first.digest


def test_the_digest_follows_what_can_change_a_finding(tmp_path):
    """A severity changes the digest, a title does not."""
    write(tmp_path, "s.ttl", SHAPE)
    base = 'id = "own"\nshapes = ["s.ttl"]\n'
    digests = [
        load_profile(write(tmp_path, "own.toml", text)).digest
        for text in (base, 'title = "x"\n' + base, base + '[severity]\nPT003 = "off"\n')
    ]
    assert digests[0] == digests[1] != digests[2]


def test_a_name_without_a_version_is_the_newest():
    """``dcat-ap`` is ``dcat-ap-3.0.1``."""
    assert load_profile("dcat-ap") is load_profile("dcat-ap-3.0.1")


@pytest.mark.parametrize("name", profile_names())
def test_every_shipped_profile_loads(name):
    """Shipped profiles are complete: title, version and shapes."""
    profile = load_profile(name)
    assert profile.id == name
    assert profile.version
    assert profile.title.sv != profile.title.en


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('id = "x"\nshape = []\n', r'own.toml:2: shape: unknown key \(did you mean "shapes"\?\)'),
        ('shapes = []\n', "id is missing"),
        ('id = "x"\nshapes = ["t.ttl"]\n', r':2: shapes: t.ttl: no such file.*mean "s.ttl"'),
        ('id = "x"\nshapes = "s.ttl"\n', r":2: shapes: must be a list"),
        ('id = "x"\n\n[severity]\nPT003 = "eror"\n', r':4: PT003: "eror" is no severity.*"error"'),
        ('id = "x"\n\n[severity]\nPT033 = "off"\n', r':4: PT033: no rule.*did you mean "PT0'),
        ('id = "x"\n[severity]\nDS1 = "error"\n', r":3: DS1: not a code"),
        ('id = "x"\nportal_rules = "no"\n', r":2: portal_rules: must be true or false"),
        ('id = "x"\ntitle = { sv = "a" }\n', r":2: title: must be"),
        ('id = "x"\nextends = "own.toml"\n', r":2: extends goes round in a circle"),
        ('id = "x"\nextends = "dcat-app"\n', r':2: extends: no profile.*did you mean "dcat-ap"'),
        ('id = "x"\nextends = "no/where.toml"\n', r":2: extends: .*cannot read the profile"),
        ('id = \n', "not TOML: .*line 1"),
        ('id = "x"\nshapes = ["broken.ttl"]\n', r"broken.ttl: not RDF that can be read.*line 1"),
        ('id = "x"\nshapes = ["own.toml"]\n', r":2: shapes: own.toml: name a file that ends in"),
    ],
)  # fmt: skip
def test_errors_name_file_line_key_and_the_nearest_value(tmp_path, text, message):
    """What is wrong, where, and what was probably meant."""
    write(tmp_path, "s.ttl", SHAPE)
    write(tmp_path, "broken.ttl", "<a> <b>")
    with pytest.raises(ConfigError, match=message):
        load_profile(write(tmp_path, "own.toml", text))


def test_an_unknown_name_lists_the_known_ones():
    """A slip in a shipped name is answered with the right one."""
    with pytest.raises(ConfigError, match=r'did you mean "dcat-ap"'):
        load_profile("dcat-apx")
