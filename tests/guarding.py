"""Small states for the guards."""

from harvester.model import DocumentReading, Kind, Resource, SourceState, Syntax
from harvester.namespaces import DCTERMS


def of(iri: str) -> str:
    """The digest that :func:`dataset` gives."""
    return f"digest of {iri}"


def dataset(iri: str, title: str = "", identifier: str = "") -> Resource:
    lines = [
        f'<{iri}> <{DCTERMS}{name}> "{value}"@sv .\n'
        for name, value in (("identifier", identifier), ("title", title))
        if value
    ]
    return Resource(iri, (Kind.DATASET,), of(iri), "".join(lines), len(lines))


def state(
    *datasets: str | Resource,
    total_items: int | None = None,
    syntax: Syntax = Syntax.TURTLE,
    repaired: bool = False,
) -> SourceState:
    """A state of datasets, read from the document ``u``."""
    return SourceState(
        resources=tuple(dataset(one) if isinstance(one, str) else one for one in datasets),
        findings=(),
        normalisations=(),
        readings=(
            DocumentReading("u", syntax, "utf-8", 0, 0, repaired=repaired, total_items=total_items),
        ),
        statements=0,
        duplicates=0,
    )
