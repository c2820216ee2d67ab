"""The commands, by name: built when the program runs, in the user's language."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer.main import get_command

from harvester import __version__
from harvester.cli import output
from harvester.cli.commands import (
    accept,
    backup,
    check,
    doctor,
    explain,
    export,
    harvest,
    history,
    init,
    plan,
    quality,
    query,
    replay,
    report,
    search,
    show,
    sources,
    status,
    validate,
)
from harvester.cli.help import HELP, translate
from harvester.cli.help_page import CommandPage, GroupPage
from harvester.cli.session import with_session


def build(lang: str) -> Any:
    """The whole command line; call it with arguments to run a command."""
    app = _typer(HELP["harvester"].in_language(lang))
    app.callback()(_root)
    commands: tuple[tuple[str, Callable[..., int | None]], ...] = (
        ("init", init.init),
        ("validate", validate.validate),
        ("explain", explain.explain),
        ("harvest", harvest.harvest),
        ("plan", plan.plan),
        ("accept", accept.accept),
        ("export", export.export),
        ("status", status.status),
        ("history", history.history),
        ("show", show.show),
        ("search", search.search),
        ("query", query.query),
        ("report", report.report),
        ("quality", quality.quality),
        ("backup", backup.backup),
        ("check", check.check),
        ("replay", replay.replay),
        ("doctor", doctor.doctor),
    )
    for name, body in commands:
        app.command(name, cls=CommandPage)(with_session(body))
    group = _typer(HELP["sources"].in_language(lang))
    commands = (
        ("list", sources.list_sources),
        ("add", sources.add),
        ("remove", sources.remove),
        ("check", sources.check),
    )
    for name, body in commands:
        group.command(name, cls=CommandPage)(with_session(body))
    app.add_typer(group, name="sources")
    command = get_command(app)
    translate(command, lang)
    return command


def _typer(text: str) -> typer.Typer:
    # Markup would let data in messages become links and colours, and rich costs start-up time.
    return typer.Typer(
        cls=GroupPage,
        help=text,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def _version(asked: bool) -> None:
    if asked:
        output.write_lines([f"harvester {__version__}"])
        raise typer.Exit


def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """Collect, validate, normalise and publish DCAT metadata."""


def command_names(command: Any, path: Sequence[str] = ()) -> list[str]:
    """Every command as typed, such as ``sources add``."""
    found: list[str] = []
    for name, sub in getattr(command, "commands", {}).items():
        nested = command_names(sub, (*path, name))
        found += nested or [" ".join((*path, name))]
    return found
