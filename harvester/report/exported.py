"""What an export says and what it leaves out, with the reason and the counts."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from harvester.model import Exported, LeftOut
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


def left_out_lines(exported: Exported, lang: str) -> list[str]:
    """One line for each reason why something is not in the file."""
    return _reasons(exported.left_out, lang)


def _reasons(left_out: Iterable[LeftOut], lang: str) -> list[str]:
    return [
        say(
            "export.left_out",
            lang,
            reason=REASONS[reason].in_language(lang),
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
        key = "export.unchanged" if file.unchanged else "export.done"
        values = {"path": file.path, "triples": file.triples, "sha256": file.sha256}
        lines += [say(key, lang, **values), *left_out_lines(file, lang)]
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
    """One export as an object; ``left_out`` counts resources and triples by reason.

    It has no ``left_out`` when nothing was written because nothing has changed.
    """
    found: dict[str, Any] = {
        "target": exported.target,
        "path": str(exported.path),
        "triples": exported.triples,
        "sha256": exported.sha256,
        "unchanged": exported.unchanged,
    }
    if not exported.unchanged:
        found["left_out"] = {
            reason: {"resources": resources, "triples": triples}
            for reason, (resources, triples) in _by_reason(exported.left_out).items()
        }
    return found


def _added(feed: "Fed") -> dict[str, int]:
    return {verb.lower(): feed.added.get(verb, 0) for verb in ("Create", "Update", "Delete")}


def _by_reason(left_out: Iterable[LeftOut]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for one in left_out:
        resources, triples = found.get(one.reason, (0, 0))
        found[one.reason] = (resources + 1, triples + one.triples)
    return dict(sorted(found.items()))
