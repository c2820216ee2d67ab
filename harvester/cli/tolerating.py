"""What a validation need not count: ignores of the configuration, and a baseline.

Of a configuration only its ignores are used here: it may come with a pull request, and must not
be able to send, fetch or write anything (security-cases S83).
"""

import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from harvester.cli import compose
from harvester.cli.session import Session
from harvester.errors import UsageError
from harvester.report.validation import Validation
from harvester.rules.baseline import Baseline
from harvester.rules.fingerprint import fingerprints
from harvester.rules.ignores import Ignore
from harvester.rules.suppress import Suppression, suppress
from harvester.words import Text

DEFAULT: Final = Path("harvester.toml")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The ignores, the id of the source at each address or path, the baseline, and the day."""

    ignores: tuple[Ignore, ...]
    sources: Mapping[str, str]
    baseline: Baseline | None
    today: date

    @property
    def empty(self) -> bool:
        """Whether every finding counts."""
        return not self.ignores and self.baseline is None

    def source_of(self, name: str) -> str:
        """The configured source that an input is, or an empty string."""
        return self.sources.get(name) or self.sources.get(str(Path(name).resolve()), "")


def read_tolerance(session: Session, baseline: Path | None, as_of: str | None) -> Tolerance:
    """Read all that is named, before any work is done.

    ``./harvester.toml`` is read when it is there and nobody else may write it; one that
    ``--config`` names is read without asking. Raises ``ConfigError`` and ``UsageError``.
    """
    today = parse_date(as_of) if as_of else compose.now().date()
    ignores: tuple[Ignore, ...] = ()
    sources: Mapping[str, str] = {}
    if session.config != DEFAULT or _trusted(session):
        from harvester.config import load_ignores

        ignores, sources = load_ignores(session.config)
    known = None
    if baseline is not None:
        from harvester.baseline import load_baseline

        known = load_baseline(baseline)
    return Tolerance(ignores, sources, known, today)


def parse_date(text: str) -> date:
    """Read ``2027-01-01``. Raises ``UsageError``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            Text(
                f'--as-of "{text}" är inget datum; skriv det som 2027-01-01',
                f'--as-of "{text}" is not a date; write it as 2027-01-01',
            )
        ) from None


def tolerate(
    session: Session,
    result: Validation,
    tolerance: Tolerance,
    write: Path | None,
) -> Validation:
    """Set aside what need not count, and write the baseline when asked to.

    What a baseline that is written for the first time holds is known from then on. It is not
    written when not all inputs could be read, since it would lack what they have.
    """
    if tolerance.empty and write is None:
        return result
    kept = _suppress(result, tolerance)
    if write is not None and result.unread:
        session.problems([session.say("validate.no_baseline", path=write)])
    elif write is not None:
        from harvester.baseline import save_baseline

        findings = [result.findings[number] for number in kept.remembered]
        found = [result.marks[number] for number in kept.remembered]
        save_baseline(write, findings, found, result.profile)
        if not session.quiet:
            session.problems([session.say("validate.baseline", path=write, count=len(found))])
        if tolerance.baseline is None:
            codes = {name: mark.code for name, mark in zip(fingerprints(found), found, strict=True)}
            kept = _suppress(result, replace(tolerance, baseline=Baseline(str(write), codes)))
    return replace(
        result,
        findings=tuple(result.findings[number] for number in kept.counted),
        marks=tuple(result.marks[number] for number in kept.counted),
        fingerprints=kept.fingerprints,
        suppressed=kept.suppressed,
        stale=kept.stale,
    )


def _suppress(result: Validation, tolerance: Tolerance) -> Suppression:
    return suppress(
        result.findings,
        result.marks,
        ignores=tolerance.ignores,
        baseline=tolerance.baseline,
        today=tolerance.today,
        source_of=tolerance.source_of,
    )


def _trusted(session: Session) -> bool:
    """Whether the folder's own configuration is there and only its owner's to write."""
    try:
        found = session.config.lstat()
    except OSError:
        return False
    if stat.S_ISREG(found.st_mode) and not found.st_mode & stat.S_IWOTH:
        return True
    session.problems([session.say("validate.distrusted", path=session.config)])
    return False
