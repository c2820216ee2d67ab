"""Which language a person reads: by option, environment, configuration, locale, in that order."""

from collections.abc import Mapping, Sequence
from typing import Final

LANGUAGES: Final = ("sv", "en")


def from_locale(environ: Mapping[str, str]) -> str:
    """``sv`` or ``en`` by LC_ALL, LC_MESSAGES or LANG, the first that is set (POSIX, 8.2)."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return "sv" if value.replace("_", ".").split(".")[0].lower() == "sv" else "en"
    return "en"


def asked_for(arguments: Sequence[str], environ: Mapping[str, str]) -> str | None:
    """The language that the arguments or ``HARVESTER_LANG`` ask for, before they are parsed."""
    for position, argument in enumerate(arguments):
        value = (
            arguments[position + 1]
            if argument == "--lang" and position + 1 < len(arguments)
            else argument.removeprefix("--lang=")
            if argument.startswith("--lang=")
            else None
        )
        if value in LANGUAGES:
            return value
    value = environ.get("HARVESTER_LANG")
    return value if value in LANGUAGES else None
