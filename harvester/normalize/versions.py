"""Older versions of the profiles: what DCAT-AP(-SE) 2 said otherwise than 3.0.1.

owl:versionInfo, dcterms:hasVersion and dcterms:isVersionOf of datasets became properties of DCAT 3
(DCAT-AP 3.0.1, change log). What changed only in its values has a step of its own: availability,
status, byte-size, temporal, format.
"""

from collections.abc import Iterator
from typing import Final

from harvester.namespaces import DCAT, DCTERMS, OWL
from harvester.normalize.step import Edit, ResourceStep
from harvester.rdf.graph import Graph
from harvester.terms import Literal

_DATASETS: Final = frozenset({DCAT + "Dataset", DCAT + "DatasetSeries"})
_TEXTS: Final = {OWL + "versionInfo": DCAT + "version"}
_LINKS: Final = {
    DCTERMS + "hasVersion": DCAT + "hasVersion",
    DCTERMS + "isVersionOf": DCAT + "isVersionOf",
}


def edits(graph: Graph) -> Iterator[Edit]:
    """Rename the properties of versions; a version that is said already is not said again."""
    for subject, properties in graph.spo.items():
        if _DATASETS.isdisjoint(graph.types(subject)):
            continue
        for old, new in (_TEXTS | _LINKS).items():
            values = properties.get(old, ())
            if old in _TEXTS and (new in properties or len(values) > 1):
                continue
            for value in values:
                if isinstance(value, Literal) is (old in _TEXTS):
                    yield Edit(((subject, old, value),), ((subject, new, value),))


STEPS: Final = (ResourceStep("versions", (_TEXTS | _LINKS).__contains__, lambda *_: True, edits),)
