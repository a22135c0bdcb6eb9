"""The local workspace on each kind of database."""

from collections.abc import Iterator

import pytest

from storage.engine import Database
from tests.adapters.local.world import World
from tests.clock import Clock


@pytest.fixture
def world(database: Database, clock: Clock) -> World:
    """Three people, two channels, and an inbox that answers with everything there is."""
    return World(database, clock)


@pytest.fixture
def here(sqlite_url: str, clock: Clock) -> Iterator[World]:
    """The same on SQLite alone, for what does not depend on the database."""
    opened = Database(sqlite_url, clock=clock)
    yield World(opened, clock)
    opened.close()
