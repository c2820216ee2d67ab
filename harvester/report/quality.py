"""Quality in words and as JSON: points, stars, and what to do first."""

from collections.abc import Sequence
from itertools import takewhile
from textwrap import wrap
from typing import Any, Final

from harvester.quality.advice import Advice, advice
from harvester.quality.indicators import MAXIMUM, Method
from harvester.quality.measure import Assessment, band
from harvester.quality.stars import Stars
from harvester.quality.summary import QualitySummary
from harvester.report.terminal import Column, table, visible
from harvester.report.texts import say

SCHEMA: Final = "harvester/quality/1"
FIRST: Final = 3
COMPLIANCE: Final = "dcatApCompliance"


def lines(summary: QualitySummary, lang: str, most: int | None = FIRST) -> list[str]:
    """What belongs under a validation: points of both portals, stars, the best advice."""
    if not summary.datasets:
        return [say("quality.nothing", lang)]
    found = [_points(summary.by(method), lang) for method in Method]
    found += [_stars(summary.stars, lang)]
    return found + advice_lines(summary.se, lang, most)


def page(summary: QualitySummary, method: Method, lang: str, width: int) -> list[str]:
    """One catalog by dimension, as ``method`` counts, with all advice."""
    if not summary.datasets:
        return [say("quality.nothing", lang)]
    other = next(one for one in Method if one is not method)
    mine = summary.by(method)
    columns = [
        Column(say("column.dimension", lang)),
        Column(say("column.points", lang), numeric=True),
        Column(say("column.possible", lang), numeric=True),
        Column(say("column.most", lang), numeric=True),
    ]
    rows = [
        [
            say(f"dimension.{score.dimension}", lang),
            _number(score.points),
            _number(score.possible),
            str(score.maximum),
        ]
        for score in mine.scores
    ]
    counts = [_things("dataset", summary.datasets, lang)]
    counts.append(_things("distribution", summary.distributions, lang))
    end = [_points(summary.by(other), lang), _stars(summary.stars, lang)]
    end += [say("quality.unchecked", lang), *_spaced(advice_lines(mine, lang, None))]
    return [
        *_wrapped([_points(mine, lang), ", ".join(counts)], width),
        "",
        *table(columns, rows, width),
        "",
        *_wrapped(end, width),
    ]


def sources_table(
    measured: Sequence[tuple[str, QualitySummary]], total: QualitySummary, lang: str, width: int
) -> list[str]:
    """One row per source, and all of them together."""
    columns = [
        Column(say("column.source", lang), narrowest=16),
        Column(say("column.datasets", lang), numeric=True),
        Column(say("column.distributions", lang), numeric=True),
        *(Column(say(f"portal.{method}", lang), numeric=True) for method in Method),
        Column(say("column.stars", lang), numeric=True),
        Column(say("column.band", lang)),
    ]
    names = _without_common_folder([name for name, _ in measured])
    both = zip([*names, say("total", lang)], [*(one for _, one in measured), total], strict=True)
    rows = [_row(name, one, lang) for name, one in both]
    return table(columns, rows, width)


def _row(name: str, one: QualitySummary, lang: str) -> list[str]:
    counts = [name, str(one.datasets), str(one.distributions)]
    if not one.datasets:
        return [*counts, "-", "-", "-", "-"]
    points = [_number(one.by(method).points) for method in Method]
    return [*counts, *points, _mean(one.stars, lang), say(f"band.{one.se.band}", lang)]


def _without_common_folder(names: Sequence[str]) -> list[str]:
    parts = [name.split("/") for name in names]
    folders = zip(*(one[:-1] for one in parts), strict=False)
    shared = sum(1 for _ in takewhile(lambda step: len(set(step)) == 1, folders))
    return ["/".join(one[shared:]) for one in parts]


def advice_lines(assessment: Assessment, lang: str, most: int | None) -> list[str]:
    """``+20 points if you add dcat:downloadURL to 12 distributions``, the most first."""
    found = advice(assessment)
    shown = [advice_text(one, lang) for one in found[:most]]
    if len(shown) < len(found):
        shown.append(say("quality.more", lang, count=len(found) - len(shown)))
    return shown


def advice_text(one: Advice, lang: str) -> str:
    """One piece of advice as a sentence."""
    gain = _number(one.gain)
    size = "less" if one.gain < 1 else "one" if gain == "1" else "many"
    return say(
        "quality.advice" if one.certain or size == "less" else "quality.advice_if",
        lang,
        gain=say(f"quality.gain.{size}", lang, count=gain),
        what=one.indicator.advice.in_language(lang),
        on=_things(one.indicator.on, len(one.resources), lang),
    )


def _things(noun: str, count: int, lang: str) -> str:
    return say(f"noun.{noun}.{'one' if count == 1 else 'many'}", lang, count=count)


def quality_json(
    measured: Sequence[tuple[str, QualitySummary]], total: QualitySummary, lang: str
) -> dict[str, Any]:
    """The object of ``quality --json`` (docs/quality.md)."""
    return {
        "schema": SCHEMA,
        "catalogs": [{"name": name, **_summary(one, lang, full=True)} for name, one in measured],
        "total": _summary(total, lang, full=False),
    }


def _summary(summary: QualitySummary, lang: str, *, full: bool) -> dict[str, Any]:
    return {
        "datasets": summary.datasets,
        "distributions": summary.distributions,
        **{str(method): _assessment(summary.by(method), lang, full=full) for method in Method},
        "stars": {"mean": summary.stars.mean, "counts": list(summary.stars.counts)},
    }


def _assessment(assessment: Assessment, lang: str, *, full: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "points": assessment.points,
        "possible": assessment.possible,
        "maximum": MAXIMUM,
        "rating": str(assessment.band),
        "dimensions": [
            {
                "dimension": str(score.dimension),
                "points": score.points,
                "possible": score.possible,
                "maximum": score.maximum,
            }
            for score in assessment.scores
        ],
        "indicators": [
            {
                "metric": tally.indicator.metric,
                "title": tally.indicator.title.in_language(lang),
                "points": tally.points,
                "possible": tally.possible,
                "maximum": tally.indicator.points,
                "passed": tally.passed,
                "failed": len(tally.failing),
                "unknown": tally.unknown,
            }
            for tally in assessment.tallies
        ],
    }
    if full:
        found["advice"] = [
            {
                "metric": one.indicator.metric,
                "gain": one.gain,
                "certain": one.certain,
                "text": advice_text(one, lang),
                "resources": list(one.resources),
            }
            for one in advice(assessment)
        ]
        found["by_dataset"] = [
            {
                "dataset": score.iri,
                "distribution": score.distribution or None,
                "points": score.points,
                "possible": score.possible,
                "rating": str(band(score.points)),
            }
            for score in assessment.datasets
        ]
    return found


def _points(assessment: Assessment, lang: str) -> str:
    # A validation against another profile than DCAT-AP itself leaves those points open.
    held = all(t.indicator.metric != COMPLIANCE or not t.unknown for t in assessment.tallies)
    return say(
        "quality.points" if held else "quality.points_open",
        lang,
        portal=say(f"portal.{assessment.method}", lang),
        points=_number(assessment.points),
        possible=_number(assessment.possible),
        most=MAXIMUM,
        band=say(f"band.{assessment.band}", lang),
    )


def _stars(stars: Stars, lang: str) -> str:
    return say("quality.stars", lang, mean=_mean(stars, lang), counts=_counts(stars))


def _mean(stars: Stars, lang: str) -> str:
    if stars.mean is None:
        return "-"
    text = f"{stars.mean:.2f}"
    return text.replace(".", ",") if lang == "sv" else text


def _counts(stars: Stars) -> str:
    return ", ".join(f"{n}★: {count}" for n, count in enumerate(stars.counts) if count) or "-"


def _number(points: float) -> str:
    # Whole points, as the portals show them; half a point up.
    return str(int(points + 0.5))


def _spaced(found: list[str]) -> list[str]:
    return ["", *map(visible, found)] if found else []


def _wrapped(found: list[str], width: int) -> list[str]:
    # An address or a name is longer than a line only where a person has chosen a narrow one.
    return [
        line
        for text in found
        for line in wrap(text, width, subsequent_indent="  ", break_on_hyphens=False) or [""]
    ]
