"""What others wrote and we check against: fetched once, kept outside the repository.

``python -m tests.outside`` (``make outside``) fetches it; tests open no network and are skipped
without it.
"""

import hashlib
import io
import os
import sys
import tarfile
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pytest

FOLDER = Path(
    os.environ.get("HARVESTER_OUTSIDE", Path.home() / ".cache" / "dcat-harvester" / "outside")
)


class Outside(NamedTuple):
    """A file inside a package of a registry, and the package's sha256."""

    url: str
    sha256: str
    member: str


FILES = {
    # The schema of the OASIS standard, as Microsoft ships it (SARIF 2.1.0-rtm.5, MIT).
    "sarif-2.1.0.json": Outside(
        "https://registry.npmjs.org/@microsoft/jest-sarif/-/jest-sarif-1.0.0-beta.0.tgz",
        "748e2c3d1a842e7bb258416685c7ea3a0da40005b72267b2052c2856d48ad102",
        "package/lib/schemas/sarif-2.1.0-rtm.5.json",
    ),
    # Jenkins' schema of JUnit XML, as pytest ships it (MIT).
    "junit-10.xsd": Outside(
        "https://files.pythonhosted.org/packages/79/42/"
        "bb4641652e58dedeac2ec51abc1f8cae4fee4ec63899a0999016229a0f2a/pytest-9.2.0.tar.gz",
        "97c4f3b1f3c7414aa36465e09b8220f1d03627993bd51b1282e193753c80557b",
        "pytest-9.2.0/testing/example_scripts/junit-10.xsd",
    ),
    **{
        # SchemaStore's schemas of CI files, as check-jsonschema ships them (Apache 2.0, MIT).
        name: Outside(
            "https://files.pythonhosted.org/packages/ad/0a/"
            "3d9da039817af8344be3e5502457c91b84dfd774792f48cef434c81af15e/"
            "check_jsonschema-0.39.0.tar.gz",
            "33340a2f885e207411c7a7d1db0a052ba24a4e58c92a47f54231e4a128af2764",
            f"check_jsonschema-0.39.0/src/check_jsonschema/builtin_schemas/vendor/{name}",
        )
        for name in ("github-actions.json", "github-workflows.json", "gitlab-ci.json")
    },
    # Deque's accessibility rules (MPL 2.0).
    "axe.min.js": Outside(
        "https://registry.npmjs.org/axe-core/-/axe-core-4.14.1.tgz",
        "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745",
        "package/axe.min.js",
    ),
}


def outside(name: str) -> Path:
    """The file, or the running test is skipped."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"no {path}: run make outside once, with network")
    return path


def fetch() -> None:
    """Fetch what is not there yet; stop at a package that is not the one we know."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (url, sha256, member) in FILES.items():
        if (FOLDER / name).is_file():
            continue
        with urllib.request.urlopen(url, timeout=60) as answer:
            body = answer.read()
        if hashlib.sha256(body).hexdigest() != sha256:
            sys.exit(f"{url} is not what it was: its sha256 has changed")
        with tarfile.open(fileobj=io.BytesIO(body)) as package:
            content = package.extractfile(member).read()
        part = FOLDER / f".{name}.part"
        part.write_bytes(content)
        part.replace(FOLDER / name)
        print(FOLDER / name)


if __name__ == "__main__":
    fetch()
