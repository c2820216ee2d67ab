"""The unified diff is the one that every other tool makes and applies."""

import difflib

from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.report.fixes import unified_diff

lines = st.lists(st.sampled_from(["a", "b", "c", "", "é"]), max_size=30)


def patched(old: str, diff: list[str]) -> str:
    """Apply a unified diff to a text, strictly."""
    before = old.split("\n")
    after: list[str] = []
    done = 0
    body = [line for line in diff[2:] if not line.startswith("\\")]
    for line in body:
        if line.startswith("@@"):
            span = line.split()[1][1:].split(",")
            start = int(span[0]) - (span[1:] != ["0"])
            after += before[done:start]
            done = start
        elif line.startswith("+"):
            after.append(line[1:])
        else:
            assert before[done] == line[1:]
            done += 1
            if line.startswith(" "):
                after.append(line[1:])
    return "\n".join([*after, *before[done:]])


@settings(max_examples=200, deadline=None)
@given(old=lines, changes=st.dictionaries(st.integers(0, 29), st.sampled_from("xyz"), max_size=6))
def test_the_same_number_of_lines(old: list[str], changes: dict[int, str]) -> None:
    """The quick way gives a diff that leads from one text to the other."""
    new = [changes.get(number, line) for number, line in enumerate(old)]
    before, after = "".join(f"{x}\n" for x in old), "".join(f"{x}\n" for x in new)
    diff = list(unified_diff("k.rdf", before, after))
    assert patched(before, diff) == after
    expected = difflib.unified_diff(old, new, "a/k.rdf", "b/k.rdf", lineterm="")
    assert sum(line.startswith("@@") for line in diff) == sum(
        line.startswith("@@") for line in expected
    )


@settings(max_examples=100, deadline=None)
@given(old=lines, new=lines)
def test_any_two_texts(old: list[str], new: list[str]) -> None:
    """Also where lines come and go."""
    before, after = "".join(f"{x}\n" for x in old), "".join(f"{x}\n" for x in new)
    diff = list(unified_diff("k.rdf", before, after))
    assert (diff == []) == (before == after)
    if diff:
        assert patched(before, diff) == after


def test_a_missing_last_line_end_is_said() -> None:
    """As diff and patch do."""
    assert list(unified_diff("k", "a", "b")) == [
        "--- a/k",
        "+++ b/k",
        "@@ -1 +1 @@",
        "-a",
        "\\ No newline at end of file",
        "+b",
        "\\ No newline at end of file",
    ]
