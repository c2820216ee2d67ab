"""A name for each finding that stays when lines move: sha256 of what is wrong with what."""

import hashlib
from collections import Counter
from collections.abc import Sequence

from harvester.model import Finding
from harvester.terms import is_blank, term_to_ntriples


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """Return 64 hex digits for each finding, no two alike.

    Made of code, focus, path, value and, where all are equal, the ordinal. A blank node counts as
    the resource that owns it, since its label is the reader's own and not the file's.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    made: list[str] = []
    for finding in findings:
        key = (finding.code, _focus(finding), finding.path, _value(finding))
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        made.append(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
    return made


def _focus(finding: Finding) -> str:
    if not is_blank(finding.focus):
        return finding.focus
    return "_:" if is_blank(finding.resource) else f"_:{finding.resource}"


def _value(finding: Finding) -> str:
    if finding.value is None:
        return ""
    return "_:" if is_blank(finding.value) else term_to_ntriples(finding.value)
