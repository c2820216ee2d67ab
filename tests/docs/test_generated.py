"""Generated pages say what the program does today."""

import re

import pytest

from tests.docs.generate import ROOT, commands, generated

PAGES = generated()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_generated_files_are_up_to_date(path):
    """``make format`` writes them anew."""
    assert path.read_text(encoding="utf-8") == PAGES[path], "run make format"


def test_every_command_and_option_that_the_docs_name_exists():
    """README, docs and examples show nothing that the program does not have."""
    from harvester.cli.app import build

    tree = build("en")
    known = {
        words.removeprefix("harvester "): {
            option for parameter in command.params for option in parameter.opts
        }
        | {"--help", "-h"}
        for words, command in commands(tree)
    }
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").rglob("*")]
    unknown = []
    for page in pages:
        if not page.is_file():
            continue
        text = page.read_text(encoding="utf-8")
        for call in re.findall(r"(?:^\$ |`|^    |bin/)harvester ([a-z][^`#|&;>\n]*)", text, re.M):
            words = call.split()
            name = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
            if name not in known and words[0] != "sources":
                unknown.append(f"{page.name}: harvester {call}")
            unknown += [
                f"{page.name}: {name} {word}"
                for word in words
                if word.startswith("-")
                and word != "-"
                and word.split("=")[0] not in known.get(name, ())
            ]
    assert unknown == []
