"""Telling new findings from those that are known or ignored, and finding what is stale."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from harvester.model import Finding, Suppressed
from harvester.rules.baseline import Baseline
from harvester.rules.fingerprint import fingerprints
from harvester.rules.identity import Mark
from harvester.rules.ignores import Ignore
from harvester.words import Text


@dataclass(frozen=True, slots=True)
class Suppression:
    """What counts, what does not and why, and what suppresses nothing any more.

    ``counted`` and ``remembered`` are positions in the findings that were given: those that count,
    and those that a baseline written now would hold (all but the ignored). ``fingerprints`` are
    those of the counted.
    """

    counted: tuple[int, ...]
    fingerprints: tuple[str, ...]
    remembered: tuple[int, ...]
    suppressed: tuple[Suppressed, ...]
    stale: tuple[Text, ...]


def suppress(
    findings: Sequence[Finding],
    found: Sequence[Mark],
    *,
    ignores: Sequence[Ignore],
    baseline: Baseline | None,
    today: date,
    source_of: Callable[[str], str],
) -> Suppression:
    """Sort the findings of one run; ignores come before the baseline, the first that fits wins.

    ``source_of`` gives the configured source of an input's name, or an empty string.
    """
    alive = [ignore for ignore in ignores if not ignore.expired(today)]
    used: set[Ignore] = set()
    ignored: dict[int, Ignore] = {}
    for number, mark in enumerate(found):
        fitting = [one for one in alive if one.matches(mark, source_of(mark.input))]
        used.update(fitting)
        if fitting:
            ignored[number] = fitting[0]
    rest = [number for number in range(len(findings)) if number not in ignored]
    # The ignored ones last: a baseline must not change with the ignores.
    order = [*rest, *ignored]
    names = dict(zip(order, fingerprints(found[number] for number in order), strict=True))
    known = {} if baseline is None else baseline.codes
    suppressed = [
        Suppressed(findings[number], ignored[number].reason, "ignore", names[number])
        if number in ignored
        else Suppressed(findings[number], "", "baseline", names[number])
        for number in range(len(findings))
        if number in ignored or names[number] in known
    ]
    here = {source_of(mark.input) for mark in found}
    stale = [
        _expired(one) if one.expired(today) else _idle(one)
        for one in ignores
        if one not in used and (not one.source or one.source in here)
    ]
    gone = len(known.keys() - {names[number] for number in rest})
    if baseline is not None and gone:
        stale.append(_gone(baseline.name, gone))
    counted = tuple(number for number in rest if names[number] not in known)
    return Suppression(
        counted,
        tuple(names[number] for number in counted),
        tuple(rest),
        tuple(suppressed),
        tuple(stale),
    )


def _expired(one: Ignore) -> Text:
    return Text(
        f"{one.place}: undantaget för {one.code} gick ut {one.until}; rätta felet eller förnya det",
        f"{one.place}: the ignore of {one.code} ended on {one.until}; mend the fault or renew it",
    )


def _idle(one: Ignore) -> Text:
    return Text(
        f"{one.place}: undantaget för {one.code} träffar inget; ta bort det",
        f"{one.place}: the ignore of {one.code} matches nothing; remove it",
    )


def _gone(name: str, count: int) -> Text:
    return Text(
        f"{name}: kända brister som inte finns längre: {count}; skriv om filen med "
        "--write-baseline",
        f"{name}: known findings that are gone: {count}; write the file anew with --write-baseline",
    )
