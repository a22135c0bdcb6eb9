"""A lead's channel: set-up, invitations, yes and no, coming and going; and what nobody else may do."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from bot.days import FOREVER
from bot.lessons.acts import Join, OpenPack
from bot.people.acts import OpenSettings
from bot.teams.acts import AsLearner, Invite, Leave, PauseChannel, ResumeChannel, SetUp, ShowChannel
from bot.terms import DeliveryState, EnrolmentState, PlatformName, Role
from bot.ui import Fix, Nothing, Open, load_card
from storage import people
from storage.engine import Database, Tx
from storage.tables import Audit
from tests.bot.teams.content import publish
from tests.bot.teams.office import Office, acts_of, arrive, card, depart, next_set_at, text_of
from tests.workspaces import Workspace


@pytest.fixture
def pack(database: Database, workspace: Workspace) -> int:
    """A pack of three lessons."""
    return database.run_now(publish, workspace.id)


@pytest.fixture
def office(database: Database, workspace: Workspace) -> Office:
    """#ops, led by Lena, with six people in it."""
    return Office(database, workspace, "ana", "ben", "cleo", "dan", "eva", "fay")


async def test_a_lead_sets_up_a_channel_sees_a_preview_and_invites_each_person_once(
    office: Office, workspace: Workspace, pack: int
) -> None:
    empty = card(await workspace.command("lena", "team", channel="C-ops"))
    form = await workspace.press("lena", acts_of(empty)["Set up"])
    preview = await office.set_up(pack)
    first, again = await office.invite(), await office.invite()

    assert empty.title == "No pack here yet"
    assert isinstance(form, Open)
    assert "**7 people** in #ops" in text_of(preview)
    assert (
        first.title == "Invitations for 7 people are on their way, each at their next working hour."
    )
    assert again.title == "Everybody here was asked already. Nobody is asked twice."
    assert len(office.owed()) == 7
    assert office.owed()[0].key == "invite:1"
    assert office.owed()[0].due_at == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert office.owed()[0].valid_until == datetime(2026, 3, 16, 9, 30, tzinfo=UTC)


async def test_a_lead_is_not_invited_by_their_own_name(office: Office, pack: int) -> None:
    await office.set_up(pack)
    await office.invite()

    own = [row.card for row in office.owed() if row.member_id == office.lead]

    assert own[0] is not None
    assert "You are invited too." in text_of(load_card(own[0]))
    assert "invites you" not in text_of(load_card(own[0]))


async def test_an_invitation_says_what_by_whom_and_how_many_minutes(
    office: Office, pack: int
) -> None:
    await office.set_up(pack)
    await office.invite()

    held = office.owed()[1].card
    assert held is not None
    shown = load_card(held)
    assert "Lena invites you, with #ops, to learn *Incident basics*." in text_of(shown)
    assert "About 2 minutes a day" in text_of(shown)
    assert list(acts_of(shown)) == ["Try one question", "Join", "Change time", "No thanks"]


async def test_yes_begins_at_the_channels_hour_and_a_second_yes_changes_nothing(
    database: Database, office: Office, workspace: Workspace, pack: int
) -> None:
    await office.set_up(pack, at="14:00")
    await office.invite()

    first = card(await workspace.press("ana", office.buttons("ana")["Join"]))
    again = card(await workspace.press("ana", office.buttons("ana")["Join"]))

    assert "today 14:00" in text_of(first)
    assert text_of(again) == text_of(first)
    assert office.states("ana") == [EnrolmentState.ACTIVE]
    assert next_set_at(database, office.people["ana"]) == datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


async def test_who_chose_their_own_hour_keeps_it_when_they_join(
    database: Database, office: Office, workspace: Workspace, pack: int
) -> None:
    await workspace.submit("ana", OpenSettings().write(), {"at": "11:00"})
    await office.set_up(pack, at="14:00")
    await office.invite()

    await workspace.press("ana", office.buttons("ana")["Join"])

    assert next_set_at(database, office.people["ana"]) == datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


async def test_no_thanks_is_kind_and_final(office: Office, workspace: Workspace, pack: int) -> None:
    await office.set_up(pack)
    await office.invite()

    answer = card(await workspace.press("ana", office.buttons("ana")["No thanks"]))
    again = await office.invite()

    assert answer.title == "No problem"
    assert office.states("ana") == [EnrolmentState.DECLINED]
    assert "Nobody is asked twice" in again.title


async def test_an_unsent_invitation_is_not_sent_to_who_joined_meanwhile(
    office: Office, workspace: Workspace, pack: int
) -> None:
    await office.set_up(pack)
    await office.invite()

    await workspace.press("ana", Join(pack).write())

    held = next(row for row in office.owed() if row.member_id == office.people["ana"])
    assert (held.state, held.reason) == (DeliveryState.SKIPPED, "joined meanwhile")


async def test_two_packs_come_in_one_invitation_and_one_yes(
    database: Database, office: Office, workspace: Workspace, pack: int
) -> None:
    second = database.run_now(publish, workspace.id, "feedback", "Giving feedback")
    await office.set_up(pack, second)
    await office.invite()

    welcome = card(await workspace.press("ana", office.buttons("ana")["Join"]))

    assert len(office.owed()) == 7
    assert "*Giving feedback* and *Incident basics*" in text_of(welcome)
    assert office.states("ana") == [EnrolmentState.ACTIVE, EnrolmentState.ACTIVE]


async def test_a_pack_taken_away_before_it_was_offered_is_not_offered(
    database: Database, office: Office, workspace: Workspace, pack: int
) -> None:
    second = database.run_now(publish, workspace.id, "feedback", "Giving feedback")
    await office.set_up(pack, second)
    await office.invite()

    preview = await office.set_up(pack)
    await office.invite()

    assert "**7 people**" in text_of(preview)
    assert office.states("ana") == [EnrolmentState.INVITED]
    held = office.owed()[-1].card
    assert held is not None
    assert "Giving feedback" not in text_of(load_card(held))


async def test_leaving_takes_one_tap_and_coming_back_another(
    database: Database, office: Office, workspace: Workspace, pack: int
) -> None:
    await office.set_up(pack)
    await office.invite()
    await workspace.press("ana", office.buttons("ana")["Join"])

    lesson = card(await workspace.command("ana", "learn", "incident"))
    goodbye = card(await workspace.press("ana", acts_of(lesson)["Leave this pack"]))

    assert office.states("ana") == [EnrolmentState.LEFT]
    assert next_set_at(database, office.people["ana"]) is None
    await workspace.press("ana", acts_of(goodbye)["Come back"])
    assert office.states("ana") == [EnrolmentState.ACTIVE]
    assert next_set_at(database, office.people["ana"]) == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


async def test_a_paused_channel_plans_nothing_and_goes_on_when_resumed(
    database: Database, office: Office, workspace: Workspace, pack: int
) -> None:
    await office.set_up(pack)
    await office.invite()
    await workspace.press("ana", office.buttons("ana")["Join"])

    shown = card(await workspace.command("lena", "team", channel="C-ops"))
    await workspace.press("lena", acts_of(shown)["Pause"])

    assert next_set_at(database, office.people["ana"]) is None
    rested = card(await workspace.command("lena", "team"))
    await workspace.press("lena", acts_of(rested)["Resume"])
    assert next_set_at(database, office.people["ana"]) == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


async def test_a_lead_sees_counts_never_who_said_what(
    office: Office, workspace: Workspace, pack: int
) -> None:
    await office.set_up(pack)
    await office.invite()
    for person in ("ana", "ben"):
        await workspace.press(person, office.buttons(person)["Join"])
    await workspace.press("cleo", office.buttons("cleo")["No thanks"])

    shown = text_of(card(await workspace.command("lena", "team", channel="C-ops")))

    assert "7 here, 7 asked, fewer than 5 learning" in shown
    assert not [name for name in ("Ana", "Ben", "Cleo") if name in shown]


async def test_a_changed_hour_reaches_who_takes_the_channels(
    database: Database, office: Office, workspace: Workspace, pack: int
) -> None:
    await office.set_up(pack)
    await office.invite()
    await workspace.press("ana", office.buttons("ana")["Join"])

    await office.set_up(pack, at="16:00")

    assert next_set_at(database, office.people["ana"]) == datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


async def test_a_start_to_come_is_waited_for(
    database: Database, office: Office, workspace: Workspace, pack: int
) -> None:
    await office.set_up(pack, starts_on="2026-03-11")
    await office.invite()

    welcome = card(await workspace.press("ana", office.buttons("ana")["Join"]))

    assert "Wednesday 11 March 09:30" in text_of(welcome)


async def test_a_form_that_needs_a_look_keeps_what_was_entered(
    office: Office, workspace: Workspace, pack: int
) -> None:
    outcome = await workspace.submit(
        "lena",
        SetUp(office.channel).write(),
        {"packs": (str(pack),), "days": (), "goal": "Calm incidents"},
    )

    assert isinstance(outcome, Fix)
    assert [name for name, _ in outcome.problems] == ["days"]
    assert {field.name: field.value for field in outcome.form.fields}["goal"] == "Calm incidents"


@pytest.mark.parametrize(
    "act",
    [ShowChannel, SetUp, AsLearner, Invite, PauseChannel, ResumeChannel],
    ids=lambda act: act.__name__,
)
async def test_a_forged_button_of_a_channel_does_nothing_for_who_does_not_lead_it(
    office: Office, workspace: Workspace, pack: int, act: type[Invite]
) -> None:
    await office.set_up(pack)

    outcome = card(await workspace.press("ana", act(office.channel).write()))

    assert outcome.title.startswith("Only who leads this channel")
    assert office.owed() == []


async def test_a_lead_of_one_channel_leads_no_other(
    database: Database, office: Office, workspace: Workspace, pack: int
) -> None:
    other = Office(database, workspace, name="sales")
    database.run_now(_take_role, other.lead, other.channel)

    refused = card(
        await workspace.submit("lena", SetUp(other.channel).write(), {"packs": (str(pack),)})
    )

    assert refused.title.startswith("Only who leads this channel")


def _take_role(tx: Tx, member: int, channel: int) -> None:
    for held in people.roles(tx, member):
        if held.channel_id == channel:
            tx.session.delete(held)


async def test_an_admin_may_set_up_any_channel(
    office: Office, workspace: Workspace, pack: int
) -> None:
    workspace.member("root", roles=(Role.ADMIN,))

    shown = card(await workspace.command("root", "team", channel="C-ops"))

    assert shown.title == "No pack here yet"


async def test_nobody_answers_an_invitation_to_somebody_else(
    office: Office, workspace: Workspace, pack: int
) -> None:
    await office.set_up(pack)
    await office.invite()

    stolen = card(await workspace.press("ben", office.buttons("ana")["Join"]))
    left = card(await workspace.press("ben", Leave(1).write()))

    assert (
        stolen.title
        == left.title
        == "That invitation is no longer open. /grove learn shows the packs."
    )
    assert office.states("ana") == [EnrolmentState.INVITED]
    assert office.states("ben") == [EnrolmentState.INVITED]


async def test_nothing_crosses_from_one_workspace_to_another(
    database: Database, office: Office, workspace: Workspace, pack: int
) -> None:
    await office.set_up(pack)
    await office.invite()
    elsewhere = Workspace(database, "T2", PlatformName.SLACK)
    elsewhere.member("ana")
    elsewhere.member("lena", roles=(Role.ADMIN,))

    answers = [
        card(await elsewhere.press("ana", office.buttons("ana")["Join"])),
        card(await elsewhere.press("ana", Join(pack).write())),
        card(await elsewhere.press("ana", OpenPack(pack).write())),
        card(await elsewhere.press("lena", Invite(office.channel).write())),
        card(await elsewhere.command("ana", "learn")),
        card(await elsewhere.command("ana")),
        card(await elsewhere.command("lena", "team")),
    ]

    assert not [
        answer.title
        for answer in answers
        if "Incident" in text_of(answer) or "ops" in text_of(answer)
    ]
    assert office.states("ana") == [EnrolmentState.INVITED]


async def test_who_comes_into_a_channel_with_packs_is_invited_by_the_channel(
    office: Office, workspace: Workspace, pack: int
) -> None:
    await office.set_up(pack)

    came = await arrive(workspace, "gus", channel="C-ops")
    again = await arrive(workspace, "gus", channel="C-ops")

    assert came == again == Nothing()
    assert len(office.owed()) == 1
    held = office.owed()[0].card
    assert held is not None
    assert "#ops is learning *Incident basics*. You are invited too." in text_of(load_card(held))


async def test_who_leaves_a_channel_keeps_what_they_joined_and_is_asked_nothing_more(
    office: Office, workspace: Workspace, pack: int
) -> None:
    await office.set_up(pack)
    await office.invite()
    await workspace.press("ana", office.buttons("ana")["Join"])

    await depart(workspace, "ana", channel="C-ops")
    await depart(workspace, "ben", channel="C-ops")

    assert office.states("ana") == [EnrolmentState.ACTIVE]
    assert office.states("ben") == []
    assert office.people["ben"] not in [row.member_id for row in office.owed()]


async def test_who_leaves_the_workspace_is_owed_nothing_and_who_returns_goes_on(
    database: Database, office: Office, workspace: Workspace, pack: int
) -> None:
    await office.set_up(pack)
    await office.invite()
    await workspace.press("ana", office.buttons("ana")["Join"])

    await depart(workspace, "ana")
    await depart(workspace, "ben")

    assert next_set_at(database, office.people["ana"]) is None
    assert {row.state for row in office.owed() if row.member_id == office.people["ben"]} == {
        DeliveryState.SKIPPED
    }
    await workspace.command("ana")
    assert next_set_at(database, office.people["ana"]) == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("wish", ["paused", "silent"])
async def test_who_wants_quiet_is_not_invited(
    database: Database, office: Office, workspace: Workspace, pack: int, wish: str
) -> None:
    def be_quiet(tx: Tx) -> None:
        row = people.locked(tx, office.people["ana"])
        row.silent, row.paused_until = wish == "silent", FOREVER if wish == "paused" else None

    database.run_now(be_quiet)

    preview = await office.set_up(pack)
    await office.invite()

    assert "**6 people**" in text_of(preview)
    assert office.states("ana") == []


async def test_an_invitation_waits_until_a_break_is_over(
    office: Office, workspace: Workspace, pack: int
) -> None:
    await workspace.command("ana", "pause", "2 weeks")
    await office.set_up(pack)
    await office.invite()
    await workspace.command("ben", "pause", "1 week")

    due = {row.member_id: row.due_at for row in office.owed()}
    assert due[office.people["ana"]] == datetime(2026, 3, 16, 9, 30, tzinfo=UTC)
    assert due[office.people["ben"]] == datetime(2026, 3, 9, 9, 30, tzinfo=UTC)
    assert due[office.people["cleo"]] == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


async def test_a_paused_channel_invites_nobody_who_comes(
    office: Office, workspace: Workspace, pack: int
) -> None:
    await office.set_up(pack)
    await workspace.press("lena", PauseChannel(office.channel).write())

    await arrive(workspace, "gus", channel="C-ops")

    assert office.owed() == []


async def test_a_lead_can_see_the_invitation_as_a_learner_would(
    office: Office, workspace: Workspace, pack: int
) -> None:
    shown = card(await workspace.press("lena", AsLearner(office.channel).write()))

    assert "Lena invites you, with #ops, to learn *Incident basics*." in text_of(shown)
    assert list(acts_of(shown)) == ["Try one question", "This channel"]
    assert office.owed() == []


async def test_in_a_direct_message_a_lead_of_many_channels_picks_one(
    database: Database, office: Office, workspace: Workspace, pack: int
) -> None:
    Office(database, workspace, name="sales")

    shown = card(await workspace.write("lena", "team"))

    assert shown.title == "Your channels"
    assert list(acts_of(shown)) == ["#ops", "#sales"]


async def test_what_a_lead_does_is_kept_for_the_audit(
    database: Database, office: Office, workspace: Workspace, pack: int
) -> None:
    await office.set_up(pack)
    await office.invite()

    def actions(tx: Tx) -> list[str]:
        return [row.action for row in tx.session.exec(select(Audit)).all()]

    assert database.read_now(actions) == ["channel.setup", "channel.invite"]
