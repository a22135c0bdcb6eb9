"""Settings and pauses through the inbox: what is kept, what is said, when Grove writes next."""

from datetime import UTC, datetime

import pytest

from bot.days import FOREVER
from bot.lessons.acts import Join
from bot.people.acts import OpenSettings, PauseUntil
from bot.terms import DeliveryKind, DeliveryState, PlatformName, SetKind, SetState
from bot.ui import At, Card, Fix, Open, Switch
from storage import batches, deliveries, people, sets
from storage.batches import NewSet
from storage.engine import Database, Tx
from storage.tables import Member
from tests.bot.teams.content import publish
from tests.bot.teams.office import Office, acts_of, card, next_set_at, text_of
from tests.clock import Clock
from tests.workspaces import Workspace

SAVE = OpenSettings().write()


@pytest.fixture
async def sam(database: Database, workspace: Workspace) -> int:
    """A learner in Berlin, where it is 09:00 on a Monday."""
    member = workspace.member("sam", zone="Europe/Berlin")
    pack = database.run_now(publish, workspace.id)
    await workspace.press("sam", Join(pack).write())
    return member


def held(database: Database, member_id: int) -> Member:
    """The member's row as it is now."""
    row = database.read_now(people.member, member_id)
    assert row is not None
    return row


async def test_the_settings_form_is_filled_in(workspace: Workspace, sam: int) -> None:
    outcome = await workspace.command("sam", "settings")

    assert isinstance(outcome, Open)
    values = {field.name: field.value for field in outcome.form.fields}
    assert list(values) == ["at", "days", "minutes", "zone", "language", "counted"]
    assert values["zone"] == "Europe/Berlin"
    assert values["minutes"] == ("2",)
    assert values["counted"] is True
    assert isinstance(outcome.form.fields[0], At)
    assert isinstance(outcome.form.fields[5], Switch)


async def test_saving_says_when_grove_writes_next_in_local_terms(
    database: Database, workspace: Workspace, sam: int
) -> None:
    saved = card(
        await workspace.submit(
            "sam", SAVE, {"at": "16:00", "days": ("1", "3"), "zone": "tokyo", "minutes": "1"}
        )
    )

    assert "Tue and Thu at 16:00, about 1 minute a day, Tokyo time." in text_of(saved)
    assert "tomorrow 16:00" in text_of(saved)
    row = held(database, sam)
    assert (row.minute, row.days, row.daily_limit, row.zone) == (960, 0b1010, 3, "Asia/Tokyo")
    assert row.chose_rhythm
    assert row.next_set_at == datetime(2026, 3, 3, 7, 0, tzinfo=UTC)


async def test_the_answer_to_a_new_language_is_in_that_language(
    workspace: Workspace, sam: int
) -> None:
    outcome = await workspace.submit("sam", SAVE, {"language": "de", "at": "08:00"})

    assert "Di" in text_of(card(outcome)) or "Dienstag" in text_of(card(outcome))


async def test_who_changes_the_time_before_joining_is_shown_the_way_on(
    database: Database, workspace: Workspace
) -> None:
    pack = database.run_now(publish, workspace.id)
    office = Office(database, workspace, "ana")
    await office.set_up(pack)
    await office.invite()

    invited = card(await workspace.submit("ana", SAVE, {"at": "10:00"}))
    stranger = card(await workspace.submit("kim", SAVE, {"at": "10:00"}))

    assert acts_of(invited) == {"Join": office.buttons("ana")["Join"]}
    assert list(acts_of(stranger)) == ["See the packs"]


async def test_who_changes_the_time_during_an_endless_break_can_end_it(
    workspace: Workspace, sam: int
) -> None:
    await workspace.command("sam", "pause", "forever")

    saved = card(await workspace.submit("sam", SAVE, {"at": "10:00"}))

    assert list(acts_of(saved)) == ["Go on now"]


async def test_the_settings_form_says_what_time_it_is_at_the_present_place(
    workspace: Workspace, sam: int
) -> None:
    outcome = await workspace.submit("sam", SAVE, {"zone": "Atlantis"})

    assert isinstance(outcome, Fix)
    hints = [field.hint for field in outcome.form.fields if field.name == "zone"]
    assert "In Berlin it is 09:00 now." in hints[0]


async def test_settings_that_need_a_look_come_back_as_they_were_entered(
    workspace: Workspace, sam: int
) -> None:
    outcome = await workspace.submit(
        "sam", SAVE, {"at": "03:00", "zone": "Atlantis", "minutes": "4"}
    )

    assert isinstance(outcome, Fix)
    assert [name for name, _ in outcome.problems] == ["at", "zone"]
    values = {field.name: field.value for field in outcome.form.fields}
    assert (values["zone"], values["minutes"]) == ("Atlantis", ("4",))


async def test_a_later_hour_never_makes_a_second_set_on_one_day(
    database: Database, workspace: Workspace, clock: Clock, sam: int
) -> None:
    def sent_today(tx: Tx) -> None:
        row = people.locked(tx, sam)
        row.last_set_at, row.last_set_day = tx.now, tx.now.date()

    clock.at("2026-03-02T08:30")
    database.run_now(sent_today)

    await workspace.submit("sam", SAVE, {"at": "21:00"})
    assert next_set_at(database, sam) == datetime(2026, 3, 3, 20, 0, tzinfo=UTC)

    await workspace.submit("sam", SAVE, {"zone": "Pacific/Auckland", "at": "06:00"})
    assert next_set_at(database, sam) == datetime(2026, 3, 3, 17, 0, tzinfo=UTC)


async def test_a_pause_says_its_day_and_plans_the_first_slot_after_it(
    database: Database, workspace: Workspace, sam: int
) -> None:
    paused = card(await workspace.command("sam", "pause", "until 14 march"))

    assert (
        "Grove is quiet until Saturday 14 March, and writes next: **Monday 16 March 09:30**."
        in text_of(paused)
    )
    assert next_set_at(database, sam) == datetime(2026, 3, 16, 8, 30, tzinfo=UTC)


async def test_a_pause_without_an_end_plans_nothing_until_the_person_says(
    database: Database, workspace: Workspace, sam: int
) -> None:
    await workspace.command("sam", "pause", "until I say so")

    assert held(database, sam).paused_until == FOREVER
    assert next_set_at(database, sam) is None
    back = card(await workspace.command("sam", "pause", "off"))
    assert "today 09:30" in text_of(back)
    assert held(database, sam).paused_until is None


async def test_a_set_owed_today_is_not_sent_into_a_pause_and_its_questions_do_not_pile_up(
    database: Database, workspace: Workspace, sam: int
) -> None:
    set_id = database.run_now(_owe_a_set, workspace.id, sam)

    await workspace.command("sam", "pause", "a week")

    owed = database.read_now(deliveries.listed)
    assert [(row.state, row.reason) for row in owed] == [(DeliveryState.SKIPPED, "paused")]
    row = database.read_now(sets.quiz_set, set_id)
    assert row is not None
    assert row.state is SetState.FOLDED


def _owe_a_set(tx: Tx, workspace: int, member: int) -> int:
    new = NewSet("daily:1", workspace, member, SetKind.DAILY, tx.now.date(), ())
    set_id = batches.make(tx, [new])["daily:1"]
    deliveries.post(
        tx,
        key="set:1",
        workspace=workspace,
        platform=PlatformName.LOCAL,
        kind=DeliveryKind.SET,
        address="sam",
        card={},
        due_at=tx.now,
        valid_until=tx.now,
        member=member,
        about=set_id,
    )
    return set_id


async def test_pause_alone_asks_for_how_long_and_offers_to_leave_a_pack(
    workspace: Workspace, sam: int
) -> None:
    asked = card(await workspace.write("sam", "stop"))
    leaving = card(await workspace.press("sam", acts_of(asked)["Leave a pack"]))
    left = card(await workspace.press("sam", acts_of(leaving)["Incident basics"]))

    assert list(acts_of(asked)) == [
        "Tomorrow",
        "Until Monday",
        "1 week",
        "2 weeks",
        "Until I say",
        "Leave a pack",
    ]
    assert left.title == "You have left Incident basics"


async def test_a_pause_by_button_and_by_plain_words_are_the_same(
    database: Database, workspace: Workspace, sam: int
) -> None:
    asked = card(await workspace.command("sam", "pause"))
    await workspace.press("sam", acts_of(asked)["1 week"])
    by_button = next_set_at(database, sam)

    await workspace.write("sam", "pause for 7 days")

    assert by_button == next_set_at(database, sam) == datetime(2026, 3, 9, 8, 30, tzinfo=UTC)


async def test_words_that_are_no_day_are_answered_with_examples(
    database: Database, workspace: Workspace, sam: int
) -> None:
    asked = card(await workspace.command("sam", "pause", "banana"))
    past = card(await workspace.command("sam", "pause", "1 january 2020"))
    far = card(await workspace.command("sam", "pause", "3 years"))

    assert "I can't tell which day you mean. Try: friday, 2 weeks, 3 march." in text_of(asked)
    assert "That day has passed." in text_of(past)
    assert "over a year away" in text_of(far)
    assert held(database, sam).paused_until is None


@pytest.mark.parametrize("day", ["2026-03-01", "2031-01-01", "nonsense"])
async def test_a_pause_button_pressed_late_or_forged_changes_nothing(
    database: Database, workspace: Workspace, sam: int, day: str
) -> None:
    asked: Card = card(await workspace.press("sam", PauseUntil(day).write()))

    assert asked.title == "Take a break"
    assert held(database, sam).paused_until is None


async def test_who_grove_stopped_writing_to_hears_again_after_a_pause_they_chose(
    database: Database, workspace: Workspace, sam: int
) -> None:
    def fall_silent(tx: Tx) -> None:
        row = people.locked(tx, sam)
        row.silent, row.unanswered, row.next_set_at = True, 3, None

    database.run_now(fall_silent)

    await workspace.command("sam", "pause", "1 week")

    row = held(database, sam)
    assert (row.silent, row.unanswered) == (False, 0)
    assert row.next_set_at == datetime(2026, 3, 9, 8, 30, tzinfo=UTC)


async def test_the_hour_stays_on_the_wall_when_clocks_change(
    database: Database, workspace: Workspace, clock: Clock, sam: int
) -> None:
    clock.at("2026-03-27T10:00")
    await workspace.submit("sam", SAVE, {"at": "09:30"})
    assert next_set_at(database, sam) == datetime(2026, 3, 30, 7, 30, tzinfo=UTC)

    clock.at("2026-10-23T10:00")
    await workspace.submit("sam", SAVE, {"at": "09:30"})
    assert next_set_at(database, sam) == datetime(2026, 10, 26, 8, 30, tzinfo=UTC)
