"""The rule-book entries of what reading a document finds: bytes, XML, IRIs, tags.

``rdf/`` makes these findings; here are the words for ``explain``, and which of them the national
portal cannot take: its XML and RDF readers stop at the first fault, ours go on.
"""

from typing import Final

from harvester.rules import reading_syntax, reading_terms
from harvester.rules.rule import Rule

READING_RULES: Final[tuple[Rule, ...]] = tuple(
    sorted((*reading_syntax.RULES, *reading_terms.RULES), key=lambda rule: rule.code)
)
