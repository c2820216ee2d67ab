"""What is looked after beside the data: how sources fare, which had to wait, what was pruned."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Postponed:
    """A source that a run had no time for; ``since`` is its last try, ``None`` if there is none."""

    id: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Pruned:
    """What retention removed: rows of the run log and of changes, bodies and their bytes."""

    runs: int = 0
    changes: int = 0
    bodies: int = 0
    bytes: int = 0
