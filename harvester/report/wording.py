"""Sentences that several reports of a validation share."""

from harvester.model import Severity
from harvester.namespaces import DCAT
from harvester.report.ranking import Group
from harvester.report.texts import say
from harvester.report.validation import Input, View
from harvester.report.validation_texts import THINGS


def verdict_of(view: View) -> str:
    """The portal's view, in one sentence."""
    from harvester.rules.verdict import Verdict, verdict_text

    return verdict_text(Verdict(view.result.verdict)).in_language(view.lang)


def counts_of(view: View) -> str:
    """How many errors, warnings and tips there are, whatever is shown."""
    counts = [(severity, view.result.count(severity)) for severity in Severity]
    return ", ".join(
        f"{count} {severity_word(severity, count, view.lang)}" for severity, count in counts
    )


def severity_word(severity: Severity, count: int, lang: str) -> str:
    """``error`` for one, ``errors`` for any other number."""
    return say(f"severity.{severity}" if count == 1 else f"severities.{severity}", lang)


def where_of(group: Group, lang: str) -> str:
    """``312 of 540 datasets``, how often if more than once each, and the datasets concerned."""
    things = THINGS.get(group.cls)
    if things is not None and group.population:
        where = say(
            "validate.of",
            lang,
            count=group.focuses,
            total=group.population,
            things=things.in_language(lang),
        )
    elif group.focuses == 1:
        where = say("validate.place", lang)
    else:
        where = say("validate.places", lang, count=group.focuses)
    if len(group.findings) > group.focuses:
        where = say("validate.times", lang, count=len(group.findings), where=where)
    if group.datasets and group.cls != DCAT + "Dataset":
        where += ", " + say(
            "validate.dataset" if group.datasets == 1 else "validate.datasets",
            lang,
            count=group.datasets,
        )
    return where


def input_of(entry: Input, lang: str) -> str:
    """What an input is and how much there is in it."""
    text = say(
        "validate.input",
        lang,
        input=entry.name,
        format=entry.syntax,
        triples=entry.triples,
        datasets=_number("dataset", entry.datasets, lang),
        distributions=_number("distribution", entry.distributions, lang),
    )
    return f"{text} ({say('validate.repaired', lang)})" if entry.repaired else text


def _number(thing: str, count: int, lang: str) -> str:
    return f"{count} {say(f'thing.{thing}' if count == 1 else f'things.{thing}', lang)}"


def hidden_line(view: View) -> str:
    """How many findings ``--max-findings`` leaves out."""
    return say("validate.hidden", view.lang, count=view.hidden)
