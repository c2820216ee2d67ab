"""One rule, as people read it: what, why, how to mend it, a wrong and a right example."""

from dataclasses import dataclass

from harvester.model import Severity
from harvester.words import Text


@dataclass(frozen=True, slots=True)
class Rule:
    """A code with everything ``explain`` says about it.

    ``section`` is a link to where the rule is written. ``wrong`` and ``right`` are Turtle that
    can be read by itself once the prefixes of ``namespaces.PREFIXES`` and ``ex:`` are declared;
    both are empty where only bytes or transport can be wrong, and ``example`` then says in words
    what wrong and right look like. ``rejects``: the national portal cannot take what breaks it.
    """

    code: str
    severity: Severity
    title: Text
    why: Text
    fix: Text
    section: str
    wrong: str = ""
    right: str = ""
    example: Text | None = None
    rejects: bool = False
    shape: str = ""


def reading_rule(
    code: str,
    severity: Severity,
    section: str,
    title: tuple[str, str],
    why: tuple[str, str],
    fix: tuple[str, str],
    example: tuple[str, str],
    *,
    rejects: bool = False,
) -> Rule:
    """Put a rule about reading together; each pair is Swedish, English."""
    return Rule(
        code=code,
        severity=severity,
        title=Text(*title),
        why=Text(*why),
        fix=Text(*fix),
        section=section,
        example=Text(*example),
        rejects=rejects,
    )
