"""What a harvest would change, as a comment for a pull request."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from harvester.plan_diff import Preview, PropertyChange
from harvester.report.terminal import ELLIPSIS, visible
from harvester.report.texts import say

# GitHub refuses a comment of more than 65 536 characters.
MOST_CHARACTERS: Final = 60_000
_LONGEST_VALUE: Final = 200
_MOST_VALUES: Final = 5
_MOST_WINNERS: Final = 100


def preview_markdown(preview: Preview, lang: str) -> list[str]:
    """A comment for a pull request, never longer than GitHub takes; what is left out is counted.

    Whatever comes from a source stands in code spans, where no markup, HTML or @name counts.
    """
    names = ("added", "changed", "removed", "unchanged")
    head = [say("column.source", lang), say("column.outcome", lang)]
    head += [say(f"plan.{name}", lang) for name in names]
    lines = [
        f"## {say('plan.heading', lang)}",
        "",
        f"| {' | '.join(head)} |",
        "| --- | --- |" + " ---: |" * len(names),
    ]
    for result, _ in preview.sources:
        plan = result.plan
        counts = (len(plan.added), len(plan.changed), len(plan.removed), plan.unchanged)
        cells = [result.source.id, say(f"outcome.{result.outcome}", lang), *map(str, counts)]
        lines.append(f"| {' | '.join(cells)} |")
    for winner in preview.winners[:_MOST_WINNERS]:
        text = say(
            "plan.winner",
            lang,
            iri=code(winner.iri),
            old=winner.from_source,
            new=winner.to_source,
            reason=code(winner.reason),
        )
        lines += ["", text] if winner is preview.winners[0] else [text]
    if len(preview.winners) > _MOST_WINNERS:
        lines.append(say("plan.more", lang, count=len(preview.winners) - _MOST_WINNERS))
    return _within(lines, _blocks(preview, lang), lang)


def code(text: str) -> str:
    """A code span of Markdown (CommonMark, section 6.1) that ``text`` cannot leave."""
    text = visible(text)
    if len(text) > _LONGEST_VALUE:
        text = text[: _LONGEST_VALUE - 1] + ELLIPSIS
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest or not text else f"{fence}{text}{fence}"


def _blocks(preview: Preview, lang: str) -> Iterator[list[str]]:
    """One block per thing to say; the first of a source brings its heading."""
    for result, changes in preview.sources:
        heading = ["", f"### {result.source.id}", ""]
        for text in (result.plan.held, result.error):
            if text is not None:
                yield [*heading, f"> {code(text.in_language(lang))}", ""]
                heading = []
        for one in changes:
            title = f" {code(one.title)}" if one.title else ""
            what = say(f"change.{one.change}", lang)
            block = [f"- **{what}** {one.kind}{title} {code(one.iri)}"]
            block += [f"  - {_property_markdown(each)}" for each in one.properties]
            if one.change == "changed" and not one.properties:
                block.append(f"  - {say('plan.structure', lang)}")
            yield [*heading, *block]
            heading = []


def _within(lines: list[str], blocks: Iterator[list[str]], lang: str) -> list[str]:
    length = sum(len(line) + 1 for line in lines)
    for block in blocks:
        size = sum(len(line) + 1 for line in block)
        if length + size > MOST_CHARACTERS:
            rest = 1 + sum(1 for _ in blocks)
            return [*lines, "", say("plan.more", lang, count=rest)]
        lines += block
        length += size
    return lines


def _property_markdown(one: PropertyChange) -> str:
    old, new = (_several(values) for values in (one.before, one.after))
    if not new:
        return f"{code(one.path)}: − {old}"
    return f"{code(one.path)}: {old} → {new}" if old else f"{code(one.path)}: + {new}"


def _several(values: Sequence[str]) -> str:
    shown = [code(value) for value in values[:_MOST_VALUES]]
    if len(values) > _MOST_VALUES:
        shown.append(f"(+{len(values) - _MOST_VALUES})")
    return ", ".join(shown)
