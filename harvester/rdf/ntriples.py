"""Read canonical N-Triples back into terms: one line, one triple.

The counterpart of :func:`harvester.terms.triple_to_ntriples`. It is strict: one space between the
terms, no comments, so that a line it accepts is a line that another reader sees the same way.
"""

import re

from harvester.terms import RDF_DIR_LANG_STRING, RDF_LANG_STRING, XSD_STRING, Literal, Term, Triple

# RDF 1.2 N-Triples, section 7 (grammar): IRIREF, BLANK_NODE_LABEL, STRING_LITERAL_QUOTE, LANG_DIR.
_IRI = r'<([^\x00-\x20<>"{}|^`]*)>'
_BLANK = r"(_:[^\s<>\"]+)"
_STRING = r'"([^"\\\n\r]*(?:\\.[^"\\\n\r]*)*)"'
_TERM = rf"(?:{_IRI}|{_STRING}(?:@([A-Za-z0-9-]+)|\^\^{_IRI})?|{_BLANK})"
_MATCH_LINE = re.compile(rf"(?:{_IRI}|{_BLANK}) {_IRI} {_TERM} \.").fullmatch
_MATCH_TERM = re.compile(_TERM).fullmatch
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_CHARACTERS = {
    "t": "\t",
    "b": "\b",
    "n": "\n",
    "r": "\r",
    "f": "\f",
    '"': '"',
    "'": "'",
    "\\": "\\",
}


def parse(text: str) -> list[Triple]:
    """Read lines of canonical N-Triples; every line but the last must end with a line feed.

    Raises ``ValueError`` for a line that is not one.
    """
    # str.splitlines would also cut at U+0085, U+2028 and others, which literals may contain.
    return [parse_line(line) for line in text.split("\n") if line]


def objects(text: str, subject: str, predicate: str) -> list[Term]:
    """The objects of one subject (an IRI) and predicate in canonical N-Triples, in its order.

    Raises ``ValueError`` where one of these lines is not canonical.
    """
    start = f"<{subject}> <{predicate}> "
    return [parse_line(line)[2] for line in text.split("\n") if line.startswith(start)]


def parse_line(line: str) -> Triple:
    """Read one line, without its line end. Raises ``ValueError`` where it is not one triple."""
    match = _MATCH_LINE(line)
    if match is None:
        raise ValueError(f"not a line of canonical N-Triples: {line[:200]!r}")
    iri, blank, predicate, obj, value, language, datatype, node = match.groups()
    if "\\" in line:
        subject = blank if iri is None else _iri(iri)
        return subject, _iri(predicate), _term(obj, value, language, datatype, node)
    # Nine lines of ten have no escape, and a store has millions of lines.
    return (
        iri if iri is not None else blank,
        predicate,
        obj if obj is not None else _term(None, value, language, datatype, node),
    )


def parse_term(text: str) -> Term:
    """Read one term as :func:`harvester.terms.term_to_ntriples` writes it.

    Raises ``ValueError`` where ``text`` is not one term.
    """
    match = _MATCH_TERM(text)
    if match is None:
        raise ValueError(f"not a term of N-Triples: {text[:200]!r}")
    return _term(*match.groups())


def _term(
    iri: str | None,
    value: str | None,
    language: str | None,
    datatype: str | None,
    blank: str | None,
) -> Term:
    if iri is not None:
        return _iri(iri)
    if value is None:
        return blank or ""
    if "\\" in value:
        value = _ESCAPE.sub(_character, value)
    if language is not None:
        kind = RDF_DIR_LANG_STRING if "--" in language else RDF_LANG_STRING
        return Literal(value, kind, language)
    return Literal(value, XSD_STRING if datatype is None else _iri(datatype))


def _iri(text: str) -> str:
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    short, long, letter = match.groups()
    if letter is not None:
        try:
            return _CHARACTERS[letter]
        except KeyError:
            raise ValueError(f"unknown escape \\{letter}") from None
    code = int(short or long, 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise ValueError(f"not a Unicode character: {match.group()}")
    return chr(code)
