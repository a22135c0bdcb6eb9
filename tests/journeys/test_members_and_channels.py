"""Whole stories of members and channels, through the inbox, on a clock that is moved."""

from datetime import UTC, datetime

import pytest

from storage.engine import Database
from tests.bot.teams.content import publish
from tests.bot.teams.office import acts_of, card, next_set_at, text_of
from tests.workspaces import Workspace


@pytest.fixture
def pack(database: Database, workspace: Workspace) -> int:
    """A pack of three lessons."""
    return database.run_now(publish, workspace.id)


async def test_somebody_new_joins_a_pack_from_home_and_learns_its_first_lesson(
    database: Database, workspace: Workspace, pack: int
) -> None:
    sam = workspace.member("sam")

    home = card(await workspace.command("sam"))
    welcome = card(await workspace.press("sam", acts_of(home)["Join"]))
    lesson = card(await workspace.press("sam", acts_of(welcome)["First lesson"]))

    assert "Incident basics" in text_of(home)
    assert "today 09:30" in text_of(welcome)
    assert lesson.title == "Lesson 1"
    assert next_set_at(database, sam) == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
