"""What an export says and what it leaves out, with the reason and the counts."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from harvester.model import Exported, LeftOut
from harvester.report.terminal import visible
from harvester.report.texts import say
from harvester.words import Text

if TYPE_CHECKING:
    from harvester.export.feed import Fed
    from harvester.publishing import Published

REASONS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "invalid": Text(
            "datamängder med fel, som källan inte publicerar",
            "datasets with errors, which the source does not publish",
        ),
        "national-catalog": Text(
            "en källas beskrivning av den nationella katalogen",
            "a source's description of the national catalog",
        ),
        "sub-catalog": Text(
            "delkataloger, vars datamängder har flyttats till huvudkatalogen",
            "sub-catalogs, whose datasets have moved to the main catalog",
        ),
        "lists-duplicate": Text(
            "katalogers hänvisningar till dubbletter", "catalogs' links to duplicates"
        ),
        "lists-invalid": Text(
            "katalogers hänvisningar till datamängder som inte publiceras",
            "catalogs' links to datasets that are not published",
        ),
        "lists-other-source": Text(
            "katalogers hänvisningar till det som bara en annan källa beskriver",
            "catalogs' links to what only another source describes",
        ),
        "lists-left-out": Text(
            "katalogers hänvisningar till det som inte är valt",
            "catalogs' links to what is not chosen",
        ),
        "not-public": Text("inte öppna datamängder", "datasets that are not public"),
        "other-sector": Text("källor i en annan sektor", "sources of another sector"),
        "other-publisher": Text("andra utgivares datamängder", "other publishers' datasets"),
        "other-theme": Text("datamängder med andra teman", "datasets of other themes"),
        "not-high-value": Text(
            "datamängder som inte är värdefulla enligt EU:s förordning",
            "datasets that are not high-value ones",
        ),
        "only-left-out": Text(
            "det som bara utelämnade datamängder nämner",
            "what only left out datasets name",
        ),
        "empty-catalog": Text(
            "kataloger vars alla datamängder är utelämnade",
            "catalogs all of whose datasets are left out",
        ),
        "own-terms": Text(
            "redigeringsprogrammets egna egenskaper", "properties of the editor's own"
        ),
        "one-value": Text(
            "fler värden än det enda som Europa tar emot",
            "further values where Europe takes one",
        ),
        "unusable": Text(
            "texter där Europa vill ha en länk eller ett tal",
            "texts where Europe wants a link or a number",
        ),
        "vocabulary": Text(
            "en källas egna ord om termer i EU:s vokabulärer",
            "a source's own words about terms of EU vocabularies",
        ),
        "bad-iri": Text("ogiltiga IRI:er", "invalid IRIs"),
        "bad-language": Text("ogiltiga språktaggar", "invalid language tags"),
        "no-language": Text("språktexter utan språktagg", "language strings without a tag"),
        "surrogate": Text("halva tecken, ersatta", "half characters, replaced"),
        "repeated": Text("upprepningar", "repeats"),
        "control-character": Text(
            "styrtecken som XML inte kan bära, ersatta",
            "control characters that XML cannot carry, replaced",
        ),
        "predicate-not-xml": Text(
            "egenskaper vars namn XML inte kan skriva",
            "properties whose names XML cannot write",
        ),
        "direction": Text(
            "skrivriktningar som RDF/XML inte kan bära",
            "text directions that RDF/XML cannot carry",
        ),
    }
)

RESTATED: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "licence": Text("licenser enligt EU:s lista", "licences by the EU list"),
        "format": Text("format enligt målets listor", "formats by the target's lists"),
        "term": Text("begrepp enligt EU:s listor", "concepts by the EU lists"),
        "text-as-iri": Text("adresser som stod som text", "addresses that were texts"),
        "text-as-thing": Text(
            "texter som beskrivningar av det de nämner",
            "texts as descriptions of what they name",
        ),
        "text-as-keyword": Text("teman som nyckelord", "themes as keywords"),
        "iri-as-text": Text("adresser som text", "addresses as texts"),
        "name": Text(
            "namn som stod i en annan vokabulärs egenskap",
            "names by a property of another vocabulary",
        ),
        "datatype": Text("målets datatyper", "the target's datatypes"),
    }
)
"""What a target only says in other words."""


def left_out_lines(exported: Exported, lang: str) -> list[str]:
    """One line for each reason why something is not in the file, or is said otherwise."""
    return _reasons(exported.left_out, lang)


def _reasons(left_out: Iterable[LeftOut], lang: str) -> list[str]:
    return [
        say(
            "export.left_out" if reason in REASONS else "export.restated",
            lang,
            reason=(REASONS.get(reason) or RESTATED[reason]).in_language(lang),
            triples=triples,
            resources=resources,
        )
        for reason, (resources, triples) in _by_reason(left_out).items()
    ]


def published_lines(done: "Published", lang: str) -> list[str]:
    """What ``harvester export`` says: one line for each form, and what is left out of it."""
    lines: list[str] = []
    if done.file is not None:
        file = done.file
        values = {"path": file.path, "triples": file.triples, "sha256": file.sha256}
        if file.unchanged:
            lines.append(say("export.unchanged", lang, **values))
        else:
            lines += [say("export.done", lang, **values), *left_out_lines(file, lang)]
    if done.pages is not None:
        pages = done.pages
        lines.append(
            say("export.pages", lang, path=pages.first, pages=pages.pages, items=pages.items)
        )
        lines += _reasons(pages.left_out, lang)
    if done.feed is not None:
        feed = done.feed
        lines.append(say("export.feed", lang, path=feed.index, **_added(feed)))
        lines += _reasons(feed.left_out, lang)
    return lines


def published_json(done: "Published") -> dict[str, Any]:
    """What ``harvester export --json`` says: the file's fields, ``pages`` and ``feed``."""
    found = {} if done.file is None else exported_json(done.file)
    if done.pages is not None:
        found["pages"] = {
            "path": str(done.pages.first),
            "pages": done.pages.pages,
            "items": done.pages.items,
        }
    if done.feed is not None:
        found["feed"] = {
            "path": str(done.feed.index),
            "fragments": done.feed.fragments,
            **_added(done.feed),
        }
    return found


def exported_json(exported: Exported) -> dict[str, Any]:
    """One export as an object; ``left_out`` and ``restated`` count resources and triples.

    It has neither when nothing was written because nothing has changed.
    """
    found: dict[str, Any] = {
        "target": exported.target,
        "path": str(exported.path),
        "triples": exported.triples,
        "sha256": exported.sha256,
        "unchanged": exported.unchanged,
    }
    if not exported.unchanged:
        counts = {
            reason: {"resources": resources, "triples": triples}
            for reason, (resources, triples) in _by_reason(exported.left_out).items()
        }
        found["left_out"] = {reason: n for reason, n in counts.items() if reason in REASONS}
        found["restated"] = {reason: n for reason, n in counts.items() if reason in RESTATED}
    return found


def _added(feed: "Fed") -> dict[str, int]:
    return {verb.lower(): feed.added.get(verb, 0) for verb in ("Create", "Update", "Delete")}


def _by_reason(left_out: Iterable[LeftOut]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for one in left_out:
        resources, triples = found.get(one.reason, (0, 0))
        found[one.reason] = (resources + one.resources, triples + one.triples)
    return dict(sorted(found.items(), key=lambda item: (item[0] in RESTATED, item[0])))


def tables_exported(
    folder: Path, counts: Mapping[str, int], lang: str
) -> tuple[list[str], dict[str, Any]]:
    """What was written as tables: for people, and for programs."""
    lines = [say("export.tables", lang, path=visible(str(folder)))]
    lines += [say("export.rows", lang, file=name, count=counts[name]) for name in counts]
    return lines, {"folder": str(folder), "rows": dict(counts)}
