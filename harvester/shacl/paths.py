"""SHACL property paths: read from a graph, written to one, shown as text (SHACL, section 2.3.1)."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from harvester.namespaces import RDF_FIRST, RDF_NIL, RDF_REST, SH
from harvester.rdf.graph import Graph
from harvester.terms import Term, is_blank, is_iri
from harvester.words import NotUnderstoodError, Text

_MAX_DEPTH = 50


class Inverse(NamedTuple):
    """``^path``: follow ``path`` from object to subject."""

    path: "Path"


class InSequence(NamedTuple):
    """``a/b``: follow each path from where the one before it arrived."""

    paths: tuple["Path", ...]


class Either(NamedTuple):
    """``a|b``: follow any of the paths."""

    paths: tuple["Path", ...]


class Repeated(NamedTuple):
    """``path*`` (minimum 0, unbounded), ``path+`` (minimum 1) or ``path?`` (not unbounded)."""

    path: "Path"
    minimum: int
    unbounded: bool


Path: TypeAlias = str | Inverse | InSequence | Either | Repeated

_REPEATED: dict[str, tuple[int, bool]] = {
    SH + "zeroOrMorePath": (0, True),
    SH + "oneOrMorePath": (1, True),
    SH + "zeroOrOnePath": (0, False),
}
_TOKEN = re.compile(r"<[^<>]*>|[\^()/|*+?]")
_SUFFIX = {(0, True): "*", (1, True): "+", (0, False): "?"}


def read_list(graph: Graph, head: Term) -> list[Term]:
    """Return the members of an RDF list.

    Raises ``ValueError`` when it has no end, two continuations, or a link without a member.
    """
    members: list[Term] = []
    seen: set[Term] = set()
    while head != RDF_NIL:
        firsts = graph.objects(head, RDF_FIRST) if isinstance(head, str) else ()
        rests = graph.objects(head, RDF_REST) if isinstance(head, str) else ()
        if head in seen or len(firsts) != 1 or len(rests) != 1:
            raise NotUnderstoodError(
                Text(f"ingen välformad lista: {head}", f"not a well-formed list: {head}")
            )
        seen.add(head)
        members.append(firsts[0])
        head = rests[0]
    return members


def read_path(graph: Graph, node: Term, depth: int = 0) -> Path:
    """Return the path that ``node`` of a shapes graph stands for.

    A list wins over other things said about the same blank node (W3C tests path-strange-001 and
    -002). Raises ``ValueError`` when it is none.
    """
    if is_iri(node):
        return str(node)
    if not is_blank(node) or not isinstance(node, str) or depth > _MAX_DEPTH:
        raise NotUnderstoodError(
            Text(f"ingen egenskapsväg: {node}", f"not a property path: {node}")
        )
    properties = graph.spo.get(node, {})
    if RDF_FIRST in properties:
        return InSequence(_read_paths(graph, node, depth))
    for predicate, values in properties.items():
        if len(values) != 1:
            continue
        if predicate == SH + "inversePath":
            return Inverse(read_path(graph, values[0], depth + 1))
        if predicate == SH + "alternativePath":
            return Either(_read_paths(graph, values[0], depth))
        if predicate in _REPEATED:
            return Repeated(read_path(graph, values[0], depth + 1), *_REPEATED[predicate])
    raise NotUnderstoodError(Text(f"ingen egenskapsväg: {node}", f"not a property path: {node}"))


def _read_paths(graph: Graph, head: Term, depth: int) -> tuple[Path, ...]:
    members = read_list(graph, head)
    if len(members) < 2:
        raise NotUnderstoodError(
            Text(
                "en sekvens eller ett alternativ behöver minst två delar",
                "a sequence or alternative path needs at least two members",
            )
        )
    return tuple(read_path(graph, member, depth + 1) for member in members)


def path_text(path: Path) -> str:
    """Return the bare IRI of a predicate, or else the path as SPARQL writes it (``^<a>/<b>*``)."""
    return path if isinstance(path, str) else _sparql(path)


def _sparql(path: Path) -> str:
    match path:
        case str():
            return f"<{path}>"
        case Inverse(inner):
            return "^" + _grouped(inner)
        case InSequence(paths):
            return "/".join(map(_grouped, paths))
        case Either(paths):
            return "|".join(map(_grouped, paths))
        case Repeated(inner, minimum, unbounded):
            return _grouped(inner) + _SUFFIX[minimum, unbounded]


def _grouped(path: Path) -> str:
    return _sparql(path) if isinstance(path, str) else f"({_sparql(path)})"


def path_of_text(text: str) -> Path | None:
    """The path that :func:`path_text` wrote; ``None`` for what it would not write."""
    if text[:1] not in ("<", "^", "("):
        return text or None
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text:
        return None
    tokens.reverse()
    try:
        path = _several(tokens, 0)
    except (IndexError, ValueError):  # it ends too early, or with what belongs to no path
        return None
    return None if tokens else path


def _several(tokens: list[str], depth: int) -> Path:
    """One path, or some with the same mark between them, taken from the end of the tokens."""
    if depth > _MAX_DEPTH:
        raise ValueError(depth)
    paths = [_one(tokens, depth)]
    mark = tokens[-1] if tokens else ""
    while tokens and tokens[-1] == mark and mark in ("/", "|"):
        tokens.pop()
        paths.append(_one(tokens, depth))
    if len(paths) == 1:
        return paths[0]
    return InSequence(tuple(paths)) if mark == "/" else Either(tuple(paths))


def _one(tokens: list[str], depth: int) -> Path:
    first = tokens.pop()
    path: Path
    if first == "^":
        return Inverse(_one(tokens, depth + 1))
    if first == "(":
        path = _several(tokens, depth + 1)
        if tokens.pop() != ")":
            raise ValueError(first)
    elif first[0] == "<":
        path = first[1:-1]
    else:
        raise ValueError(first)
    kind = next((kind for kind, mark in _SUFFIX.items() if tokens and tokens[-1] == mark), None)
    if kind is None:
        return path
    tokens.pop()
    return Repeated(path, *kind)


def write_path(path: Path, graph: Graph, fresh: Callable[[], str]) -> str:
    """Add the triples that describe ``path`` to ``graph`` and return the node that stands for it.

    ``fresh`` gives a new blank-node label at each call.
    """
    if isinstance(path, str):
        return path
    if isinstance(path, InSequence):
        return write_list([write_path(part, graph, fresh) for part in path.paths], graph, fresh)
    node = fresh()
    if isinstance(path, Inverse):
        graph.add(node, SH + "inversePath", write_path(path.path, graph, fresh))
    elif isinstance(path, Either):
        members = [write_path(part, graph, fresh) for part in path.paths]
        graph.add(node, SH + "alternativePath", write_list(members, graph, fresh))
    else:
        wanted = (path.minimum, path.unbounded)
        predicate = next(name for name, kind in _REPEATED.items() if kind == wanted)
        graph.add(node, predicate, write_path(path.path, graph, fresh))
    return node


def write_list(members: Sequence[Term], graph: Graph, fresh: Callable[[], str]) -> str:
    """Add an RDF list to ``graph`` and return its head."""
    head = RDF_NIL
    for member in reversed(members):
        node = fresh()
        graph.add(node, RDF_FIRST, member)
        graph.add(node, RDF_REST, head)
        head = node
    return head
