"""Whether what is published is whole, and what the store and the configuration give now."""

import filecmp
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from harvester.errors import ExportError
from harvester.export.described import description_of, read_description
from harvester.export.feed import INDEX
from harvester.export.sums import SUMS, differing, read_sums, sum_of
from harvester.export.written import sha256_of
from harvester.model import Exported
from harvester.publishing import publish, publish_folders
from harvester.settings import Publication, Settings
from harvester.store import Store
from harvester.words import Text


@dataclass(frozen=True, slots=True)
class Proof:
    """How many files, paged folders and feeds were read, and what was found.

    ``outdated`` names what is damaged or older than what is live, ``missing`` what has not been
    written yet.
    """

    files: int
    pages: int
    feeds: int
    outdated: tuple[Text, ...]
    missing: tuple[Text, ...]


def proofread(settings: Settings, store: Store) -> Proof:
    """Publish every target once more, to a temporary folder, and compare.

    Raises ``UsageError``, ``DiskFullError``.
    """
    found: dict[str, list[Text]] = {"file": [], "pages": [], "feed": []}
    missing: list[Text] = []
    counts = dict.fromkeys(found, 0)
    for target, path in sorted(settings.exports.items()):
        wanted = settings.publication(target)
        advice = Text(
            f"; skriv på nytt med: harvester export --target {target}",
            f"; write anew with: harvester export --target {target}",
        )
        with TemporaryDirectory(prefix="harvester-check-") as name:
            again = _Again(settings, store, target, path, wanted, Path(name))
            for form, first, looked in (
                ("file", path, again.file),
                ("pages", again.first_page, again.pages),
                ("feed", again.feed_index, again.feed),
            ):
                if first is None:
                    continue
                if first.exists():
                    counts[form] += 1
                    found[form] += [text + advice for text in looked()]
                else:
                    missing.append(
                        Text(f"{first}: inte skriven ännu", f"{first}: has not been written yet")
                    )
    outdated = (*found["file"], *found["pages"], *found["feed"])
    return Proof(counts["file"], counts["pages"], counts["feed"], outdated, tuple(missing))


@dataclass(frozen=True, slots=True)
class _Again:
    """What one target would be published as now, in a folder of its own."""

    settings: Settings
    store: Store
    target: str
    path: Path
    wanted: Publication
    folder: Path

    @property
    def first_page(self) -> Path | None:
        pages = self.wanted.paged
        return None if pages is None else pages / f"index{self.wanted.page_suffix}"

    @property
    def feed_index(self) -> Path | None:
        return None if self.wanted.feed is None else self.wanted.feed / INDEX

    def file(self) -> Iterator[Text]:
        """The merged file, its checksum, its description."""
        written = self.folder / self.path.name
        exported = publish(self.settings, self.store, target=self.target, path=written)
        if not filecmp.cmp(self.path, written, shallow=False):
            yield _stale(self.path)
        sums = sum_of(self.path)
        if read_sums(sums) != {self.path.name: sha256_of(self.path)}:
            yield Text(
                f"{sums}: är inte kontrollsumman av {self.path.name}",
                f"{sums}: is not the checksum of {self.path.name}",
            )
        if not self._is_described(exported):
            yield Text(
                f"{description_of(self.path)}: beskriver inte {self.path.name}",
                f"{description_of(self.path)}: does not describe {self.path.name}",
            )

    def _is_described(self, exported: Exported) -> bool:
        known = read_description(self.path)  # None where the file is not what it describes
        return known is not None and (
            known.sha256 != exported.sha256  # outdated, which is said of the file
            or (known.triples, known.classes) == (exported.triples, exported.classes)
        )

    def pages(self) -> Iterator[Text]:
        """The pages: each of them whole, and together what is live."""
        if self.wanted.paged is not None:
            written = self.folder / "pages"
            form = replace(self.wanted, paged=written, feed=None)
            yield from self._compared(self.wanted.paged, written, form)

    def feed(self) -> Iterator[Text]:
        """The feed: each fragment whole, and nothing to add to what it has said."""
        if self.wanted.feed is not None:
            written = self.folder / "feed"
            shutil.copytree(self.wanted.feed, written)
            form = replace(self.wanted, paged=None, feed=written)
            yield from self._compared(self.wanted.feed, written, form)

    def _compared(self, folder: Path, written: Path, form: Publication) -> Iterator[Text]:
        """What is wrong with ``folder``, which ``form`` writes anew to ``written``."""
        if damaged := _damaged(folder):
            yield from damaged
            return
        # Called what it is called where it is served, wherever it lies.
        form = replace(form, base=self.wanted.address(folder), served=written)
        try:
            publish_folders(self.settings, self.store, self.target, form, allow_shrink=True)
        except ExportError as error:
            yield error.text
        else:
            if read_sums(written / SUMS) != read_sums(folder / SUMS):
                yield _stale(folder)


def _stale(path: Path) -> Text:
    return Text(
        f"{path}: är inte vad databasen och konfigurationen ger nu",
        f"{path}: is not what the store and the configuration give now",
    )


def _damaged(folder: Path) -> list[Text]:
    if not read_sums(folder / SUMS):
        return [Text(f"{folder}: saknar {SUMS}", f"{folder}: has no {SUMS}")]
    return [
        Text(
            f"{folder / name}: är inte vad {SUMS} säger",
            f"{folder / name}: is not what {SUMS} says",
        )
        for name in differing(folder)
    ]
