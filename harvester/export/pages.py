"""An export as a folder of pages for a plain file server, in both of Hydra's vocabularies.

    FOLDER/index.rdf               the first page, the address to give away
    FOLDER/<version>/2.rdf ...     the pages after it
    FOLDER/SHA256SUMS              checksums, for sha256sum --check

The pages after the first lie in a folder that is called after what they say, so they never change;
renaming the new first page over the old one is what publishes them. A reader who began before that
goes on with the version it began with, which is kept until the next time: no reader ever sees
pages of two versions. That a whole folder is exchanged at one moment would not be enough, since a
reader fetches page after page.
"""

import filecmp
import hashlib
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from harvester.errors import ExportError, UsageError
from harvester.export.atomic import replacing, sync_folder
from harvester.export.chosen import Chosen
from harvester.export.folder import (
    owned_folder,
    part_of,
    remove,
    settle,
)
from harvester.export.paging import Page, Pager
from harvester.export.publish import SUFFIXES
from harvester.export.shrink import Check, unguarded
from harvester.export.sums import write_sums
from harvester.export.verify import FORMATS
from harvester.export.written import Address, LeftOuts, write_verified
from harvester.model import LeftOut, Syntax
from harvester.namespaces import HYDRA, RDF_TYPE, XSD
from harvester.rdf.write import Description
from harvester.terms import Literal, Triple
from harvester.words import Text

PAGE_SUFFIXES: Final = (".rdf", ".ttl", ".nt", ".jsonld")
_OURS: Final = re.compile(r"[0-9a-f]{16}|index\.(?:rdf|ttl|nt|jsonld)")
_WITHOUT_RELATIVE: Final = frozenset({Syntax.NTRIPLES})


@dataclass(frozen=True, slots=True)
class Paged:
    """A paged folder that was written: what it holds, and where to begin."""

    first: Path
    pages: int
    items: int
    left_out: tuple[LeftOut, ...]


def write_pages(
    folder: Path,
    descriptions: Iterable[Description],
    *,
    size: int = 100,
    suffix: str = ".rdf",
    base: str = "",
    check: Check = unguarded,
) -> Paged:
    """Write ``descriptions`` as pages of ``size`` items (datasets, series, data services).

    ``base`` is the web address of the folder, with a slash at its end; without one, the pages name
    each other by relative addresses. ``check`` is told how many items there were (``None`` when
    nothing was published) and will be, before anything is published, and may raise.

    Raises :class:`UsageError` for a suffix that is not one of ``PAGE_SUFFIXES``, N-Triples
    without ``base``, and a folder that is not the export's own; :class:`ExportError` when a page
    does not read back as what was meant; :class:`DiskFullError` when it cannot be written. What
    was published before is then untouched.
    """
    if suffix not in PAGE_SUFFIXES:
        raise UsageError(
            Text(
                f'sidor kan inte vara "{suffix}"; välj bland {" ".join(PAGE_SUFFIXES)}',
                f'pages cannot be "{suffix}"; choose among {" ".join(PAGE_SUFFIXES)}',
            )
        )
    syntax = SUFFIXES[suffix]
    if syntax in _WITHOUT_RELATIVE and not base:
        raise UsageError(
            Text(
                f"{suffix} har inga relativa adresser: ange med base var sidorna publiceras",
                f"{suffix} has no relative addresses: say with base where pages are served",
            )
        )
    left_out = LeftOuts()
    index = f"index{suffix}"
    with (
        owned_folder(folder, _OURS),
        Chosen(folder, descriptions, left_out.report) as chosen,
    ):
        pager = Pager(chosen.pieces, chosen.read, size)
        check(lambda: published_items(folder), pager.items)
        made = f"1 {size} {suffix} {base} {chosen.digest()}"
        version = hashlib.sha256(made.encode()).hexdigest()[:16]
        part = part_of(folder, version)
        part.mkdir()
        try:
            writer = _Writer(part, version, syntax, suffix, base, pager, left_out)
            names = [writer.write(page) for page in pager]
            _publish(folder, part, version, index, names)
        finally:
            if part.exists():
                remove(part)
    return Paged(folder / index, pager.pages, pager.items, tuple(left_out.listed()))


def published_items(folder: Path) -> int | None:
    """How many items the pages in ``folder`` say they have; ``None`` where there are none."""
    return _published(folder)[0]


def _published(folder: Path) -> tuple[int | None, str]:
    """How many items are published, and in which folder their pages after the first lie."""
    items, version = None, ""
    for suffix in PAGE_SUFFIXES:
        path = folder / f"index{suffix}"
        if not path.exists():
            continue
        try:
            for quad in ox.parse(
                path=path, format=FORMATS[SUFFIXES[suffix]], base_iri="https://pages.invalid/index"
            ):
                if quad.predicate.value == HYDRA + "totalItems":
                    items = int(quad.object.value)
                elif quad.predicate.value == HYDRA + "next":
                    version = str(quad.object.value).split("/")[-2]
        except (SyntaxError, ValueError, AttributeError, IndexError):
            continue  # a page that nobody can read is no page
    return items, version


class _Writer:
    """Writes the pages of one version into a folder that nobody reads yet."""

    def __init__(
        self,
        part: Path,
        version: str,
        syntax: Syntax,
        suffix: str,
        base: str,
        pager: Pager,
        left_out: LeftOuts,
    ) -> None:
        self._part = part
        self._version = version
        self._syntax = syntax
        self._suffix = suffix
        # The version follows from what is published, so no publisher can have written it there.
        self._stem = "" if base else f"https://{version}.invalid/"
        self._base = base or self._stem
        self._pager = pager
        self._left_out = left_out

    def write(self, page: Page) -> str:
        """Write one page and return its name."""
        name = f"{page.number}{self._suffix}"
        address = Address(self._address(page.number), self._stem, "" if page.number == 1 else "../")
        path = self._part / name
        with path.open("xb") as file:
            try:
                write_verified(
                    file,
                    path,
                    self._syntax,
                    self._with_controls(page),
                    self._left_out.report,
                    address=address,
                )
            except ExportError as error:
                raise ExportError(
                    Text(
                        f"sida {page.number} publicerades inte: ",
                        f"page {page.number} was not published: ",
                    )
                    + error.text
                ) from error
            os.fsync(file.fileno())
        return name

    def _address(self, number: int) -> str:
        if number == 1:
            return f"{self._base}index{self._suffix}"
        return f"{self._base}{self._version}/{number}{self._suffix}"

    def _with_controls(self, page: Page) -> Iterable[Description]:
        yield Description(self._address(page.number), self._controls(page))
        yield from page.descriptions

    def _controls(self, page: Page) -> list[Triple]:
        here, first, last = map(self._address, (page.number, 1, self._pager.pages))
        collection = f"{first}#collection"
        total = Literal(str(self._pager.items), XSD + "integer")
        size = Literal(str(self._pager.size), XSD + "integer")
        found: list[tuple[str, str, str | Literal]] = [
            (collection, RDF_TYPE, HYDRA + "Collection"),
            (collection, HYDRA + "totalItems", total),
            (collection, HYDRA + "view", here),
            (here, RDF_TYPE, HYDRA + "PartialCollectionView"),
            (here, HYDRA + "first", first),
            (here, HYDRA + "last", last),
            (here, RDF_TYPE, HYDRA + "PagedCollection"),
            (here, HYDRA + "firstPage", first),
            (here, HYDRA + "lastPage", last),
            (here, HYDRA + "itemsPerPage", size),
            (here, HYDRA + "totalItems", total),
        ]
        if page.number < self._pager.pages:
            following = self._address(page.number + 1)
            found += [(here, HYDRA + name, following) for name in ("next", "nextPage")]
        if page.number > 1:
            before = self._address(page.number - 1)
            found += [(here, HYDRA + name, before) for name in ("previous", "previousPage")]
        return found


def _publish(folder: Path, part: Path, version: str, index: str, names: list[str]) -> None:
    first, *others = names
    _, before = _published(folder)
    with replacing(folder / index) as (file, _):
        with (part / first).open("rb") as page:
            shutil.copyfileobj(page, file)
        (part / first).unlink()
        # Renamed inside the block, so that the pages are there before the first one names them.
        if others:
            _keep(part, folder / version)
    kept = {index, version, before}
    for path in folder.iterdir():
        if _OURS.fullmatch(path.name) and path.name not in kept:
            remove(path)
    write_sums(folder, [index, *(f"{version}/{name}" for name in others)])


def _keep(part: Path, path: Path) -> None:
    """Let the pages lie that are there already, so that their dates tell that nothing changed."""
    names = sorted(one.name for one in part.iterdir())
    same = path.is_dir() and sorted(one.name for one in path.iterdir()) == names
    if same and filecmp.cmpfiles(part, path, names, shallow=False)[0] == names:
        sync_folder(path.parent)  # a run that was killed may have renamed them just now
    else:
        settle(part, path)
