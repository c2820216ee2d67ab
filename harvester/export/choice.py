"""Which datasets a target publishes: the public ones, of a sector, a publisher, a theme, HVD only.

A dataset is judged by what the store says of it. A data series or data service is published when
it meets the conditions itself or one of its datasets does, unless its own access rights close it.
Distributions go with their dataset. Why something is left out: ``not-public`` ``other-sector``
``other-publisher`` ``other-theme`` ``not-high-value``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from harvester.export.entry import Published
from harvester.model import Kind
from harvester.namespaces import DCAT, DCATAP, DCTERMS
from harvester.normalize.tables import AUTHORITY
from harvester.rdf.ntriples import objects
from harvester.settings import Choice

# Implementing Regulation (EU) 2023/138; DCAT-AP HVD asks for it and for a category.
_HIGH_VALUE: Final = re.compile(r"https?://data\.europa\.eu/eli/reg_impl/2023/138\b")
_ACCESS: Final = AUTHORITY + "access-right/"
_CLOSED: Final = frozenset(
    _ACCESS + code for code in ("CONFIDENTIAL", "NON_PUBLIC", "RESTRICTED", "SENSITIVE")
)
_JUDGED: Final = frozenset({Kind.DATASET, Kind.DATASET_SERIES, Kind.DATA_SERVICE})
_SERIES: Final = frozenset({Kind.DATASET_SERIES, Kind.DATA_SERVICE})

Key = tuple[str, str]


class Chooser:
    """Looks at resources as they go by; afterwards :meth:`unchosen` says what to leave out.

    ``sectors`` maps a source's id to ``public`` or ``private``.
    """

    def __init__(self, choice: Choice, sectors: Mapping[str, str]) -> None:
        self._choice = choice
        self._sectors = sectors
        self._unchosen: dict[Key, str] = {}
        self._published: set[Key] = set()
        self._members: dict[Key, list[Key]] = {}

    def watch(self, resources: Iterable[Published]) -> Iterator[Published]:
        """Hand on ``resources`` and judge them."""
        everything = self._choice == Choice()
        for resource in resources:
            if not everything:
                self._judge(resource)
            yield resource

    def unchosen(self) -> dict[Key, str]:
        """(source, iri) of what is left out -> why."""
        left = dict(self._unchosen)
        for key, members in self._members.items():
            if left.get(key, "not-public") != "not-public" and not self._published.isdisjoint(
                members
            ):
                del left[key]
        return left

    def _judge(self, resource: Published) -> None:
        key = resource.source, resource.iri
        kinds = set(resource.kinds)
        if self._choice.sector and self._sectors.get(resource.source) != self._choice.sector:
            self._unchosen[key] = "other-sector"
            return
        if kinds.isdisjoint(_JUDGED):
            return
        reason = self._reason(resource)
        if reason:
            self._unchosen[key] = reason
        if kinds.isdisjoint(_SERIES):
            if not reason:
                self._published.add(key)
            for series in _iris(resource, DCAT + "inSeries"):
                self._members.setdefault((resource.source, series), []).append(key)
        elif Kind.DATA_SERVICE in kinds:
            served = [(resource.source, one) for one in _iris(resource, DCAT + "servesDataset")]
            self._members.setdefault(key, []).extend(served)

    def _reason(self, resource: Published) -> str:
        choice = self._choice
        if choice.datasets == "public" and not _CLOSED.isdisjoint(
            _iris(resource, DCTERMS + "accessRights")
        ):
            return "not-public"
        if choice.publishers and choice.publishers.isdisjoint(
            _iris(resource, DCTERMS + "publisher")
        ):
            return "other-publisher"
        if choice.themes and choice.themes.isdisjoint(_iris(resource, DCAT + "theme")):
            return "other-theme"
        if choice.hvd and not _is_high_value(resource):
            return "not-high-value"
        return ""


def _is_high_value(resource: Published) -> bool:
    laws = _iris(resource, DCATAP + "applicableLegislation")
    return any(map(_HIGH_VALUE.match, laws)) or bool(_iris(resource, DCATAP + "hvdCategory"))


def _iris(resource: Published, predicate: str) -> set[str]:
    if predicate not in resource.ntriples:
        return set()
    found = objects(resource.ntriples, resource.iri, predicate)
    return {one for one in found if isinstance(one, str)}
