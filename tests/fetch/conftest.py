"""What the tests of the fetching room share.

Transport cases that are not proven here: S36 (loops of pages) and S37 (sub-catalogs) are decided
by the rooms that read links from the data and ask for one URL at a time; S38 is about link
checking, which does not exist yet and would go through the same guarded `Fetcher`.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from harvester.errors import FetchError
from harvester.fetch.bodies import BodyStore
from harvester.fetch.fetcher import Fetcher
from harvester.fetch.journey import NOTHING_KEPT
from harvester.fetch.limits import KIB, MIB, Limits
from harvester.model import Document, Validators
from harvester.settings import Source
from harvester.words import Secret
from tests.servers import LOOPBACK

# Small enough that a test of a time-out is quick, large enough for a busy machine.
QUICK = Limits(
    connect=1.0,
    first_byte=0.5,
    idle=0.5,
    total=5.0,
    slow_window=0.4,
    slow_rate=KIB,
    wire=2 * MIB,
    decoded=4 * MIB,
    ratio_from=MIB,
    backoff=0.01,
    host_interval=0.0,
)


@pytest.fixture
def bodies(tmp_path: Path) -> BodyStore:
    """An empty body store."""
    return BodyStore(tmp_path / "bodies")


@pytest.fixture
def sleeps() -> list[float]:
    """The pauses that the fetcher took; they take no time."""
    return []


@pytest.fixture
def make_fetcher(bodies: BodyStore, sleeps: list[float]) -> Iterator[Callable[..., Fetcher]]:
    """Make a fetcher with quick limits that does not really sleep; closed after the test."""
    made: list[Fetcher] = []

    def make(**options: object) -> Fetcher:
        settings: dict[str, object] = {
            "user_agent": "harvester-test (+https://exempel.se/om)",
            "limits": QUICK,
            "sleep": sleeps.append,
            "jitter": lambda: 0.0,
            **options,
        }
        made.append(Fetcher(bodies, **settings))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for fetcher in made:
        fetcher.close()


@pytest.fixture
def fetcher(make_fetcher: Callable[..., Fetcher]) -> Fetcher:
    """A fetcher with quick limits."""
    return make_fetcher()


def source_of(
    url: str,
    *,
    allow_private: Sequence[str] = (LOOPBACK,),
    headers: dict[str, str] | None = None,
) -> Source:
    """A source at ``url`` that may use loopback addresses."""
    return Source(
        id="exempel",
        url=url,
        allow_private=tuple(allow_private),
        headers={name: Secret(value) for name, value in (headers or {}).items()},
    )


def get(fetcher: Fetcher, url: str, validators: Validators = NOTHING_KEPT) -> Document:
    """Fetch the document at ``url`` for a source that has this very address."""
    return fetcher.get(source_of(url), url, validators)


def refusal(fetcher: Fetcher, url: str, source: Source | None = None) -> FetchError:
    """The FetchError that fetching ``url`` ends in; it is one line and has no cause to show."""
    with pytest.raises(FetchError) as caught:
        fetcher.get(source or source_of(url), url)
    error = caught.value
    assert "\n" not in str(error)
    assert error.__cause__ is None
    return error
