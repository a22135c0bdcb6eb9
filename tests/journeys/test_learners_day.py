"""A learner's day, from the message at their hour to the last line."""

import pytest

from storage.engine import Database
from tests.bot.quizzes.world import Company, pack
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
    assert "How bad is incidents-0-0?" in (sam.look() and sam.text)
