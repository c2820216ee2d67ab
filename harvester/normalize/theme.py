"""Themes: EU data themes beside the INSPIRE themes and ISO topics that they follow from.

What was there stays. Alignment of INSPIRE themes: SEMIC, iso-19139-to-dcat-ap. A text becomes a
theme only when it is the label or the code of one; keywords are never guessed at.
"""

from collections.abc import Iterator
from typing import Final

from harvester.namespaces import DCAT
from harvester.normalize.step import Edit, ResourceStep, Rewrite, ValueStep
from harvester.normalize.tables import ASSUMED, Known, codes, fold, themes
from harvester.rdf.graph import Graph
from harvester.terms import Literal, Term

THEME: Final = DCAT + "theme"
_EU: Final = "/authority/data-theme/"
TOPIC: Final = "http://data.europa.eu/930/topicCategory"  # GeoDCAT-AP 3


def lookup(value: Term) -> Known | None:
    """The EU data theme that an IRI or a text names."""
    text = value.value if isinstance(value, Literal) else value
    key = fold(text)
    if isinstance(value, Literal):
        return codes("data-theme").get(key.replace(" ", ""))
    known = codes("data-theme").get(key)
    if known is None and _EU in key and "#" in key:
        # a finer theme that the table does not have: .../EDUC#SPORT
        broader = codes("data-theme").get(key.partition("#")[0])
        known = Known(broader.value, ASSUMED) if broader else None
    return known


def rewrite(predicate: str, value: Term) -> Rewrite | None:
    """Say a theme by its IRI."""
    known = lookup(value)
    if known is None or known.value == value:
        return None
    return Rewrite(((predicate, known.value),), known.certainty)


def _is_aligned(_: str, value: Term) -> bool:
    return isinstance(value, str) and fold(value) in themes()


def edits(graph: Graph) -> Iterator[Edit]:
    """Add the data themes that the themes of another vocabulary follow from."""
    for subject, properties in graph.spo.items():
        for predicate in (THEME, TOPIC):
            for value in properties.get(predicate, ()):
                if isinstance(value, str) and (found := themes().get(fold(value))):
                    source = (subject, predicate, value)
                    added = tuple((subject, THEME, iri) for iri in found[0])
                    yield Edit((source,), (source, *added), found[1])


STEPS: Final = (
    ValueStep("theme", THEME.__eq__, rewrite),
    ResourceStep(
        "theme",
        frozenset({THEME, TOPIC}).__contains__,
        _is_aligned,
        edits,
        frozenset({THEME, TOPIC}),
    ),
)
