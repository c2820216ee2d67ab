"""Source types: how a configured address becomes documents; one file each.

Adding one is a file and a line in SOURCE_TYPES.
"""

from collections.abc import Mapping
from types import MappingProxyType

from harvester.sources import dcat
from harvester.sources.interface import Collected, Reachable, Read, SourceType

SOURCE_TYPES: Mapping[str, SourceType] = MappingProxyType({"dcat": dcat.collect})

__all__ = ["SOURCE_TYPES", "Collected", "Reachable", "Read", "SourceType"]
