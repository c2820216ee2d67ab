"""The hooks around a run. Each is optional; none can fail a run: what goes wrong becomes a line."""

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from harvester.errors import DiskFullError, FetchError
from harvester.export.atomic import replacing
from harvester.fetch.send import send
from harvester.model import Notify, Secret

SENDMAIL: Final = "/usr/sbin/sendmail"

Send = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its exit code, what to say to people and to programs, its metrics.

    ``lines`` is empty when nothing needs a person's attention.
    """

    exit_code: int
    title: str
    lines: tuple[str, ...]
    json: bytes
    metrics: str


def at_start(hooks: Notify, user_agent: str, *, post: Send = send) -> list[str]:
    """Tell the health check that a run begins; what went wrong, one line each."""
    if hooks.healthcheck is None:
        return []
    return list(
        _tried(lambda: post("GET", _below(hooks.healthcheck, "start"), user_agent=user_agent))
    )


def at_end(
    hooks: Notify, ended: Ended, user_agent: str, *, post: Send = send, sendmail: str = SENDMAIL
) -> list[str]:
    """Tell everyone who is configured how the run ended; what went wrong, one line each."""
    problems: list[str] = []
    if hooks.metrics is not None:
        path = hooks.metrics
        problems += _tried(lambda: _write(path, ended.metrics))
    if hooks.healthcheck is not None:
        address = _below(hooks.healthcheck, str(ended.exit_code))
        text = "\n".join([ended.title, *ended.lines]).encode()
        problems += _tried(lambda: post("POST", address, body=text, user_agent=user_agent))
    if hooks.webhook is not None:
        hook = hooks.webhook
        problems += _tried(
            lambda: post(
                "POST", hook, body=ended.json, media_type="application/json", user_agent=user_agent
            )
        )
    if hooks.mail and ended.lines:
        problems += _tried(lambda: _mail(hooks.mail, ended, sendmail))
    return problems


def _tried(act: Callable[[], None]) -> Iterator[str]:
    try:
        act()
    except (FetchError, DiskFullError, OSError, subprocess.SubprocessError) as error:
        yield f"notify: {error}"


def _below(address: Secret | None, name: str) -> Secret:
    base = address.reveal() if address is not None else ""
    return Secret(f"{base.rstrip('/')}/{name}")


def _write(path: Path, text: str) -> None:
    with replacing(path) as (file, _):
        file.write(text.encode())


def _mail(to: str, ended: Ended, sendmail: str) -> None:
    message = EmailMessage()
    message["To"] = to
    message["Subject"] = ended.title
    message.set_content("\n".join(ended.lines) + "\n")
    subprocess.run(  # noqa: S603 - a fixed program; the address goes through standard input
        [sendmail, "-t", "-i"],
        input=message.as_bytes(),
        check=True,
        timeout=30,
        capture_output=True,
    )
