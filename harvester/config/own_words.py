"""[[source.mapping]] and [source.rewrite]: what one source says in words of its own."""

from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

from harvester.config.file import MappingTable
from harvester.namespaces import PREFIXES, expand
from harvester.settings import ValueMapping


def read_mappings(
    tables: Sequence[MappingTable], fail: Callable[[int, str, str], NoReturn]
) -> tuple[ValueMapping, ...]:
    """Resolve the prefixes of the properties; ``fail`` gets (index, key, why).

    A value that becomes another one which is mapped itself would depend on the order, and one that
    is mapped twice on luck: both are refused.
    """
    found: dict[tuple[str, str], ValueMapping] = {}
    for index, table in enumerate(tables):
        prefix = table.property.partition(":")[0]
        name = table.property
        if "://" not in name and prefix not in PREFIXES:
            fail(index, "property", f"no prefix {prefix!r}; write the IRI, or dcterms:license")
        iri = name if "://" in name else expand(name)
        if (iri, table.old) in found:
            fail(index, "from", f'"{table.old}" is mapped twice')
        found[iri, table.old] = ValueMapping(iri, table.old, table.new)
    for index, one in enumerate(found.values()):
        if (one.property, one.new) in found:
            fail(index, "to", f'"{one.new}" is mapped itself; name the last value')
    return tuple(found.values())


def read_rewrites(
    table: Mapping[str, str], fail: Callable[[str, str], NoReturn]
) -> tuple[tuple[str, str], ...]:
    """Check the starts of IRIs; ``fail`` gets (key, why)."""
    for old, new in table.items():
        if "://" not in old or "://" not in new:
            fail(old, 'both must be the start of an IRI, such as "https://exempel.se/"')
        again = next((start for start in table if new.startswith(start)), None)
        if again is not None:
            fail(old, f'"{new}" starts with "{again}", which is rewritten again')
    return tuple(sorted(table.items()))
