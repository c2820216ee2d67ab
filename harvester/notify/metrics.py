"""The state of all sources as a Prometheus text file, for node_exporter's textfile collector."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from harvester.model import Run, SourceRun

if TYPE_CHECKING:
    from harvester.store.views import SourceStatus


def prometheus(
    run: Run,
    statuses: Sequence["SourceStatus"],
    exit_code: int,
    uptime: Mapping[str, tuple[int, int]],
) -> str:
    """Write the metrics of one run in the text format 0.0.4; timestamps are Unix seconds.

    ``uptime`` is source -> tries and how many of them were answered.
    """
    judged = {one.id: one for one in run.health}
    shown = [status for status in statuses if status.configured]
    lines = [
        *_metric("run_exit_code", "Exit code of the latest run", [("", exit_code)]),
        *_metric("run_start_timestamp_seconds", "Start", [("", run.started.timestamp())]),
        *_metric("run_duration_seconds", "Duration of the latest run", [("", run.seconds)]),
        *_metric(
            "last_success_timestamp_seconds",
            "When the source last gave a good answer",
            [(_source(s.id), s.last_good.timestamp()) for s in shown if s.last_good is not None],
        ),
        *_metric(
            "failing_tries",
            "Runs since the source last gave a good answer",
            [(_source(s.id), s.tries) for s in shown],
        ),
        *_metric(
            "uptime_ratio",
            "Share of the tries of 30 days that gave an answer",
            [(_source(s.id), uptime[s.id][1] / uptime[s.id][0]) for s in shown if s.id in uptime],
        ),
        *_metric(
            "certificate_expiry_timestamp_seconds",
            "When the certificate of the source's server expires",
            [(_source(s.id), s.certificate.timestamp()) for s in shown if s.certificate],
        ),
        *_metric(
            "shrinking",
            "1 while datasets get fewer run by run",
            [
                (_source(s.id), int(s.id in judged and judged[s.id].shrunk is not None))
                for s in shown
            ],
        ),
        *_metric(
            "slow",
            "1 while the source takes far longer than is usual for it",
            [(_source(s.id), int(s.id in judged and judged[s.id].slow is not None)) for s in shown],
        ),
        *_metric("run_postponed", "Sources that there was no time for", [("", len(run.postponed))]),
        *_metric("datasets", "Live datasets", [(_source(s.id), s.datasets) for s in shown]),
        *_metric(
            "findings",
            "Findings about the live state",
            [
                (f'{_source(s.id)},severity="{severity}"', count)
                for s in shown
                for severity, count in sorted(s.findings.items())
            ],
        ),
        *_metric("held", "1 while a change is held", _flags(run.sources)),
        *_metric(
            "duration_seconds",
            "Duration of the source in the latest run",
            [(_source(s.id), s.seconds) for s in run.sources],
        ),
        *_metric(
            "bytes",
            "Bytes fetched in the latest run",
            [(_source(s.id), s.bytes) for s in run.sources],
        ),
    ]
    return "\n".join(lines) + "\n"


def _flags(sources: Iterable[SourceRun]) -> list[tuple[str, int]]:
    return [(_source(source.id), int(source.held is not None)) for source in sources]


def _source(name: str) -> str:
    # ids are [a-z0-9-], so nothing in them needs an escape
    return f'source="{name}"'


def _metric(name: str, about: str, samples: Sequence[tuple[str, float]]) -> list[str]:
    full = f"harvester_{name}"
    return [
        f"# HELP {full} {about}",
        f"# TYPE {full} gauge",
        *(
            f"{full}{{{labels}}} {value}" if labels else f"{full} {value}"
            for labels, value in samples
        ),
    ]
