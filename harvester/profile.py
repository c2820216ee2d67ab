"""Read an application profile: a TOML file, the shapes and the vocabularies it names.

Profiles that ship with the program have names; everyone's own is a path. The file's form is
described in docs/profiles.md.
"""

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Final

from harvester import __version__
from harvester.errors import ConfigError, reason_of
from harvester.profile_file import Layer, line_of_key, near, read_layer, read_toml
from harvester.rdf.graph import Graph, bulk_loading
from harvester.rdf.limits import Limits
from harvester.rules.book import rule_book
from harvester.rules.profile import Profile
from harvester.words import Text

_UNLIMITED: Final = Limits(literal=sys.maxsize, blank_nodes=sys.maxsize)
_HERE: Final = Path(__file__).parent


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
            listed = ", ".join(shown)
            raise ConfigError(
                Text(f'ingen profil heter "{name}"', f'no profile is called "{name}"')
                + near(name, shown)
                + Text(
                    f"; en egen profil anges som en sökväg till sin TOML-fil. Här finns: {listed}",
                    f"; a profile of your own is given as a path to its TOML file. Known: {listed}",
                )
            )
        name = max(versions, key=_version)
    return _folder("profiles") / f"{name}.toml"


def _version(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"[0-9]+", name.rpartition("-")[2]))


def _layers(path: Path) -> Iterator[Layer]:
    """The chain of ``extends``, the most general profile first."""
    chain: list[Layer] = []
    seen: list[Path] = []
    place = ""
    current: Path | None = path
    while current is not None:
        resolved = current.resolve()
        if resolved in seen:
            names = " -> ".join(str(step) for step in [*seen, resolved])
            raise ConfigError(
                Text(
                    f"{place}: extends går runt i en ring: {names}",
                    f"{place}: extends goes round in a circle: {names}",
                )
            )
        seen.append(resolved)
        table, text = read_toml(current, place)
        layer, parent = read_layer(current, table, text)
        chain.append(layer)
        place = f"{current}:{line_of_key(text, 'extends')}"
        try:
            current = _find(parent, current.parent) if parent else None
        except ConfigError as error:
            raise ConfigError(f"{place}: extends: " + error.text) from error
    return reversed(chain)


def _unique(paths: Iterable[Path]) -> tuple[Path, ...]:
    return tuple({path.resolve(): path for path in paths}.values())


def _bytes(paths: tuple[Path, ...]) -> tuple[tuple[Path, bytes], ...]:
    try:
        return tuple((path, path.read_bytes()) for path in paths)
    except OSError as error:
        raise ConfigError(
            f"{error.filename}: " + Text("kan inte läsas: ", "cannot read: ") + reason_of(error)
        ) from error


@lru_cache(maxsize=16)
def _assemble(
    layers: tuple[Layer, ...],
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


def _check_codes(layers: tuple[Layer, ...], profile: Profile) -> None:
    """Refuse a severity for a rule that the profile does not have: it would change nothing."""
    if not profile.severities:
        return
    known = rule_book(profile)
    for layer in layers:
        for code, _ in layer.severities:
            if code not in known:
                line = line_of_key(layer.path.read_text("utf-8"), code)
                raise ConfigError(
                    f"{layer.path}:{line}: {code}: "
                    + Text(
                        "ingen regel i profilen har den koden",
                        "no rule of this profile has that code",
                    )
                    + near(code, known)
                    + Text(
                        "; `harvester explain --all` visar alla",
                        "; `harvester explain --all` lists them",
                    )
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
            raise ConfigError(
                f"{path}: "
                + Text("inte RDF som går att läsa", "not RDF that can be read")
                + f": {error}"
            ) from error
        if page.nested:
            raise ConfigError(
                f"{path}: "
                + Text(
                    "tripplar som termer (RDF 1.2) kan inte användas i shapes",
                    "RDF 1.2 triple terms cannot be used in shapes",
                )
            )
        graph.absorb(page.graph)
    return graph
