"""How much one document may ask of us before it is refused or a term is set aside."""

from typing import Final, NamedTuple

from harvester.namespaces import XSD

_NUMBERS = (
    "decimal integer double float long int short byte nonNegativeInteger positiveInteger "
    "nonPositiveInteger negativeInteger unsignedLong unsignedInt unsignedShort unsignedByte "
    "duration dayTimeDuration yearMonthDuration"
)
NUMERIC: Final = frozenset(XSD + name for name in _NUMBERS.split())


class Limits(NamedTuple):
    """Bounds on one document; sizes of text in characters, of expansion in bytes.

    Over ``literal`` the literal is set aside; over ``iri``, ``language_tag``, and (of a literal
    whose datatype is ``NUMERIC``) ``numeric`` and ``exponent`` the term is kept and named by a
    finding; over any other bound the document is refused. ``xml_entity_ratio`` is expanded size
    over document size and counts from 1 MiB. From ``one_process`` bytes on, a document of lines
    may be read by two processes.
    """

    triples: int = 5_000_000
    blank_nodes: int = 1_000_000
    literal: int = 262_144
    iri: int = 2_048
    language_tag: int = 35
    numeric: int = 64
    exponent: int = 400
    prefixes: int = 1_000
    xml_depth: int = 200
    xml_attributes: int = 500
    xml_entities: int = 10_485_760
    xml_entity_ratio: int = 100
    json_depth: int = 200
    turtle_depth: int = 200
    undecodable: int = 1_000
    repeats: int = 1_000
    second_chance: int = 33_554_432
    one_process: int = 67_108_864


DEFAULT: Final = Limits()
