"""Where a file lies, as other programs want to be told."""

from functools import lru_cache
from pathlib import PurePath
from urllib.parse import quote, urlsplit, urlunsplit

_ADDRESS = ("http://", "https://")


@lru_cache(maxsize=256)
def path_from(root: str, name: str) -> str:
    """The path of an input relative to ``root``, with forward slashes; addresses as they are.

    A file outside ``root`` keeps its absolute path. Names and passwords in an address are left
    out. ``-`` is called ``stdin``.
    """
    if name == "-":
        return "stdin"
    if name.lower().startswith(_ADDRESS):
        parts = urlsplit(name)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    path = PurePath(name)
    if path.is_absolute() and root and path.is_relative_to(root):
        path = path.relative_to(root)
    return path.as_posix()


@lru_cache(maxsize=256)
def uri_from(root: str, name: str) -> str:
    """The same as a URI reference (RFC 3986), as SARIF wants it."""
    path = path_from(root, name)
    if path.lower().startswith(_ADDRESS):
        return quote(path, safe="/:?#[]@!$&'()*+,;=%~")
    quoted = quote(path, safe="/~", errors="surrogateescape")
    return f"file://{quoted}" if path.startswith("/") else quoted
