"""The configured sources, and what checking them found."""

from collections.abc import Sequence
from typing import Any

from harvester.fetch.urls import clean_url
from harvester.model import Kind, Settings, Severity, SourceResult
from harvester.report.terminal import Column, table
from harvester.report.texts import say


def sources_table(settings: Settings, lang: str, width: int) -> list[str]:
    """One row per configured source."""
    if not settings.sources:
        return [say("sources.empty", lang, path=settings.path)]
    columns = [
        Column(say("column.source", lang), narrowest=8),
        Column(say("column.type", lang)),
        Column(say("column.title", lang), narrowest=8),
        Column(say("column.address", lang), narrowest=16),
    ]
    rows = [[one.id, one.type, one.title, clean_url(one.url)] for one in settings.sources]
    return table(columns, rows, width)


def sources_json(settings: Settings) -> dict[str, Any]:
    """Everything but the secrets; of headers only the names."""
    return {
        "sources": [
            {
                "id": source.id,
                "title": source.title,
                "type": source.type,
                "url": clean_url(source.url),
                "priority": source.priority,
                "sector": source.sector,
                "aggregator": source.aggregator,
                "profile": source.profile or settings.profile,
                "publish": source.publish or settings.publish,
                "allow_private": list(source.allow_private),
                "max_removed": source.max_removed,
            }
            for source in settings.sources
        ]
    }


def check_table(results: Sequence[SourceResult], lang: str, width: int) -> list[str]:
    """One row per source: outcome, documents, datasets, findings by severity, seconds."""
    columns = [
        Column(say("column.source", lang), narrowest=8),
        Column(say("column.outcome", lang)),
        *(
            Column(say(f"column.{name}", lang), numeric=True)
            for name in ("documents", "datasets", "errors", "warnings", "tips", "seconds")
        ),
    ]
    return table(columns, [_row(result, lang) for result in results], width)


def _row(result: SourceResult, lang: str) -> list[str]:
    found = [finding.severity for finding in result.state.findings] if result.state else []
    return [
        result.source.id,
        say(f"outcome.{result.outcome}", lang),
        str(len(result.documents)),
        str(result.state.count(Kind.DATASET) if result.state else 0),
        *(str(found.count(severity)) for severity in Severity),
        f"{result.seconds:.1f}",
    ]
