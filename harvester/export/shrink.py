"""The shrink guard: an export that is sharply smaller than what is published is held back.

Whoever follows an export deletes what it no longer has. The guards of each source (``guards.py``)
look at one source at a time; this one sees what they cannot: many small losses, a rule that
changed, a configuration that lost its sources, a store that is not the one it was.

What is published now is counted in what is published, not in a record of it: a file that was
replaced by hand, or by another store, is what readers have.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox

from harvester.errors import ShrunkError
from harvester.export.verify import FORMATS, opened
from harvester.guards import allowed
from harvester.model import Syntax
from harvester.namespaces import DCAT, RDF_TYPE
from harvester.words import Text

DATASET: Final = DCAT + "Dataset"

# Is told what is published now (asked only when it matters; None for nothing) and what will be.
Check: TypeAlias = Callable[[Callable[[], int | None], int], None]


def unguarded(before: Callable[[], int | None], after: int) -> None:
    """Let everything pass."""
    del before, after


_SWEDISH: Final = {"datasets": "datamängder", "items": "datamängder och tjänster"}


def guard(name: str, limit: str, *, target: str, what: str = "datasets") -> Check:
    """Return a check that raises :class:`ShrunkError` when more than ``limit`` would go.

    ``limit`` is a share such as ``"20%"`` or a number, with the meaning of a source's
    ``max_removed``. An export that becomes empty is always held back; the first one never is.
    """

    def check(before: Callable[[], int | None], after: int) -> None:
        published = before()
        if not published or (after and published - after <= allowed(limit, published)):
            return
        raise ShrunkError(
            Text(
                f"{name} hålls tillbaka: där finns {published} {_SWEDISH[what]} nu och det skulle"
                f" bli {after}; gränsen (max_shrink) är {limit}. Det som är publicerat ligger kvar."
                f" Om detta är rätt: harvester export --target {target} --allow-shrink",
                f"{name} is held back: it has {published} {what} now and would have {after}; the"
                f" limit (max_shrink) is {limit}. What is published stays. If this is right:"
                f" harvester export --target {target} --allow-shrink",
            )
        )

    return check


def datasets_in(path: Path, syntax: Syntax, *, zipped: bool) -> int | None:
    """How many datasets a published file has; ``None`` when there is none that can be read."""
    if not path.exists():
        return None
    wanted, kind = ox.NamedNode(DATASET), ox.NamedNode(RDF_TYPE)
    try:
        with opened(path, zipped=zipped) as file:
            quads = ox.parse(file, format=FORMATS[syntax])
            return sum(1 for quad in quads if quad.predicate == kind and quad.object == wanted)
    except (SyntaxError, ValueError, EOFError, OSError):
        return None  # what nobody can read is no loss
