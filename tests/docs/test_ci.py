"""What CI systems are given: the action, the hook and the examples do what they say, safely."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.commands import run
from tests.outside import outside

ROOT = Path(__file__).parents[2]
FILES = [
    ROOT / "action.yml",
    ROOT / ".pre-commit-hooks.yaml",
    *sorted((ROOT / "examples" / "ci").iterdir()),
]
BAD = (ROOT / "examples" / "catalogs" / "exempelberg.ttl").read_bytes()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_yaml_and_pins_what_it_uses(path):
    """A tag can be moved; a full SHA cannot."""
    text = path.read_text("utf-8")
    assert yaml.safe_load(text)
    for used in re.findall(r"^\s*(?:- )?uses: (\S+)", text, re.MULTILINE):
        assert used == "./harvester" or re.search(r"@[0-9a-f]{40}$", used), used


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("action.yml", "github-actions.json"),
        ("examples/ci/github.yml", "github-workflows.json"),
        ("examples/ci/gitlab.yml", "gitlab-ci.json"),
    ],
)
def test_every_file_is_what_its_system_takes(path, schema):
    """By the schemas that editors use."""
    document = yaml.safe_load((ROOT / path).read_text("utf-8"))
    if True in document:  # YAML 1.1 takes the key "on" for a truth value
        document["on"] = document.pop(True)
    found = json.loads(outside(schema).read_text("utf-8"))
    jsonschema.validators.validator_for(found)(found).validate(document)


def test_no_expression_reaches_a_shell_and_every_input_does_as_a_value():
    """Whoever names a branch or a file must not be able to write a script."""
    workflow = yaml.safe_load((ROOT / "examples" / "ci" / "github.yml").read_text("utf-8"))
    for step in workflow["jobs"]["validate"]["steps"]:
        assert "run" not in step
        assert "github.event" not in str(step)
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    given = action["runs"]["steps"][-1]["env"]
    assert given == {
        f"INPUT_{name.upper().replace('-', '_')}": f"${{{{ inputs.{name} }}}}"
        for name in action["inputs"]
    }


def test_harvester_and_the_pull_request_lie_in_folders_of_their_own():
    """Else a file of the pull request could be what ``uses: ./harvester`` runs."""
    workflow = yaml.safe_load((ROOT / "examples" / "ci" / "github.yml").read_text("utf-8"))
    tool, catalog, used, _ = workflow["jobs"]["validate"]["steps"]
    assert tool["with"]["path"] == "harvester"
    assert catalog["with"]["path"] == used["with"]["folder"] == "catalog"
    assert "repository" not in catalog["with"]
    assert re.fullmatch("[0-9a-f]{40}", workflow["env"]["HARVESTER_COMMIT"])


def test_the_action_is_closed_to_what_a_pull_request_says():
    """No expression stands in a script, and no other action is used."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    for step in action["runs"]["steps"]:
        assert "uses" not in step
        assert "${{" not in step["run"]


def test_the_workflow_has_least_permissions():
    """It reads the contents, and leaves no credentials behind."""
    text = (ROOT / "examples" / "ci" / "github.yml").read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in text
    assert "secrets." not in text
    assert "persist-credentials: false" in text


@pytest.fixture
def repository(tmp_path):
    """A repository of someone who means harm: modules, configuration and names."""
    folder = tmp_path / "repository"
    folder.mkdir()
    for name in ("typer", "json", "lxml", "sitecustomize", "harvester"):
        (folder / f"{name}.py").write_text("open('pwned', 'w').write('x')\n")
    (folder / "harvester.toml").write_text(
        '[harvester]\nlang = "sv"\n[[source]]\nid = "evil"\nurl = "http://127.0.0.1:1/"\n'
    )
    (folder / "-o json:pwned.ttl").write_bytes(BAD)
    (folder / "k.ttl").write_bytes(BAD)
    return folder


def act_environment(repository: Path, paths: str, **inputs: str) -> dict[str, str]:
    """What a runner sets for the action's script."""
    temp = repository.parent / "temp"
    temp.mkdir(exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HARVESTER_PYTHON": sys.executable,
        "RUNNER_TEMP": str(temp),
        "GITHUB_OUTPUT": str(temp / "output"),
        "GITHUB_STEP_SUMMARY": str(temp / "summary.md"),
        "INPUT_FOLDER": ".",
        "INPUT_PATHS": paths,
        "INPUT_BASELINE": "",
        "INPUT_CONFIG": "",
        "INPUT_PROFILE": "dcat-ap-se",
        "INPUT_FAIL_ON": "error",
        "INPUT_LANG": "en",
        **inputs,
    }


def act(repository: Path, paths: str, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action's script as a runner would."""
    return subprocess.run(
        [str(ROOT / ".ci" / "action")],
        cwd=repository,
        env=act_environment(repository, paths, **inputs),
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_action_annotates_and_writes_files_outside_the_repository(repository):
    """Two inputs, one with a name like an option; nothing of the repository is run or changed."""
    before = sorted(repository.iterdir())
    done = act(repository, "k.ttl\n-o json:pwned.ttl\n")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("::error file=")
    assert sorted(repository.iterdir()) == before
    temp = repository.parent / "temp"
    outputs = dict(line.split("=", 1) for line in (temp / "output").read_text().splitlines())
    places = {
        artifact["location"]["uri"]
        for artifact in json.loads(Path(outputs["sarif"]).read_text())["runs"][0]["artifacts"]
    }
    assert places == {"k.ttl", "-o%20json%3Apwned.ttl"}
    assert "<html" in Path(outputs["html"]).read_text()
    assert "PT002" in (temp / "summary.md").read_text()


def test_the_action_counts_only_what_is_new_where_the_workflow_says_so(repository):
    """With a baseline, or with the ignores of a configuration that the workflow names."""
    known = str(repository.parent / "known.json")
    run(repository, "validate", "k.ttl", "--config", "/dev/null", "--write-baseline", known)
    assert act(repository, "k.ttl", INPUT_BASELINE=known).returncode == 0
    (repository / "ignores.toml").write_text('[[ignore]]\ncode = "*"\nreason = "all known"\n')
    assert act(repository, "k.ttl").returncode == 1
    assert act(repository, "k.ttl", INPUT_CONFIG="ignores.toml").returncode == 0


def test_the_action_looks_into_the_folder_that_it_is_told(repository):
    """And names files as the repository in it does, so that annotations meet their lines."""
    done = subprocess.run(
        [str(ROOT / ".ci" / "action")],
        cwd=repository.parent,
        env={**act_environment(repository, "k.ttl"), "INPUT_FOLDER": "repository"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "::error file=k.ttl,line=" in done.stdout


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"INPUT_FAIL_ON": "never"}, 0),
        ({"INPUT_FAIL_ON": "$(touch pwned)"}, 2),
        ({"INPUT_PROFILE": "; touch pwned"}, 2),
        ({"INPUT_LANG": "sv"}, 1),
    ],
)
def test_inputs_are_values_and_never_commands(repository, inputs, code):
    """Exit codes are those of validate."""
    assert act(repository, "k.ttl", **inputs).returncode == code
    assert not (repository / "pwned").exists()


def test_the_hook_takes_no_name_for_an_option(repository):
    """As pre-commit calls it: entry, args, then names."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert re.search(hook["files"], "data/katalog.rdf")
    assert not re.search(hook["files"], "pom.xml")
    words = hook["entry"].split()[1:]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "harvester", *words, *hook["args"], "-o json:pwned.ttl"],
        cwd=repository,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert re.search(r"-o json:pwned\.ttl:\d+:\d+: PT002", done.stdout)
    assert not (repository / "pwned").exists()
