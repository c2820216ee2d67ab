"""Write the generated pages and the JSON Schema: ``python -m tests.docs.generate``."""

import json
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, get_args

from harvester.cli.app import build
from harvester.cli.help import longest
from harvester.config.file import json_schema
from tests.docs.cases import cases_page

ROOT = Path(__file__).parents[2]
SHARED = ("--config", "--store", "--lang", "--quiet", "--json", "--debug", "--offline", "--help")


def generated() -> dict[Path, str]:
    """Every generated file and what it should hold."""
    from harvester.export.tables import readme
    from harvester.store.store import Store
    from tests.docs.manual import manual_page

    schema = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    return {
        ROOT / "harvester" / "data" / "harvester.schema.json": schema,
        ROOT / "docs" / "cases.md": "\n".join(cases_page()) + "\n",
        ROOT / "docs" / "cli.md": "\n".join(commands_page()) + "\n",
        ROOT / "docs" / "harvester.1": "\n".join(manual_page()) + "\n",
        ROOT / "docs" / "tables.md": "\n".join(readme(Store)) + "\n",
        ROOT / "docs" / "configuration.md": "\n".join(configuration_page()) + "\n",
    }


def commands(command: Any, path: str = "harvester") -> Iterator[tuple[str, Any]]:
    """Every command with the words that call it."""
    for name, sub in command.commands.items():
        if hasattr(sub, "commands"):
            yield from commands(sub, f"{path} {name}")
        else:
            yield f"{path} {name}", sub


def commands_page() -> Iterator[str]:
    """docs/cli.md."""
    tree = build("en")
    yield "# Commands"
    yield ""
    yield "Written by `make format` from the program itself. stdout carries the result, stderr"
    yield "everything else; exit codes are in [architecture.md](architecture.md#exit-codes)."
    yield ""
    yield "## Options of every command"
    yield ""
    first = next(command for _, command in commands(tree))
    yield from _options([p for p in first.params if longest(p) in SHARED])
    yield ""
    yield "`HARVESTER_CONFIG`, `HARVESTER_STORE` and `HARVESTER_LANG` in the environment do the"
    yield "same as the options; an option wins."
    for words, command in commands(tree):
        arguments = [p for p in command.params if not longest(p).startswith("-")]
        usage = " ".join([words, *(_argument(p) for p in arguments)])
        own = [p for p in command.params if longest(p) not in SHARED]
        yield ""
        yield f"## {words.removeprefix('harvester ')}"
        yield ""
        yield f"    {usage}"
        yield ""
        yield command.help
        if own:
            yield ""
            yield from _options(own)


def _argument(parameter: Any) -> str:
    name = parameter.metavar or parameter.name.upper()
    name += "..." if parameter.nargs == -1 else ""
    return name if parameter.required else f"[{name}]"


def _options(parameters: list[Any]) -> Iterator[str]:
    yield "| | |"
    yield "| --- | --- |"
    for parameter in parameters:
        names = ", ".join(parameter.opts) if longest(parameter).startswith("-") else ""
        value = parameter.metavar or "|".join(choices(parameter))
        shown = " ".join(part for part in (names, value) if part) or parameter.name
        shown = shown.replace("|", "\\|")
        yield f"| `{shown}` | {parameter.help} |"


def choices(parameter: Any) -> list[str]:
    """The values that an option takes, where the list is closed."""
    annotation = parameter.type_descriptor.annotation
    kinds = [annotation, *get_args(annotation)]
    enum = next((k for k in kinds if isinstance(k, type) and issubclass(k, Enum)), None)
    return [str(member.value) for member in enum] if enum else []


def configuration_page() -> Iterator[str]:
    """docs/configuration.md."""
    schema = json_schema()
    tables = {
        "harvester": "HarvesterTable",
        "export.se, export.eu": "ExportTable",
        "catalog": "CatalogTable",
        "retention": "RetentionTable",
        "[source]": "SourceTable",
        "[ignore]": "IgnoreTable",
        "[source.mapping]": "MappingTable",
    }
    yield "# harvester.toml"
    yield ""
    yield "Written by `make format` from the types that read the file. Paths are relative to the"
    yield "file. An unknown key is an error that names the line and the nearest valid key. The JSON"
    yield "Schema for editors is `harvester/data/harvester.schema.json`."
    for heading, name in tables.items():
        table = schema["$defs"][name]
        yield ""
        yield f"## `[{heading}]`"
        yield ""
        yield f"{table['description']}"
        yield ""
        yield "| key | default | what |"
        yield "| --- | --- | --- |"
        for key, entry in table["properties"].items():
            default = "required" if key in table.get("required", ()) else _default(entry)
            yield f"| `{key}` | {default} | {_what(entry)} |"
    yield ""
    yield 'Secrets are never written in the file: a header is `{ env = "HARVESTER_..." }`, a'
    yield 'variable with that prefix, or `{ file = "..." }`. Plain values are taken for `Accept`,'
    yield "`Accept-Language`, `From`, `Prefer` and `Referer` only."


def _default(entry: dict[str, Any]) -> str:
    value = entry.get("default")
    return f"`{json.dumps(value, ensure_ascii=False)}`" if value not in (None, "", [], {}) else ""


def _what(entry: dict[str, Any]) -> str:
    text = entry.get("description", "")
    options = [entry, *entry.get("anyOf", ())]
    values = next((option["enum"] for option in options if "enum" in option), None)
    listed = ", ".join(f"`{value}`" for value in values) if values else ""
    return ": ".join(part for part in (text, listed) if part)


if __name__ == "__main__":
    for target, text in generated().items():
        target.write_text(text, encoding="utf-8")
