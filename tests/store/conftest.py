from pathlib import Path

import pytest

from harvester.store.store import Store
from tests.store.night import SOURCE, Night


@pytest.fixture
def path(tmp_path) -> Path:
    """Where the store is or will be."""
    return tmp_path / "harvester.db"


@pytest.fixture
def store(path):
    """A new, empty store."""
    with Store.open(path, create=True) as opened:
        yield opened


@pytest.fixture
def night(store) -> Night:
    """A store with one configured source, and a way to let nights pass."""
    return Night(store, [SOURCE])
