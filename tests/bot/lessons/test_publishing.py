"""Publishing: the same twice changes nothing, memories outlive edits, new meanings wait for a person."""

from dataclasses import replace
from datetime import date

import pytest

from bot.errors import Refusal
from bot.lessons import approving, identity, publishing
from bot.terms import QuestionState
from storage import content
from storage.engine import Database, Tx
from tests.bot.lessons.publishing_world import PACK, World, edited, lesson, pack, question
from tests.clock import Clock
from tests.workspaces import Workspace

IN_MAY = date(2026, 5, 1)
TUESDAY = date(2026, 3, 3)
NEW_RIGHT = edited(PACK, question("one", right="Call", wrong="Ask"))
"""Question one, with another right answer."""


@pytest.fixture
def world(database: Database, workspace: Workspace) -> World:
    """The pack published, and Sam and Mei, who learn it."""
    made = World(database, workspace.id)
    made.members = {name: workspace.member(name) for name in ("sam", "mei")}
    made.publish(PACK)
    return made


def test_a_pack_is_taught_as_it_was_written(world: World) -> None:
    """Out of the database comes what went in."""
    back = world.database.read_now(publishing.published, world.workspace, "incidents")

    assert back == PACK
    assert identity.fingerprint(back) == identity.fingerprint(PACK)


def test_the_same_pack_again_changes_nothing(world: World, clock: Clock) -> None:
    """Not a row, not a time."""
    world.learned(world.members["sam"], "one", due=IN_MAY)
    before = world.rows()
    clock.forward(days=1)

    result = world.publish(PACK)

    assert not result.changes
    assert world.rows() == before


def test_other_words_keep_every_memory(world: World) -> None:
    """A typo mended costs nobody anything."""
    sam = world.members["sam"]
    world.learned(sam, "one", due=IN_MAY)
    held = world.memory(sam, "one")

    result = world.publish(edited(PACK, question("one", stem="What do you do?")))

    assert result.changes.questions.reworded == ("one",)
    assert world.says("one") == "What do you do?"
    assert world.question("one").state is QuestionState.LIVE
    assert world.memory(sam, "one") == held


def test_another_right_answer_sets_a_question_aside(world: World) -> None:
    """Nobody is asked it until somebody has looked at it; what is in force stays as it was."""
    world.learned(world.members["sam"], "one", due=IN_MAY)
    in_force = world.question("one").version_id

    result = world.publish(NEW_RIGHT)

    assert result.aside == ("one",)
    assert world.question("one").state is QuestionState.ASIDE
    assert world.question("one").version_id == in_force
    memory = world.memory(world.members["sam"], "one")
    assert memory is not None
    assert memory.stability == 9.0


def test_an_approved_meaning_comes_back_on_the_next_working_day(world: World) -> None:
    """Who learned the old answer meets the new one first; the belief in the old one is gone."""
    sam = world.members["sam"]
    world.learned(sam, "one", due=IN_MAY)
    world.publish(NEW_RIGHT)

    approved = world.database.run_now(
        approving.approve, world.workspace, "incidents", frozenset({"one"}), by="Omar"
    )

    assert approved == approving.Approved(("one",), 1)
    assert world.question("one").state is QuestionState.LIVE
    memory = world.memory(sam, "one")
    assert memory is not None
    assert (memory.stability, memory.due_day, memory.count) == (None, TUESDAY, 0)
    assert len(world.rows()["review"]) == 1


def test_the_next_working_day_is_each_persons_own(
    world: World, workspace: Workspace, clock: Clock
) -> None:
    """On a Friday evening in Berlin it is Monday; in Auckland it is Saturday already, and Monday too."""
    clock.at("2026-03-06T20:00:00")
    berlin = workspace.member("jonas", zone="Europe/Berlin")
    auckland = workspace.member("aroha", zone="Pacific/Auckland")
    for member in (berlin, auckland):
        world.learned(member, "one", due=IN_MAY)

    world.publish(NEW_RIGHT, approve=approving.ALL)

    due = {world.memory(member, "one").due_day for member in (berlin, auckland)}  # type: ignore[union-attr]
    assert due == {date(2026, 3, 9)}


def test_what_is_due_already_is_not_put_off(world: World) -> None:
    """Brought forward never means later."""
    world.learned(world.members["sam"], "one", due=date(2026, 3, 1))

    world.publish(NEW_RIGHT, approve=frozenset({"one"}))

    memory = world.memory(world.members["sam"], "one")
    assert memory is not None
    assert memory.due_day == date(2026, 3, 1)


def test_approving_twice_is_harmless(world: World) -> None:
    """The second time finds nothing that waits."""
    world.learned(world.members["sam"], "one", due=IN_MAY)
    world.publish(NEW_RIGHT, approve=approving.ALL)
    before = world.rows()

    again = world.database.run_now(
        approving.approve, world.workspace, "incidents", frozenset({"one"}), by="Omar"
    )

    assert again == approving.Approved()
    assert world.rows() == before


def test_a_new_meaning_is_approved_by_a_person(world: World) -> None:
    """Without a name nothing comes into force."""
    world.publish(NEW_RIGHT)

    with pytest.raises(Refusal, match="say who"):
        world.database.run_now(
            approving.approve, world.workspace, "incidents", approving.ALL, by=" "
        )

    assert world.question("one").state is QuestionState.ASIDE


def test_the_author_may_say_that_only_the_words_changed(world: World) -> None:
    """Another text of the right option need not be another answer."""
    sam = world.members["sam"]
    world.learned(sam, "one", due=IN_MAY)
    held = world.memory(sam, "one")

    world.publish(NEW_RIGHT, wording_only=frozenset({"one"}))

    assert world.question("one").state is QuestionState.LIVE
    assert world.memory(sam, "one") == held


def test_the_author_may_say_so_afterwards(world: World) -> None:
    """A question that waits is let go with the same pack, and nothing waits any more."""
    world.publish(NEW_RIGHT)

    result = world.publish(NEW_RIGHT, wording_only=frozenset({"one"}))

    assert result.aside == ()
    assert world.question("one").state is QuestionState.LIVE
    assert len(world.rows()["question_version"]) == 4


def test_the_author_may_say_that_the_meaning_is_new(world: World) -> None:
    """And it stays new when a typo is mended before anybody approved it."""
    world.publish(edited(PACK, question("one", stem="In 2026?")), new_meaning=frozenset({"one"}))

    world.publish(edited(PACK, question("one", stem="In the year 2026?")))

    assert world.question("one").state is QuestionState.ASIDE
    assert world.says("one") == "What now?"


def test_a_meaning_taken_back_waits_no_more(world: World) -> None:
    """The old words again: the question goes on as if nothing had been."""
    before = [row["question_id"] for row in world.rows()["question_version"]]
    world.publish(NEW_RIGHT)

    result = world.publish(PACK)

    assert result.aside == ()
    assert world.question("one").state is QuestionState.LIVE
    assert [row["question_id"] for row in world.rows()["question_version"]] == before


def test_a_question_that_is_gone_is_kept_with_its_history(world: World) -> None:
    """Retired, not deleted; back again, its memories are there."""
    sam = world.members["sam"]
    world.learned(sam, "one", due=IN_MAY)
    held = world.memory(sam, "one")

    gone = world.publish(edited(PACK, without="one"))

    assert gone.changes.questions.retired == ("one",)
    assert world.question("one").state is QuestionState.RETIRED
    assert world.memory(sam, "one") == held

    back = world.publish(PACK)

    assert back.changes.questions.restored == ("one",)
    assert world.question("one").state is QuestionState.LIVE
    assert world.memory(sam, "one") == held


def test_a_question_comes_back_with_another_answer(world: World) -> None:
    """Then it waits for approval like any new meaning."""
    world.publish(edited(PACK, without="one"))

    result = world.publish(NEW_RIGHT)

    assert result.changes.questions.restored == ("one",)
    assert result.aside == ("one",)


def test_a_lesson_that_is_gone_is_retired_with_its_questions(world: World) -> None:
    """Its row stays for those who read it."""
    world.learned(world.members["sam"], "three", due=IN_MAY)

    world.publish(pack(PACK.lessons[0]))

    rows = world.rows()
    assert [(row["slug"], row["retired"]) for row in rows["lesson"]] == [
        ("first", False),
        ("second", True),
    ]
    assert len(rows["lesson_done"]) == 1
    assert world.question("three").state is QuestionState.RETIRED


def test_a_question_keeps_its_identity_in_another_lesson(world: World) -> None:
    """Moved, it is the same question with the same memories."""
    sam = world.members["sam"]
    world.learned(sam, "two", due=IN_MAY)
    before = world.question("two")
    one, two = PACK.lessons[0].questions

    result = world.publish(
        pack(lesson("first", one), lesson("second", *PACK.lessons[1].questions, two))
    )

    after = world.question("two")
    assert result.changes.questions.moved == ("two",)
    assert (after.id, after.version_id) == (before.id, before.version_id)
    assert after.lesson_id != before.lesson_id
    assert world.memory(sam, "two") is not None


def test_a_question_added_to_a_lesson_reaches_those_who_read_it(world: World) -> None:
    """Sam read the lesson before the question was there; Mei did not."""
    world.learned(world.members["sam"], "one", due=IN_MAY)
    first = PACK.lessons[0]

    world.publish(
        pack(replace(first, questions=(*first.questions, question("four"))), PACK.lessons[1])
    )

    memory = world.memory(world.members["sam"], "four")
    assert memory is not None
    assert (memory.stability, memory.due_day) == (None, TUESDAY)
    assert world.memory(world.members["mei"], "four") is None


def test_an_open_question_keeps_the_version_that_was_shown(world: World) -> None:
    """An answer is graded by what the person read."""
    world.learned(world.members["sam"], "one", due=IN_MAY)
    [shown] = [row["version_id"] for row in world.rows()["asking"]]

    world.publish(NEW_RIGHT, approve=approving.ALL)

    assert [row["version_id"] for row in world.rows()["asking"]] == [shown]
    version = world.database.read_now(content.versions, [shown])[shown]
    assert version.body["options"][0] == {"text": "Ask", "right": True}


def test_a_publication_that_breaks_off_leaves_nothing(world: World) -> None:
    """Whole or not at all."""
    before = world.rows()

    def broken(tx: Tx) -> None:
        publishing.publish(tx, world.workspace, NEW_RIGHT, by="Ana")
        raise RuntimeError("the power goes out")

    with pytest.raises(RuntimeError):
        world.database.run_now(broken)

    assert world.rows() == before


def test_two_workspaces_know_nothing_of_each_other(world: World) -> None:
    """The same pack in both; an edit in one, and only one changes."""
    other = World(world.database, Workspace(world.database, name="elsewhere").id)
    other.publish(PACK)

    world.publish(NEW_RIGHT)

    assert world.question("one").state is QuestionState.ASIDE
    assert other.question("one").state is QuestionState.LIVE
    with pytest.raises(Refusal):
        other.database.run_now(
            approving.approve, other.workspace, "nothing-like-it", approving.ALL, by="Omar"
        )


def test_publishing_is_written_down_with_counts(world: World) -> None:
    """Who, what, how many; approving too."""
    world.publish(NEW_RIGHT, approve=approving.ALL)

    audit = [(row["by"], row["action"]) for row in world.rows()["audit"]]
    assert audit == [("Ana", "pack.published")] * 2 + [("Ana", "pack.approved")]
    assert world.rows()["audit"][0]["facts"]["added"] == 3


def test_a_plan_says_whom_it_touches_and_changes_nothing(world: World) -> None:
    """Two learned the question, one has it due this week."""
    world.learned(world.members["sam"], "one", due=date(2026, 3, 6))
    world.learned(world.members["mei"], "one", due=IN_MAY)
    before = world.rows()

    plan = world.database.read_now(publishing.plan_publish, world.workspace, NEW_RIGHT)

    assert plan.changes.questions.meaning_changed == ("one",)
    assert [(slug, touch.learned, touch.due) for slug, touch in plan.touches] == [("one", 2, 1)]
    assert plan.learners == 2
    assert world.rows() == before


def test_a_question_that_is_not_there_cannot_be_named(world: World) -> None:
    """A typo on the command line publishes nothing."""
    with pytest.raises(Refusal, match="no question oen"):
        world.publish(NEW_RIGHT, wording_only=frozenset({"oen"}))


def test_lessons_and_answers_change_places(world: World) -> None:
    """Order is content: what is published has the new one."""
    turned = replace(PACK, lessons=tuple(reversed(PACK.lessons)))

    result = world.publish(turned)

    assert result.changes.fields == ("order",)
    assert world.database.read_now(publishing.published, world.workspace, "incidents") == turned


def test_nobody_who_is_done_with_a_lesson_meets_its_question_twice(world: World) -> None:
    """Gone and back again, and the one memory is still the one."""
    world.learned(world.members["sam"], "one", due=IN_MAY)

    for what in (edited(PACK, without="two"), PACK, edited(PACK, without="two"), PACK):
        world.publish(what)

    rows = world.rows()
    assert (len(rows["memory"]), len(rows["lesson_done"])) == (2, 1)
