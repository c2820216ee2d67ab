"""Constraints that look at one value at a time, compiled to tests (SHACL, sections 4.1 to 4.4)."""

from collections.abc import Callable

from harvester.shacl.shapes import (
    MIN_LENGTH,
    Bound,
    Class,
    Constraint,
    Datatype,
    In,
    LanguageIn,
    Length,
    NodeKind,
    Pattern,
)
from harvester.shacl.view import View
from harvester.shacl.xsd import LEXICAL
from harvester.terms import RDF_DIR_LANG_STRING, RDF_LANG_STRING, XSD_STRING, Literal, Term

Test = Callable[[Term], bool]

_MAX_MEMO = 50_000  # verdicts remembered per constraint; texts of a large catalog rarely repeat


def value_test(constraint: Constraint, view: View) -> Test | None:
    """Return a test that says whether a value satisfies ``constraint``.

    ``None`` for a constraint that looks at more than the value and the data graph.
    """
    match constraint:
        case Class(cls):
            return view.members(cls).__contains__
        case Datatype(datatype):
            return _datatype(datatype)
        case NodeKind(iri, blank, literal):
            return _node_kind(iri=iri, blank=blank, literal=literal)
        case In(values):
            return frozenset(values).__contains__
        case Bound():
            return _bound(constraint)
        case Length():
            return _length(constraint)
        case Pattern(pattern, flags):
            from harvester.shacl.pattern import compile_pattern  # as in load.py

            matches = compile_pattern(pattern, flags)
            return remembered(lambda term: _has_text(term) and matches(_text(term)))
        case LanguageIn(ranges):
            return lambda term: isinstance(term, Literal) and _in_ranges(term.language, ranges)
    return None


def remembered(test: Test) -> Test:
    """Return ``test`` with a memory: the same authority IRI or date is a value again and again."""
    verdicts: dict[Term, bool] = {}
    get = verdicts.get

    def check(term: Term) -> bool:
        verdict = get(term)
        if verdict is None:
            if len(verdicts) >= _MAX_MEMO:
                verdicts.clear()
            verdict = verdicts[term] = test(term)
        return verdict

    return check


def _datatype(datatype: str) -> Test:
    if datatype in (RDF_LANG_STRING, RDF_DIR_LANG_STRING):
        # The base direction is kept in the tag: "ar--rtl" (RDF 1.2 Concepts, section 3.4).
        directed = datatype == RDF_DIR_LANG_STRING
        return lambda term: (
            type(term) is Literal and term[2] is not None and ("--" in term[2]) is directed
        )
    lexical = LEXICAL.get(datatype)
    if lexical is None or datatype == XSD_STRING:
        # Texts are not read character by character for what no syntax of RDF lets through.
        return lambda term: type(term) is Literal and term[1] == datatype
    verdicts: dict[str, bool] = {}

    def check(term: Term) -> bool:
        if type(term) is not Literal or term[1] != datatype:
            return False
        text = term[0]
        verdict = verdicts.get(text)
        if verdict is None:
            if len(verdicts) >= _MAX_MEMO:
                verdicts.clear()
            verdict = verdicts[text] = bool(lexical(text))
        return verdict

    return check


def _node_kind(*, iri: bool, blank: bool, literal: bool) -> Test:
    if iri and blank:
        return lambda term: type(term) is str
    if literal and not (iri or blank):
        return lambda term: type(term) is Literal
    if iri and not literal:
        return lambda term: type(term) is str and term[:2] != "_:"
    return lambda term: literal if type(term) is Literal else blank if term[:2] == "_:" else iri


def _has_text(term: Term) -> bool:
    return type(term) is Literal or term[:2] != "_:"


def _text(term: Term) -> str:
    return term.value if isinstance(term, Literal) else term


def _length(constraint: Length) -> Test:
    limit = constraint.length
    if constraint.component == MIN_LENGTH:
        return lambda term: _has_text(term) and len(_text(term)) >= limit
    return lambda term: _has_text(term) and len(_text(term)) <= limit


def _bound(constraint: Bound) -> Test:
    from harvester.shacl.order import compare, value_of  # decimal: when something is compared

    limit, orders = value_of(constraint.limit), constraint.orders
    return remembered(lambda term: compare(value_of(term), limit) in orders)


def _in_ranges(language: str | None, ranges: tuple[str, ...]) -> bool:
    """Basic filtering of language tags (RFC 4647, section 3.3.1)."""
    if not language:
        return False
    tag = language.lower()
    return any(wanted in ("*", tag) or tag.startswith(f"{wanted}-") for wanted in ranges)
