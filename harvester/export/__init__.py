"""Publish what the store holds: one verified file, replaced wholly or not at all."""

from harvester.export.publish import SUFFIXES, TARGETS, export, syntax_of

__all__ = ["SUFFIXES", "TARGETS", "export", "syntax_of"]
