"""What happens in a run, told as it happens: to a log, to a progress bar, to nobody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: a stable English slug, the source it is about, what to know of it.

    ``fields`` hold nothing secret and no text that a stranger wrote but in ``error`` and ``held``.
    """

    name: str
    source: str = ""
    fields: Mapping[str, Value] = field(default_factory=dict)


Tell = Callable[[Event], None]


def everyone(*listeners: Tell) -> Tell:
    """Tell each of them, in turn."""

    def tell(event: Event) -> None:
        for listener in listeners:
            listener(event)

    return tell


def nobody(_: Event) -> None:
    """Tell nobody."""
