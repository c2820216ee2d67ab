"""Rules for programs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harvester.rules.rule import Rule


def rules_json(rules: Iterable["Rule"], lang: str) -> dict[str, Any]:
    """``{"rules": [...]}``, in the order given."""
    return {
        "rules": [
            {
                "code": rule.code,
                "severity": str(rule.severity),
                "title": rule.title.in_language(lang),
                "why": rule.why.in_language(lang),
                "fix": rule.fix.in_language(lang),
                "section": rule.section,
                "wrong": rule.wrong,
                "right": rule.right,
                "example": rule.example.in_language(lang) if rule.example is not None else None,
                "rejects": rule.rejects,
            }
            for rule in rules
        ]
    }
