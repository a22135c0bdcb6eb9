"""`/grove learn`: the packs open to one, joining, and lessons in an order that makes sense."""

from datetime import date

import pytest

from bot.lessons.acts import Join, OpenPack
from bot.lessons.service import find
from bot.lessons.steps import Step, next_step
from bot.terms import LessonMark
from bot.ui import Card, Menu
from storage import content, memories, people
from storage.engine import Database, Tx
from tests.bot.teams.content import publish
from tests.bot.teams.office import Office, acts_of, card, text_of
from tests.workspaces import Workspace

NAMES = [
    ("incident-updates", "Incident updates"),
    ("giving-feedback", "Giving feedback"),
    ("git-for-teams", "Git for teams"),
]


@pytest.fixture
def pack(database: Database, workspace: Workspace) -> int:
    """A pack of three lessons; the last needs the topic of the others."""
    return database.run_now(publish, workspace.id)


def finish(database: Database, workspace: Workspace, person: str, pack: int, *places: int) -> None:
    """The person is done with the lessons at these places, from 1."""
    member_id = workspace.member(person)

    def done(tx: Tx) -> None:
        rows = content.lessons(tx, pack)
        for place in places:
            memories.finish_lesson(
                tx, people.locked(tx, member_id), rows[place - 1].id or 0, LessonMark.READ
            )

    database.run_now(done)


async def test_learn_shows_the_packs_with_progress_and_minutes_a_week(
    database: Database, workspace: Workspace, pack: int
) -> None:
    database.run_now(publish, workspace.id, "feedback", "Giving feedback")
    await workspace.press("sam", Join(pack).write())
    finish(database, workspace, "sam", pack, 1)

    shown = card(await workspace.command("sam", "learn"))

    assert "**Incident basics** · 1 of 3 lessons" in text_of(shown)
    assert "**Giving feedback** · 3 lessons" in text_of(shown)
    assert "About 10 minutes a week in all, however many packs you take." in text_of(shown)
    assert set(acts_of(shown)) == {"Next lesson", "Join", "Try one question"}


async def test_coming_back_to_a_pack_goes_on_where_it_was_left(
    database: Database, workspace: Workspace, pack: int
) -> None:
    await workspace.press("sam", Join(pack).write())
    finish(database, workspace, "sam", pack, 1)
    lesson = card(await workspace.command("sam", "learn", "incident"))
    goodbye = card(await workspace.press("sam", acts_of(lesson)["Leave this pack"]))

    back = card(await workspace.press("sam", acts_of(goodbye)["Come back"]))

    assert back.title == "Welcome back"
    assert list(acts_of(back)) == ["Next lesson", "Change time"]


async def test_an_invitation_waits_in_learn_and_join_accepts_it(
    database: Database, workspace: Workspace, pack: int
) -> None:
    office = Office(database, workspace, "ana")
    await office.set_up(pack)
    await office.invite()

    shown = card(await workspace.command("ana", "learn"))

    assert "you are invited" in text_of(shown)
    assert acts_of(shown)["Join"] == office.buttons("ana")["Join"]


async def test_many_packs_are_a_menu_and_picking_opens_one(
    database: Database, workspace: Workspace, pack: int
) -> None:
    others = [database.run_now(publish, workspace.id, f"pack-{n}", f"Pack {n}") for n in range(6)]

    shown = card(await workspace.command("sam", "learn"))
    menu = next(block for block in shown.blocks if isinstance(block, Menu))
    opened = card(await workspace.press("sam", menu.act, str(others[5])))

    assert [choice.label for choice in menu.choices] == ["Pack 4", "Pack 5"]
    assert opened.title == "Pack 5"


async def test_a_lesson_shows_its_words_its_sources_and_three_ways_on(
    workspace: Workspace, pack: int
) -> None:
    await workspace.press("sam", Join(pack).write())

    lesson = card(await workspace.command("sam", "learn", "Incident"))

    assert lesson.title == "Lesson 1"
    assert "**Idea 1.**" in text_of(lesson)
    assert "Sources: [wiki.example.com](https://wiki.example.com/severity)" in text_of(lesson)
    assert "Lesson 1 of 3" in text_of(lesson)
    assert list(acts_of(lesson)) == ["Ask me", "Test me first", "Leave this pack"]


async def test_the_next_lesson_is_the_first_that_is_not_done(
    database: Database, workspace: Workspace, pack: int
) -> None:
    await workspace.press("sam", Join(pack).write())
    finish(database, workspace, "sam", pack, 1)

    assert card(await workspace.press("sam", OpenPack(pack).write())).title == "Lesson 2"


async def test_when_every_lesson_is_done_it_says_what_comes_back_when(
    database: Database, workspace: Workspace, pack: int
) -> None:
    await workspace.press("sam", Join(pack).write())
    finish(database, workspace, "sam", pack, 1, 2, 3)
    no_more = card(await workspace.command("sam", "learn", "incidents"))

    sam = workspace.member("sam")
    database.run_now(_meet_one, sam, pack)
    with_one = card(await workspace.command("sam", "learn", "incidents"))

    assert "When a lesson is added, it comes to you." in text_of(no_more)
    assert "Its questions come back before they fade: the next on Thursday." in text_of(with_one)


def _meet_one(tx: Tx, member: int, pack: int) -> None:
    question = content.questions(tx, content.lessons(tx, pack)[0].id or 0)[0]
    memories.meet(tx, people.locked(tx, member), {question.id or 0: date(2026, 3, 5)})


async def test_a_pack_that_is_not_here_is_answered_with_those_that_are(
    workspace: Workspace, pack: int
) -> None:
    shown = card(await workspace.command("sam", "learn", "quantum physics"))

    assert "I found no pack of that name." in text_of(shown)
    assert "Incident basics" in text_of(shown)


async def test_a_pack_one_has_not_joined_shows_what_it_is_about(
    workspace: Workspace, pack: int
) -> None:
    shown: Card = card(await workspace.command("sam", "learn", "incidents"))

    assert shown.title == "Incident basics"
    assert list(acts_of(shown)) == ["Join", "Try one question"]


async def test_joining_twice_says_the_same(workspace: Workspace, pack: int) -> None:
    first = card(await workspace.press("sam", Join(pack).write()))
    again = card(await workspace.press("sam", Join(pack).write()))

    assert first == again


async def test_a_workspace_without_packs_says_so_kindly(workspace: Workspace) -> None:
    assert card(await workspace.command("sam", "learn")).title == "No pack is here yet"


async def test_a_button_to_a_pack_that_is_gone_says_so(workspace: Workspace) -> None:
    for act in (Join(99), OpenPack(99)):
        shown = card(await workspace.press("sam", act.write()))
        assert shown.title == "That pack is no longer here. /grove learn shows the packs."


@pytest.mark.parametrize(
    ("words", "index"),
    [
        ("incident-updates", 0),
        ("Giving Feedback", 1),
        ("git", 2),
        ("updates", 0),
        ("givign feedbak", 1),
        ("teams", 2),
    ],
)
def test_a_pack_is_found_by_slug_title_part_or_nearly(words: str, index: int) -> None:
    assert find(words, NAMES) == index


def test_a_lesson_waits_for_the_topic_it_needs() -> None:
    steps = [Step(1, "writing"), Step(2, "triage"), Step(3, "triage")]
    needs = {"writing": ["triage"]}

    order: list[int] = []
    while step := next_step(steps, needs, order):
        order.append(step.id)

    assert order == [2, 3, 1]


def test_a_need_that_cannot_be_met_stops_nobody() -> None:
    steps = [Step(1, "a"), Step(2, "b")]

    assert next_step(steps, {"a": ["b"], "b": ["a"]}, []) == Step(1, "a")


@pytest.mark.parametrize("picked", ["9" * 19, "9" * 5000, "-1", "0", "none"])
async def test_a_forged_pick_opens_no_pack(
    database: Database, workspace: Workspace, pack: int, picked: str
) -> None:
    shown = card(await workspace.press("sam", OpenPack(0).write(), picked))

    assert "Incident basics" not in text_of(shown)
