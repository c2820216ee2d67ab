"""Publish what the store holds: one verified file, replaced wholly or not at all."""

from harvester.export.publish import SUFFIXES, export, syntax_of
from harvester.export.target import TARGETS

__all__ = ["SUFFIXES", "TARGETS", "export", "syntax_of"]
