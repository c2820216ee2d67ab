from pathlib import Path
from typing import Annotated

import typer

from harvester.cli import compose
from harvester.cli.choices import Target
from harvester.cli.session import Session
from harvester.errors import UsageError
from harvester.report.exported import exported_json, left_out_lines, tables_exported


def export(
    session: Session,
    *,
    target: Annotated[Target, typer.Option("--target")] = Target.SE,
    out: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE")] = None,
    tables: Annotated[Path | None, typer.Option("--csv", metavar="DIR")] = None,
) -> None:
    """Write the merged RDF of everything that is live; the suffix chooses the syntax."""
    settings = session.settings()
    if tables is not None:
        if out is not None:
            raise UsageError("give --csv DIR or -o FILE, not both")
        counts = compose.export_tables(settings, tables.resolve().parent / tables.name)
        session.done(*tables_exported(tables, counts, session.lang))
        return
    path = out.resolve() if out else settings.exports.get(target)
    if path is None:
        raise UsageError(
            f"say where with -o FILE, or set [export.{target}] path in {settings.path}"
        )
    done = compose.export(settings, target=target, path=path)
    text = session.say("export.done", path=path, triples=done.triples, sha256=done.sha256)
    session.done([text, *left_out_lines(done, session.lang)], exported_json(done))
