"""One validation result (SHACL, section 3.6)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from harvester.shacl.paths import Path
from harvester.terms import Term

NO_MESSAGES: Mapping[str, str] = MappingProxyType({})


class Result(NamedTuple):
    """What one constraint says of one node.

    ``path`` is the IRI of a predicate, a SPARQL property path for anything longer, and empty for a
    constraint of a node shape; ``steps`` is the same path as values. ``shape``, ``component`` and
    ``severity`` are IRIs; ``shape`` is a blank-node label where the shape has no name. ``messages``
    maps language tags (empty for none) to the texts of sh:message, or to a general text in
    Swedish and English where the shape has none. ``detail`` says why a value does not conform to
    the shape of sh:node.
    """

    focus: Term
    path: str
    value: Term | None
    shape: str
    component: str
    severity: str
    messages: Mapping[str, str] = NO_MESSAGES
    detail: tuple["Result", ...] = ()
    steps: Path | None = None
