"""What can be wrong with a set-up, looked at one thing at a time."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from harvester.cli import compose
from harvester.cli.crash import versions
from harvester.cli.session import Session
from harvester.errors import (
    EXIT_DISK_FULL,
    EXIT_INTERNAL,
    EXIT_LOCKED,
    EXIT_OK,
    EXIT_STORE,
    EXIT_USAGE,
    HarvesterError,
)
from harvester.settings import Settings

LEAST_FREE_BYTES: Final = 1024**3
WORST: Final = (EXIT_OK, EXIT_LOCKED, EXIT_USAGE, EXIT_DISK_FULL, EXIT_STORE, EXIT_INTERNAL)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. ``state`` is ok, warn or fail; a warning has exit code 0."""

    state: str
    text: str
    exit_code: int = EXIT_OK


def diagnose(session: Session) -> Iterator[Check]:
    """Look at everything; a failure ends nothing but what depends on it."""
    yield _libraries()
    encoding = getattr(sys.stdout, "encoding", None) or "-"
    yield Check("ok", session.say("doctor.language", language=session.lang, encoding=encoding))
    try:
        settings = session.settings(secrets=True)
    except HarvesterError as error:
        yield Check("fail", error.text.in_language(session.lang), error.exit_code)
        return
    yield Check("ok", session.say("doctor.config", path=settings.path, count=len(settings.sources)))
    yield from _user_agent(session, settings)
    yield _profile(session, settings)
    yield _store(session, settings)
    yield _disk(session, settings)


def _libraries() -> Check:
    found = versions()
    missing = [name for name, version in found.items() if version == "missing"]
    text = ", ".join(f"{name} {version}" for name, version in found.items())
    return Check("fail", text, EXIT_INTERNAL) if missing else Check("ok", text)


def _user_agent(session: Session, settings: Settings) -> Iterator[Check]:
    from harvester.config.file import DEFAULT_USER_AGENT

    if settings.user_agent == DEFAULT_USER_AGENT:
        yield Check("warn", session.say("doctor.user_agent"))


def _profile(session: Session, settings: Settings) -> Check:
    from harvester.profile import load_profile

    names = sorted({settings.profile, *(s.profile for s in settings.sources if s.profile)})
    try:
        ids = [load_profile(name).id for name in names]
    except HarvesterError as error:
        return Check("fail", error.text.in_language(session.lang), error.exit_code)
    return Check("ok", session.say("doctor.profiles", names=", ".join(ids)))


def _store(session: Session, settings: Settings) -> Check:
    if not settings.store.exists():
        return Check("ok", session.say("doctor.no_store", path=settings.store))
    try:
        with compose.reading(settings) as store:
            count = len(store.status())
    except HarvesterError as error:
        return Check("fail", error.text.in_language(session.lang), error.exit_code)
    return Check("ok", session.say("doctor.store", path=settings.store, count=count))


def _disk(session: Session, settings: Settings) -> Check:
    folder = _existing(settings.store.parent)
    free = shutil.disk_usage(folder).free
    text = session.say("doctor.disk", path=folder, free=f"{free / 1024**3:.1f}")
    return Check("ok" if free > LEAST_FREE_BYTES else "warn", text)


def _existing(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder
