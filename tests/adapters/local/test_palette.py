"""What is offered while a command is typed."""

import re

import pytest

from storage.engine import Tx
from storage.tables import Pack, Topic
from tests.adapters.local.world import World


async def offered(world: World, person: str, typed: str) -> list[str]:
    """What each suggestion would write."""
    async with world.browser() as browser:
        answer = await browser.get(f"/as/{person}/rooms/@{person}/palette", params={"text": typed})
    return re.findall(r'data-text="([^"]*)"', answer.text)


async def test_a_slash_offers_every_command_one_may_use(here: World) -> None:
    sam, ana = await offered(here, "sam", "/"), await offered(here, "ana", "/")

    assert "/grove quiz " in sam
    assert "/grove settings" in sam
    assert "/grove team " not in sam
    assert "/grove team " in ana


async def test_typing_on_narrows_it_down(here: World) -> None:
    assert await offered(here, "sam", "/grove qu") == ["/grove quiz "]
    assert await offered(here, "sam", "/qu") == ["/grove quiz "]
    assert await offered(here, "sam", "/gro") == await offered(here, "sam", "/")


async def test_fixed_words_complete_an_argument(here: World) -> None:
    assert await offered(here, "sam", "/grove me ") == ["/grove me export", "/grove me forget"]
    assert await offered(here, "sam", "/grove me ex") == ["/grove me export"]


async def test_topics_complete_by_their_title(here: World) -> None:
    here.database.run_now(teach)

    assert await offered(here, "sam", "/grove quiz pick") == ["/grove quiz triage"]


async def test_packs_complete_by_their_title(here: World) -> None:
    here.database.run_now(teach)

    assert await offered(here, "sam", "/grove learn ") == ["/grove learn incidents"]


@pytest.mark.parametrize(
    "typed", ["", "quiz", "/grove nothing", "/grove quiz triage", "/grove team "]
)
async def test_nothing_is_offered_where_nothing_fits(here: World, typed: str) -> None:
    assert await offered(here, "sam", typed) == []


def teach(tx: Tx) -> None:
    """One pack with one topic."""
    pack = Pack(
        workspace_id=1,
        slug="incidents",
        title="Incident updates",
        summary="",
        version="1",
        language="en",
        licence="",
        owners=[],
        reviewers=[],
        media=[],
        review_days=180,
        recall_target=0.9,
        mentor_mastery=0.85,
        mentor_questions=6,
        fingerprint="",
        published_at=tx.now,
    )
    tx.add(pack)
    assert pack.id is not None
    tx.add(
        Topic(
            workspace_id=1,
            pack_id=pack.id,
            slug="triage",
            title="Pick the severity",
            needs=[],
            position=1,
        )
    )
