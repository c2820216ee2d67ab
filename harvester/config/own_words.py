"""[[source.mapping]] and [source.rewrite]: what one source says in words of its own."""

from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

from harvester.config.file import MappingTable
from harvester.namespaces import PREFIXES, expand
from harvester.settings import ValueMapping
from harvester.words import Text


def read_mappings(
    tables: Sequence[MappingTable], fail: Callable[[int, str, Text], NoReturn]
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
            fail(
                index,
                "property",
                Text(
                    f'prefixet "{prefix}" är inte känt; skriv hela IRI:n, eller dcterms:license',
                    f'no prefix is called "{prefix}"; write the whole IRI, or dcterms:license',
                ),
            )
        iri = name if "://" in name else expand(name)
        if (iri, table.old) in found:
            why = Text(f'"{table.old}" ersätts två gånger', f'"{table.old}" is mapped twice')
            fail(index, "from", why)
        found[iri, table.old] = ValueMapping(iri, table.old, table.new)
    for index, one in enumerate(found.values()):
        if (one.property, one.new) in found:
            fail(
                index,
                "to",
                Text(
                    f'"{one.new}" ersätts själv; ange det sista värdet',
                    f'"{one.new}" is mapped itself; name the last value',
                ),
            )
    return tuple(found.values())


def read_rewrites(
    table: Mapping[str, str], fail: Callable[[str, Text], NoReturn]
) -> tuple[tuple[str, str], ...]:
    """Check the starts of IRIs; ``fail`` gets (key, why)."""
    for old, new in table.items():
        if "://" not in old or "://" not in new:
            fail(
                old,
                Text(
                    'båda ska vara början på en IRI, t.ex. "https://exempel.se/"',
                    'both must be the start of an IRI, such as "https://exempel.se/"',
                ),
            )
        again = next((start for start in table if new.startswith(start)), None)
        if again is not None:
            fail(
                old,
                Text(
                    f'"{new}" börjar med "{again}", som skrivs om igen',
                    f'"{new}" starts with "{again}", which is rewritten again',
                ),
            )
    return tuple(sorted(table.items()))
