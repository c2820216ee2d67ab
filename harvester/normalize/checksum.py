"""Checksums: the algorithm as SPDX names it, the value as xsd:hexBinary (DCAT-AP 3.0.1)."""

import re
from typing import Final

from harvester.namespaces import SPDX, XSD
from harvester.normalize.step import Rewrite, ValueStep
from harvester.normalize.tables import fold
from harvester.terms import RDF_LANG_STRING, XSD_STRING, Literal, Term

ALGORITHM: Final = SPDX + "algorithm"
VALUE: Final = SPDX + "checksumValue"
_NAMES: Final = ("md2", "md4", "md5", "sha1", "sha224", "sha256", "sha384", "sha512")
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2})+")


def _algorithm(predicate: str, value: Term) -> Rewrite | None:
    text = value.value if isinstance(value, Literal) else value
    name = fold(text).removeprefix("spdx.org/rdf/terms#checksumalgorithm_")
    name = re.sub(r"[-_/ ]", "", name.removeprefix("dcat-ap.de/def/hashalgorithms/"))
    if name not in _NAMES:
        return None
    iri = f"{SPDX}checksumAlgorithm_{name}"
    return None if iri == value else Rewrite(((predicate, iri),))


def _value(predicate: str, value: Term) -> Rewrite | None:
    if not isinstance(value, Literal) or value.datatype not in (XSD_STRING, RDF_LANG_STRING):
        return None
    if not _HEX.fullmatch(value.value):
        return None
    return Rewrite(((predicate, Literal(value.value, XSD + "hexBinary")),))


STEPS: Final = (
    ValueStep("checksum", ALGORITHM.__eq__, _algorithm),
    ValueStep("checksum", VALUE.__eq__, _value),
)
