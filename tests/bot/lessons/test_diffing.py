"""What publishing would change, and what an author can say about it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.lessons import diffing, parsing
from bot.lessons.content import Lesson, Option, Pack, Question
from bot.lessons.diffing import Changes, ItemChanges, Published, QuestionChanges
from bot.terms import QuestionState
from tests.bot.lessons.packs import GOOD, MEDIA, packs


@pytest.fixture
def pack() -> Pack:
    """The good pack."""
    read, _ = parsing.parse(GOOD, MEDIA)
    assert read
    return read


@pytest.fixture
def before(pack: Pack) -> Published:
    """The good pack as it is published."""
    return diffing.published(pack)


def with_questions(pack: Pack, *questions: Question) -> Pack:
    """The pack with other questions in its lesson."""
    return replace(pack, lessons=(replace(pack.lessons[0], questions=questions),))


def with_state(before: Published, slug: str, state: QuestionState) -> Published:
    """What is published, one question being in another state."""
    questions = tuple(
        replace(each, state=state) if each.slug == slug else each for each in before.questions
    )
    return replace(before, questions=questions)


def reworded(question: Question) -> Question:
    """The question with another explanation."""
    return replace(question, explanation="In other words.")


def turned(question: Question) -> Question:
    """The question with another right option."""
    return replace(question, options=(Option("SEV1", True), Option("SEV2", False)))


@settings(deadline=None)
@given(packs())
def test_a_pack_that_was_just_published_has_no_changes(pack: Pack) -> None:
    assert not diffing.diff(diffing.published(pack), pack)


def test_everything_is_new_the_first_time(pack: Pack) -> None:
    changes = diffing.diff(Published(), pack)

    assert changes
    assert changes.lessons == ItemChanges(added=("severity",))
    assert changes.answers == ItemChanges(added=("who-decides",))
    assert changes.questions == QuestionChanges(
        added=("partial-payments", "slow-search", "first-word", "gap", "order")
    )


def test_other_words_are_a_rewording(pack: Pack, before: Published) -> None:
    first, *rest = pack.lessons[0].questions

    changes = diffing.diff(before, with_questions(pack, reworded(first), *rest))

    assert changes == Changes(questions=QuestionChanges(reworded=("partial-payments",)))


def test_another_right_option_is_a_new_meaning(pack: Pack, before: Published) -> None:
    first, *rest = pack.lessons[0].questions

    changes = diffing.diff(before, with_questions(pack, turned(first), *rest))

    assert changes == Changes(questions=QuestionChanges(meaning_changed=("partial-payments",)))


def test_the_author_may_say_that_only_the_wording_changed(pack: Pack, before: Published) -> None:
    first, *rest = pack.lessons[0].questions
    pack = with_questions(pack, turned(first), *rest)

    changes = diffing.diff(before, pack, wording_only=["partial-payments"])

    assert changes == Changes(questions=QuestionChanges(reworded=("partial-payments",)))


def test_the_author_may_say_that_the_meaning_is_new(pack: Pack, before: Published) -> None:
    first, *rest = pack.lessons[0].questions
    pack = with_questions(pack, reworded(first), *rest)
    said = ["partial-payments", "gap"]

    changes = diffing.diff(before, pack, wording_only=said, new_meaning=said)

    assert changes == Changes(
        questions=QuestionChanges(meaning_changed=("partial-payments", "gap"))
    )


def test_a_question_that_is_gone_is_retired_once(pack: Pack, before: Published) -> None:
    smaller = with_questions(pack, *pack.lessons[0].questions[1:])
    aside = with_state(before, "partial-payments", QuestionState.ASIDE)
    retired = with_state(before, "partial-payments", QuestionState.RETIRED)

    assert diffing.diff(before, smaller).questions.retired == ("partial-payments",)
    assert diffing.diff(aside, smaller).questions.retired == ("partial-payments",)
    assert not diffing.diff(retired, smaller)


def test_a_question_that_comes_back_is_restored(pack: Pack, before: Published) -> None:
    first, *rest = pack.lessons[0].questions
    retired = with_state(before, "partial-payments", QuestionState.RETIRED)

    changes = diffing.diff(retired, with_questions(pack, turned(first), *rest))

    assert changes.questions == QuestionChanges(
        restored=("partial-payments",), meaning_changed=("partial-payments",)
    )


def test_a_question_set_aside_stays_so_without_a_change(pack: Pack, before: Published) -> None:
    assert not diffing.diff(with_state(before, "gap", QuestionState.ASIDE), pack)


def test_a_question_in_another_lesson_is_moved(pack: Pack, before: Published) -> None:
    first, *rest = pack.lessons[0].questions
    other = Lesson("other", "triage", "Other", "Other.", 1, "Text.", (first,))
    moved = with_questions(pack, *rest)
    moved = replace(moved, lessons=(*moved.lessons, other))

    assert diffing.diff(before, moved) == Changes(
        questions=QuestionChanges(moved=("partial-payments",)),
        lessons=ItemChanges(added=("other",)),
    )


def test_another_order_is_a_change_of_its_own(pack: Pack, before: Published) -> None:
    turned_round = with_questions(pack, *reversed(pack.lessons[0].questions))

    assert diffing.diff(before, turned_round) == Changes(fields=("order",))


def test_lessons_answers_and_fields_are_compared(pack: Pack, before: Published) -> None:
    lesson = replace(pack.lessons[0], body="Other.")
    changed = replace(pack, title="Other", version="1.1.0", lessons=(lesson,), answers=())

    assert diffing.diff(before, changed) == Changes(
        lessons=ItemChanges(changed=("severity",)),
        answers=ItemChanges(retired=("who-decides",)),
        fields=("title", "version"),
    )
