"""What a learner asks for: today's set, practice, a lesson, a taster, a level."""

from datetime import UTC, date, datetime

from sqlmodel import select

from bot.quizzes import acts
from bot.terms import EnrolmentState, LessonMark, Verdict
from storage import memories, people
from storage.engine import Database, Tx
from storage.tables import LessonDone, Review
from tests.bot.quizzes.world import Company, Learner, enrol, pack, said, single
from tests.clock import Clock
from tests.workspaces import Workspace

DAY_ONE = "2026-03-02 09:30"


def marks(company: Company, learner: Learner) -> list[LessonMark]:
    """How somebody is done with lessons, in order."""
    query = select(LessonDone).where(LessonDone.member_id == learner.id).order_by("lesson_id")
    return [one.mark for one in company.database.read_now(lambda tx: list(tx.session.exec(query)))]


def answers(company: Company, learner: Learner) -> list[Review]:
    """What somebody answered."""
    query = select(Review).where(Review.member_id == learner.id).order_by("id")
    return company.database.read_now(lambda tx: list(tx.session.exec(query)))


def due_days(company: Company, learner: Learner) -> list[date]:
    """When somebody's questions come back, in order."""
    return sorted(one.due_day for one in company.database.read_now(memories.of_member, learner.id))


async def finished_first_day(company: Company, clock: Clock, lessons: int = 1) -> Learner:
    """Somebody who did the first day's set."""
    sam = company.learner("sam", company.publish(pack(lessons=lessons)))
    clock.at(DAY_ONE)
    await company.beat()
    sam.look()
    await sam.work_through()
    return sam


class TestQuiz:
    async def test_it_makes_todays_set_now(self, company: Company) -> None:
        sam = company.learner("sam", company.publish(pack()))

        await sam.command("quiz")

        assert sam.card.title == "New: Lesson 0 of incidents"

    async def test_it_goes_on_where_one_was(self, company: Company, clock: Clock) -> None:
        sam = company.learner("sam", company.publish(pack()))
        clock.at(DAY_ONE)
        await company.beat()
        sam.look()
        await sam.press("Read it")
        await sam.press("Ask me")
        await sam.press("B")

        await sam.command("quiz")

        assert "How bad is incidents-0-1?" in sam.text

    async def test_yesterdays_rest_comes_first(self, company: Company, clock: Clock) -> None:
        sam = company.learner("sam", company.publish(pack()))
        clock.at(DAY_ONE)
        await company.beat()
        sam.look()
        await sam.press("Read it")
        await sam.press("Ask me")
        await sam.press("B")

        clock.at("2026-03-03 08:00")
        await sam.command("quiz")

        assert "How bad is incidents-0-1?" in sam.text

    async def test_done_for_today_says_when_the_next_comes_and_offers_practice(
        self, company: Company, clock: Clock
    ) -> None:
        sam = await finished_first_day(company, clock)

        await sam.command("quiz")

        assert sam.card.title == "Done for today"
        assert "Next: tomorrow 09:30." in sam.text
        assert sam.labels == ["Topic 0"]

    async def test_nothing_due_offers_practice(self, company: Company, clock: Clock) -> None:
        sam = await finished_first_day(company, clock)
        clock.at("2026-03-03 08:00")
        company.database.run_now(_due_far_away, sam.id)

        await sam.command("quiz")

        assert sam.card.title == "Nothing is due today"
        await sam.press("Topic 0")
        assert "How bad is" in sam.text

    async def test_whoever_learns_nothing_is_shown_the_packs(self, company: Company) -> None:
        sam = company.learner("sam")

        await sam.command("quiz")

        assert sam.labels == ["See the packs"]


class TestPractice:
    async def test_a_topic_can_be_named_loosely(self, company: Company, clock: Clock) -> None:
        sam = company.learner("sam", company.publish(pack(lessons=4, topics=2)))

        for words in ("topic-1", "Topic 1", "topic 1", "topc 1"):
            await sam.command("quiz", words)
            assert "How bad is incidents-1-" in sam.text

    async def test_an_unclear_topic_brings_the_topics_one_has(self, company: Company) -> None:
        sam = company.learner("sam", company.publish(pack(lessons=4, topics=2)))

        await sam.command("quiz", "gardening")

        assert sam.card.title == "Which topic?"
        assert sam.labels == ["Topic 0", "Topic 1"]
        await sam.press("Topic 1")
        assert "How bad is incidents-1-" in sam.text

    async def test_what_was_answered_today_is_not_practised(
        self, company: Company, clock: Clock
    ) -> None:
        sam = await finished_first_day(company, clock)

        await sam.command("quiz", "topic 0")
        asked = await sam.work_through()
        await sam.command("quiz", "topic 0")

        assert asked == 1
        assert "You have been through this topic today." in sam.text
        assert len({one.question_id for one in answers(company, sam)}) == 3

    async def test_practice_on_an_earlier_day_than_due_is_rated(
        self, company: Company, clock: Clock
    ) -> None:
        sam = await finished_first_day(company, clock)
        clock.at("2026-03-03 08:00")

        await sam.command("quiz", "topic 0")
        await sam.work_through()

        assert all(one.grade == 3 for one in answers(company, sam))

    async def test_a_topic_of_another_workspace_is_not_here(
        self, company: Company, database: Database
    ) -> None:
        other = Company(database, Workspace(database, "elsewhere"))
        sam = other.learner("sam", other.publish(pack()))
        eve = company.learner("eve")
        await sam.command("quiz", "gardening")

        await eve.do(sam.act("Topic 0"))

        assert eve.card.title == "That topic is no longer here. Write quiz for what is due."


class TestLessons:
    async def test_a_lesson_can_be_skipped_by_knowing_it(
        self, company: Company, clock: Clock
    ) -> None:
        sam = company.learner("sam", company.publish(pack()))
        clock.at(DAY_ONE)
        await company.beat()
        sam.look()

        await sam.press("Test me first")
        await sam.work_through()

        assert marks(company, sam) == [LessonMark.KNOWN]
        assert "**2 of 2 right.**" in sam.text
        assert date(2026, 3, 10) in due_days(company, sam)

    async def test_a_test_that_went_wrong_brings_the_lesson_and_nothing_is_asked_twice(
        self, company: Company, clock: Clock
    ) -> None:
        sam = company.learner("sam", company.publish(pack()))
        clock.at(DAY_ONE)
        await company.beat()
        sam.look()

        await sam.press("Test me first")
        await sam.press("A")
        await sam.press("Next")
        await sam.press("B")
        await sam.press("Next")
        assert "Words of lesson 0" in sam.text
        await sam.press("Done")

        assert marks(company, sam) == [LessonMark.READ]
        assert sam.card.title == "That's it for now"
        assert len(answers(company, sam)) == 2

    async def test_the_other_questions_of_a_lesson_come_one_a_working_day(
        self, company: Company, clock: Clock
    ) -> None:
        sam = company.learner(
            "sam", company.publish(pack(lessons=[[single(f"q{n}") for n in range(5)]]))
        )
        clock.at("2026-03-05 09:30")
        await company.beat()
        sam.look()
        await sam.press("Read it")
        await sam.press("Ask me")

        assert due_days(company, sam) == [date(2026, 3, 6)] * 3 + [
            date(2026, 3, 9),
            date(2026, 3, 10),
        ]

    async def test_a_lesson_left_for_another_day_comes_again(
        self, company: Company, clock: Clock
    ) -> None:
        sam = company.learner("sam", company.publish(pack()))
        clock.at(DAY_ONE)
        await company.beat()
        sam.look()

        await sam.press("Another day")

        assert sam.card.title == "That's it for now"
        assert marks(company, sam) == []
        clock.at("2026-03-03 09:30")
        await company.beat()
        assert "Lesson 0 of incidents" in said(sam.look())

    async def test_ask_me_pressed_twice_reads_once(self, company: Company, clock: Clock) -> None:
        sam = company.learner("sam", company.publish(pack()))
        clock.at(DAY_ONE)
        await company.beat()
        sam.look()
        await sam.press("Read it")
        ask = sam.act("Ask me")

        await sam.do(ask)
        first = sam.text
        await sam.do(ask)

        assert sam.text == first
        assert marks(company, sam) == [LessonMark.READ]

    async def test_a_lesson_read_by_itself_asks_its_questions(self, company: Company) -> None:
        sam = company.learner("sam", company.publish(pack()))

        await sam.command("learn", "incidents")
        await sam.press("Ask me")

        assert sam.card.title == "1 of 2 · Topic 0"
        assert marks(company, sam) == [LessonMark.READ]

    async def test_whoever_does_not_learn_the_pack_is_shown_how_to_join(
        self, company: Company
    ) -> None:
        company.publish(pack())
        eve = company.learner("eve")

        for act in (acts.Check(1), acts.TestFirst(1)):
            await eve.do(act.write())
            assert eve.labels == ["Join"]

        assert marks(company, eve) == []


class TestTaster:
    async def test_one_real_question_before_any_form(self, company: Company) -> None:
        incidents = company.publish(pack())
        sam = company.learner("sam")
        company.database.run_now(enrol, sam.id, incidents, EnrolmentState.INVITED)

        await sam.do(acts.Try(incidents).write())
        assert sam.card.title == "1 of 1 · Topic 0"
        await sam.press("B")

        assert "Because of incidents-0-0." in sam.text
        assert sam.labels == ["Join", "Change time", "No thanks"]

    async def test_somebody_not_invited_can_try_and_join(self, company: Company) -> None:
        incidents = company.publish(pack())
        sam = company.learner("sam")

        await sam.do(acts.Try(incidents).write())
        await sam.press("A")

        assert sam.labels == ["Join", "Change time"]
        await sam.press("Join")
        assert company.member(sam.id).next_set_at == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    async def test_the_taster_is_one_question_however_often(self, company: Company) -> None:
        incidents = company.publish(pack())
        sam = company.learner("sam")
        await sam.do(acts.Try(incidents).write())
        await sam.press("B")

        await sam.do(acts.Try(incidents).write())

        assert sam.labels == ["Join", "Change time"]
        assert len(answers(company, sam)) == 1

    async def test_a_pack_of_another_workspace_cannot_be_tried(
        self, company: Company, database: Database
    ) -> None:
        other = Company(database, Workspace(database, "elsewhere"))
        theirs = other.publish(pack())
        eve = company.learner("eve")

        await eve.do(acts.Try(theirs).write())

        assert "no longer here" in eve.card.title

    async def test_the_level_is_two_more_questions_and_then_the_first_lesson(
        self, company: Company
    ) -> None:
        incidents = company.publish(pack())
        sam = company.learner("sam")
        await sam.do(acts.Try(incidents).write())
        await sam.press("B")
        await sam.press("Join")

        await sam.do(acts.Level(incidents).write())
        asked = await sam.work_through()

        assert asked == 2
        assert "First lesson" in sam.labels
        assert marks(company, sam) == [LessonMark.KNOWN]

    async def test_one_wrong_answer_leaves_the_first_lesson_to_be_read(
        self, company: Company
    ) -> None:
        incidents = company.publish(pack())
        sam = company.learner("sam", incidents)

        await sam.do(acts.Level(incidents).write())
        await sam.work_through(right=False)

        assert marks(company, sam) == []
        assert {one.verdict for one in answers(company, sam)} == {Verdict.WRONG}

    async def test_the_level_is_for_those_who_joined(self, company: Company) -> None:
        incidents = company.publish(pack())
        sam = company.learner("sam")

        await sam.do(acts.Level(incidents).write())

        assert sam.labels == ["Join"]


def _due_far_away(tx: Tx, member_id: int) -> None:
    for row in memories.of_member(tx, member_id):
        row.due_day = date(2026, 5, 1)
        tx.session.add(row)
    assert people.member(tx, member_id) is not None
