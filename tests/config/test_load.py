"""What harvester.toml may say, and what is said when it is wrong."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from harvester.config import load_settings
from harvester.config.file import json_schema
from harvester.errors import ConfigError
from harvester.settings import Retention, Settings, ValueMapping
from harvester.words import Secret

ROOT = Path(__file__).parents[2]


@pytest.fixture
def load(tmp_path: Path):
    """Write a configuration and load it; keyword arguments are the environment."""

    def write_and_load(text: str, **environ: str) -> Settings:
        path = tmp_path / "harvester.toml"
        path.write_text(text, encoding="utf-8")
        return load_settings(path, environ=environ)

    return write_and_load


@pytest.fixture
def problem(load, tmp_path: Path):
    """Load a configuration that is wrong; the message without the folder."""

    def message(text: str, **environ: str) -> str:
        with pytest.raises(ConfigError) as caught:
            load(text, **environ)
        assert "\n" not in str(caught.value)
        return str(caught.value).replace(f"{tmp_path}/", "")

    return message


def test_an_empty_file_gives_the_defaults(load, tmp_path):
    """Everything has a default; paths are beside the file."""
    settings = load("")
    assert settings.store == tmp_path / "harvester.db"
    assert settings.bodies == tmp_path / "harvester.db.bodies"
    assert (settings.profile, settings.publish, settings.jobs) == ("dcat-ap-se", "all", 8)
    assert settings.sources == ()
    assert settings.catalog is None


def test_a_full_file_is_read(load, tmp_path):
    """Every key of the contract reaches the settings."""
    settings = load(
        """
        [harvester]
        store = "db/night.db"
        user_agent = "demo (+mailto:a@exempel.se)"
        profile = "min.toml"
        publish = "valid"
        jobs = 3
        lang = "sv"
        [export.se]
        path = "ut/se.rdf"
        [catalog]
        iri = "https://exempel.se/katalog"
        title = { sv = "Sverige", en = "Sweden" }
        [[source]]
        id = "orebro"
        title = "Örebro kommun"
        type = "dcat"
        url = "https://exempel.se/dcat"
        priority = 10
        sector = "private"
        aggregator = true
        profile = "dcat-ap"
        publish = "all"
        headers = { X-Api-Key = { env = "HARVESTER_KEY" }, Accept-Language = "sv" }
        allow_private = ["10.1.2.0/24", "fd00::/8"]
        max_removed = 25
        [[source]]
        id = "fil"
        url = "katalog.ttl"
        """,
        HARVESTER_KEY="hemlig",
    )
    assert settings.store == tmp_path / "db" / "night.db"
    assert settings.profile == str(tmp_path / "min.toml")
    assert settings.exports == {"se": tmp_path / "ut" / "se.rdf"}
    assert settings.catalog is not None
    assert settings.catalog.title["sv"] == "Sverige"
    source, local = settings.sources
    assert source.headers == {"X-Api-Key": Secret("hemlig"), "Accept-Language": Secret("sv")}
    assert (source.priority, source.sector, source.aggregator) == (10, "private", True)
    assert (source.profile, source.publish, source.max_removed) == ("dcat-ap", "all", "25")
    assert source.allow_private == ("10.1.2.0/24", "fd00::/8")
    assert local.url == str(tmp_path / "katalog.ttl")
    assert "hemlig" not in repr(settings)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[harvester]\nstor = "x"',
            'harvester.toml:2: harvester.stor: unknown key; did you mean "store"?',
        ),
        ('[harvestr]\n', 'harvester.toml:1: harvestr: unknown key; did you mean "harvester"?'),
        (
            '[[source]]\nid = "a"\nurl = "x"\n\n[[source]]\nid = "b"\nurl = "y"\nmax_remved = 3',
            'harvester.toml:8: source[2].max_remved: unknown key; did you mean "max_removed"?',
        ),
        ('[[source]]\nid = "a"', 'harvester.toml:1: source[1]: needs the key "url"'),
        (
            '[[source]]\nid = "a"\nurl = "x"\ntype = "dkat"',
            'harvester.toml:4: source[1].type: "dkat" is not one of dcat, ckan, csw, oai-pmh, '
            'sparql, ldes, data-json, html; did you mean "dcat"?',
        ),
        (
            '[[source]]\nid = "Örebro"\nurl = "x"',
            "harvester.toml:2: source[1].id: \"Örebro\" does not have the form "
            "'^[a-z0-9][a-z0-9-]*$'",
        ),
        (
            '[[source]]\nid = "a"\nurl = "x"\n[[source]]\nid = "a"\nurl = "y"',
            'harvester.toml:5: source[a].id: "a" is used twice; ids are unique',
        ),
        ('[harvester]\njobs = 0', "harvester.toml:2: harvester.jobs: expected int >= 1"),
        ('[export.fi]\npath = "x"', 'harvester.toml:1: export.fi: unknown key; known here: se, eu'),
        ("a = ", "harvester.toml:1: not TOML: Invalid value"),
        ('[a]\n[a]', "harvester.toml:2: not TOML: Cannot declare ('a',) twice"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_explained_with_line_key_and_nearest_name(problem, text, message):
    """One line: file, line, key, what, and the nearest valid name."""
    assert problem(text) == message


SOURCE = '[[source]]\nid = "a"\nurl = "https://exempel.se/"\n'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('url2 = "x"', "unknown key"),
        ('max_removed = "120%"', "neither a share"),
        ("max_removed = -1", "cannot be negative"),
        ('allow_private = ["10.1.2.3/8"]', "has host bits set"),
        ('allow_private = ["0.0.0.0/0"]', "too wide"),
        ('headers = { X-Api-Key = "inline" }', "may be a secret"),
        ('headers = { Authorization = "Bearer x" }', "may be a secret"),
        ('headers = { X-Api-Key = { env = "GITHUB_TOKEN" } }', "only variables named HARVESTER_"),
        ('headers = { X-Api-Key = { env = "HARVESTER_MISSING" } }', "is not set"),
        ('headers = { X-Api-Key = { file = "missing" } }', "cannot be read"),
        ('headers = { X-Api-Key = {} }', "needs one of env and file"),
        ('headers = { X-Api-Key = { env = "HARVESTER_A", file = "b" } }', "needs one of"),
        ('headers = { X-Api-Key = { env = "HARVESTER_CRLF" } }', "cannot be sent"),
        ('headers = { Host = "x" }', "set by the program"),
        ('headers = { "a b" = "x" }', "not the name of an HTTP header"),
    ],
)  # fmt: skip
def test_a_wrong_source_is_refused_before_any_request(problem, line, reason):
    """The message names the fourth line, where the mistake is."""
    message = problem(SOURCE + line, HARVESTER_CRLF="a\r\nX: b", GITHUB_TOKEN="canary")
    assert message.startswith("harvester.toml:4: source[")
    assert reason in message
    assert "canary" not in message


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://exempel.se/", "cannot be fetched"),
        ("file:///etc/passwd", "cannot be fetched"),
        ("https://user:pw@exempel.se/", "seen by many"),
        ("https:///x", "no host"),
        ("https://exempel.se:port/", "not an address"),
    ],
)
def test_an_address_that_cannot_be_fetched_is_refused(problem, url, reason):
    """http, https and paths are all there is, and no password stands in an address."""
    assert reason in problem(f'[[source]]\nid = "a"\nurl = "{url}"')


@pytest.mark.case("D12")
def test_a_secret_file_is_read_and_an_open_one_warned_about(load, tmp_path):
    """S85: a secret that group or others can read is said so."""
    secret = tmp_path / "key"
    secret.write_text("hemlig\n")
    secret.chmod(0o644)
    settings = load(SOURCE + 'headers = { X-Api-Key = { file = "key" } }')
    assert settings.sources[0].headers["X-Api-Key"].reveal() == "hemlig"
    assert "chmod 600" in settings.warnings[0].en
    secret.chmod(0o600)
    assert load(SOURCE + 'headers = { X-Api-Key = { file = "key" } }').warnings == ()


def test_no_secret_is_read_by_commands_that_send_nothing(tmp_path):
    """``status`` works although the key's variable is missing."""
    path = tmp_path / "harvester.toml"
    path.write_text(SOURCE + 'headers = { X-Api-Key = { env = "HARVESTER_MISSING" } }')
    assert load_settings(path, environ={}, secrets=False).sources[0].headers == {}


@pytest.mark.case("S82")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (".".join("a" * 20000) + "=1", ":1: more than 50 dots in one line"),
        ("x = " + "[" * 600 + "]" * 600, ":1: more than 50 brackets in one line"),
        ("x = " + "[\n" * 4000 + "]" * 4000, "brackets nested too deeply"),
        ('k = ["""\n"" """, [' + "[" * 600 + '"x"', "more than 50 brackets in one line"),
        ("# " + "x" * 300_000, "larger than 256 KiB"),
    ],
)
def test_a_configuration_bomb_is_refused_at_once(problem, text, reason):
    """S82: limits come before the parser."""
    assert reason in problem(text)


def test_dots_and_brackets_inside_strings_are_no_bomb(load):
    """A long list of addresses on one line is an honest configuration."""
    networks = ", ".join(f'"10.0.{n}.0/24"' for n in range(40))
    assert len(load(SOURCE + f"allow_private = [{networks}]").sources[0].allow_private) == 40


def test_a_file_that_is_not_utf8_names_the_line(tmp_path):
    """Windows-1252 is a common mistake; the line says where."""
    path = tmp_path / "harvester.toml"
    path.write_bytes("\n\ntitle = 'Örebro'".encode("cp1252"))
    with pytest.raises(ConfigError, match=r":3: not UTF-8"):
        load_settings(path, environ={})


def test_a_missing_file_says_how_to_make_one(tmp_path):
    """The first error a new user meets names the way out."""
    with pytest.raises(ConfigError, match="harvester init"):
        load_settings(tmp_path / "none.toml", environ={})


def test_the_shipped_json_schema_is_the_one_of_the_types():
    """Written by ``make format``; editors use it."""
    shipped = (ROOT / "harvester" / "data" / "harvester.schema.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == json_schema()


def test_retention_is_given_in_days_or_weeks(load):
    """The log is kept for 400 days and bodies for 30, unless the file says otherwise."""
    assert load("").retention == Retention(timedelta(days=400), timedelta(days=30))
    given = load('[retention]\nruns = "2w"\nbodies = "1d"\n').retention
    assert given == Retention(timedelta(days=14), timedelta(days=1))


@pytest.mark.parametrize("span", ["0d", "12h", "-3d", "30", "123456d"])
def test_a_retention_under_a_day_is_refused(problem, span):
    """A body that a command is still reading must not be pruned."""
    found = problem(f'[retention]\nbodies = "{span}"\n')
    assert found.startswith(f'harvester.toml:2: retention.bodies: "{span}" does not have the form')


def test_a_source_has_words_of_its_own(load):
    """Steps, mappings and rewrites reach the source; the program's steps are the default."""
    settings = load(
        """
        [harvester]
        normalise = ["dates", "iri"]
        [[source]]
        id = "a"
        url = "https://exempel.se/a"
        normalise = []
        [source.rewrite]
        "http://gammal.exempel.se/" = "https://exempel.se/"
        [[source.mapping]]
        property = "dcterms:license"
        from = "Licens A"
        to = "CC0"
        """
    )
    source = settings.sources[0]
    assert (settings.normalise, source.normalise) == (("iri", "dates"), ())
    assert source.mappings == (ValueMapping("http://purl.org/dc/terms/license", "Licens A", "CC0"),)
    assert source.rewrites == (("http://gammal.exempel.se/", "https://exempel.se/"),)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('normalise = ["license"]', "did you mean 'licence'"),
        ('[[source.mapping]]\nproperty = "dct:license"\nfrom = "a"\nto = "b"', "no prefix 'dct'"),
        ('[[source.mapping]]\nproperty = "dcterms:license"\nform = "a"', 'did you mean "from"?'),
        ('[source.rewrite]\n"http://a/" = "http://a/b/"', "which is rewritten again"),
    ],
)
def test_wrong_words_of_a_source_are_told(problem, lines, said):
    """File, line and key, and what to write instead."""
    message = problem(f'[[source]]\nid = "a"\nurl = "https://exempel.se/a"\n{lines}\n')
    assert message.startswith("harvester.toml:")
    assert said in message
