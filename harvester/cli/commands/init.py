from pathlib import Path
from typing import Annotated

import typer

from harvester.cli.session import Session
from harvester.cli.starter import write_starter


def init(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="DIR", show_default=False)] = Path(),
) -> None:
    """Write a configuration that runs as it is, and an example catalog beside it."""
    path = write_starter(folder, session.lang)
    go = "harvester harvest" if folder == Path() else f"cd {folder} && harvester harvest"
    session.done([session.say("init.done", path=path, command=go)], {"path": str(path), "next": go})
