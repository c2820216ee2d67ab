"""The answer to a query, for people and in the formats of the W3C."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from harvester.errors import UsageError
from harvester.model import Syntax
from harvester.namespaces import PREFIXES, XSD, shorten
from harvester.rdf.write import WRITERS, Description
from harvester.report.spreadsheet import Number, line
from harvester.report.terminal import Column, table
from harvester.report.texts import say
from harvester.sparql.answer import Answer, Solutions, Triples, Truth
from harvester.terms import XSD_STRING, Literal, Term, term_to_ntriples
from harvester.words import Text

_SPARQL: Final = "http://www.w3.org/2005/sparql-results#"
_NUMBERS: Final = frozenset(
    XSD + name for name in ("integer", "decimal", "double", "float", "nonNegativeInteger")
)
_NUMBER: Final = re.compile(r"[+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?")
_GRAPHS: Final = MappingProxyType({"ttl": Syntax.TURTLE, "nt": Syntax.NTRIPLES})


def render(answer: Answer, form: str, lang: str, width: int) -> Iterator[str]:
    """The answer in ``form``: *table*, *json*, *csv*, *tsv*, *xml*, *ttl* or *nt*.

    A graph that is asked for as a table is given as Turtle. Raises ``UsageError`` for a form that
    the answer has not.
    """
    if isinstance(answer, Triples):
        syntax = _GRAPHS.get("ttl" if form == "table" else form)
        if syntax is None:
            raise UsageError(
                Text(
                    f"svaret är en graf: --format är ttl eller nt, inte {form}",
                    f"the answer is a graph: --format is ttl or nt, not {form}",
                )
            )
        yield from _graph(answer, syntax)
        return
    if form in _GRAPHS:
        raise UsageError(
            Text(
                f"svaret är ingen graf: --format {form} kräver CONSTRUCT eller DESCRIBE",
                f"the answer is no graph: --format {form} needs CONSTRUCT or DESCRIBE",
            )
        )
    if form == "table":
        yield from (f"{row}\n" for row in _table(answer, lang, width))
    elif isinstance(answer, Truth):
        yield from _TRUTHS[form](answer)
    else:
        yield from _SOLUTIONS[form](answer)


def _table(answer: Solutions | Truth, lang: str, width: int) -> list[str]:
    if isinstance(answer, Truth):
        return [say("query.yes" if answer.value else "query.no", lang)]
    columns = [
        Column(name, numeric=_is_numeric(answer, place), narrowest=12)
        for place, name in enumerate(answer.variables)
    ]
    rows = [[_short(term) for term in row] for row in answer.rows]
    return table(columns, rows, width) if columns else []


def _is_numeric(answer: Solutions, place: int) -> bool:
    values = [row[place] for row in answer.rows if row[place] is not None]
    return bool(values) and all(isinstance(v, Literal) and v.datatype in _NUMBERS for v in values)


def _short(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, Literal):
        return " ".join(term.value.split())
    return shorten(term)


def _json_object(answer: Solutions | Truth) -> Iterator[str]:
    """SPARQL 1.1 Query Results JSON Format, 2013."""
    if isinstance(answer, Truth):
        yield json.dumps({"head": {}, "boolean": answer.value}) + "\n"
        return
    yield '{"head": ' + json.dumps({"vars": answer.variables}) + ', "results": {"bindings": ['
    for number, row in enumerate(answer.rows):
        bound = {
            name: _json_term(term)
            for name, term in zip(answer.variables, row, strict=True)
            if term is not None
        }
        yield (",\n" if number else "\n") + json.dumps(bound, ensure_ascii=False)
    yield "\n]}}\n"


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, Literal):
        found = {"type": "literal", "value": term.value}
        if term.language is not None:
            found["xml:lang"] = term.language
        elif term.datatype != XSD_STRING:
            found["datatype"] = term.datatype
        return found
    if term[:2] == "_:":
        return {"type": "bnode", "value": term[2:]}
    return {"type": "uri", "value": term}


def _csv(answer: Solutions) -> Iterator[str]:
    """SPARQL 1.1 Query Results CSV and TSV Formats, section 3, but that no cell is a formula."""
    yield line(answer.variables, ",")
    for row in answer.rows:
        yield line([_plain(term) for term in row], ",")


def _plain(term: Term | None) -> object:
    if isinstance(term, Literal):
        # A number is no formula, also where it is negative.
        if term.datatype in _NUMBERS and _NUMBER.fullmatch(term.value):
            return Number(term.value)
        return term.value
    return term


def _tsv(answer: Solutions) -> Iterator[str]:
    """The same, section 4: every term exactly."""
    yield "\t".join(f"?{name}" for name in answer.variables) + "\n"
    for row in answer.rows:
        cells = ("" if term is None else term_to_ntriples(term) for term in row)
        yield "\t".join(cell.replace("\t", "\\t") for cell in cells) + "\n"


def _xml(answer: Solutions | Truth) -> Iterator[str]:
    """SPARQL Query Results XML Format, second edition, 2013."""
    yield f'<?xml version="1.0"?>\n<sparql xmlns="{_SPARQL}">\n'
    if isinstance(answer, Truth):
        yield f"<head/>\n<boolean>{str(answer.value).lower()}</boolean>\n</sparql>\n"
        return
    names = "".join(f"<variable name={quoteattr(name)}/>" for name in answer.variables)
    yield f"<head>{names}</head>\n<results>\n"
    for row in answer.rows:
        bound = (
            f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
            for name, term in zip(answer.variables, row, strict=True)
            if term is not None
        )
        yield f"<result>{''.join(bound)}</result>\n"
    yield "</results>\n</sparql>\n"


def _xml_term(term: Term) -> str:
    if not isinstance(term, Literal):
        return (
            f"<bnode>{escape(term[2:])}</bnode>"
            if term[:2] == "_:"
            else f"<uri>{escape(term)}</uri>"
        )
    about = ""
    if term.language is not None:
        about = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype != XSD_STRING:
        about = f" datatype={quoteattr(term.datatype)}"
    # A carriage return would be read as a line feed.
    return f"<literal{about}>{escape(term.value, {chr(13): '&#13;'})}</literal>"


def _graph(answer: Triples, syntax: Syntax) -> Iterator[str]:
    iris = {iri for t in answer.triples for iri in t if isinstance(iri, str)}
    iris |= {t[2].datatype for t in answer.triples if isinstance(t[2], Literal)}
    heads = {name.partition(":")[0] for name in map(shorten, iris)}
    prefixes = {name: PREFIXES[name] for name in heads & PREFIXES.keys()}
    whole = Description("", answer.triples)
    for piece in WRITERS[syntax]([whole], lambda _: None, prefixes):
        yield piece.decode("utf-8", "surrogatepass")


def _no_table(form: str) -> Callable[[Truth], Iterator[str]]:
    def refuse(_: Truth) -> Iterator[str]:
        raise UsageError(
            Text(
                f"svaret är ja eller nej: --format är table, json eller xml, inte {form}",
                f"the answer is yes or no: --format is table, json or xml, not {form}",
            )
        )

    return refuse


_SOLUTIONS: Final[Mapping[str, Callable[[Solutions], Iterator[str]]]] = MappingProxyType(
    {"json": _json_object, "csv": _csv, "tsv": _tsv, "xml": _xml}
)
_TRUTHS: Final[Mapping[str, Callable[[Truth], Iterator[str]]]] = MappingProxyType(
    {"json": _json_object, "xml": _xml, "csv": _no_table("csv"), "tsv": _no_table("tsv")}
)
FORMS: Final[Sequence[str]] = ("table", *_SOLUTIONS, *_GRAPHS)
