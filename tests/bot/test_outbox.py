"""What is owed arrives at its hour, or ends with a reason: one platform that keeps its rules, one moved clock."""

from datetime import timedelta

import pytest

from bot import outbox as box
from bot import ui
from bot.errors import Unavailable, Uncertain, Undeliverable
from bot.outbox import Outbox, Parcel
from bot.terms import DeliveryKind, DeliveryState, PlatformName, SetKind, SetState
from storage import batches, deliveries, people, sets
from storage.engine import Database, Tx
from storage.tables import Delivery, Member
from tests.clock import MONDAY, Clock
from tests.workspaces import Workspace


class Place:
    """A platform: what arrived, and what it answers next (None: it takes the message)."""

    def __init__(self) -> None:
        self.arrived: list[Parcel] = []
        self.answers: list[Exception | None] = []
        self.found: str | Exception | None = None
        self.loses_answer = False

    async def send(self, parcel: Parcel) -> str:
        """Take it, or answer as told."""
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        self.arrived.append(parcel)
        if self.loses_answer:
            raise Uncertain
        return f"message-{len(self.arrived)}"

    async def find(self, parcel: Parcel) -> str | None:
        """What is known of it."""
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.fixture
def outbox(database: Database, place: Place) -> Outbox:
    return Outbox(database, {PlatformName.LOCAL: place})


@pytest.fixture
def sam(workspace: Workspace) -> int:
    return workspace.member("sam", zone="Europe/Berlin")


def owe(
    tx: Tx,
    member: int | None,
    *,
    kind: DeliveryKind = DeliveryKind.INVITATION,
    after: timedelta = timedelta(0),
    worth: timedelta = timedelta(days=2),
    about: int | None = None,
    platform: PlatformName = PlatformName.LOCAL,
) -> None:
    home = people.found_workspace(tx, PlatformName.LOCAL, "local")
    deliveries.post(
        tx,
        key="the-message",
        workspace=home.id or 0,
        platform=platform,
        kind=kind,
        address="@sam",
        card=ui.dump(ui.Card("Hello")),
        due_at=tx.now + after,
        valid_until=tx.now + after + worth,
        member=member,
        about=about,
    )


def row(database: Database) -> Delivery:
    return database.read_now(deliveries.listed)[0]


def change(database: Database, member: int, **values: object) -> None:
    def changed(tx: Tx) -> None:
        found = tx.session.get(Member, member)
        assert found is not None
        for name, value in values.items():
            setattr(found, name, value)

    database.run_now(changed)


async def test_a_due_message_arrives_and_is_known_to(
    database: Database, outbox: Outbox, place: Place, sam: int
) -> None:
    database.run_now(owe, sam)

    tally = await outbox.drain()

    assert tally.sent == 1
    assert [(parcel.key, parcel.address, parcel.card) for parcel in place.arrived] == [
        ("the-message", "@sam", ui.Card("Hello"))
    ]
    found = row(database)
    assert (found.state, found.platform_ref, found.unsure_since) == (
        DeliveryState.SENT,
        "message-1",
        None,
    )


async def test_owing_twice_is_owing_once(
    database: Database, outbox: Outbox, place: Place, sam: int
) -> None:
    database.run_now(owe, sam)
    database.run_now(owe, sam)
    await outbox.drain()
    database.run_now(owe, sam)

    await outbox.drain()

    assert len(place.arrived) == 1


async def test_nothing_is_sent_before_its_hour(
    database: Database, outbox: Outbox, place: Place, sam: int, clock: Clock
) -> None:
    database.run_now(owe, sam, after=timedelta(hours=1))

    await outbox.drain()
    assert place.arrived == []
    clock.forward(hours=1)
    await outbox.drain()

    assert len(place.arrived) == 1


async def test_another_platforms_message_is_left_alone(
    database: Database, outbox: Outbox, sam: int
) -> None:
    database.run_now(owe, sam, platform=PlatformName.SLACK)

    await outbox.drain()

    assert row(database).state is DeliveryState.READY


async def test_what_comes_too_late_is_not_sent(
    database: Database, outbox: Outbox, place: Place, sam: int, clock: Clock
) -> None:
    database.run_now(owe, sam, worth=timedelta(hours=4))
    clock.forward(hours=4, seconds=1)

    await outbox.drain()

    assert (row(database).state, row(database).reason) == (DeliveryState.SKIPPED, "late")
    assert place.arrived == []


async def test_who_left_gets_nothing(
    database: Database, outbox: Outbox, place: Place, sam: int
) -> None:
    database.run_now(owe, sam)
    change(database, sam, left_at=MONDAY)

    await outbox.drain()

    assert (row(database).reason, place.arrived) == ("left", [])


async def test_a_break_is_a_break_but_a_notice_gets_through(
    database: Database, outbox: Outbox, place: Place, sam: int
) -> None:
    change(database, sam, paused_until=(MONDAY + timedelta(days=7)).date())
    database.run_now(owe, sam)
    await outbox.drain()
    assert (row(database).reason, place.arrived) == ("paused", [])

    def as_a_notice(tx: Tx) -> None:
        tx.session.delete(row(database))
        tx.session.flush()
        owe(tx, sam, kind=DeliveryKind.NOTICE)

    database.run_now(as_a_notice)
    await outbox.drain()

    assert len(place.arrived) == 1


async def test_a_message_that_can_wait_waits_for_the_morning(
    database: Database, outbox: Outbox, place: Place, sam: int, clock: Clock
) -> None:
    clock.at("2026-03-02T22:30")  # 23:30 in Berlin
    database.run_now(owe, sam)

    await outbox.drain()

    assert place.arrived == []
    assert (row(database).due_at.isoformat(), row(database).reason) == (
        "2026-03-03T08:30:00+00:00",
        "not the hour",
    )


def a_set(tx: Tx, member: int, workspace: int) -> int:
    today = MONDAY.date()
    new = batches.NewSet("daily:1", workspace, member, SetKind.DAILY, today, ())
    return next(iter(batches.make(tx, [new]).values()))


@pytest.fixture
def set_id(database: Database, workspace: Workspace, sam: int) -> int:
    made = database.run_now(a_set, sam, workspace.id)
    database.run_now(owe, sam, kind=DeliveryKind.SET, about=made)
    return made


def state_of(database: Database, set_id: int) -> SetState:
    found = database.read_now(sets.quiz_set, set_id)
    assert found is not None
    return found.state


async def test_a_set_done_by_hand_is_not_sent(
    database: Database, outbox: Outbox, place: Place, set_id: int
) -> None:
    database.run_now(sets.fold, [set_id])

    await outbox.drain()

    assert (row(database).reason, place.arrived) == ("answered meanwhile", [])


async def test_a_set_that_cannot_be_delivered_gives_its_questions_back(
    database: Database, outbox: Outbox, place: Place, set_id: int
) -> None:
    place.answers = [Undeliverable("closed")]

    await outbox.drain()

    assert (row(database).state, row(database).reason) == (DeliveryState.FAILED, "closed")
    assert state_of(database, set_id) is SetState.FOLDED


async def test_a_set_that_comes_too_late_gives_its_questions_back(
    database: Database, outbox: Outbox, set_id: int, clock: Clock
) -> None:
    clock.forward(days=3)

    await outbox.drain()

    assert state_of(database, set_id) is SetState.FOLDED


async def test_told_to_wait_it_waits_and_that_is_no_attempt(
    database: Database, outbox: Outbox, place: Place, sam: int
) -> None:
    database.run_now(owe, sam)
    place.answers = [Unavailable("rate limited", retry_after=timedelta(minutes=5))]

    await outbox.drain()

    found = row(database)
    assert (found.due_at, found.attempts) == (MONDAY + timedelta(minutes=5), 0)
    assert (found.state, found.unsure_since) == (DeliveryState.READY, None)


async def test_after_eight_attempts_it_is_given_up(
    database: Database, outbox: Outbox, place: Place, sam: int, clock: Clock
) -> None:
    database.run_now(owe, sam, kind=DeliveryKind.NOTICE, worth=timedelta(days=30))
    place.answers = [Unavailable("no connection") for _ in range(20)]

    attempts = 0
    while row(database).state is DeliveryState.READY:
        clock.at(row(database).due_at)
        if clock.now.hour < 6 or clock.now.hour > 20:
            clock.at(clock.now.replace(hour=9) + timedelta(days=1))
        await outbox.drain()
        attempts += 1

    assert attempts == 8
    assert (row(database).state, row(database).reason) == (DeliveryState.FAILED, "no connection")


async def test_a_lost_answer_is_looked_into_before_anything_is_sent_again(
    database: Database, outbox: Outbox, place: Place, sam: int, clock: Clock
) -> None:
    database.run_now(owe, sam)
    place.loses_answer = True
    await outbox.drain()
    place.found = "message-1"
    clock.forward(minutes=3)

    await outbox.rescue()
    await outbox.drain()

    assert (row(database).state, row(database).platform_ref) == (DeliveryState.SENT, "message-1")
    assert len(place.arrived) == 1


async def test_what_nobody_can_tell_is_not_sent_again(
    database: Database, outbox: Outbox, place: Place, sam: int, clock: Clock
) -> None:
    database.run_now(owe, sam)
    place.answers = [Uncertain()]
    await outbox.drain()
    place.found = Uncertain()
    clock.forward(minutes=3)

    await outbox.rescue()
    await outbox.drain()

    assert (row(database).state, row(database).reason) == (
        DeliveryState.SKIPPED,
        "nobody can tell whether it arrived",
    )
    assert place.arrived == []


async def test_looking_for_it_is_no_attempt_and_ends_with_its_worth(
    database: Database, outbox: Outbox, place: Place, sam: int, clock: Clock
) -> None:
    database.run_now(owe, sam, kind=DeliveryKind.NOTICE)
    place.answers = [Uncertain()]
    await outbox.drain()
    place.found = Unavailable("rate limited", retry_after=timedelta(minutes=10))
    clock.forward(minutes=3)
    await outbox.rescue()

    await outbox.drain()
    assert (row(database).state, row(database).attempts) == (DeliveryState.READY, 1)
    assert row(database).unsure_since == MONDAY
    clock.forward(days=3)
    await outbox.drain()

    assert row(database).state is DeliveryState.SKIPPED


async def test_a_message_that_breaks_holds_up_no_other(
    database: Database, outbox: Outbox, place: Place, workspace: Workspace
) -> None:
    def owed(tx: Tx) -> None:
        for number in range(3):
            deliveries.post(
                tx,
                key=f"message-{number}",
                workspace=workspace.id,
                platform=PlatformName.LOCAL,
                kind=DeliveryKind.NOTICE,
                address="@sam",
                card=ui.dump(ui.Card("Hello")) if number else {"from": "another release"},
                due_at=tx.now,
                valid_until=tx.now + timedelta(days=1),
            )

    database.run_now(owed)

    await outbox.drain()

    assert [parcel.key for parcel in place.arrived] == ["message-1", "message-2"]


def test_delays_double_up_to_six_hours() -> None:
    waits = [box.delay("key", attempts) for attempts in range(20)]

    assert all(
        timedelta(seconds=7.5) * 2**n <= waits[n] <= timedelta(seconds=22.5) * 2**n
        for n in range(9)
    )
    assert max(waits) <= timedelta(hours=9)
    assert box.delay("key", 3) == waits[3] != box.delay("other", 3)


async def test_settled_messages_lose_their_words_after_a_month(
    database: Database, outbox: Outbox, sam: int, clock: Clock
) -> None:
    database.run_now(owe, sam)
    await outbox.drain()

    assert database.run_now(deliveries.blank_bodies, before=clock.now) == 0
    clock.forward(days=31)
    assert database.run_now(deliveries.blank_bodies, before=clock.now - timedelta(days=30)) == 1

    assert (row(database).card, row(database).state) == (None, DeliveryState.SENT)
