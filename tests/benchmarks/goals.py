"""What validation is to cost, and whether the engines just measured say that it does."""

import operator
from collections.abc import Callable, Mapping
from statistics import median
from typing import NamedTuple, Protocol


class Costs(Protocol):
    """Seconds and MiB of each turn of one engine at one size."""

    cpu: list[float]
    wall: list[float]
    memory: list[float]


Figure = Callable[[str, str, int], float]
"""The median of a cost (cpu, wall, memory) of an engine at a size; raises ``LookupError``."""


class Goal(NamedTuple):
    """A figure that is to be at most, or at least, a number."""

    text: str
    at_most: bool
    number: float
    measure: Callable[[Figure], float]


GOALS = (
    Goal(
        "10,000 datasets: CPU as a multiple of bare parsing",
        True,
        2.5,
        lambda figure: figure("cpu", "harvester", 10_000) / figure("cpu", "parse", 10_000),
    ),
    *(
        Goal(
            f"{size:,} dataset{'s' * (size > 1)}: CPU of pyshacl as a multiple of ours",
            False,
            number,
            lambda figure, size=size: (  # type: ignore[misc]  # a default binds the size
                figure("cpu", "pyshacl", size) / figure("cpu", "harvester", size)
            ),
        )
        for size, number in ((10_000, 60), (1_000, 40), (1, 8))
    ),
    Goal(
        "10,000 datasets: wall time as a multiple of the fastest engine's (shacl)",
        True,
        1,
        lambda figure: figure("wall", "harvester", 10_000) / figure("wall", "shacl", 10_000),
    ),
    Goal(
        "100,000 datasets: peak memory in MiB",
        True,
        1_024,
        lambda figure: figure("memory", "harvester", 100_000),
    ),
    Goal(
        "100,000 datasets: CPU as a multiple of that of 10,000 (linear is 10)",
        True,
        11,
        lambda figure: figure("cpu", "harvester", 100_000) / figure("cpu", "harvester", 10_000),
    ),
    Goal(
        "100,000 datasets: wall time in seconds",
        True,
        20,
        lambda figure: figure("wall", "harvester", 100_000),
    ),
)


def goals_table(measured: Mapping[int, Mapping[str, Costs]]) -> str:
    """Return the goals as a table of Markdown; ``measured`` is by size, then by engine."""

    def figure(cost: str, engine: str, size: int) -> float:
        turns = getattr(measured.get(size, {}).get(engine), cost, [])
        if not turns:
            raise LookupError(engine)
        return median(turns)

    rows = []
    for goal in GOALS:
        try:
            value = goal.measure(figure)
        except LookupError:
            rows.append(f"| {goal.text} | {_bound(goal)} | not run | |")
            continue
        met = (operator.le if goal.at_most else operator.ge)(value, goal.number)
        rows.append(
            f"| {goal.text} | {_bound(goal)} | {value:.2f} | {'yes' if met else '**no**'} |"
        )
    return "\n".join(
        ["## Goals", "", "| what | goal | measured | met |", "| --- | --: | --: | --- |", *rows, ""]
    )


def _bound(goal: Goal) -> str:
    return f"{'at most' if goal.at_most else 'at least'} {goal.number:,}"
