"""Simulated people answer what a card asks, from what is on the card."""

import pytest

from adapters.simulation import reading
from adapters.simulation.answering import Reply, reply
from bot import ui
from bot.lessons.content import Option, Question
from bot.quizzes import grading, views
from bot.quizzes.acts import NotSure
from bot.quizzes.replies import Chosen, Filled, Ordered, Typed
from bot.terms import QuestionForm, Verdict

SINGLE = Question(
    "s", QuestionForm.SINGLE, "How severe?", "Impact decides.",
    options=(Option("SEV1", False), Option("SEV2", True), Option("SEV3", False)),
)  # fmt: skip
SEVERAL = Question(
    "m", QuestionForm.SEVERAL, "Which are fruit?", "These two.",
    options=(Option("Apple", True), Option("Brick", False), Option("Plum", True)),
)  # fmt: skip
TYPED = Question(
    "t", QuestionForm.TYPED, "Which command?", "That one.", accepted=("/git log.*/", "git log")
)
GAP = Question(
    "g", QuestionForm.GAP, "First ___, then ___.", "So.", gaps=(("ready",), ("steady", "set"))
)
ORDER = Question(
    "o", QuestionForm.ORDER, "In which order?", "So.", steps=("Stop", "Look", "Listen")
)
LAYOUTS = {"s": (2, 0, 1), "m": (1, 2, 0), "t": (), "g": (), "o": (2, 0, 1)}


def card(question: Question) -> ui.Card:
    asked = views.Asked(7, question, LAYOUTS[question.slug], "Topic", 1, 1)
    return views.question_card(asked)


def answered(question: Question, given: Reply) -> Verdict:
    """What the engine makes of a reply, through the question's layout."""
    layout = LAYOUTS[question.slug]
    entries = dict(given.entries)
    match question.form:
        case QuestionForm.SINGLE:
            place = int(given.act.split(":")[2])
            return grading.grade(question, Chosen((layout[place],))).verdict
        case QuestionForm.SEVERAL:
            return grading.grade(
                question, Chosen(tuple(layout[int(v)] for v in given.values))
            ).verdict
        case QuestionForm.TYPED:
            return grading.grade(question, Typed(str(entries["answer"]))).verdict
        case QuestionForm.GAP:
            return grading.grade(
                question, Filled((str(entries["gap0"]), str(entries["gap1"])))
            ).verdict
        case QuestionForm.ORDER:
            places = [int(entries[f"place{at}"][0]) for at in range(3)]
            return grading.grade(
                question, Ordered(tuple(layout[place] for place in places))
            ).verdict


@pytest.mark.parametrize("question", [SINGLE, SEVERAL, TYPED, GAP, ORDER], ids=lambda q: q.form)
def test_who_knows_answers_rightly(question: Question) -> None:
    given = reply(question, card(question), True, "key")

    assert given is not None
    assert given.right
    assert answered(question, given) is Verdict.RIGHT


@pytest.mark.parametrize("question", [SINGLE, SEVERAL, TYPED, GAP, ORDER], ids=lambda q: q.form)
def test_who_does_not_know_says_so_or_guesses_and_knows_how_it_went(question: Question) -> None:
    replies = [reply(question, card(question), False, "key", at) for at in range(60)]

    unsure = [each for each in replies if each is not None and each.unsure]
    guesses = [each for each in replies if each is not None and not each.unsure]
    assert unsure
    assert guesses
    assert all(reading.does(each.act, NotSure) for each in unsure)
    for each in guesses:
        assert (answered(question, each) is Verdict.RIGHT) is each.right


def test_guesses_at_a_choice_of_three_are_right_about_a_third_of_the_time() -> None:
    replies = [reply(SINGLE, card(SINGLE), False, "luck", at) for at in range(600)]

    guesses = [each for each in replies if each is not None and not each.unsure]
    assert 0.25 < sum(each.right for each in guesses) / len(guesses) < 0.42


def test_a_card_without_a_way_to_answer_gets_none() -> None:
    assert reply(SINGLE, ui.Card("Nothing here"), True, "key") is None
