"""What no syntax can carry: found once, left out or replaced, and reported.

Writers render a description without looking, and come here only when a term made them raise
:class:`UnwritableError`; so sound data pays nothing. A term in the store should never be unsound:
this is the last wall before a public file, where a ``>`` inside an IRI would end the IRI and begin
whatever the publisher wrote after it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from harvester.rdf.write.interface import Amendment, Description, Report
from harvester.terms import (
    RDF_DIR_LANG_STRING,
    RDF_LANG_STRING,
    Literal,
    Term,
    Triple,
    is_literal,
)

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_UNSAFE: Final = re.compile(r'[\x00-\x20<>"{}|^`\\\ud800-\udfff]')

Mend = Callable[[Triple], tuple[Triple | None, str]]


class UnwritableError(ValueError):
    """A term of the description cannot be written as it is; ``args[0]`` is the reason."""


def checked_iri(iri: str) -> str:
    """Return an absolute IRI as it is (RFC 3987), or raise :class:`UnwritableError`."""
    if not _UNSAFE.search(iri):
        try:
            ox.NamedNode(iri)
        except ValueError:
            pass
        else:
            return iri
    raise UnwritableError("bad-iri")


def checked_language(tag: str) -> str:
    """Return a well-formed language tag (BCP 47), or raise :class:`UnwritableError`."""
    language, _, direction = tag.partition("--")
    try:
        ox.Literal("", language=language)
    except ValueError:
        raise UnwritableError("bad-language") from None
    if direction not in ("ltr", "rtl") and "--" in tag:
        raise UnwritableError("bad-language")
    return tag


def checked_datatype(iri: str) -> str:
    """Return a datatype that a literal without language may have, or raise."""
    if iri in (RDF_LANG_STRING, RDF_DIR_LANG_STRING):
        raise UnwritableError("no-language")
    return checked_iri(iri)


def sound(triple: Triple) -> tuple[Triple | None, str]:
    """Return the triple as every syntax can carry it, or ``None``; and the reason if it differs."""
    subject, predicate, obj = triple
    try:
        _check_node(subject)
        checked_iri(predicate)
        _check_term(obj)
    except UnwritableError as error:
        return None, str(error.args[0])
    if isinstance(obj, Literal) and _SURROGATE.search(obj.value):
        mended = obj._replace(value=_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", obj.value))
        return (subject, predicate, mended), "surrogate"
    return triple, ""


def encode(
    descriptions: Iterable[Description],
    render: Callable[[Description], bytes],
    report: Report,
    mend: Mend = sound,
) -> Iterator[bytes]:
    """Render each description, mending those that cannot be written as they are."""
    for description in descriptions:
        try:
            chunk = render(description)
        except (UnwritableError, UnicodeEncodeError):
            triples = mended(description, mend, report)
            chunk = render(description._replace(triples=triples))
        yield chunk


def mended(description: Description, mend: Mend, report: Report) -> Sequence[Triple]:
    """Return the triples that can be written, and report those that were changed or left out."""
    kept: dict[Triple, None] = {}
    waiting = []
    for triple in description.triples:
        written, reason = mend(triple)
        if written == triple:
            kept[triple] = None
        else:
            waiting.append((triple, written, reason))
    for triple, written, reason in waiting:
        if written in kept:  # two texts that differed in nothing but what was replaced
            written, reason = None, "repeated"
        if written is not None:
            kept[written] = None
        report(Amendment(description.iri, reason, triple, written))
    return list(kept)


def _check_node(node: str) -> None:
    if node[:2] != "_:":
        checked_iri(node)


def _check_term(term: Term) -> None:
    if not is_literal(term):
        _check_node(str(term))
    elif isinstance(term, Literal):
        if term.language is not None:
            checked_language(term.language)
        else:
            checked_datatype(term.datatype)
