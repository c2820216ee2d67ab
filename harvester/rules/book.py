"""The rule book: every code with its words, from the shapes and from the tables beside them."""

import difflib
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from harvester.errors import UsageError
from harvester.namespaces import SH
from harvester.rules.annotations import HV, NO_TEXT, text_of, texts
from harvester.rules.portal import PORTAL_RULES
from harvester.rules.profile import Profile
from harvester.rules.reading import READING_RULES
from harvester.rules.rule import Rule
from harvester.rules.shacl_rules import shacl_rules
from harvester.words import Text

RuleBook = Mapping[str, Rule]


def rule_book(*profiles: Profile) -> RuleBook:
    """Return every rule by code, in the order of the codes.

    The rules of the profiles' shapes, of the portal, of reading, and those for shapes without a
    code. A code that two profiles have is described by the first.
    """
    rules: dict[str, Rule] = {}
    for profile in profiles:
        for rule in shape_rules(profile):
            rules.setdefault(rule.code, rule)
    for rule in (*(row.rule for row in PORTAL_RULES), *READING_RULES, *shacl_rules()):
        rules.setdefault(rule.code, rule)
    return MappingProxyType(dict(sorted(rules.items())))


def shape_rules(profile: Profile) -> Iterator[Rule]:
    """Yield the rules that a profile's active shapes carry as ``hv:`` annotations."""
    shapes = profile.shapes
    for shape in shapes.spo:
        if not shapes.objects(shape, HV + "code"):
            continue
        if text_of(shapes, shape, SH + "deactivated") == "true":
            continue
        annotation = profile.annotations[shape]
        title = texts(shapes, shape, HV + "title")
        message = texts(shapes, shape, SH + "message")
        yield Rule(
            code=annotation.code,
            severity=profile.severities.get(annotation.code) or annotation.severity,
            title=title if title != NO_TEXT else message,
            why=annotation.why if annotation.why != NO_TEXT else message,
            fix=annotation.fix if annotation.fix != NO_TEXT else message,
            section=annotation.section,
            wrong=text_of(shapes, shape, HV + "wrong"),
            right=text_of(shapes, shape, HV + "right"),
            shape=shape if not shape.startswith("_:") else "",
        )


def find_rule(book: RuleBook, code: str) -> Rule:
    """Return the rule of a code in any case. Raises ``UsageError`` naming the nearest code."""
    rule = book.get(code.strip().upper())
    if rule is None:
        near = ", ".join(difflib.get_close_matches(code.upper(), book, n=3, cutoff=0.5))
        raise UsageError(
            Text(f'ingen regel har koden "{code}"', f'no rule has the code "{code}"')
            + (Text(f"; menade du {near}?", f"; did you mean {near}?") if near else ".")
            + Text(" `harvester explain --all` visar alla", " `harvester explain --all` lists all")
        )
    return rule
