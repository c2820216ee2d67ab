"""The tables of ``harvester/data/tables``: what a value is called in the store's words.

A table is data of the program, like its code: read from the package when first asked for and
kept. Its README says where the facts come from and what ``certainty`` means.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
EXACT: Final = "exact"
ASSUMED: Final = "assumed"

_WEB: Final = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_DEED: Final = re.compile(r"/(?:deed|legalcode|rdf)(?:[._-][a-z_-]+)*\Z")


class Known(NamedTuple):
    """What a value is in the store's words, and how sure that is: ``exact`` or ``assumed``."""

    value: str
    certainty: str = EXACT

    @property
    def applies(self) -> bool:
        """Whether a step may write it; ``ambiguous``, ``marker`` and ``none`` are left alone."""
        return self.certainty in (EXACT, ASSUMED)


class FileType(NamedTuple):
    """An EU file type: its code, the media type to write for it ("" for none)."""

    code: str
    media_type: str
    registered: bool

    @property
    def iri(self) -> str:
        """The IRI of the EU table."""
        return f"{AUTHORITY}file-type/{self.code}"


class Format(NamedTuple):
    """What a format is called: EU file type and package as codes, either may be empty."""

    file_type: str
    package: str
    certainty: str


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table, without its header; raises ``FileNotFoundError``."""
    text = (files("harvester") / "data" / "tables" / f"{name}.tsv").read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines()[1:])


def fold(value: str) -> str:
    """The key of a value: trimmed, lower case, without scheme, ``www.`` and a slash at the end."""
    return _WEB.sub("", value.strip().casefold(), count=1).rstrip("/")


def licence_key(value: str) -> str:
    """The key of a licence: folded, and without ``/deed.sv``, ``/legalcode``, ``/rdf``."""
    return _DEED.sub("", fold(value))


@cache
def licences() -> Mapping[str, Known]:
    """Folded name or address -> the licence's IRI as DCAT-AP-SE wants it."""
    found = {licence_key(iri): Known(iri) for iri, _, _ in rows("licence")}
    found.update({key: Known(iri, certainty) for key, iri, certainty in rows("licence-name")})
    return MappingProxyType(found)


@cache
def licence_codes() -> Mapping[str, str]:
    """IRI of a licence as the store has it -> its code in the EU table, for those that have one."""
    return MappingProxyType({iri: code for iri, code, _ in rows("licence") if code})


@cache
def file_types() -> Mapping[str, FileType]:
    """Code -> EU file type."""
    return MappingProxyType(
        {code: FileType(code, media, bool(iana)) for code, media, iana in rows("file-type")}
    )


@cache
def formats(kind: str) -> Mapping[str, Format]:
    """Folded extension (``.csv``), media type or label -> format.

    ``kind`` is ``extension``, ``media-type`` or ``label``.
    """
    return MappingProxyType(
        {
            value: Format(code, package, certainty)
            for of, value, code, package, certainty in rows("format")
            if of == kind
        }
    )


@cache
def registered_media_types() -> Mapping[str, str]:
    """Media type in lower case -> as IANA writes it."""
    installed = files("harvester") / "data" / "shapes"
    shapes = installed if installed.is_dir() else Path(__file__).parents[2] / "shapes"
    text = (shapes / "vocabularies" / "iana-media-types.txt").read_text("utf-8")
    return MappingProxyType({line.lower(): line for line in text.split()})


@cache
def frequencies() -> Mapping[str, Known]:
    """Folded name (without spaces), code or address -> IRI of the EU frequency."""
    found = {value: Known(code, sure) for value, code, sure in rows("frequency")}
    return _with_codes("frequency", found)


@cache
def languages() -> Mapping[str, Known]:
    """Folded code, name or address of a language -> IRI of the EU table."""
    found: dict[str, Known] = {}
    for code, two, three_b, three, names, _ in rows("language"):
        known = Known(f"{AUTHORITY}language/{code}")
        for scheme, tags in (("iso639-1", (two,)), ("iso639-2", (three_b, three))):
            for tag in filter(None, tags):
                found[f"id.loc.gov/vocabulary/{scheme}/{tag}"] = known
                found.setdefault(tag, known)
        for tag in filter(None, (two, three_b, three)):
            for scheme in ("iso639-1", "iso639-2", "iso639-3"):
                found[f"lexvo.org/id/{scheme}/{tag}"] = known
        found.update(dict.fromkeys(filter(None, names.split("|")), known))
        found[fold(known.value)] = known
    return MappingProxyType(found)


@cache
def language_tags() -> Mapping[str, str]:
    """Code of the EU language table -> its shortest BCP 47 tag."""
    return MappingProxyType({code: two or three for code, two, _, three, *_ in rows("language")})


@cache
def themes() -> Mapping[str, tuple[tuple[str, ...], str]]:
    """Folded IRI of an INSPIRE theme or ISO topic -> (IRIs of EU data themes, certainty)."""
    return MappingProxyType(
        {
            value: (tuple(f"{AUTHORITY}data-theme/{code}" for code in codes.split("|")), certainty)
            for value, codes, certainty in rows("theme")
        }
    )


@cache
def codes(name: str) -> Mapping[str, Known]:
    """Folded IRI, code, label or other name of a closed list (``access-right``) -> its IRI."""
    others = {value: Known(code, sure) for of, value, code, sure in rows("code-name") if of == name}
    return _with_codes(name, others)


@cache
def publisher_types() -> Mapping[str, str]:
    """Folded IRI of a kind of publisher (ADMS) -> the IRI."""
    base = "http://purl.org/adms/publishertype/"
    known = (base + code for of, code, *_ in rows("code") if of == "adms-publishertype")
    return MappingProxyType({fold(iri): iri for iri in known})


@cache
def places(kind: str) -> Mapping[str, str]:
    """Code of a Swedish ``county`` or ``municipality`` -> its GeoNames id, where that is known."""
    return MappingProxyType(
        {code: geo for of, code, _, geo, _ in rows("place") if of == kind and geo}
    )


@cache
def publishers() -> frozenset[str]:
    """Organisation numbers (ten digits) that stand for one publisher alone."""
    return frozenset(number for (number,) in rows("publisher"))


def _with_codes(name: str, found: Mapping[str, Known]) -> Mapping[str, Known]:
    base = f"{AUTHORITY}{name}/"
    every: dict[str, Known] = {}
    for of, code, *labels, _ in rows("code"):
        if of == name:
            known = Known(base + code)
            every.update({fold(label).replace(" ", ""): known for label in labels if label})
            every[fold(code)] = every[fold(known.value)] = known
    every.update({value: Known(base + code, sure) for value, (code, sure) in found.items()})
    return MappingProxyType(every)
