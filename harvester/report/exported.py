"""What an export says and what it leaves out, with the reason and the counts."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from harvester.model import Exported
from harvester.report.terminal import visible
from harvester.report.texts import say
from harvester.words import Text

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
    return [
        say(
            "export.left_out",
            lang,
            reason=REASONS[reason].in_language(lang),
            triples=triples,
            resources=resources,
        )
        for reason, (resources, triples) in _by_reason(exported).items()
    ]


def exported_json(exported: Exported) -> dict[str, Any]:
    """One export as an object; ``left_out`` counts resources and triples by reason."""
    return {
        "target": exported.target,
        "path": str(exported.path),
        "triples": exported.triples,
        "sha256": exported.sha256,
        "left_out": {
            reason: {"resources": resources, "triples": triples}
            for reason, (resources, triples) in _by_reason(exported).items()
        },
    }


def _by_reason(exported: Exported) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for one in exported.left_out:
        resources, triples = found.get(one.reason, (0, 0))
        found[one.reason] = (resources + 1, triples + one.triples)
    return dict(sorted(found.items()))


def tables_exported(
    folder: Path, counts: Mapping[str, int], lang: str
) -> tuple[list[str], dict[str, Any]]:
    """What was written as tables: for people, and for programs."""
    lines = [say("export.tables", lang, path=visible(str(folder)))]
    lines += [say("export.rows", lang, file=name, count=counts[name]) for name in counts]
    return lines, {"folder": str(folder), "rows": dict(counts)}
