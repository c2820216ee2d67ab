"""Hold data against a profile and the portal's rules; codes, texts and what they mean.

``validate(graph, profile)`` gives findings, ``verdict(findings)`` the portal's answer,
``rule_book(profile)`` every code with its words.
"""

from harvester.rules.book import RuleBook, find_rule, rule_book
from harvester.rules.context import Context
from harvester.rules.judge import ENGINES, validate
from harvester.rules.profile import Profile
from harvester.rules.rule import Rule
from harvester.rules.verdict import Verdict, verdict, verdict_text

__all__ = [
    "ENGINES",
    "Context",
    "Profile",
    "Rule",
    "RuleBook",
    "Verdict",
    "find_rule",
    "rule_book",
    "validate",
    "verdict",
    "verdict_text",
]
