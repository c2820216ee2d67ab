"""What every format is: a function from what was found to the text of a file, piece by piece."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from harvester.model import Finding
from harvester.namespaces import shorten
from harvester.report.validation import Validation, View
from harvester.terms import term_to_ntriples

Format: TypeAlias = Callable[[View], Iterator[str]]


def fingerprint_of(result: Validation) -> Mapping[int, str]:
    """The fingerprint of each finding by its ``id``.

    Raises ``ValueError`` where the validation was made without them.
    """
    named = zip(result.findings, result.fingerprints, strict=True)
    return {id(finding): fingerprint for finding, fingerprint in named}


def value_of(finding: Finding) -> str | None:
    """The value as an N-Triples term, or ``None`` where the finding has none."""
    return None if finding.value is None else term_to_ntriples(finding.value)


def path_of(finding: Finding) -> str:
    """The property with its prefix, as ``dcterms:title``; empty when there is none."""
    return shorten(finding.path)


def about_of(finding: Finding) -> str:
    """What a finding is about, exactly: ``dcterms:title · https://...``, or the focus alone."""
    return " · ".join(part for part in (path_of(finding), finding.focus) if part)


def place_of(finding: Finding) -> str:
    """``file:line:column``, or the file alone where the place in it is not known."""
    return finding.input + (f":{finding.line}:{finding.column or 1}" if finding.line else "")
