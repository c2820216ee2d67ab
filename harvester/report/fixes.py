"""What ``validate --fix`` did to one file, as lines; and what it would do, as a unified diff."""

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from harvester.model import Finding
from harvester.report.texts import say

if TYPE_CHECKING:
    from harvester.fix import Fixed
    from harvester.rules.rule import Rule

_CONTEXT = 3
Opcode = tuple[str, int, int, int, int]


def fix_lines(
    name: str, fixed: "Fixed", rules: Mapping[str, "Rule"], lang: str, *, written: bool
) -> list[str]:
    """What was mended in one file, per rule and most first.

    ``written`` tells ``--fix`` from ``--diff``.
    """
    lines: list[str] = []
    gone, left = _by_code(fixed.gone), _by_code(fixed.after)
    if fixed.changes:
        lines.append(
            say(
                "fix.done" if written else "fix.would",
                lang,
                file=name,
                edits=sum(map(len, fixed.edits)),
                gone=sum(gone.values()),
                left=sum(left.values()),
            )
        )
    for code, count in gone.most_common():
        title = rules[code].title.in_language(lang) if code in rules else ""
        lines.append(say("fix.rule", lang, code=code, count=count, left=left[code], title=title))
    if fixed.reason:
        why = say(f"fix.because.{fixed.reason}", lang)
        count = fixed.unplaced
        lines.append(
            say("fix.refused" if count else "fix.unchanged", lang, file=name, count=count, why=why)
        )
    elif fixed.unplaced:
        lines.append(say("fix.unplaced", lang, file=name, count=fixed.unplaced))
    return lines or [say("fix.nothing", lang, file=name)]


def _by_code(findings: Sequence[Finding]) -> Counter[str]:
    return Counter(finding.code for finding in findings)


def unified_diff(name: str, old: str, new: str) -> Iterator[str]:
    """The lines of a unified diff, without line ends; nothing when the texts are the same."""
    if old == new:
        return
    before, after = _lines(old), _lines(new)
    yield f"--- a/{name.lstrip('/')}"
    yield f"+++ b/{name.lstrip('/')}"
    for group in _groups(_opcodes(before, after)):
        first, last = group[0], group[-1]
        yield f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@"
        for kind, i, i_end, j, j_end in group:
            if kind == "equal":
                yield from _marked(" ", before[i:i_end])
                continue
            yield from _marked("-", before[i:i_end])
            yield from _marked("+", after[j:j_end])


def _lines(text: str) -> list[str]:
    """Lines with their ends; only a line feed ends one, as in every other diff."""
    return [line + "\n" for line in text.split("\n")[:-1]] + [text.rpartition("\n")[2]] * (
        not text.endswith("\n") and text != ""
    )


def _marked(mark: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _range(start: int, end: int) -> str:
    size = end - start
    return f"{start + 1 if size else start}" + ("" if size == 1 else f",{size}")


def _opcodes(before: Sequence[str], after: Sequence[str]) -> list[Opcode]:
    """What differs, line by line; a fix seldom changes their number, and then that is quick."""
    if len(before) != len(after):
        return list(difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes())
    codes: list[Opcode] = []
    start = 0
    for at in range(1, len(before) + 1):
        same = before[start] == after[start]
        if at == len(before) or (before[at] == after[at]) != same:
            codes.append(("equal" if same else "replace", start, at, start, at))
            start = at
    return codes


def _groups(codes: Sequence[Opcode]) -> Iterator[list[Opcode]]:
    """Changes with their context, those that are near each other together."""
    group: list[Opcode] = []
    for number, (kind, i, i_end, j, j_end) in enumerate(codes):
        if kind != "equal":
            group.append((kind, i, i_end, j, j_end))
            continue
        size = i_end - i
        head = min(size, _CONTEXT) if group else 0
        tail = min(size, _CONTEXT) if number < len(codes) - 1 else 0
        if group and tail and size <= head + tail:
            group.append((kind, i, i_end, j, j_end))
            continue
        if group:
            if head:
                group.append((kind, i, i + head, j, j + head))
            yield group
            group = []
        if tail:
            group = [(kind, i_end - tail, i_end, j_end - tail, j_end)]
    if any(code[0] != "equal" for code in group):
        yield group
