"""Progress and why, as a learner sees them."""

from datetime import timedelta

import pytest

from bot import ui
from bot.insights import charts
from storage.engine import Database
from tests.bot.quizzes.world import Company, Learner, pack, said
from tests.clock import Clock
from tests.workspaces import Workspace


@pytest.fixture
def company(database: Database, workspace: Workspace) -> Company:
    """A workspace with nobody in it yet."""
    return Company(database, workspace)


async def after_two_mornings(company: Company, clock: Clock) -> Learner:
    """Sam learned two lessons and answered everything right."""
    sam = company.learner("sam", company.publish(pack(lessons=3)))
    for wait in (timedelta(minutes=90), timedelta(days=1)):
        clock.forward(wait)
        await company.beat()
        sam.look()
        await sam.work_through()
    return sam


async def test_before_the_first_answer_progress_says_how_to_begin(company: Company) -> None:
    sam = company.learner("sam", company.publish(pack()))

    await sam.command("progress")

    assert "/grove quiz" in sam.text


async def test_progress_shows_each_topic_with_its_range_and_a_picture_of_the_same(
    company: Company, clock: Clock
) -> None:
    sam = await after_two_mornings(company, clock)

    await sam.command("progress")

    picture = next(block for block in sam.card.blocks if isinstance(block, ui.Picture))
    chart = charts.read(picture.source)
    facts = next(block for block in sam.card.blocks if isinstance(block, ui.Facts))
    assert chart is not None
    assert [bar.title for bar in chart.bars] == ["Topic 0"]
    ((title, line),) = facts.pairs
    assert title == "Topic 0"
    assert f"**{round(chart.bars[0].now * 100)}%** remembered" in line
    assert "Topic 0" in picture.alt


async def test_an_old_progress_card_keeps_its_picture(company: Company, clock: Clock) -> None:
    sam = await after_two_mornings(company, clock)
    await sam.command("progress")
    before = sam.card

    clock.forward(timedelta(days=20))
    await sam.command("progress")

    assert sam.card != before
    assert (
        charts.read(next(b for b in before.blocks if isinstance(b, ui.Picture)).source) is not None
    )


async def test_a_named_topic_is_shown_in_detail(company: Company, clock: Clock) -> None:
    sam = await after_two_mornings(company, clock)

    await sam.command("progress", "topic 0")

    assert sam.card.title == "Topic 0"
    facts = next(block for block in sam.card.blocks if isinstance(block, ui.Facts))
    assert ("Aim", "90%") in facts.pairs


async def test_why_tells_the_last_decision_first(company: Company, clock: Clock) -> None:
    sam = await after_two_mornings(company, clock)

    await sam.command("why")

    assert "You knew the answer, so the next gap is longer" in said(sam.card)


async def test_why_has_an_answer_before_anything_happened(company: Company) -> None:
    await (sam := company.learner("sam")).command("why")

    assert "/grove learn" in sam.text


async def test_nobody_sees_anothers_progress(company: Company, clock: Clock) -> None:
    await after_two_mornings(company, clock)
    ben = company.learner("ben", company.publish(pack()))

    await ben.command("progress")

    assert "Nothing to show yet" in ben.text
