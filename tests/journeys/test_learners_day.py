"""A learner's day, from the message at their hour to the last line."""

import pytest

from bot.quizzes import acts
from bot.terms import EnrolmentState
from storage import memories
from storage.engine import Database
from tests.bot.quizzes.world import Company, enrol, pack, said
from tests.clock import Clock
from tests.workspaces import Workspace


@pytest.fixture
def company(database: Database, workspace: Workspace) -> Company:
    """A workspace with nobody in it yet."""
    return Company(database, workspace)


async def test_the_first_day_brings_a_lesson_and_its_questions_come_back(
    company: Company, clock: Clock
) -> None:
    sam = company.learner("sam", company.publish(pack()))

    clock.at("2026-03-02 09:30")
    await company.beat()

    assert len(sam.messages) == 1
    assert sam.look().title == "Two minutes?"
    assert "2 questions and one short lesson." in sam.text
    await sam.press("Read it")
    assert "**Words of lesson 0.**" in sam.text
    await sam.press("Ask me")
    assert sam.card.title == "1 of 2 · Topic 0"
    await sam.press("C")
    assert sam.card.title == "It's B, SEV2."
    assert "Not SEV3. Because of incidents-0-0." in sam.text
    assert "Back tomorrow." in sam.text
    await sam.press("Next")
    await sam.press("B")
    assert "**1 of 2 right.**" in sam.text
    assert "Next: tomorrow 09:30." in sam.text

    clock.at("2026-03-03 09:30")
    await company.beat()

    assert len(sam.messages) == 2
    assert "How bad is incidents-0-0?" in said(sam.look())


async def test_from_an_invitation_to_the_first_lesson(company: Company, clock: Clock) -> None:
    incidents = company.publish(pack())
    sam = company.learner("sam")
    company.database.run_now(enrol, sam.id, incidents, EnrolmentState.INVITED)

    await sam.do(acts.Try(incidents).write())
    await sam.press("B")
    await sam.press("Join")
    await sam.do(acts.Level(incidents).write())
    await sam.press("A")
    await sam.press("Next")
    await sam.press("B")
    await sam.press("First lesson")
    assert sam.card.title == "Lesson 0 of incidents"
    await sam.press("Ask me")

    assert sam.card.title == "1 of 1 · Topic 0"
    await sam.press("B")
    assert "**1 of 1 right.**" in sam.text
    assert "Next: today 09:30." in sam.text


async def test_three_weeks_of_learning(company: Company, clock: Clock) -> None:
    sam = company.learner("sam", company.publish(pack(lessons=4)))

    asked: list[int] = []
    for day in range(2, 23):
        clock.at(f"2026-03-{day:02} 09:30")
        sent = len(sam.messages)
        await company.beat()
        if len(sam.messages) > sent:
            sam.look()
            asked.append(await sam.work_through())

    done = company.database.read_now(memories.lessons_done, [sam.id])[sam.id]
    assert len(done) == 4
    assert max(asked) <= 5
    assert len(asked) <= 15
    beliefs = company.database.read_now(memories.of_member, sam.id)
    assert len(beliefs) == 12
    assert all(row.stability is not None and row.stability > 2 for row in beliefs)
    assert sum(row.count for row in beliefs) == sum(asked)


async def test_a_question_is_told_why(company: Company, clock: Clock) -> None:
    sam = company.learner("sam", company.publish(pack()))
    clock.at("2026-03-02 09:30")
    await company.beat()
    sam.look()
    await sam.work_through()

    await sam.command("why")

    assert "comes back" in sam.text
