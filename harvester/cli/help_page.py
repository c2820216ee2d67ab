"""How ``--help`` is laid out, in the user's language: Typer's own words are English."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from typer.core import TyperCommand, TyperGroup

from harvester.words import Text

USAGE: Final = Text("Användning: ", "Usage: ")
ARGUMENTS: Final = Text("Argument", "Arguments")
OPTIONS: Final = Text("Flaggor", "Options")
COMMANDS: Final = Text("Kommandon", "Commands")
DEFAULT: Final = Text("förval: {}", "default: {}")
SHOW_HELP: Final = Text("Visa hjälpen.", "Show this help.")
OPTIONS_PLACE: Final = Text("[FLAGGOR]", "[OPTIONS]")
COMMAND_PLACE: Final = Text("KOMMANDO [ARGUMENT]...", "COMMAND [ARGS]...")


class _Page:
    """What a command and a group have in common; ``lang`` is set on each when it is built."""

    lang = "en"

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the first line."""
        words = " ".join(self._usage(ctx))
        formatter.write_usage(ctx.command_path, words, prefix=USAGE.in_language(self.lang))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments, options and commands, as far as there are any."""
        parameters = [p for p in self.get_params(ctx) if not getattr(p, "hidden", False)]  # type: ignore[attr-defined]
        arguments = [p for p in parameters if _is_argument(p)]
        options = [p for p in parameters if not _is_argument(p)]
        commands = [
            (name, command.help or "") for name, command in getattr(self, "commands", {}).items()
        ]
        for heading, rows in (
            (ARGUMENTS, [(_place(p), self._help(p)) for p in arguments]),
            (OPTIONS, [(_names(p, ctx), self._help(p)) for p in options]),
            (COMMANDS, commands),
        ):
            if rows:
                with formatter.section(heading.in_language(self.lang)):
                    formatter.write_dl(rows)

    def _usage(self, ctx: Any) -> Iterator[str]:
        yield OPTIONS_PLACE.in_language(self.lang)
        if hasattr(self, "commands"):
            yield COMMAND_PLACE.in_language(self.lang)
        yield from (_place(p) for p in self.get_params(ctx) if _is_argument(p))  # type: ignore[attr-defined]

    def _help(self, parameter: Any) -> str:
        text = parameter.help or ""
        if "--help" in parameter.opts:
            return SHOW_HELP.in_language(self.lang)
        default = parameter.default
        if parameter.show_default is not True or default in (None, False, "") or callable(default):
            return text
        return f"{text}  [{DEFAULT.in_language(self.lang).format(default)}]"


class CommandPage(_Page, TyperCommand):
    """A command."""


class GroupPage(_Page, TyperGroup):
    """A command that has commands."""


def _is_argument(parameter: Any) -> bool:
    return not any(name.startswith("-") for name in parameter.opts)


def _place(parameter: Any) -> str:
    """``INPUT...``, or ``[SOURCE...]`` where none is needed."""
    name = (parameter.metavar or parameter.name.upper()) + ("..." if parameter.nargs == -1 else "")
    return name if parameter.required else f"[{name}]"


def _names(parameter: Any, ctx: Any) -> str:
    """``-o, --output FORMAT[:FILE]``, and ``sv|en`` for a closed list."""
    names = ", ".join(_short_first(parameter.opts))
    if parameter.is_flag:
        return names
    return f"{names} {parameter.metavar or str(parameter.display_type_rich(ctx)).strip('<>')}"


def _short_first(names: Sequence[str]) -> list[str]:
    return sorted(names, key=len)
