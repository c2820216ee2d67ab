"""[export.se] and [export.eu]: which datasets are published, and in which forms."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

from harvester.config.file import ExportTable
from harvester.config.lines import KeyPath
from harvester.config.measures import most_removed, span
from harvester.config.themes import theme_iri
from harvester.errors import UsageError
from harvester.settings import Choice, Publication, default_choice
from harvester.words import Text

Fail = Callable[[KeyPath, Text], NoReturn]


def read_choice(target: str, table: ExportTable, fail: Fail) -> Choice:
    """Which datasets ``target`` publishes; ``fail`` gets the key inside the table, and why."""
    themes: set[str] = set()
    for position, text in enumerate(table.theme):
        try:
            themes.add(theme_iri(text))
        except UsageError as error:
            fail(("theme", position), error.text)
    return Choice(
        datasets=table.datasets or default_choice(target).datasets,
        sector=table.sector or "",
        publishers=frozenset(table.publisher),
        themes=frozenset(themes),
        hvd=table.hvd,
    )


def read_publication(table: ExportTable, folder: Path, fail: Fail) -> Publication:
    """The forms of one target; ``folder`` is what its paths are relative to."""
    served = (folder / table.path).parent
    folders: dict[str, Path | None] = {"paged": None, "feed": None}
    for key in folders:
        named: str = getattr(table, key)
        if not named:
            continue
        folders[key] = found = folder / named
        if not found.is_relative_to(served):
            why = Text(
                f"ska ligga i {served}, där filen ligger: dess beskrivning länkar hit",
                f"must lie in {served}, where the file is: its description links here",
            )
            fail((key,), why)
    if folders["paged"] is not None and folders["paged"] == folders["feed"]:
        why = Text(
            "sidorna och flödet behöver var sin mapp",
            "the pages and the feed need a folder each",
        )
        fail(("feed",), why)
    return Publication(
        base=table.base,
        served=served,
        paged=folders["paged"],
        page_size=table.page_size,
        page_suffix=table.page_suffix,
        feed=folders["feed"],
        keep=span(table.feed_keep),
        max_shrink=most_removed(table.max_shrink, partial(fail, ("max_shrink",))),
    )
