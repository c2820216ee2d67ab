"""The state of all sources as a Prometheus text file, for node_exporter's textfile collector."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from harvester.model import Run, SourceRun

if TYPE_CHECKING:
    from harvester.store.views import SourceStatus


def prometheus(run: Run, statuses: Sequence["SourceStatus"], exit_code: int) -> str:
    """Write the metrics of one run in the text format 0.0.4; timestamps are Unix seconds."""
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
