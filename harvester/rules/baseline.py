"""The findings that a project knows of already, as a text file that reads and diffs well."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from harvester.errors import ConfigError
from harvester.model import Finding
from harvester.namespaces import shorten
from harvester.rules.fingerprint import fingerprints
from harvester.rules.identity import Mark
from harvester.words import Text

SCHEMA: Final = "harvester/baseline/1"
_ABOUT: Final = (
    "Findings that were there when this was written: validate --baseline does not count them."
    " Write it anew with validate --write-baseline."
)
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{32}")
_HINT_LENGTH: Final = 160


@dataclass(frozen=True, slots=True)
class Baseline:
    """Known findings: by fingerprint the code; ``name`` is the file's, for messages."""

    name: str
    codes: Mapping[str, str]


def write_baseline(findings: Sequence[Finding], found: Sequence[Mark], profile: str) -> str:
    """Return the file's text: sorted, one finding a line, the same for the same findings."""
    rules: dict[str, dict[str, str]] = {}
    titles: dict[str, str] = {}
    for finding, mark, name in zip(findings, found, fingerprints(found), strict=True):
        rules.setdefault(finding.code, {})[name] = _hint(mark)
        title = finding.message.en
        titles[finding.code] = min(titles.get(finding.code, title), title)
    document = {
        "schema": SCHEMA,
        "about": _ABOUT,
        "profile": profile,
        "count": len(findings),
        "rules": [
            {
                "code": code,
                "title": titles[code],
                "count": len(known),
                "known": dict(sorted(known.items(), key=lambda one: (one[1], one[0]))),
            }
            for code, known in sorted(rules.items())
        ],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def read_baseline(text: str, name: str) -> Baseline:
    """Read what :func:`write_baseline` wrote; titles, counts and hints are for people only.

    Raises ``ConfigError`` that says what to do, when the text is something else.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise ConfigError(
            f"{name}:{line}: "
            + Text("inte JSON, så ingen baslinje", "not JSON, so no baseline")
            + _REMEDY
        ) from error
    schema = document.get("schema") if isinstance(document, dict) else None
    if schema != SCHEMA:
        version = re.fullmatch(r"harvester/baseline/(\d+)", schema or "") if _is(schema) else None
        if version is None:
            raise ConfigError(f"{name}: " + Text("ingen baslinje", "not a baseline") + _REMEDY)
        raise ConfigError(
            Text(
                f"{name}: en baslinje av version {version[1]}, men programmet läser version 1; "
                "använd programmet som skrev den, eller skriv den på nytt med --write-baseline",
                f"{name}: a baseline of version {version[1]}, this program reads version 1; "
                "use the program that wrote it, or write it anew with --write-baseline",
            )
        )
    try:
        codes = {
            fingerprint: rule["code"] for rule in document["rules"] for fingerprint in rule["known"]
        }
    except (KeyError, TypeError) as error:
        raise ConfigError(
            f"{name}: " + Text("en skadad baslinje", "a damaged baseline") + _REMEDY
        ) from error
    if not all(_FINGERPRINT.fullmatch(one) and _is(code) for one, code in codes.items()):
        raise ConfigError(
            f"{name}: "
            + Text(
                "en skadad baslinje, ett fingeravtryck är fel",
                "a damaged baseline: a fingerprint is wrong",
            )
            + _REMEDY
        )
    return Baseline(name, codes)


_REMEDY: Final = Text(
    "; skriv en med validate --write-baseline", "; write one with validate --write-baseline"
)


def _is(value: Any) -> bool:
    return isinstance(value, str)


def _hint(mark: Mark) -> str:
    text = " ".join(part for part in (mark.focus, shorten(mark.path), mark.value) if part)
    return text if len(text) <= _HINT_LENGTH else text[: _HINT_LENGTH - 1] + "…"
