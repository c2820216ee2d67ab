"""What every command is given: the options that all share, and the languages and streams."""

import inspect
import os
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, NoReturn, ParamSpec

import typer

from harvester.cli import output
from harvester.cli.boundary import LoggedEnd
from harvester.cli.language import from_locale
from harvester.errors import EXIT_OK, HarvesterError, UsageError, exit_code_of
from harvester.events import Event, Value
from harvester.report.texts import say
from harvester.settings import Settings, Source
from harvester.words import Text

if TYPE_CHECKING:
    from harvester.cli.journal import Journal


class Lang(StrEnum):
    """The languages of texts."""

    SV = "sv"
    EN = "en"


class Session:
    """One command under way. ``lang`` follows the configuration once that is read."""

    def __init__(
        self,
        *,
        config: Path = Path("harvester.toml"),
        store: Path | None = None,
        lang: Lang | None = None,
        quiet: bool = False,
        json: bool = False,
        debug: bool = False,
        offline: bool = False,
    ) -> None:
        self.config = config
        self.store = store
        self.quiet = quiet
        self.json = json
        self.debug = debug
        self.offline = offline
        self._asked = lang
        self.lang = str(lang or from_locale(os.environ))
        self._journal: Journal | None = None

    def settings(self, *, secrets: bool = False) -> Settings:
        """Read the configuration; its warnings go to stderr. Raises ``ConfigError``."""
        settings = self._load(secrets=secrets)
        self._warn(settings)
        return settings

    def logged_settings(self, form: str | None = None, *, secrets: bool = False) -> Settings:
        """The same for a command that keeps a log, which ``form`` or ``[log]`` asks for."""
        from harvester.cli.journal import journal_of

        settings = self._load(secrets=secrets)
        self._journal = journal_of(settings, form)
        self._warn(settings)
        return settings

    def _load(self, *, secrets: bool) -> Settings:
        from harvester.config import load_settings

        settings = load_settings(self.config, environ=os.environ, secrets=secrets, store=self.store)
        if self._asked is None and settings.lang:
            self.lang = settings.lang
        return settings

    def _warn(self, settings: Settings) -> None:
        self.problems(warning.in_language(self.lang) for warning in settings.warnings)

    def say(self, key: str, **values: object) -> str:
        """A text in the user's language."""
        return say(key, self.lang, **values)

    def answer(self, lines: Iterable[str], value: Any) -> None:
        """Write the result: ``value`` with ``--json``, else ``lines``."""
        if self.json:
            output.write_json(value)
        else:
            output.write_lines(lines)

    def done(self, lines: Iterable[str], value: Any) -> None:
        """Write what was done; with ``--quiet`` only ``--json`` does."""
        if self.json or not self.quiet:
            self.answer(lines, value)

    def problems(self, lines: Iterable[str]) -> None:
        """Write one line each to stderr, as events where the log goes there."""
        for line in lines:
            if self.log_is_on_stderr:
                self.tell(Event("notice", fields={"text": line}))
            else:
                output.write_problem(line)

    @property
    def log_is_on_stderr(self) -> bool:
        """Whether every line of stderr is to be one of the log."""
        return self._journal is not None and self._journal.path is None

    def tell(self, event: Event) -> None:
        """Write an event to the log, if there is one; from any thread."""
        if self._journal is not None:
            self._journal.tell(event)

    def fail(self, error: HarvesterError) -> int:
        """Write to the log what ends the command; raises ``error`` unless it is all said there."""
        fields: dict[str, Value] = {"exit_code": error.exit_code, "error": error.text.en}
        self.tell(Event("command-failed", fields=fields))
        if not self.log_is_on_stderr:
            raise error
        return error.exit_code

    def interrupted(self, stop: KeyboardInterrupt | SystemExit) -> NoReturn:
        """Write to the log that a signal ended the command, and end it."""
        code = exit_code_of(stop)
        fields: dict[str, Value] = {"exit_code": code, "error": say("error.interrupted", "en")}
        self.tell(Event("command-failed", fields=fields))
        if self.log_is_on_stderr:
            raise LoggedEnd(code) from stop
        raise stop

    def end(self) -> None:
        """Say how much of the log could not be written, which fails nothing."""
        journal = self._journal
        if journal is not None and journal.reason is not None:
            why = journal.reason.in_language(self.lang)
            self.problems([self.say("log.lost", path=journal.path, count=journal.lost, why=why)])


def choose_sources(settings: Settings, ids: Iterable[str]) -> tuple[Source, ...]:
    """The named sources in the order of the file, or all. Raises ``UsageError``."""
    wanted = set(ids)
    known = [source.id for source in settings.sources]
    for name in sorted(wanted.difference(known)):
        from harvester.config.diagnose import nearest

        listed = Text("; där finns: {}", "; it has: {}")
        if not known:
            listed = Text("; den har inga källor", "; it has no sources")
        raise UsageError(
            Text(
                f'{settings.path} har ingen källa "{name}"',
                f'{settings.path} has no source "{name}"',
            )
            + nearest(name, known, listed)
        )
    return tuple(source for source in settings.sources if not wanted or source.id in wanted)


_P = ParamSpec("_P")
Body = Callable[Concatenate[Session, _P], int | None]


def with_session(body: Body[_P]) -> Callable[_P, None]:
    """Give a command the shared options: its first parameter becomes a :class:`Session`.

    The command returns its exit code; ``None`` is 0.
    """

    @wraps(body)
    def command(*args: _P.args, **kwargs: _P.kwargs) -> None:
        shared: dict[str, Any] = {name: kwargs.pop(name) for name in _SHARED}
        session = Session(**shared)
        try:
            code = body(session, *args, **kwargs)
        except HarvesterError as error:
            code = session.fail(error)
        except (KeyboardInterrupt, SystemExit) as stop:
            session.interrupted(stop)
        finally:
            session.end()
        raise typer.Exit(code or EXIT_OK)

    own = list(inspect.signature(body).parameters.values())[1:]
    shared = list(inspect.signature(_shared_options).parameters.values())
    parameters = sorted([*own, *shared], key=lambda parameter: parameter.kind)
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command


def _shared_options(
    *,
    config: Annotated[
        Path, typer.Option("--config", metavar="FILE", envvar="HARVESTER_CONFIG", show_envvar=False)
    ] = Path("harvester.toml"),
    store: Annotated[
        Path | None,
        typer.Option("--store", metavar="FILE", envvar="HARVESTER_STORE", show_envvar=False),
    ] = None,
    lang: Annotated[
        Lang | None, typer.Option("--lang", envvar="HARVESTER_LANG", show_envvar=False)
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet")] = False,
    json: Annotated[bool, typer.Option("--json")] = False,
    debug: Annotated[bool, typer.Option("--debug")] = False,
    offline: Annotated[bool, typer.Option("--offline")] = False,
) -> None:
    """Hold the options that every command has; never called."""


_SHARED = tuple(inspect.signature(_shared_options).parameters)
