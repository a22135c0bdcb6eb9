"""Whole stories of members and channels, through the inbox and the outbox, on a clock that is moved."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.outbox import Outbox, Parcel
from bot.people.acts import OpenSettings
from bot.quizzes.planning import plan
from bot.terms import PlatformName
from bot.ui import Card
from storage.engine import Database
from tests.bot.teams.content import publish
from tests.bot.teams.office import Office, acts_of, card, text_of
from tests.clock import Clock
from tests.workspaces import Workspace

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(slots=True)
class Chat:
    """A platform that takes every message and keeps when it came."""

    clock: Clock
    taken: list[tuple[datetime, str, Card]] = field(default_factory=list)

    async def send(self, parcel: Parcel) -> str:
        """Keep it; its place is its id."""
        self.taken.append((self.clock(), parcel.address, parcel.card))
        return str(len(self.taken))

    async def find(self, parcel: Parcel) -> str | None:
        """Nothing is ever lost here."""
        return None

    def to(self, person: str) -> list[tuple[datetime, Card]]:
        """What came to a person, in Berlin's time."""
        return [
            (at.astimezone(BERLIN), shown) for at, address, shown in self.taken if address == person
        ]


@dataclass(slots=True)
class World:
    """A workspace, its chat, and time that passes."""

    database: Database
    workspace: Workspace
    clock: Clock
    chat: Chat

    async def beat(self) -> None:
        """What the metronome does: plan what is due, send what is owed."""
        self.database.run_now(plan)
        await Outbox(self.database, {PlatformName.LOCAL: self.chat}).drain()

    async def live(self, first: date, days: int, *, answering: str = "") -> None:
        """Days pass, with a few beats each; somebody may do what their newest message asks."""
        for ahead in range(days):
            for hour in (time(4), time(9, 30), time(12), time(15), time(20, 59)):
                self.clock.at(datetime.combine(first + timedelta(days=ahead), hour, BERLIN))
                before = len(self.chat.taken)
                await self.beat()
                if answering and len(self.chat.taken) > before:
                    await self.answer(answering)

    async def answer(self, person: str) -> None:
        """Press through the newest message until a question has been answered."""
        shown = self.chat.to(person)[-1][1]
        for _ in range(4):
            buttons = acts_of(shown)
            label = next((name for name in ("Read it", "Ask me", "A") if name in buttons), None)
            if label is None:
                return
            shown = card(await self.workspace.press(person, buttons[label]))


@pytest.fixture
def world(database: Database, workspace: Workspace, clock: Clock) -> World:
    """One workspace with a pack of twelve lessons to choose."""
    return World(database, workspace, clock, Chat(clock))


@pytest.fixture
def pack(database: Database, workspace: Workspace) -> int:
    """A pack of twelve lessons."""
    return database.run_now(publish, workspace.id, lessons=12)


async def test_an_invitation_sent_on_friday_evening_comes_on_monday_morning_and_yes_starts_the_next_day(
    world: World, pack: int
) -> None:
    world.workspace.member("ana", zone="Europe/Berlin")
    office = Office(world.database, world.workspace, "ana")
    await office.set_up(pack)
    world.clock.at("2026-03-06T18:00")
    await office.invite()

    await world.live(date(2026, 3, 7), 2)
    nothing = world.chat.to("ana")
    await world.live(date(2026, 3, 9), 1)
    [(arrived, invitation)] = world.chat.to("ana")
    welcome = card(await world.workspace.press("ana", acts_of(invitation)["Join"]))
    await world.live(date(2026, 3, 10), 1)

    assert nothing == []
    assert arrived == datetime(2026, 3, 9, 9, 30, tzinfo=BERLIN)
    assert "tomorrow 09:30" in text_of(welcome)
    assert world.chat.to("ana")[1][0] == datetime(2026, 3, 10, 9, 30, tzinfo=BERLIN)
    assert len(world.chat.to("ana")) == 2


async def test_over_four_weeks_with_a_clock_change_and_changed_settings_nobody_gets_two_messages_a_day(
    world: World, pack: int
) -> None:
    await _learning(world, pack)

    await world.live(date(2026, 3, 9), 7, answering="ana")
    await world.workspace.submit("ana", OpenSettings().write(), {"at": "15:00"})
    await world.live(date(2026, 3, 16), 3, answering="ana")
    world.clock.at("2026-03-18T19:00")
    await world.workspace.submit("ana", OpenSettings().write(), {"at": "20:59"})
    world.clock.at("2026-03-18T19:59")
    await world.beat()
    await world.live(date(2026, 3, 19), 2, answering="ana")
    world.clock.at("2026-03-20T20:30")
    await world.workspace.submit("ana", OpenSettings().write(), {"at": "09:30"})
    await world.live(date(2026, 3, 21), 16, answering="ana")

    arrived = [at for at, _ in world.chat.to("ana")]
    days = [at.date() for at in arrived]
    assert len(days) == len(set(days)) == 20
    assert {day.weekday() for day in days} <= {0, 1, 2, 3, 4}
    assert {at.time() for at in arrived if at.date() > date(2026, 3, 22)} == {time(9, 30)}
    assert datetime(2026, 3, 27, 8, 30, tzinfo=UTC) in arrived
    assert datetime(2026, 3, 30, 7, 30, tzinfo=UTC) in arrived


async def test_after_two_weeks_away_one_short_message_waits_not_twenty(
    world: World, pack: int
) -> None:
    await _learning(world, pack)
    await world.live(date(2026, 3, 9), 5, answering="ana")
    before = len(world.chat.to("ana"))

    world.clock.at("2026-03-13T20:00")
    await world.workspace.write("ana", "pause 2 weeks")
    await world.live(date(2026, 3, 14), 13, answering="ana")
    away = world.chat.to("ana")[before:]
    await world.live(date(2026, 3, 27), 1, answering="ana")

    assert away == []
    assert [at for at, _ in world.chat.to("ana")[before:]] == [
        datetime(2026, 3, 27, 9, 30, tzinfo=BERLIN)
    ]


async def test_who_is_erased_while_a_message_is_owed_gets_nothing_any_more(
    world: World, pack: int
) -> None:
    await _learning(world, pack)
    before = len(world.chat.to("ana"))
    asked = card(await world.workspace.write("ana", "me forget"))

    await world.workspace.press("ana", acts_of(asked)["Erase everything"])
    await world.live(date(2026, 3, 9), 3)

    assert len(world.chat.to("ana")) == before


async def test_somebody_new_joins_from_home_and_reads_the_first_lesson(
    world: World, pack: int
) -> None:
    home = card(await world.workspace.command("sam"))
    welcome = card(await world.workspace.press("sam", acts_of(home)["Join"]))
    lesson = card(await world.workspace.press("sam", acts_of(welcome)["First lesson"]))
    question = card(await world.workspace.press("sam", acts_of(lesson)["Ask me"]))

    assert "Next: **today 09:30**." in text_of(welcome)
    assert lesson.title == "Lesson 1"
    assert "What of question-1?" in text_of(question)


async def _learning(world: World, pack: int) -> None:
    """Ana, in Berlin, learns from Monday 9 March on."""
    world.clock.at("2026-03-08T08:00")
    world.workspace.member("ana", zone="Europe/Berlin")
    home = card(await world.workspace.command("ana"))
    await world.workspace.press("ana", acts_of(home)["Join"])
