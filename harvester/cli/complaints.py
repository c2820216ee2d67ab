"""What Typer says of a command line, in the user's language and without its own jargon.

Typer raises English sentences and keeps the classes of its errors to itself, so that the sentences
are all there is to go by; one that is not known here is shown as it is.
"""

import re
from typing import Final

from harvester.words import Text

_SENTENCES: Final = tuple(
    (re.compile(pattern, re.DOTALL), text)
    for pattern, text in (
        (
            r"Missing argument '(?P<name>[^']+)'\.?",
            Text("{name} saknas", "{name} is missing"),
        ),
        (r"Missing option '(?P<name>[^']+)'.*", Text("{name} saknas", "{name} is missing")),
        (
            r"Missing command\.?",
            Text("ange vad som ska göras; --help visar", "say what to do; --help shows what"),
        ),
        (
            r"No such option: (?P<name>\S+) \(Possible options: (?P<near>.*)\)",
            Text(
                "flaggan {name} finns inte; menade du {near}?",
                "no option {name}; did you mean {near}?",
            ),
        ),
        (
            r"No such option: (?P<name>.*)",
            Text(
                "flaggan {name} finns inte; --help visar alla", "no option {name}; --help lists all"
            ),
        ),
        (
            r"No such command '(?P<name>.*)'\. Did you mean (?P<near>.*)\?",
            Text(
                "kommandot {name} finns inte; menade du {near}?",
                "no command {name}; did you mean {near}?",
            ),
        ),
        (
            r"No such command '(?P<name>.*)'\.",
            Text(
                "kommandot {name} finns inte; --help visar alla",
                "no command {name}; --help lists all",
            ),
        ),
        (
            r"Got unexpected extra argument(?:\(s\)|s)? \((?P<name>.*)\)",
            Text("{name} är för mycket", "{name} is too much"),
        ),
        (
            r"Option '(?P<name>[^']+)' requires an argument\.",
            Text("{name} behöver ett värde", "{name} needs a value"),
        ),
        (
            r"Option '(?P<name>[^']+)' does not take a value\.",
            Text("{name} tar inget värde", "{name} takes no value"),
        ),
        (
            r"Invalid value for '(?P<name>[^']+)': Value error, '(?P<value>.*)' is not one of "
            r"(?P<known>.*)\.",
            Text(
                '{name}: "{value}" är inte en av {known}', '{name}: "{value}" is not one of {known}'
            ),
        ),
        (
            r"Invalid value for '(?P<name>[^']+)': Input should be a valid integer.*",
            Text("{name} ska vara ett heltal", "{name} must be a whole number"),
        ),
        (
            r"Invalid value for '(?P<name>[^']+)': Input should be greater than or equal to "
            r"(?P<least>\d+)",
            Text("{name} ska vara minst {least}", "{name} must be at least {least}"),
        ),
        (
            r"Invalid value for '(?P<name>[^']+)': Input should be less than or equal to "
            r"(?P<most>\d+)",
            Text("{name} får vara högst {most}", "{name} may be at most {most}"),
        ),
        (
            r"Invalid value for '(?P<name>[^']+)': (?P<why>.*)",
            Text("{name} har ett fel värde: {why}", "{name} has a wrong value: {why}"),
        ),
    )
)
ABORTED: Final = Text("avbrutet", "aborted")
_QUOTED: Final = re.compile(r"'([^']*)'")


def in_our_words(sentence: str) -> Text:
    """A sentence of Typer's in Swedish and English."""
    for pattern, text in _SENTENCES:
        found = pattern.fullmatch(sentence)
        if found is not None:
            parts = found.groupdict()
            parts |= {
                key: _QUOTED.sub(r"\1", parts[key]) for key in ("near", "known") & parts.keys()
            }
            return Text(text.sv.format(**parts), text.en.format(**parts))
    return Text.same(sentence)
