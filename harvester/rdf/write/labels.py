"""Blank-node labels: kept where a syntax takes them, spelt out where it does not."""

import re
from typing import Final

# What N-Triples, Turtle and JSON-LD readers all take; and what is an NCName besides (rdf:nodeID).
_LABEL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_NODE_ID: Final = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_OTHER: Final = re.compile("[^A-Za-z0-9]")
_SPELT: Final = "n-"


def label(node: str) -> str:
    """Return a blank node (``_:x``) under a label that every reader of ``_:`` labels takes."""
    return node if _kept(node, _LABEL) else f"_:{_spelt(node)}"


def node_id(node: str) -> str:
    """Return the rdf:nodeID for a blank node (``_:x``)."""
    return node[2:] if _kept(node, _NODE_ID) else _spelt(node)


def _kept(node: str, pattern: re.Pattern[str]) -> bool:
    return pattern.fullmatch(node, 2) is not None and not node.startswith(_SPELT, 2)


def _spelt(node: str) -> str:
    # Different labels stay different: what is kept never begins like what is spelt out.
    text = _OTHER.sub(lambda found: f"-{ord(found.group()):x}-", node[2:])
    return f"{_SPELT}{text}_"
