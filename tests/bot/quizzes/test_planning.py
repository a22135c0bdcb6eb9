"""When the day's message comes, what is in it, and when there is none."""

import asyncio
from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlmodel import select

from bot import days
from bot.quizzes import acts
from bot.quizzes.planning import plan
from bot.terms import ChannelState, EnrolmentState, LessonMark, SetState
from storage import decisions, enrolments, people, sets, teams
from storage.engine import Database, Tx
from storage.tables import ChannelPack, Lesson, LessonDone, Memory, Question
from tests.bot.quizzes.world import Company, Learner, enrol, pack, said, single
from tests.clock import Clock
from tests.workspaces import Workspace

DAY_ONE = "2026-03-02 09:30"


def change(company: Company, learner: Learner, **values: object) -> None:
    """Set something of a member."""

    def work(tx: Tx) -> None:
        row = people.member(tx, learner.id)
        for name, value in values.items():
            setattr(row, name, value)

    company.database.run_now(work)


def kinds(company: Company, learner: Learner) -> list[str]:
    """What was decided about somebody, newest first."""
    made = company.database.read_now(decisions.latest, learner.id, limit=50)
    return [one.kind for one in made]


async def test_a_set_comes_at_the_persons_own_hour(company: Company, clock: Clock) -> None:
    berlin = company.learner("sam", company.publish(pack()), zone="Europe/Berlin")

    clock.at("2026-03-02 08:29")
    await company.beat()
    assert berlin.messages == []

    clock.at("2026-03-02 08:30")
    await company.beat()
    assert len(berlin.messages) == 1
    assert company.member(berlin.id).next_set_at == datetime(2026, 3, 3, 8, 30, tzinfo=UTC)


async def test_planning_twice_sends_once(company: Company, clock: Clock) -> None:
    sam = company.learner("sam", company.publish(pack()))

    clock.at(DAY_ONE)
    await asyncio.gather(company.beat(), company.beat())
    await company.beat()

    assert len(sam.messages) == 1


async def test_planning_again_for_the_same_slot_makes_nothing(
    company: Company, clock: Clock
) -> None:
    sam = company.learner("sam", company.publish(pack()))
    clock.at(DAY_ONE)
    await company.beat()

    change(company, sam, next_set_at=clock.now, last_set_at=None)
    await company.beat()

    assert len(sam.messages) == 1


async def test_nobody_hears_at_the_weekend(company: Company, clock: Clock) -> None:
    sam = company.learner("sam", company.publish(pack()))

    clock.at("2026-03-06 09:30")
    await company.beat()

    assert company.member(sam.id).next_set_at == datetime(2026, 3, 9, 9, 30, tzinfo=UTC)


async def test_whoever_learns_nothing_is_left_alone(company: Company, clock: Clock) -> None:
    sam = company.learner("sam")
    change(company, sam, next_set_at=clock.now)

    await company.beat()

    assert sam.messages == []
    assert company.member(sam.id).next_set_at is None


async def test_whoever_only_was_invited_is_left_alone(company: Company, clock: Clock) -> None:
    incidents = company.publish(pack())
    sam = company.learner("sam")
    company.database.run_now(enrol, sam.id, incidents, EnrolmentState.INVITED)
    change(company, sam, next_set_at=clock.now)

    await company.beat()

    assert sam.messages == []


async def test_whoever_left_is_left_alone(company: Company, clock: Clock) -> None:
    sam = company.learner("sam", company.publish(pack()))
    change(company, sam, left_at=clock.now)

    clock.at(DAY_ONE)
    await company.beat()

    assert sam.messages == []
    assert company.member(sam.id).next_set_at is None


async def test_a_pause_ends_on_its_day_and_nothing_counts(company: Company, clock: Clock) -> None:
    sam = company.learner("sam", company.publish(pack()))
    clock.at(DAY_ONE)
    await company.beat()
    change(company, sam, paused_until=date(2026, 3, 11))

    clock.at("2026-03-03 09:30")
    await company.beat()

    assert len(sam.messages) == 1
    assert company.member(sam.id).next_set_at == datetime(2026, 3, 11, 9, 30, tzinfo=UTC)
    assert company.member(sam.id).unanswered == 0
    assert kinds(company, sam)[0] == "paused"

    clock.at("2026-03-11 09:30")
    await company.beat()
    assert len(sam.messages) == 2


async def test_a_pause_without_an_end_plans_nothing(company: Company, clock: Clock) -> None:
    sam = company.learner("sam", company.publish(pack()))
    change(company, sam, paused_until=days.FOREVER)

    clock.at(DAY_ONE)
    await company.beat()

    assert company.member(sam.id).next_set_at is None


async def test_after_an_outage_only_the_newest_slot_counts(company: Company, clock: Clock) -> None:
    sam = company.learner("sam", company.publish(pack()))

    clock.at("2026-03-05 10:15")
    await company.beat()

    assert len(sam.messages) == 1
    rows = company.database.read_now(sets.of_day, sam.id, date(2026, 3, 5))
    assert [row.state for row in rows] == [SetState.OPEN]
    assert company.member(sam.id).next_set_at == datetime(2026, 3, 6, 9, 30, tzinfo=UTC)


async def test_a_slot_that_is_four_hours_old_waits_for_the_next(
    company: Company, clock: Clock
) -> None:
    sam = company.learner("sam", company.publish(pack()))

    clock.at("2026-03-02 13:31")
    await company.beat()

    assert sam.messages == []
    assert kinds(company, sam) == ["late"]
    assert company.member(sam.id).next_set_at == datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


async def test_twelve_hours_lie_between_two_sets_whatever_the_hour_is_moved_to(
    company: Company, clock: Clock
) -> None:
    sam = company.learner("sam", company.publish(pack()))
    change(company, sam, minute=21 * 60, next_set_at=datetime(2026, 3, 2, 21, 0, tzinfo=UTC))
    clock.at("2026-03-02 21:00")
    await company.beat()

    change(company, sam, minute=8 * 60, next_set_at=datetime(2026, 3, 3, 8, 0, tzinfo=UTC))
    clock.at("2026-03-03 08:00")
    await company.beat()

    assert len(sam.messages) == 1
    assert kinds(company, sam)[0] == "too_soon"
    assert company.member(sam.id).next_set_at == datetime(2026, 3, 4, 8, 0, tzinfo=UTC)


async def test_a_set_begun_by_hand_brings_no_second_message(company: Company, clock: Clock) -> None:
    sam = company.learner("sam", company.publish(pack()))
    await sam.command("quiz")

    clock.at(DAY_ONE)
    await company.beat()

    assert sam.messages == []
    assert company.member(sam.id).next_set_at == datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


async def test_what_begins_by_hand_before_it_is_sent_is_not_sent(
    company: Company, clock: Clock
) -> None:
    sam = company.learner("sam", company.publish(pack()))
    clock.at(DAY_ONE)
    await company.database.run(plan)

    await sam.command("quiz")
    await sam.press("Read it")
    await sam.press("Ask me")
    await company.beat()

    assert sam.messages == []
    await sam.press("B")
    assert "Next" in sam.labels


async def test_a_set_that_came_too_late_is_folded_and_its_questions_stay_due(
    company: Company, clock: Clock
) -> None:
    sam = company.learner("sam", company.publish(pack()))
    clock.at(DAY_ONE)
    await company.database.run(plan)

    clock.at("2026-03-02 13:31")
    await company.beat()

    assert sam.messages == []
    rows = company.database.read_now(sets.of_day, sam.id, date(2026, 3, 2))
    assert [row.state for row in rows] == [SetState.FOLDED]
    clock.at("2026-03-03 09:30")
    await company.beat()
    assert len(sam.messages) == 1
    assert company.member(sam.id).unanswered == 0


async def test_a_set_that_was_folded_undelivered_can_be_asked_for(
    company: Company, clock: Clock
) -> None:
    sam = company.learner("sam", company.publish(pack()))
    clock.at(DAY_ONE)
    await company.database.run(plan)
    clock.at("2026-03-02 14:00")
    await company.beat()

    await sam.command("quiz")

    assert sam.card.title == "New: Lesson 0 of incidents"


async def test_a_set_asked_for_again_leaves_out_what_was_answered_meanwhile(
    company: Company, clock: Clock
) -> None:
    sam = company.learner("sam", company.publish(pack()))
    clock.at(DAY_ONE)
    await company.database.run(plan)
    (planned,) = company.database.read_now(sets.of_day, sam.id, date(2026, 3, 2))
    first, second = company.database.read_now(sets.askings, planned.id or 0)
    clock.at("2026-03-02 14:00")
    await company.beat()
    await sam.do(acts.Answer(first.id or 0, 1).write())

    await sam.command("quiz")

    assert sam.act("B") == acts.Answer(second.id or 0, 1).write()


async def test_nothing_to_ask_is_a_decision_and_no_message(company: Company, clock: Clock) -> None:
    sam = company.learner("sam", company.publish(pack(lessons=1)))
    clock.at(DAY_ONE)
    await company.beat()
    sam.look()
    await sam.work_through()

    for day in ("2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"):
        clock.at(f"{day} 09:30")
        await company.beat()
        sam.look()
        await sam.work_through()
    clock.at("2026-03-09 09:30")
    sent = len(sam.messages)
    await company.beat()

    assert len(sam.messages) == sent
    assert kinds(company, sam)[0] == "nothing_today"


async def test_a_pack_begins_on_its_day(company: Company, clock: Clock) -> None:
    incidents = company.publish(pack())
    sam = company.learner("sam")

    def later(tx: Tx) -> None:
        channel = teams.found_channel(tx, company.workspace.id, "C1")
        assert channel.id is not None
        tx.add(
            ChannelPack(
                channel_id=channel.id,
                pack_id=incidents,
                workspace_id=company.workspace.id,
                starts_on=date(2026, 3, 4),
            )
        )
        enrol(tx, sam.id, incidents)
        row = enrolments.held(tx, sam.id, incidents)
        assert row is not None
        row.channel_id = channel.id
        member = people.member(tx, sam.id)
        assert member is not None
        member.next_set_at = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)

    company.database.run_now(later)
    clock.at("2026-03-03 09:30")
    await company.beat()
    assert sam.messages == []

    clock.at("2026-03-04 09:30")
    await company.beat()
    assert len(sam.messages) == 1


async def test_a_channel_at_rest_sends_nothing(company: Company, clock: Clock) -> None:
    incidents = company.publish(pack())
    sam = company.learner("sam", incidents)

    def rest(tx: Tx) -> None:
        channel = teams.found_channel(tx, company.workspace.id, "C1")
        channel.state = ChannelState.PAUSED
        row = enrolments.held(tx, sam.id, incidents)
        assert row is not None
        row.channel_id = channel.id

    company.database.run_now(rest)
    clock.at(DAY_ONE)
    await company.beat()

    assert sam.messages == []


async def test_three_unanswered_sets_bring_one_question_and_then_silence(
    company: Company, clock: Clock
) -> None:
    sam = company.learner("sam", company.publish(pack()))

    for day in range(2, 7):
        clock.at(f"2026-03-0{day} 09:30")
        await company.beat()
    for day in range(9, 14):
        clock.at(f"2026-03-{day:02} 09:30")
        await company.beat()

    assert [card.title for card in sam.messages] == [
        *["Two minutes?"] * 3,
        "Keep going, or take a break?",
    ]
    sam.look()
    assert sam.labels == ["Keep going", "Pause two weeks", "Stop"]
    assert company.member(sam.id).next_set_at is None


async def test_keep_going_brings_the_next_set(company: Company, clock: Clock) -> None:
    sam = company.learner("sam", company.publish(pack()))
    for day in range(2, 6):
        clock.at(f"2026-03-0{day} 09:30")
        await company.beat()
    sam.look()

    await sam.press("Keep going")

    assert sam.text == "Good. On we go.\nNext: tomorrow 09:30."
    clock.at("2026-03-06 09:30")
    await company.beat()
    assert sam.look().title == "Two minutes?"
    assert company.member(sam.id).unanswered == 0


async def test_an_answer_after_the_silence_brings_the_next_set(
    company: Company, clock: Clock
) -> None:
    sam = company.learner("sam", company.publish(pack()))
    for day in range(2, 6):
        clock.at(f"2026-03-0{day} 09:30")
        await company.beat()
    assert company.member(sam.id).silent

    await sam.command("quiz")

    assert not company.member(sam.id).silent
    assert company.member(sam.id).next_set_at == datetime(2026, 3, 6, 9, 30, tzinfo=UTC)


async def test_one_answer_a_day_is_enough_to_go_on(company: Company, clock: Clock) -> None:
    sam = company.learner("sam", company.publish(pack(lessons=6)))

    for day in ("02", "03", "04", "05", "06", "09", "10"):
        clock.at(f"2026-03-{day} 09:30")
        await company.beat()
        sam.look()
        if "Read it" in sam.labels:
            await sam.press("Read it")
            await sam.press("Ask me")
        await sam.press("B")

    assert len(sam.messages) == 7
    assert company.member(sam.id).unanswered == 0


async def test_the_rest_of_a_half_answered_set_comes_first_on_the_next_day(
    company: Company, clock: Clock
) -> None:
    sam = company.learner("sam", company.publish(pack()))
    clock.at(DAY_ONE)
    await company.beat()
    sam.look()
    await sam.press("Read it")
    await sam.press("Ask me")
    await sam.press("B")

    clock.at("2026-03-03 09:30")
    await company.beat()

    sam.look()
    assert "How bad is incidents-0-1?" in sam.text
    planned = company.database.read_now(decisions.latest, sam.id, kinds=["planned"])[0]
    assert planned.facts["questions"][0]["why"] == "carried_over"


def learned(tx: Tx, member_id: int, workspace_id: int) -> None:
    """Every lesson was read and every question answered in the first days of March."""
    for lesson in tx.session.exec(select(Lesson)):
        done = LessonDone(
            member_id=member_id,
            lesson_id=lesson.id or 0,
            workspace_id=workspace_id,
            mark=LessonMark.READ,
            at=tx.now,
        )
        tx.session.add(done)
    for question in tx.session.exec(select(Question)):
        tx.session.add(
            Memory(
                member_id=member_id, question_id=question.id or 0, workspace_id=workspace_id, stability=20,
                difficulty=5, last_day=date(2026, 3, 3), due_day=date(2026, 3, 23), count=3,
            )
        )  # fmt: skip


async def test_after_leave_the_first_three_days_are_light(company: Company, clock: Clock) -> None:
    sam = company.learner("sam", company.publish(pack(lessons=8)))
    company.database.run_now(learned, sam.id, company.workspace.id)
    change(company, sam, paused_until=date(2026, 7, 1), last_set_day=date(2026, 3, 20))

    sizes = []
    for at in ("2026-07-01", "2026-07-02", "2026-07-03", "2026-07-06"):
        clock.at(f"{at} 09:30")
        await company.beat()
        sam.look()
        rows = company.database.read_now(sets.of_day, sam.id, date.fromisoformat(at))
        sizes.append(len(company.database.read_now(sets.askings, rows[0].id or 0)))
        await sam.work_through()

    assert sizes == [3, 3, 3, 5]


async def test_a_question_whose_meaning_changed_comes_forward(
    company: Company, clock: Clock
) -> None:
    before = pack(lessons=[[single("level"), single("other")]])
    sam = company.learner("sam", company.publish(before))
    clock.at(DAY_ONE)
    await company.beat()
    sam.look()
    await sam.work_through()

    after = pack(lessons=[[single("level", right="SEV1"), single("other")]])
    company.publish(after, approve=frozenset({"level"}))
    clock.at("2026-03-03 09:30")
    await company.beat()

    sam.look()
    assert "How bad is level?" in sam.text
    planned = company.database.read_now(decisions.latest, sam.id, kinds=["planned"])[0]
    assert planned.facts["questions"][0]["why"] == "brought_forward"
    await sam.press("A")
    assert "Because of level." in sam.text
    assert "doesn't count" not in sam.text


async def test_two_workspaces_never_cross(
    company: Company, database: Database, clock: Clock
) -> None:
    other = Company(database, Workspace(database, "elsewhere"))
    here = company.learner("sam", company.publish(pack("mine")))
    there = other.learner("sam", other.publish(pack("theirs")))

    clock.at(DAY_ONE)
    await company.beat()

    cards = [said(card) for card in here.messages]
    assert len(cards) == 2
    assert sorted("mine" in card for card in cards) == [False, True]
    theirs = next(card for card in here.messages if "theirs" in said(card))
    here.shown = theirs
    outcome = await here.press("Read it")
    assert "no longer here" in said(outcome.card)  # type: ignore[union-attr]
    assert there.id != here.id


async def test_the_recall_target_of_the_channel_is_used(company: Company, clock: Clock) -> None:
    incidents = company.publish(pack())
    sam = company.learner("sam", incidents)

    def choose(tx: Tx) -> None:
        channel = teams.found_channel(tx, company.workspace.id, "C1")
        teams.choose(tx, channel, [incidents], date(2026, 1, 1), 0.8)
        row = enrolments.held(tx, sam.id, incidents)
        assert row is not None
        row.channel_id = channel.id

    company.database.run_now(choose)
    clock.at(DAY_ONE)
    await company.beat()
    sam.look()
    await sam.press("Read it")
    await sam.press("Ask me")
    await sam.press("B")

    assert "Back on Monday." in sam.text or "Back on Tuesday 10 March." in sam.text


async def test_a_message_owed_to_somebody_says_how_to_change_or_stop(
    company: Company, clock: Clock
) -> None:
    sam = company.learner("sam", company.publish(pack()))

    clock.at(DAY_ONE)
    await company.beat()

    assert "`pause`" in said(sam.look())


async def test_a_hundred_learners_are_planned_in_a_handful_of_queries(
    company: Company, clock: Clock
) -> None:
    incidents = company.publish(pack(lessons=6))
    for number in range(100):
        company.learner(f"p{number}", incidents)
    clock.at(DAY_ONE)
    statements: list[str] = []

    def work(tx: Tx) -> int:
        engine = tx.session.get_bind()
        sa.event.listen(engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
        return plan(tx)

    assert company.database.run_now(work) == 100
    assert len(statements) < 35
