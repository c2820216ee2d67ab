"""Everything that is configured is published, or nothing when nothing has changed."""

import hashlib
import json
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest

from harvester.cli.boundary import run
from harvester.errors import EXIT_HELD, EXIT_OK
from harvester.export.described import read_description
from harvester.namespaces import DCAT
from tests.nights import World, catalog
from tests.servers import FileServer

CONFIG = """
paged = "se-pages"
page_size = 7
feed = "se-feed"
"""


@pytest.fixture
def world(tmp_path: Path):
    """One source of twenty datasets, every form configured, the first night over."""
    with FileServer({}) as server:
        world = World.of(tmp_path, server, "a")
        world.forms = True
        world.serve({"a": catalog("a", range(20))})
        world.night()
        yield world


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    found = [path for path in folder.rglob("se*") if path.is_file()]
    found += [path for path in folder.glob("se*/**/*") if path.is_file()]
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def test_checksums_lie_beside_the_file(world):
    """As ``sha256sum --check`` reads them."""
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "se.rdf.sha256"], cwd=world.folder, check=False
    )
    assert done.returncode == 0


def test_the_description(world):
    """What it is, how much, since when, and where each form lies; no clock."""
    path = world.folder / "se.rdf"
    known = read_description(path)
    assert known.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert known.classes[DCAT + "Dataset"] == 20
    assert known.triples == len(set(ox.parse(path=path, format=ox.RdfFormat.RDF_XML)))
    text = (world.folder / "se.void.ttl").read_text()
    assert f'dcat:byteSize "{path.stat().st_size}"^^xsd:nonNegativeInteger' in text
    assert "void:dataDump <se.rdf>" in text
    assert "dcat:accessURL <se-pages/index.rdf>" in text
    assert "dcat:accessURL <se-feed/index.trig>" in text
    assert 'dcterms:modified "2026-11-23T03:00:00.000Z"^^xsd:dateTime' in text
    world.night()
    assert (world.folder / "se.void.ttl").read_text() == text


def test_a_description_does_not_say_where_it_was_made(world, tmp_path):
    """An installation that is moved, or a second one of the same state, publishes the same."""
    other = world.copy(tmp_path.parent / f"{tmp_path.name}-moved")
    before = {Path(name).name: found for name, found in files(other.folder).items()}
    assert other.night().exports[0].unchanged
    assert {Path(name).name: found for name, found in files(other.folder).items()} == before


def test_a_night_without_changes_writes_nothing(world):
    """And says so; any change, of data or configuration, or a damaged file, is another matter."""
    before = files(world.folder)
    assert world.night().exports[0].unchanged
    assert files(world.folder) == before
    (world.folder / "se.rdf").write_bytes(b"")
    assert not world.night().exports[0].unchanged
    next((world.folder / "se-pages").glob("*/2.rdf")).unlink()
    assert not world.night().exports[0].unchanged
    assert {name: data for name, (data, _) in files(world.folder).items()} == {
        name: data for name, (data, _) in before.items()
    }
    world.page_size = 5
    assert not world.night().exports[0].unchanged
    world.serve({"a": catalog("a", range(21))})
    assert not world.night().exports[0].unchanged
    assert world.night().exports[0].unchanged


def test_a_sharply_smaller_export_is_held(world, capsys):
    """Exit code 4 and words; told to, it is published. The sources' guards saw nothing wrong."""
    config = world.write_config()
    config.write_text(
        config.read_text().replace('path = "se.rdf"\n', f'path = "se.rdf"\n{CONFIG}')
        + 'max_removed = "100%"\n'
    )
    world.night()
    before = {name: data for name, (data, _) in files(world.folder).items() if ".void." not in name}
    world.serve({"a": catalog("a", range(4))})
    options = ["--config", str(config)]
    assert run(["harvest", *options, "--json"]) == EXIT_HELD
    out, err = capsys.readouterr()
    assert "it has 20 datasets now and would have 4; the limit (max_shrink) is 20%" in err
    answer = json.loads(out)
    assert answer["export"] == []
    assert list(answer["export_held"]) == ["se"]
    now = {name: data for name, (data, _) in files(world.folder).items() if ".void." not in name}
    assert now == before
    assert run(["export", *options]) == EXIT_HELD
    assert run(["export", *options, "-o", str(world.folder / "se.rdf")]) == EXIT_HELD
    assert run(["export", *options, "-o", str(world.folder / "ny.ttl")]) == EXIT_OK
    capsys.readouterr()
    assert run(["export", *options, "--allow-shrink", "--json"]) == EXIT_OK
    answer = json.loads(capsys.readouterr().out)
    assert answer["pages"]["items"] == 4
    assert (answer["feed"]["delete"], answer["feed"]["update"]) == (32, 1)
    assert run(["export", *options, "--json"]) == EXIT_OK
    assert json.loads(capsys.readouterr().out)["unchanged"]


def test_forms_on_the_command_line(world, capsys):
    """Only what is asked for, of any size; the words say where to begin."""
    world.forms = False
    config = world.write_config()
    out = world.folder / "ut"
    command = ["export", "--config", str(config), "--lang", "en", "--page-size", "6"]
    assert run([*command, "--paged", str(out / "sidor"), "--feed", str(out / "flöde")]) == EXIT_OK
    said = capsys.readouterr().out.splitlines()
    assert said == [
        f"Pages: 4, with 20 items; begin at {out}/sidor/index.rdf",
        f"Feed of changes {out}/flöde/index.trig: 42 created, 0 updated, 0 deleted",
    ]
    assert sorted(path.name for path in out.iterdir()) == ["flöde", "sidor"]
