"""JSON with the place of everything: what ``json.loads`` gives, and where it stands."""

import json
import re
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(
    rb"[ \t\r\n]*+(?:(?P<text>\"[^\"\\]*+(?:\\.[^\"\\]*+)*+\")|(?P<mark>[{}\[\],:])"
    rb"|(?P<plain>[^\s{}\[\],:\"]++))",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, number, boolean or null."""

    value: str | int | float | bool | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Array:
    """A list."""

    items: tuple["Node", ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Members:
    """An object: its keys in order, each with its value."""

    members: tuple[tuple[Scalar, "Node"], ...]
    start: int
    end: int

    def get(self, key: str) -> "Node | None":
        """The value of a key."""
        return next((node for name, node in self.members if name.value == key), None)


Node = Scalar | Array | Members


def read_json(body: bytes) -> Node:
    """Read JSON that a parser has accepted. Raises ``ValueError`` where it cannot be followed."""
    node, _ = _node(body, 0)
    return node


def value_of(node: Node) -> object:
    """The same as Python's ``json`` gives it."""
    if isinstance(node, Members):
        return {str(key.value): value_of(value) for key, value in node.members}
    if isinstance(node, Array):
        return [value_of(item) for item in node.items]
    return node.value


def _token(body: bytes, at: int) -> re.Match[bytes]:
    token = _TOKEN.match(body, at)
    if token is None:
        raise ValueError(at)
    return token


def _node(body: bytes, at: int) -> tuple[Node, int]:
    token = _token(body, at)
    if token["mark"] == b"{":
        return _members(body, token)
    if token["mark"] == b"[":
        return _array(body, token)
    if token["mark"] is not None:
        raise ValueError(at)
    return _scalar(token), token.end()


def _scalar(token: re.Match[bytes]) -> Scalar:
    raw = token["text"] if token["text"] is not None else token["plain"]
    value = json.loads(raw.decode("utf-8", "surrogatepass"), strict=False)
    return Scalar(value, token.end() - len(raw), token.end())


def _array(body: bytes, opening: re.Match[bytes]) -> tuple[Array, int]:
    items: list[Node] = []
    at = opening.end()
    while (token := _token(body, at))["mark"] != b"]":
        if token["mark"] == b",":
            at = token.end()
            continue
        item, at = _node(body, at)
        items.append(item)
    return Array(tuple(items), opening.end() - 1, token.end()), token.end()


def _members(body: bytes, opening: re.Match[bytes]) -> tuple[Members, int]:
    members: list[tuple[Scalar, Node]] = []
    at = opening.end()
    while (token := _token(body, at))["mark"] != b"}":
        if token["mark"] == b",":
            at = token.end()
            continue
        if token["text"] is None:
            raise ValueError(at)
        colon = _token(body, token.end())
        if colon["mark"] != b":":
            raise ValueError(at)
        value, at = _node(body, colon.end())
        members.append((_scalar(token), value))
    return Members(tuple(members), opening.end() - 1, token.end()), token.end()
