"""What did not count in a validation, and what of that is out of date."""

from collections import Counter
from collections.abc import Sequence

from harvester.model import Suppressed, Text
from harvester.report.terminal import visible
from harvester.report.texts import say


def tolerance_lines(
    suppressed: Sequence[Suppressed], stale: Sequence[Text], lang: str
) -> list[str]:
    """One line for all known findings, one per reason of ignored ones, one per stale entry."""
    known = sum(one.by == "baseline" for one in suppressed)
    reasons = Counter(one.reason for one in suppressed if one.by == "ignore")
    lines = [say("validate.known", lang, count=known)] if known else []
    lines += [
        say("validate.ignored", lang, count=count, reason=visible(reason))
        for reason, count in reasons.items()
    ]
    lines += [visible(text.in_language(lang)) for text in stale]
    return ["", *lines] if lines else []
