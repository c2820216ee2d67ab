"""What to say where a shape has no sh:message of its own."""

from collections.abc import Mapping
from types import MappingProxyType

from harvester.namespaces import SH, shorten
from harvester.shacl.shapes import (
    Bound,
    Class,
    Closed,
    Constraint,
    Count,
    Datatype,
    HasValue,
    In,
    LanguageIn,
    Length,
    Logical,
    Node,
    NodeKind,
    Not,
    Pair,
    Pattern,
    Qualified,
    UniqueLang,
)
from harvester.terms import Literal, Term

# component name -> Swedish, English; {} is the constraint's parameter
_TEXTS: Mapping[str, tuple[str, str]] = {
    "Class": ("Värdet är inte en {}", "The value is not a {}"),
    "Datatype": ("Värdet är inte av datatypen {}", "The value is not of datatype {}"),
    "NodeKind": ("Värdet är inte {}", "The value is not {}"),
    "MinCount": ("Färre än {} värden", "Fewer than {} values"),
    "MaxCount": ("Fler än {} värden", "More than {} values"),
    "MinExclusive": ("Värdet är inte större än {}", "The value is not greater than {}"),
    "MinInclusive": ("Värdet är inte minst {}", "The value is not at least {}"),
    "MaxExclusive": ("Värdet är inte mindre än {}", "The value is not less than {}"),
    "MaxInclusive": ("Värdet är inte högst {}", "The value is not at most {}"),
    "MinLength": ("Kortare än {} tecken", "Shorter than {} characters"),
    "MaxLength": ("Längre än {} tecken", "Longer than {} characters"),
    "Pattern": ("Värdet följer inte mönstret {}", "The value does not match the pattern {}"),
    "LanguageIn": ("Språket är inte något av {}", "The language is not one of {}"),
    "UniqueLang": ("Fler än ett värde på samma språk", "More than one value in the same language"),
    "Equals": ("Värdena är inte desamma som i {}", "The values are not the same as those of {}"),
    "Disjoint": ("Värdet finns också i {}", "The value is also a value of {}"),
    "LessThan": ("Värdet är inte mindre än värdet i {}", "The value is not less than that of {}"),
    "LessThanOrEquals": ("Värdet är större än värdet i {}", "The value is greater than that of {}"),
    "HasValue": ("Värdet {} saknas", "The value {} is missing"),
    "In": ("Värdet är inte något av {}", "The value is not one of {}"),
    "Closed": ("Egenskapen är inte tillåten här", "The property is not allowed here"),
    "Node": ("Värdet följer inte formen {}", "The value does not conform to the shape {}"),
    "Not": ("Värdet följer formen {}", "The value conforms to the shape {}"),
    "And": ("Värdet följer inte alla formerna", "The value does not conform to all of the shapes"),
    "Or": ("Värdet följer ingen av formerna", "The value conforms to none of the shapes"),
    "Xone": (
        "Värdet följer inte exakt en av formerna",
        "The value does not conform to exactly one of the shapes",
    ),
    "QualifiedMinCount": (
        "Färre än {} värden följer formen",
        "Fewer than {} values conform to the shape",
    ),
    "QualifiedMaxCount": (
        "Fler än {} värden följer formen",
        "More than {} values conform to the shape",
    ),
}
_SHOWN = 10  # members of a list that a message names


def default_messages(component: str, constraint: Constraint) -> Mapping[str, str]:
    """Return a text in Swedish and English that says what ``constraint`` asks for."""
    name = component.removeprefix(SH).removesuffix("ConstraintComponent")
    swedish, english = _TEXTS[name]
    parameter = _parameter(name, constraint)
    return MappingProxyType({"sv": swedish.format(parameter), "en": english.format(parameter)})


def _parameter(name: str, constraint: Constraint) -> str:
    match constraint:
        case Class(iri) | Datatype(iri) | Pair(_, iri) | Node(iri) | Not(iri):
            return "" if iri[:2] == "_:" else shorten(iri)
        case NodeKind(iri, blank, literal):
            kinds = (("IRI", iri), ("blank node", blank), ("literal", literal))
            return " / ".join(kind for kind, allowed in kinds if allowed)
        case Count(_, number) | Length(_, number):
            return str(number)
        case Qualified(_, low, high):
            return str(low if name == "QualifiedMinCount" else high)
        case Bound(_, limit):
            return limit.value
        case Pattern(pattern):
            return pattern
        case LanguageIn(ranges):
            return _listed(ranges)
        case HasValue(value):
            return _shown(value)
        case In(values):
            return _listed([_shown(value) for value in values])
        case UniqueLang() | Closed() | Logical():
            return ""


def _shown(term: Term) -> str:
    return f'"{term.value}"' if isinstance(term, Literal) else shorten(term)


def _listed(words: tuple[str, ...] | list[str]) -> str:
    more = len(words) - _SHOWN
    return ", ".join(words[:_SHOWN]) + (f" (+{more})" if more > 0 else "")
