"""A static web site about all sources: an overview, a page for each source, the rules.

Plain HTML in Swedish and, under ``en/``, in English; no script, nothing from outside. The same
store and date give the same bytes.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from harvester.model import Severity
from harvester.quality.indicators import MAXIMUM, Method
from harvester.report.history import SIGNS
from harvester.report.page import FOLDER, environment, policy
from harvester.report.quality import advice_lines
from harvester.report.status import state_of
from harvester.report.terminal import visible
from harvester.report.texts import say

if TYPE_CHECKING:
    from harvester.quality.summary import QualitySummary
    from harvester.rules.rule import Rule
    from harvester.store.views import HistoryEntry, RuleCount, SourceStatus

LANGUAGES: Final = ("sv", "en")
OURS: Final = re.compile(r"(?:en/)?(?:index|rules|source/[a-z0-9-]+)\.html").fullmatch
RUNS: Final = 10
_CHANGES: Final = 10
_ADVICE: Final = 5
_COMMON: Final = 15


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages tell; ``quality`` by source, ``runs`` the newest ones of each source.

    ``uptime`` counts tries and answers; ``total`` is the quality of all sources together.
    """

    as_of: date
    version: str
    stale: timedelta
    statuses: Sequence["SourceStatus"]
    uptime: Mapping[str, tuple[int, int]]
    rules: Sequence["RuleCount"]
    quality: Mapping[str, "QualitySummary"]
    total: "QualitySummary"
    runs: Mapping[str, Sequence["HistoryEntry"]]
    book: Mapping[str, "Rule"]


class Line(NamedTuple):
    """One source in the overview, in words and numbers."""

    id: str
    title: str
    state: str
    state_text: str
    datasets: int
    counts: tuple[int, ...]
    points: str
    uptime: str
    last_good: str


class Broken(NamedTuple):
    """One rule and how often it is broken; ``examples`` are (IRI, title)."""

    code: str
    severity: str
    title: str
    fix: str
    findings: int
    resources: int
    sources: int
    known: bool
    examples: tuple[tuple[str, str], ...]


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """Yield each page as (path inside the site, text)."""
    style = (FOLDER / "validation.css").read_text("utf-8")
    style += (FOLDER / "site.css").read_text("utf-8")
    for lang in LANGUAGES:
        templates = environment(lang)
        shared: dict[str, Any] = {
            "lang": lang,
            "other": next(one for one in LANGUAGES if one != lang),
            "site": site,
            "style": style,
            "policy": policy(style),
            "severities": list(Severity),
            "maximum": MAXIMUM,
        }

        def page(path: str, template: str, here: Mapping[str, Any] = shared, **more: Any) -> Any:
            values = {**here, **more, "path": path, "depth": path.count("/")}
            folder = "" if here["lang"] == "sv" else f"{here['lang']}/"
            return folder + path, templates.get_template(template).render(values)  # noqa: B023

        yield page("index.html", "overview.html.j2", **_overview(site, lang))
        yield page("rules.html", "rules.html.j2", rules=list(site.book.values()))
        for status in site.statuses:
            path = f"source/{status.id}.html"
            yield page(path, "source.html.j2", **_source(site, status, lang))


def _overview(site: Site, lang: str) -> dict[str, Any]:
    lines = [_line(site, status, lang) for status in site.statuses]
    grouped: dict[tuple[str, str], list[RuleCount]] = defaultdict(list)
    for one in site.rules:
        grouped[one.code, one.severity].append(one)
    common = sorted(
        (_broken(site, counts, lang) for counts in grouped.values()),
        key=lambda one: (list(Severity).index(Severity(one.severity)), -one.sources, -one.findings),
    )
    return {
        "lines": lines,
        "datasets": sum(line.datasets for line in lines),
        "totals": [sum(line.counts[n] for line in lines) for n in range(len(Severity))],
        "troubled": sum(line.state in ("failing", "stale", "held") for line in lines),
        "points": _points(site.total, lang),
        "common": common[:_COMMON],
        "left": max(0, len(common) - _COMMON),
    }


def _source(site: Site, status: "SourceStatus", lang: str) -> dict[str, Any]:
    summary = site.quality.get(status.id)
    file = "" if re.match(r"https?://", status.url) else PurePath(status.url).name
    told = status.held or status.error
    why = told.in_language(lang) if told is not None else ""
    broken = [_broken(site, [one], lang) for one in site.rules if one.source == status.id]
    order = list(Severity)
    broken.sort(key=lambda one: (order.index(Severity(one.severity)), -one.findings, one.code))
    assessment = None if summary is None or not summary.datasets else summary.by(Method.SE)
    return {
        "line": _line(site, status, lang),
        "status": status,
        "url": "" if file else status.url,
        "failing": "" if status.failing_since is None else _when(status.failing_since, lang),
        # Where a file lies on our disk is nobody's business.
        "file": file,
        "why": why if not file else why.replace(status.url, file),
        "broken": broken,
        "dimensions": []
        if assessment is None
        else [
            (
                say(f"dimension.{score.dimension}", lang),
                _number(score.points, lang),
                score.maximum,
            )
            for score in assessment.scores
        ],
        "advice": [] if assessment is None else advice_lines(assessment, lang, _ADVICE),
        "runs": [_run(entry, lang) for entry in site.runs.get(status.id, ())],
    }


def _line(site: Site, status: "SourceStatus", lang: str) -> Line:
    # The end of the day: what happened on it counts, whatever time the report is made.
    now = datetime.combine(site.as_of, datetime.max.time(), UTC)
    state = state_of(status, now, None)
    if state == "ok":  # else it is known what is wrong
        state = state_of(status, now, site.stale)
    tries = site.uptime.get(status.id)
    summary = site.quality.get(status.id)
    return Line(
        id=status.id,
        title=status.title or status.id,
        state=state,
        state_text=say(f"state.{state}", lang),
        datasets=status.datasets,
        counts=tuple(status.findings.get(str(one), 0) for one in Severity),
        points="-" if summary is None else _points(summary, lang),
        uptime=f"{100 * tries[1] // tries[0]} %" if tries and tries[0] else "-",
        last_good=_when(status.last_good, lang),
    )


def _broken(site: Site, counts: Sequence["RuleCount"], lang: str) -> Broken:
    first = counts[0]
    rule = site.book.get(first.code)
    title = first.message.in_language(lang) if rule is None else rule.title.in_language(lang)
    return Broken(
        code=first.code,
        severity=first.severity,
        title=visible(title[:1].upper() + title[1:]),
        fix="" if rule is None else visible(rule.fix.in_language(lang)),
        findings=sum(one.findings for one in counts),
        resources=sum(one.resources for one in counts),
        sources=len(counts),
        known=rule is not None,
        examples=first.examples,
    )


def _run(entry: "HistoryEntry", lang: str) -> dict[str, Any]:
    run = entry.source_run
    numbers = [
        f"{sign}{run.resources[name]}" for name, sign in SIGNS.items() if run.resources.get(name)
    ]
    told = run.held or run.error
    reason = told.in_language(lang) if told is not None else ""
    return {
        "run": run.run,
        "when": _when(entry.at, lang),
        "outcome": say(f"outcome.{run.outcome}", lang),
        "what": visible(reason) or " ".join(numbers) or say("plan.nothing", lang),
        "datasets": run.datasets,
        "changes": [
            (
                say(f"site.change.{change.change}", lang),
                say(f"kind.{change.kind}", lang),
                visible(change.iri),
            )
            for change in entry.changes[:_CHANGES]
        ],
        "more": max(0, len(entry.changes) - _CHANGES),
    }


def _points(summary: "QualitySummary", lang: str) -> str:
    return _number(summary.by(Method.SE).points, lang) if summary.datasets else "-"


def _number(value: float, lang: str) -> str:
    text = f"{value:.0f}" if value == int(value) else f"{value:.1f}"
    return text.replace(".", ",") if lang == "sv" else text


def _when(moment: datetime | None, lang: str) -> str:
    return say("never", lang) if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}"
