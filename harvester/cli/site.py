"""Composing the web site: all that the store knows, measured and written as pages."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from harvester import __version__
from harvester.cli import compose
from harvester.cli.measuring import catalogs, measure
from harvester.cli.session import Session


def write_site(session: Session, folder: Path, *, as_of: date, stale: timedelta) -> int:
    """Write the site into ``folder``, wholly or not at all; returns how many pages it has.

    Raises ``StoreError``, ``UsageError`` for a folder with others' files in it, ``DiskFullError``.
    """
    from harvester.export.folder import replacing_folder
    from harvester.profile import load_profile
    from harvester.quality.indicators import Method
    from harvester.quality.summary import add
    from harvester.report.site import OURS, RUNS, Site, pages
    from harvester.report.status import UPTIME_OVER
    from harvester.rules.book import rule_book

    settings = session.settings()
    profiles = dict.fromkeys(
        [settings.profile, *(source.profile or settings.profile for source in settings.sources)]
    )
    end = datetime.combine(as_of, datetime.min.time(), UTC) + timedelta(days=1)
    with compose.reading(settings) as store, store.snapshot():
        statuses = store.status()
        quality = dict(measure(session, catalogs(session, (), []), Method.SE, None))
        site = Site(
            as_of=as_of,
            version=__version__,
            stale=stale,
            statuses=statuses,
            uptime=store.uptime(end - UPTIME_OVER),
            rules=store.rule_counts(),
            quality=quality,
            total=add(list(quality.values())),
            runs={one.id: store.history(one.id, last=RUNS) for one in statuses},
            book=rule_book(*map(load_profile, profiles)),
        )
    written = list(pages(site))
    with replacing_folder(folder, OURS) as part:
        for name, text in written:
            path = part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
    return len(written)
