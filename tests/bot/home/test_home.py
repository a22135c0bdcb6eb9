"""Home says what today holds; help follows the role; what is not understood is answered kindly."""

import pytest

from bot.lessons.acts import Join
from bot.routes import COMMANDS
from bot.terms import LessonMark, Role
from bot.ui import Buttons
from storage import content, memories, people
from storage.engine import Database, Tx
from tests.bot.teams.content import publish
from tests.bot.teams.office import Office, acts_of, card, text_of
from tests.workspaces import Workspace


@pytest.fixture
def pack(database: Database, workspace: Workspace) -> int:
    """A pack of three lessons."""
    return database.run_now(publish, workspace.id)


def meet(tx: Tx, member: int, pack: int) -> None:
    """Every question of a pack is due today."""
    for lesson in content.lessons(tx, pack):
        question = content.questions(tx, lesson.id or 0)[0]
        memories.meet(tx, people.locked(tx, member), {question.id or 0: tx.now.date()})


def finish_all(tx: Tx, member: int, pack: int) -> None:
    """Every lesson of a pack is done."""
    for lesson in content.lessons(tx, pack):
        memories.finish_lesson(tx, people.locked(tx, member), lesson.id or 0, LessonMark.READ)


async def test_home_says_todays_set_the_next_lesson_and_when_grove_writes_next(
    database: Database, workspace: Workspace, pack: int
) -> None:
    await workspace.press("sam", Join(pack).write())
    database.run_now(meet, workspace.member("sam"), pack)

    home = card(await workspace.command("sam"))

    assert home.title == "Hello Sam"
    assert "**Today:** 3 questions, about 1 minute." in text_of(home)
    assert "**Next lesson:** Lesson 1" in text_of(home)
    assert "**Grove writes next:** today 09:30" in text_of(home)
    assert list(acts_of(home)) == [
        "Start",
        "Next lesson",
        "Learn",
        "Progress",
        "Settings",
        "Pause",
        "Help",
    ]


async def test_a_begun_set_says_what_is_left(
    database: Database, workspace: Workspace, pack: int
) -> None:
    await workspace.press("sam", Join(pack).write())
    database.run_now(meet, workspace.member("sam"), pack)
    first = card(
        await workspace.press("sam", acts_of(card(await workspace.command("sam")))["Start"])
    )
    await workspace.press("sam", acts_of(first)["A"])

    home = card(await workspace.command("sam"))

    assert "**Today:** 2 questions left" in text_of(home)
    assert "Go on" in acts_of(home)


async def test_a_day_with_nothing_to_do_has_no_empty_row_of_buttons(
    database: Database, workspace: Workspace, pack: int
) -> None:
    await workspace.press("sam", Join(pack).write())
    database.run_now(finish_all, workspace.member("sam"), pack)

    home = card(await workspace.command("sam"))

    assert "**Today:** nothing is due. Enjoy." in text_of(home)
    assert list(acts_of(home)) == ["Learn", "Progress", "Settings", "Pause", "Help"]
    assert [block for block in home.blocks if isinstance(block, Buttons) and not block.items] == []


async def test_somebody_new_is_welcomed_with_the_packs(workspace: Workspace, pack: int) -> None:
    home = card(await workspace.command("sam"))

    assert "One short message a day, at your own hour." in text_of(home)
    assert list(acts_of(home)) == ["Join", "Try one question", "Settings", "Help"]


async def test_somebody_new_in_an_empty_workspace_is_welcomed_too(workspace: Workspace) -> None:
    assert "No pack is here yet." in text_of(card(await workspace.command("sam")))


async def test_home_in_a_break_says_until_when_and_offers_the_way_back(
    workspace: Workspace, pack: int
) -> None:
    await workspace.press("sam", Join(pack).write())
    await workspace.command("sam", "pause", "2 weeks")

    home = card(await workspace.command("sam"))
    await workspace.press("sam", acts_of(home)["Write to me again"])

    assert "**Break** until Monday 16 March." in text_of(home)
    assert "today 09:30" in text_of(card(await workspace.command("sam")))


async def test_a_lead_finds_their_channels_at_home(
    database: Database, workspace: Workspace, pack: int
) -> None:
    Office(database, workspace)

    home = card(await workspace.command("lena"))
    channel = card(await workspace.press("lena", acts_of(home)["#ops"]))

    assert channel.title == "No pack here yet"


async def test_help_follows_the_role(workspace: Workspace) -> None:
    workspace.member("root", roles=(Role.ADMIN,))

    learner = text_of(card(await workspace.command("sam", "help")))
    admin = text_of(card(await workspace.command("root", "help")))

    assert "`/grove pause [until]`" in learner
    assert "/grove team" not in learner
    assert "`/grove team [what]`" in admin
    assert not [spec.name for spec in COMMANDS if f"/grove {spec.name}".strip() not in admin]


@pytest.mark.parametrize(
    ("typed", "meant"), [("quizz", "quiz"), ("setings", "settings"), ("leran python", "learn")]
)
async def test_a_mistyped_command_is_answered_with_the_nearest(
    workspace: Workspace, typed: str, meant: str
) -> None:
    assert (
        card(await workspace.write("sam", typed)).title
        == f"I did not get that. Did you mean {meant}?"
    )


async def test_a_command_one_may_not_use_is_never_suggested(workspace: Workspace) -> None:
    assert card(await workspace.write("sam", "taem")).title == "I did not get that."


async def test_words_that_are_no_command_are_not_repeated_back(workspace: Workspace) -> None:
    shown = card(await workspace.command("sam", "my secret plan", channel="C-ops"))

    assert "secret" not in text_of(shown)
    assert "`/grove help`" in text_of(shown)


async def test_thanks_are_answered_with_a_kind_word(workspace: Workspace) -> None:
    assert card(await workspace.write("sam", "Thanks!")).title == "You're welcome."
