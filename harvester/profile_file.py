"""One TOML file of a profile, checked key by key; ``profile.py`` puts a chain of them together."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from harvester.errors import ConfigError, reason_of
from harvester.model import Severity
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


@dataclass(frozen=True, slots=True)
class Layer:
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


def read_toml(path: Path, named_by: str) -> tuple[dict[str, Any], str]:
    """Read a file, as a table and as text; ``named_by`` is the place that names it, if any.

    Raises ``ConfigError``.
    """
    where = f"{named_by}: extends: " if named_by else ""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ConfigError(
            f"{where}{path}: "
            + Text("profilen kan inte läsas: ", "cannot read the profile: ")
            + reason_of(error)
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{where}{path}: "
            + Text("inte UTF-8; spara filen som UTF-8", "not UTF-8; save the file as UTF-8")
        ) from error
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{where}{path}: " + Text("inte TOML", "not TOML") + f": {error}"
        ) from error


def read_layer(path: Path, table: Mapping[str, Any], text: str) -> tuple[Layer, str]:
    """Check what a file says, and give it with the name that it extends. Raises ``ConfigError``."""

    def wrong(key: str, why: Text) -> ConfigError:
        return ConfigError(f"{path}:{line_of_key(text, key)}: {key}: " + why)

    def strings(key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise wrong(
                key,
                Text(
                    'ska vara en lista med texter, t.ex. ["a.ttl"]',
                    'must be a list of texts, such as ["a.ttl"]',
                ),
            )
        return tuple(value)

    def string(key: str) -> str | None:
        value = table.get(key)
        if value is not None and (not isinstance(value, str) or not value):
            raise wrong(key, Text("ska vara en text", "must be a text"))
        return value

    for key in table:
        if key not in KEYS:
            listed = ", ".join(KEYS)
            raise wrong(
                key,
                Text("okänd nyckel", "unknown key")
                + near(key, KEYS)
                + Text(f"; här finns: {listed}", f"; known: {listed}"),
            )
    identifier = string("id")
    if not identifier:
        raise ConfigError(
            f"{path}: "
            + Text("id saknas; ge profilen ett namn", "id is missing: give the profile a name")
        )
    portal_rules = table.get("portal_rules")
    if portal_rules is not None and not isinstance(portal_rules, bool):
        raise wrong("portal_rules", Text("ska vara true eller false", "must be true or false"))

    def files(key: str) -> tuple[Path, ...]:
        found: list[Path] = []
        for name in strings(key):
            target = path.parent / name
            if target.is_dir():
                inside = sorted(file for file in target.iterdir() if file.suffix in SUFFIXES)
                if not inside:
                    why = Text("mappen har ingen RDF-fil", "the folder has no RDF file")
                    raise wrong(key, f"{name}: " + why + f" ({' '.join(SUFFIXES)})")
                found.extend(inside)
            elif target.is_file():
                if target.suffix not in SUFFIXES:
                    why = Text("ange en fil som slutar på ", "name a file that ends in ")
                    raise wrong(key, f"{name}: " + why + " ".join(SUFFIXES))
                found.append(target)
            else:
                beside = [p.name for p in target.parent.glob("*")] if target.parent.is_dir() else []
                why = Text("filen eller mappen finns inte", "no such file or folder")
                raise wrong(key, f"{name}: " + why + near(target.name, beside))
        return tuple(found)

    layer = Layer(
        path=path,
        id=identifier,
        title=_title(table.get("title"), wrong),
        version=string("version"),
        shapes=files("shapes"),
        vocabularies=files("vocabularies"),
        portal_rules=portal_rules,
        normalise=_steps(strings("normalise"), wrong),
        severities=tuple(_severities(table.get("severity", {}), wrong)),
    )
    return layer, string("extends") or ""


def _steps(names: tuple[str, ...], wrong: Any) -> tuple[str, ...]:
    if names:
        from harvester.normalize import select_steps

        try:
            select_steps(names)
        except ConfigError as error:
            raise wrong("normalise", error.text) from error
    return names


def _title(value: Any, wrong: Any) -> Text | None:
    if value is None:
        return None
    if isinstance(value, str):
        return Text(sv=value, en=value)
    if isinstance(value, dict) and value.keys() == {"sv", "en"}:
        return Text(sv=str(value["sv"]), en=str(value["en"]))
    raise wrong("title", Text("ska vara", "must be") + ' { sv = "...", en = "..." }')


def _severities(value: Any, wrong: Any) -> Iterator[tuple[str, Severity | None]]:
    if not isinstance(value, dict):
        raise wrong(
            "severity",
            Text(
                'ska vara en tabell med koder, t.ex. DS014 = "error"',
                'must be a table of codes, such as DS014 = "error"',
            ),
        )
    levels = [*map(str, Severity), _OFF]
    for code, level in value.items():
        if not re.fullmatch(r"[A-Z]{2}[0-9]{3}", code):
            raise wrong(
                code,
                Text(
                    "är ingen kod: två versaler och tre siffror, t.ex. DS014",
                    "not a code: two capital letters and three digits, such as DS014",
                ),
            )
        if level not in levels:
            raise wrong(
                code,
                Text(f'"{level}" är ingen allvarsgrad', f'"{level}" is no severity')
                + near(str(level), levels)
                + Text("; använd ", "; use ")
                + ", ".join(levels),
            )
        yield code, None if level == _OFF else Severity(level)


def near(name: str, known: Iterable[str]) -> Text:
    """Return `` (did you mean "x"?)`` for the closest known name, else nothing."""
    match = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    if not match:
        return Text("", "")
    return Text(f' (menade du "{match[0]}"?)', f' (did you mean "{match[0]}"?)')


def line_of_key(text: str, key: str) -> int:
    """The line of a key, counted from 1; 1 when it is written in a way that hides it."""
    pattern = re.compile(rf"""\s*(?:\[\s*)?["']?{re.escape(key)}["']?\s*(?:[=.\]]|$)""")
    for number, line in enumerate(text.splitlines(), 1):
        if pattern.match(line):
            return number
    return 1
