"""Read an application profile: a TOML file, the shapes and the vocabularies it names.

Profiles that ship with the program have names; everyone's own is a path. The file's form is
described in docs/profiles.md.
"""

import difflib
import hashlib
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from harvester import __version__
from harvester.errors import ConfigError
from harvester.model import Severity
from harvester.rdf.graph import Graph, bulk_loading
from harvester.rdf.limits import Limits
from harvester.rules.book import rule_book
from harvester.rules.profile import Profile
from harvester.words import Text

KEYS: Final = (
    "id",
    "title",
    "version",
    "extends",
    "shapes",
    "vocabularies",
    "portal_rules",
    "normalise",
    "severity",
)
SUFFIXES: Final = (".ttl", ".nt", ".rdf", ".owl", ".jsonld", ".trig", ".nq")
_OFF: Final = "off"
_UNLIMITED: Final = Limits(literal=sys.maxsize, blank_nodes=sys.maxsize)
_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class _Layer:
    """One TOML file, checked, with its files found."""

    path: Path
    id: str
    title: Text | None
    version: str | None
    shapes: tuple[Path, ...]
    vocabularies: tuple[Path, ...]
    portal_rules: bool | None
    normalise: tuple[str, ...]
    severities: tuple[tuple[str, Severity | None], ...]


def load_profile(name_or_path: str | Path) -> Profile:
    """Return the profile of a name that ships with the program, or of a TOML file.

    A name without a version (``dcat-ap-se``) is the newest one. Asked for again with nothing
    changed on disk, the same object comes back, so that its shapes are compiled once a process.
    Raises ``ConfigError`` that names file, line, key and the nearest valid value.
    """
    layers = tuple(_layers(_find(str(name_or_path), Path())))
    shapes = _unique(path for layer in layers for path in layer.shapes)
    vocabularies = _unique(path for layer in layers for path in layer.vocabularies)
    return _assemble(layers, _bytes(shapes), _bytes(vocabularies))


def profile_names() -> list[str]:
    """The names of the profiles that ship with the program, sorted."""
    return sorted(path.stem for path in _folder("profiles").glob("*.toml"))


def shipped_vocabulary(*names: str) -> Graph:
    """The vocabularies of these names that ship with the program, such as ``licence``."""
    folder = _folder("shapes") / "vocabularies"
    return _graph(_bytes(tuple(folder / f"{name}.ttl" for name in names)))


def shipped_media_types() -> list[str]:
    """The media types that IANA registers, such as ``text/csv``."""
    path = _folder("shapes") / "vocabularies" / "iana-media-types.txt"
    return path.read_text(encoding="utf-8").splitlines()


def _folder(name: str) -> Path:
    """Where ``profiles`` or ``shapes`` lie: in the installed package, else in the checkout."""
    installed = _HERE / "data" / name
    return installed if installed.is_dir() else _HERE.parent / name


def _find(name: str, beside: Path) -> Path:
    if name.endswith(".toml") or "/" in name or "\\" in name:
        return beside / name
    names = profile_names()
    if name not in names:
        versions = [known for known in names if known.rpartition("-")[0] == name]
        if not versions:
            shown = sorted({*names, *(known.rpartition("-")[0] for known in names)})
            raise ConfigError(
                f"no profile is called {name!r}{_nearest(name, shown)}; a profile of your own "
                f"is given as a path to its TOML file. Known: {', '.join(shown)}"
            )
        name = max(versions, key=_version)
    return _folder("profiles") / f"{name}.toml"


def _version(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"[0-9]+", name.rpartition("-")[2]))


def _layers(path: Path) -> Iterator[_Layer]:
    """The chain of ``extends``, the most general profile first."""
    chain: list[_Layer] = []
    seen: list[Path] = []
    place = ""
    current: Path | None = path
    while current is not None:
        resolved = current.resolve()
        if resolved in seen:
            names = " -> ".join(str(step) for step in [*seen, resolved])
            raise ConfigError(f"{place}: extends goes round in a circle: {names}")
        seen.append(resolved)
        table, text = _read_toml(current, place)
        layer, parent = _layer(current, table, text)
        chain.append(layer)
        place = f"{current}:{_line(text, 'extends')}"
        try:
            current = _find(parent, current.parent) if parent else None
        except ConfigError as error:
            raise ConfigError(f"{place}: extends: {error}") from error
    return reversed(chain)


def _read_toml(path: Path, named_by: str) -> tuple[dict[str, Any], str]:
    where = f"{named_by}: extends: " if named_by else ""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ConfigError(f"{where}{path}: cannot read the profile: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{where}{path}: not UTF-8: {error.reason}") from error
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where}{path}: not TOML: {error}") from error


def _layer(path: Path, table: Mapping[str, Any], text: str) -> tuple[_Layer, str]:
    def wrong(key: str, why: str) -> ConfigError:
        return ConfigError(f"{path}:{_line(text, key)}: {key}: {why}")

    def strings(key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise wrong(key, 'must be a list of texts, such as ["a.ttl"]')
        return tuple(value)

    def string(key: str) -> str | None:
        value = table.get(key)
        if value is not None and (not isinstance(value, str) or not value):
            raise wrong(key, "must be a text")
        return value

    for key in table:
        if key not in KEYS:
            raise wrong(key, f"unknown key{_nearest(key, KEYS)}; known: {', '.join(KEYS)}")
    identifier = string("id")
    if not identifier:
        raise ConfigError(f"{path}: id is missing: give the profile a name")
    portal_rules = table.get("portal_rules")
    if portal_rules is not None and not isinstance(portal_rules, bool):
        raise wrong("portal_rules", "must be true or false")

    def files(key: str) -> tuple[Path, ...]:
        found: list[Path] = []
        for name in strings(key):
            target = path.parent / name
            if target.is_dir():
                inside = sorted(file for file in target.iterdir() if file.suffix in SUFFIXES)
                if not inside:
                    raise wrong(key, f"{name}: the folder has no RDF file ({' '.join(SUFFIXES)})")
                found.extend(inside)
            elif target.is_file():
                if target.suffix not in SUFFIXES:
                    raise wrong(key, f"{name}: name a file that ends in {' '.join(SUFFIXES)}")
                found.append(target)
            else:
                beside = [p.name for p in target.parent.glob("*")] if target.parent.is_dir() else []
                raise wrong(key, f"{name}: no such file or folder{_nearest(target.name, beside)}")
        return tuple(found)

    layer = _Layer(
        path=path,
        id=identifier,
        title=_title(table.get("title"), wrong),
        version=string("version"),
        shapes=files("shapes"),
        vocabularies=files("vocabularies"),
        portal_rules=portal_rules,
        normalise=strings("normalise"),
        severities=tuple(_severities(table.get("severity", {}), wrong)),
    )
    return layer, string("extends") or ""


def _title(value: Any, wrong: Any) -> Text | None:
    if value is None:
        return None
    if isinstance(value, str):
        return Text(sv=value, en=value)
    if isinstance(value, dict) and value.keys() == {"sv", "en"}:
        return Text(sv=str(value["sv"]), en=str(value["en"]))
    raise wrong("title", 'must be { sv = "...", en = "..." }')


def _severities(value: Any, wrong: Any) -> Iterator[tuple[str, Severity | None]]:
    if not isinstance(value, dict):
        raise wrong("severity", 'must be a table of codes, such as DS014 = "error"')
    levels = [*map(str, Severity), _OFF]
    for code, level in value.items():
        if not re.fullmatch(r"[A-Z]{2}[0-9]{3}", code):
            raise wrong(code, "not a code: two capital letters and three digits, such as DS014")
        if level not in levels:
            raise wrong(
                code,
                f"{level!r} is no severity{_nearest(str(level), levels)}; use {', '.join(levels)}",
            )
        yield code, None if level == _OFF else Severity(level)


def _nearest(name: str, known: Iterable[str]) -> str:
    match = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" (did you mean {match[0]!r}?)" if match else ""


def _line(text: str, key: str) -> int:
    """The line of a key, counted from 1; 1 when it is written in a way that hides it."""
    pattern = re.compile(rf"""\s*(?:\[\s*)?["']?{re.escape(key)}["']?\s*(?:[=.\]]|$)""")
    for number, line in enumerate(text.splitlines(), 1):
        if pattern.match(line):
            return number
    return 1


def _unique(paths: Iterable[Path]) -> tuple[Path, ...]:
    return tuple({path.resolve(): path for path in paths}.values())


def _bytes(paths: tuple[Path, ...]) -> tuple[tuple[Path, bytes], ...]:
    try:
        return tuple((path, path.read_bytes()) for path in paths)
    except OSError as error:
        raise ConfigError(f"{error.filename}: cannot read: {error.strerror}") from error


@lru_cache(maxsize=16)
def _assemble(
    layers: tuple[_Layer, ...],
    shapes: tuple[tuple[Path, bytes], ...],
    vocabularies: tuple[tuple[Path, bytes], ...],
) -> Profile:
    last = layers[-1]
    severities = {code: level for layer in layers for code, level in layer.severities}
    portal_rules = next(
        (layer.portal_rules for layer in reversed(layers) if layer.portal_rules is not None), False
    )
    digest = hashlib.sha256(__version__.encode())
    for mark, files in ((b"s", shapes), (b"v", vocabularies)):
        for _, body in files:
            digest.update(mark + hashlib.sha256(body).digest())
    digest.update(repr((sorted(severities.items()), portal_rules)).encode())
    profile = Profile(
        id=last.id,
        title=next((layer.title for layer in reversed(layers) if layer.title), None)
        or Text(sv=last.id, en=last.id),
        version=next((layer.version for layer in reversed(layers) if layer.version), ""),
        path=last.path,
        shapes=_graph(shapes),
        vocabulary=_graph(vocabularies),
        severities=MappingProxyType(severities),
        portal_rules=portal_rules,
        normalise=tuple(dict.fromkeys(name for layer in layers for name in layer.normalise)),
        digest=digest.hexdigest(),
    )
    _check_codes(layers, profile)
    return profile


def _check_codes(layers: tuple[_Layer, ...], profile: Profile) -> None:
    """Refuse a severity for a rule that the profile does not have: it would change nothing."""
    if not profile.severities:
        return
    known = rule_book(profile)
    for layer in layers:
        for code, _ in layer.severities:
            if code not in known:
                line = _line(layer.path.read_text("utf-8"), code)
                raise ConfigError(
                    f"{layer.path}:{line}: {code}: no rule of this profile has that code"
                    f"{_nearest(code, known)}; `harvester explain --all` lists them"
                )


def _graph(files: tuple[tuple[Path, bytes], ...]) -> Graph:
    """Parse files into one graph; blank nodes get labels that are the same in every process."""
    import pyoxigraph as ox

    from harvester.rdf.collect import collect

    graph = Graph()
    new_blank = map("_:s{}".format, count()).__next__
    for path, body in files:
        syntax = ox.RdfFormat.from_extension(path.suffix.replace(".owl", ".rdf")[1:])
        base = path.resolve().as_uri()
        try:
            with bulk_loading():
                quads = ox.parse(body, format=syntax, base_iri=base)
                page = collect(quads, new_blank, _UNLIMITED, named=False)
        except (SyntaxError, ValueError) as error:
            raise ConfigError(f"{path}: not RDF that can be read: {error}") from error
        if page.nested:
            raise ConfigError(f"{path}: RDF 1.2 triple terms cannot be used in shapes")
        graph.absorb(page.graph)
    return graph
