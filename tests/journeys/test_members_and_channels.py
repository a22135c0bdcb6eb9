"""Whole stories of members and channels, through the inbox, on a clock that is moved."""

from datetime import UTC, date, datetime

import pytest

from bot.terms import DeliveryKind, DeliveryState, EnrolmentState, PlatformName, Role
from bot.ui import Buttons, Card, Fix, Nothing, Open, Outcome, Say
from storage import deliveries, enrolments, people, teams
from storage.engine import Database, Tx
from storage.tables import Delivery, Member
from tests.bot.teams.content import publish
from tests.clock import Clock
from tests.workspaces import Workspace


def card(outcome: Outcome) -> Card:
    """The card an outcome says."""
    assert isinstance(outcome, Say)
    return outcome.card


def acts_of(shown: Card) -> dict[str, str]:
    """What each button of a card does, by its label."""
    rows = [block for block in shown.blocks if isinstance(block, Buttons)]
    return {item.label: item.act for row in rows for item in row.items if hasattr(item, "act")}


def text_of(shown: Card) -> str:
    """All words of a card."""
    return str(shown)


def next_set_at(database: Database, member: int) -> datetime | None:
    """When Grove plans to write to a member next."""

    def look(tx: Tx) -> datetime | None:
        row = people.member(tx, member)
        assert row is not None
        return row.next_set_at

    return database.read_now(look)


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
