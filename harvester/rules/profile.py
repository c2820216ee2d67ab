"""What a profile is once its files are read: shapes, severities and switches.

:func:`harvester.profile.load_profile` reads one; nothing here opens a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from harvester.model import Severity
from harvester.rdf.graph import Graph
from harvester.rules.annotations import NO_TEXT, Annotations, read_annotations
from harvester.words import Text

if TYPE_CHECKING:
    from harvester.shacl import Shapes


@dataclass(frozen=True, eq=False)
class Profile:
    """One application profile: what ``validate`` holds the data against.

    ``severities`` overrides per code; ``None`` turns the rule off. ``vocabulary`` says of the
    terms of closed lists and authority tables what they are; the data cannot widen it.
    ``digest`` is a sha256 in hex over everything that can change a finding.
    """

    id: str
    shapes: Graph
    title: Text = NO_TEXT
    version: str = ""
    path: Path = Path()
    vocabulary: Graph = field(default_factory=Graph)
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    portal_rules: bool = False
    normalise: tuple[str, ...] = ()
    digest: str = ""

    @cached_property
    def compiled(self) -> "Shapes":
        """The shapes as the engine wants them, compiled once."""
        from harvester.shacl import load_shapes

        return load_shapes(self.shapes)

    @cached_property
    def annotations(self) -> Annotations:
        """The codes and texts of the shapes, read once."""
        return read_annotations(self.shapes)
