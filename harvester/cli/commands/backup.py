from pathlib import Path
from typing import Annotated

import typer

from harvester.cli import compose
from harvester.cli.session import Session


def backup(session: Session, path: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Copy the store whole, also while a run writes to it."""
    compose.backup(session.settings(), path)
    session.done([session.say("backup.done", path=path)], {"path": str(path)})
