from datetime import UTC, datetime, timedelta

from harvester.model import Outcome, Run, SourceRun
from harvester.notify import prometheus
from harvester.store.views import SourceStatus
from harvester.upkeep import Health, Postponed
from harvester.words import Text

GOOD = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def source_run(**changes: object) -> SourceRun:
    values: dict[str, object] = {
        "run": 1, "id": "a", "outcome": Outcome.HELD, "complete": True, "not_modified": False,
        "documents": 1, "bytes": 10, "resources": {}, "datasets": 2, "findings": {},
        "held": Text("halva", "half"), "event": "", "error": None, "seconds": 1.5,
    }  # fmt: skip
    return SourceRun(**(values | changes))


def status(**changes: object) -> SourceStatus:
    values: dict[str, object] = {
        "id": "a", "title": "", "url": "", "configured": True, "outcome": Outcome.HELD,
        "complete": True, "event": "", "error": None, "held": None, "run": 1, "last_good": GOOD,
        "last_try": GOOD, "failing_since": None, "tries": 0, "certificate": None, "lately": (),
        "datasets": 2, "resources": 3,
        "findings": {"error": 4, "warning": 0, "info": 1}, "last_changed": None,
        "last_change": {},
    }  # fmt: skip
    return SourceStatus(**(values | changes))


def samples(text: str) -> dict[str, float]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_a_run_is_told_in_gauges():
    """Every sample is under its HELP and TYPE, and says what the run and the store say."""
    text = prometheus(Run(7, GOOD, 12.5, (source_run(),)), [status()], 4, {"a": (4, 3)})
    found = samples(text)
    assert found["harvester_run_exit_code"] == 4
    assert found['harvester_held{source="a"}'] == 1
    assert found['harvester_last_success_timestamp_seconds{source="a"}'] == GOOD.timestamp()
    assert found['harvester_findings{source="a",severity="error"}'] == 4
    assert found['harvester_datasets{source="a"}'] == 2
    names = {name.partition("{")[0] for name in found}
    assert all(f"# TYPE {name} gauge" in text for name in names)


def test_a_source_that_never_answered_has_no_success():
    """A missing sample, not a zero that looks like 1970; sources that left are not shown."""
    text = prometheus(
        Run(7, GOOD, 1.0, ()), [status(last_good=None), status(id="b", configured=False)], 0, {}
    )
    assert "harvester_last_success_timestamp_seconds{" not in text
    assert 'source="b"' not in text


def test_how_each_source_fares_is_told_in_gauges():
    """Uptime, tries, certificates; 1 for those that shrink or are slow, 0 for all others."""
    end = GOOD + timedelta(days=9)
    run = Run(
        7,
        GOOD,
        1.0,
        (),
        postponed=(Postponed("c", None),),
        health=(Health("a", shrunk=(9, 6)), Health("b", slow=(90.0, 3.0))),
    )
    statuses = [status(tries=3, certificate=end), status(id="b"), status(id="c")]
    found = samples(prometheus(run, statuses, 3, {"a": (4, 3)}))
    assert found['harvester_failing_tries{source="a"}'] == 3
    assert found['harvester_uptime_ratio{source="a"}'] == 0.75
    assert found['harvester_certificate_expiry_timestamp_seconds{source="a"}'] == end.timestamp()
    assert [found[f'harvester_shrinking{{source="{name}"}}'] for name in "abc"] == [1, 0, 0]
    assert [found[f'harvester_slow{{source="{name}"}}'] for name in "abc"] == [0, 1, 0]
    assert found["harvester_run_postponed"] == 1
    assert 'certificate_expiry_timestamp_seconds{source="b"}' not in str(found)
