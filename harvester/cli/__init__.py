"""The command line: thin commands and the one place where concrete things are made."""

from harvester.cli.boundary import main

__all__ = ["main"]
