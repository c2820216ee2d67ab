"""Publish what is live, in every form that the configuration asks for.

A target's file comes first, then its pages, its feed and the description of them all; each of them
replaces what was there wholly or not at all. When a guard holds one of them back, what comes after
it is left as it is too.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from harvester import __version__
from harvester.errors import ShrunkError
from harvester.export import export as write_export
from harvester.export.atomic import make_folder
from harvester.export.described import Described, describe, read_description
from harvester.export.feed import Fed, write_feed
from harvester.export.pages import Paged, write_pages
from harvester.export.publish import selected
from harvester.export.shrink import Check, guard, unguarded
from harvester.export.sums import read_sums, sum_of, whole, write_sum
from harvester.model import Exported
from harvester.publication import inputs
from harvester.settings import Choice, Publication, Settings
from harvester.store import Store
from harvester.words import Text


@dataclass(frozen=True, slots=True)
class Published:
    """What one target was published as; ``None`` for a form that was not asked for."""

    file: Exported | None = None
    pages: Paged | None = None
    feed: Fed | None = None


def publish_all(
    settings: Settings, store: Store, *, allow_shrink: bool
) -> tuple[tuple[Exported, ...], Mapping[str, Text]]:
    """Publish every configured target; and why a guard holds some of them back, by target."""
    exports, held = [], {}
    for target in sorted(settings.exports):
        try:
            published = publish_target(settings, store, target=target, allow_shrink=allow_shrink)
        except ShrunkError as error:
            held[target] = error.text
        else:
            exports += [published.file] if published.file is not None else []
    return tuple(exports), held


def publish_target(
    settings: Settings, store: Store, *, target: str, allow_shrink: bool = False
) -> Published:
    """Publish all that ``[export.TARGET]`` asks for, unless nothing has changed since last time.

    Raises :class:`ShrunkError` when an export would be sharply smaller than what is published
    and ``allow_shrink`` is false, and what ``harvester.export`` raises.
    """
    path, wanted = settings.exports[target], settings.publication(target)
    with store.snapshot():
        version = _version(settings, store, target)
        known = read_description(path)
        if known is not None and known.version == version and _all_there(path, known, wanted):
            same = Exported(
                target, path, known.triples, known.sha256, (), known.classes, unchanged=True
            )
            return Published(same)
        make_folder(path.parent)
        file = publish(settings, store, target=target, path=path, allow_shrink=allow_shrink)
        done = publish_folders(settings, store, target, wanted, allow_shrink=allow_shrink)
        describe(
            file,
            wanted,
            version=version,
            modified=store.last_change(),
            first_page=done.pages.first if done.pages else None,
        )
        return replace(done, file=file)


def publish(
    settings: Settings,
    store: Store,
    *,
    target: str,
    path: Path,
    allow_shrink: bool = True,
) -> Exported:
    """Write what is live for ``target`` as one file, with its checksum beside it.

    Sources that publish only valid datasets keep back those with errors.
    """
    check = _guard(settings, target, path, allow_shrink=allow_shrink)
    with store.snapshot():
        exported = write_export(
            target, path, store.resources(), check=check, **inputs(settings, store, target)
        )
        write_sum(path, exported.sha256)
        return exported


def publish_folders(
    settings: Settings,
    store: Store,
    target: str,
    wanted: Publication,
    *,
    allow_shrink: bool,
) -> Published:
    """Write what is live for ``target`` as the pages and the feed that are ``wanted``."""
    pages = feed = None
    with store.snapshot():
        given = inputs(settings, store, target)
        if wanted.paged is not None:
            folder = wanted.paged
            make_folder(folder.parent)
            check = _guard(settings, target, folder, allow_shrink=allow_shrink, what="items")
            with selected(target, folder.parent, store.resources(), **given) as selection:
                pages = write_pages(
                    folder,
                    selection,
                    size=wanted.page_size,
                    suffix=wanted.page_suffix,
                    base=wanted.address(folder),
                    check=check,
                )
        if wanted.feed is not None:
            folder = wanted.feed
            make_folder(folder.parent)
            check = _guard(settings, target, folder, allow_shrink=allow_shrink)
            with selected(target, folder.parent, store.resources(), **given) as selection:
                feed = write_feed(
                    folder,
                    selection,
                    now=store.newest_run(),
                    keep=wanted.keep,
                    base=wanted.address(folder),
                    title=f"Harvested catalogs ({target})",
                    check=check,
                )
    return Published(None, pages, feed)


def _guard(
    settings: Settings, target: str, path: Path, *, allow_shrink: bool, what: str = "datasets"
) -> Check:
    if allow_shrink:
        return unguarded
    return guard(str(path), settings.publication(target).max_shrink, target=target, what=what)


def _version(settings: Settings, store: Store, target: str) -> str:
    """A digest of all that an export is made from: program, configuration, live state."""
    given = inputs(settings, store, target)
    found = hashlib.sha256(f"{__version__} {target} {store.fingerprint()}\n".encode())
    found.update(settings.path.read_bytes() if settings.path.exists() else b"")
    for part in (
        settings.catalog,
        _seen_from(settings.exports[target].parent, settings.publication(target)),
        _stable(given["choice"]),
        sorted(given["sectors"].items()),
        sorted(given["excluded"]),
    ):
        found.update(f"\n{part!r}".encode("utf-8", "surrogatepass"))
    return found.hexdigest()[:32]


def _seen_from(folder: Path, wanted: Publication) -> Publication:
    """The same with relative paths: whoever moves an installation changes nothing published."""

    def near(path: Path | None) -> Path | None:
        return None if path is None else Path(os.path.relpath(path, folder))

    return replace(
        wanted, served=near(wanted.served), paged=near(wanted.paged), feed=near(wanted.feed)
    )


def _stable(choice: Choice) -> tuple[object, ...]:
    """What a choice says, in an order that does not change from process to process."""
    return (
        choice.datasets,
        choice.sector,
        sorted(choice.publishers),
        sorted(choice.themes),
        choice.hvd,
    )


def _all_there(path: Path, known: Described, wanted: Publication) -> bool:
    folders = [folder for folder in (wanted.paged, wanted.feed) if folder is not None]
    return read_sums(sum_of(path)) == {path.name: known.sha256} and all(map(whole, folders))
