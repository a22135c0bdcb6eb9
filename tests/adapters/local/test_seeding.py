"""The first run: a team, packs, an invitation to press; once, and taken up again after a crash."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from adapters.local import seeding
from adapters.local.team import CHANNELS, TEAM
from bot.lessons import writing
from bot.terms import DeliveryState, EnrolmentState, Role
from storage import local
from storage.engine import Database, Tx
from storage.tables import ChannelPack, Delivery, Enrolment, Fact, LocalMessage, Member, Pack
from tests.clock import MONDAY, Clock

STARTERS = Path(__file__).parents[3] / "packs"


@pytest.fixture
def packs_dir(tmp_path: Path) -> Path:
    """Small packs with the ids that the team's channels ask for, and one that is broken."""
    folder = tmp_path / "packs"
    for slug in {slug for channel in CHANNELS for slug in channel.packs}:
        for path, text in writing.new_pack(slug, slug.title(), MONDAY.date()).items():
            (folder / slug / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / slug / path).write_text(text, encoding="utf-8")
    (folder / "broken").mkdir()
    (folder / "broken" / "pack.md").write_text("no front matter", encoding="utf-8")
    return folder


def every(database: Database, table: type[SQLModel]) -> list[Any]:
    """All rows of a table."""
    return database.read_now(lambda tx: list(tx.session.exec(select(table))))


def rows(database: Database) -> dict[str, list[Mapping[str, Any]]]:
    """Every row of every table."""
    return database.read_now(_rows)


def _rows(tx: Tx) -> dict[str, list[Mapping[str, Any]]]:
    tables = SQLModel.metadata.sorted_tables
    return {
        table.name: [
            dict(row)
            for row in tx.session.execute(sa.select(table).order_by(*table.primary_key)).mappings()
        ]
        for table in tables
    }


def test_the_starter_packs_are_all_published(database: Database) -> None:
    """Every folder in `packs` is good enough to be taught."""
    seeded = seeding.seed(database, STARTERS)

    assert seeded == seeding.Seeded(packs=5, members=len(TEAM), channels=len(CHANNELS))
    assert {pack.slug for pack in every(database, Pack)} >= {
        slug for channel in CHANNELS for slug in channel.packs
    }


def test_a_pack_that_is_broken_is_left_out(database: Database, packs_dir: Path) -> None:
    """The others are there."""
    seeded = seeding.seed(database, packs_dir, today=MONDAY.date())

    assert seeded is not None
    assert (seeded.packs, seeded.skipped) == (4, ("broken",))


def test_a_second_start_changes_nothing(database: Database, packs_dir: Path, clock: Clock) -> None:
    """Also when a starter pack has changed meanwhile."""
    seeding.seed(database, packs_dir)
    before = rows(database)
    clock.forward(days=1)
    (packs_dir / "git-for-teams" / "pack.md").unlink()

    assert seeding.seed(database, packs_dir) is None
    assert rows(database) == before


def test_the_team_is_in_its_channels_with_its_roles(database: Database, packs_dir: Path) -> None:
    """Ana leads #engineering, Dana is the admin, everybody has their own zone and hour."""
    seeding.seed(database, packs_dir)

    found = database.read_now(lambda tx: local.people(tx, 1))
    rooms = {room.slug: room for room in database.read_now(lambda tx: local.rooms(tx, 1))}
    by_slug = {person.slug: person for person in found}
    assert by_slug["dana"].roles == {Role.ADMIN, Role.LEAD}
    assert rooms["engineering"].id in by_slug["ana"].led
    assert rooms["engineering"].people >= {"ana", "sam"}
    [mei] = [member for member in every(database, Member) if member.external_id == "mei"]
    assert (mei.zone, mei.minute) == ("Asia/Tokyo", 600)


def test_some_learn_already_and_know_when_grove_writes(database: Database, packs_dir: Path) -> None:
    """It is Monday 08:00 in London: Ana, at eight in Zagreb, hears tomorrow; Omar, at nine in Cairo, too."""
    seeding.seed(database, packs_dir)

    next_at = {member.external_id: member.next_set_at for member in every(database, Member)}
    assert next_at["ana"].isoformat() == "2026-03-03T07:00:00+00:00"
    assert next_at["sam"] is None
    learning = {
        row.member_id for row in every(database, Enrolment) if row.state is EnrolmentState.ACTIVE
    }
    assert len(learning) >= 5
    assert {row.starts_on for row in every(database, ChannelPack)} == {MONDAY.date()}


@pytest.mark.parametrize("at", ["2026-03-02T08:00:00", "2026-03-07T02:30:00"])
def test_an_invitation_is_in_sams_room_at_once(
    database: Database, packs_dir: Path, clock: Clock, at: str
) -> None:
    """By day and on a weekend's night: the first page has something to press."""
    clock.at(at)

    seeding.seed(database, packs_dir)

    [message] = every(database, LocalMessage)
    [delivery] = every(database, Delivery)
    assert (message.room, message.author) == ("@sam", "grove")
    assert message.card["title"] == "Two minutes a day?"
    assert (delivery.state, delivery.platform_ref) == (DeliveryState.SENT, str(message.id))


@pytest.mark.parametrize("step", ["publish", "_gather", "_begin"])
def test_a_start_that_was_killed_is_taken_up_again(
    database: Database, packs_dir: Path, step: str
) -> None:
    """Wherever it stopped, the next start ends as one that was never disturbed."""
    stopped = _Stops(database, step)

    with pytest.raises(KeyboardInterrupt):
        seeding.seed(stopped, packs_dir)  # type: ignore[arg-type]
    assert every(database, Fact) == []

    assert seeding.seed(database, packs_dir) is not None
    assert len(every(database, Pack)) == 4
    assert len(every(database, Member)) == len(TEAM)
    assert len(every(database, LocalMessage)) == 1


class _Stops:
    """The database, of which a process is killed right after a step was committed."""

    def __init__(self, database: Database, step: str) -> None:
        self._database = database
        self._step = step
        self.clock = database.clock
        self.read_now = database.read_now

    def run_now(self, work: Any, *args: Any, **named: Any) -> Any:
        """Do the work, or stop: before the last step, after any other."""
        if work.__name__ == self._step == "_begin":
            raise KeyboardInterrupt
        done = self._database.run_now(work, *args, **named)
        if work.__name__ == self._step:
            raise KeyboardInterrupt
        return done
