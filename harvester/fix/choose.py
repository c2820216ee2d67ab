"""Which of the proposed changes are made: those that make findings go and let none come."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from harvester.fix.change import Change, applied
from harvester.model import Finding
from harvester.rdf.graph import Graph
from harvester.rdf.validity import problem
from harvester.terms import Term, Triple

Judge = Callable[[Graph], Sequence[Finding]]
Changes = Mapping[Triple, Change]
Key = tuple[str, str, str]

_ROUNDS = 8


def choose(
    graph: Graph, changes: Changes, judge: Judge, known: Sequence[Finding]
) -> dict[Triple, Change]:
    """The changes that each make a finding of ``judge`` go, and together let none come.

    ``known`` are the findings of ``judge`` as things stand.
    The graph is judged as often as changes have to be left out again, at most eight times; where
    that is not enough, nothing is chosen.
    """
    chosen = dict(changes)
    if not chosen:
        return chosen
    for _ in range(_ROUNDS):
        renamed = {change.before[0]: change.after[0] for change in chosen.values()}
        after = judge(applied(graph, chosen))
        came = difference(after, known, renamed)
        left_out = _blamed(came, chosen) if came else _idle(known, after, renamed, chosen)
        if not left_out:
            return chosen
        chosen = {key: change for key, change in chosen.items() if key not in left_out}
        if not chosen:
            break
    return {}


def difference(
    more: Iterable[Finding], less: Iterable[Finding], renamed: Mapping[str, str]
) -> list[Finding]:
    """The findings of ``more`` that ``less`` has not, by code, node and property.

    ``renamed`` says which nodes have a new IRI. A finding that only names another value is the
    same finding.
    """
    left = Counter(_key(finding, renamed) for finding in less)
    found: list[Finding] = []
    for finding in more:
        key = _key(finding, renamed)
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append(finding)
    return found


def _key(finding: Finding, renamed: Mapping[str, str]) -> Key:
    return finding.code, renamed.get(finding.focus, finding.focus), finding.path


def _blamed(came: Iterable[Finding], changes: Changes) -> set[Triple]:
    """The changes that may be why findings came; all of them, when none is near one."""
    at_node: dict[Term, set[Triple]] = {}
    for key, change in changes.items():
        at_node.setdefault(change.after[0], set()).add(key)
        at_node.setdefault(change.after[2], set()).add(key)
    blamed: set[Triple] = set()
    for finding in came:
        beside = at_node.get(finding.focus, set())
        near = {key for key in beside if _about(finding, changes[key])}
        blamed |= near or beside or set(changes)
    return blamed


def _idle(
    before: Iterable[Finding],
    after: Iterable[Finding],
    renamed: Mapping[str, str],
    changes: Changes,
) -> set[Triple]:
    """The changes that no finding went away for."""
    gone: dict[str, list[Finding]] = {}
    for finding in difference(before, after, renamed):
        gone.setdefault(renamed.get(finding.focus, finding.focus), []).append(finding)
    return {
        key
        for key, change in changes.items()
        if not _mends(change)
        and not any(_about(finding, change) for finding in gone.get(change.after[0], ()))
    }


def _mends(change: Change) -> bool:
    """Whether a term that nobody may write became one that can be written: reading says that."""
    return any(
        old != new and problem(old) is not None and problem(new) is None
        for old, new in zip(change.before, change.after, strict=True)
    )


def _about(finding: Finding, change: Change) -> bool:
    (subject, path, value), (new_subject, new_path, new_value) = change.before, change.after
    return finding.focus in (subject, new_subject) and (
        finding.path in (path, new_path)
        or (finding.value is not None and finding.value in (value, new_value))
        # A property path, written as SPARQL does.
        or f"<{path}>" in finding.path
        or f"<{new_path}>" in finding.path
    )
