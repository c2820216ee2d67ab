"""harvester.toml: read strictly, located by line, edited without losing a comment."""

from harvester.config.load import load_ignores, load_settings

__all__ = ["load_ignores", "load_settings"]
