"""Weak questions: what Grove warns of, and what it lets pass."""

from dataclasses import replace

import pytest

from bot.lessons import checking, parsing
from bot.lessons.content import Option, Pack, Question
from bot.terms import QuestionForm
from tests.bot.lessons.packs import GOOD, MEDIA, TODAY

ASKED = Question(
    slug="first",
    form=QuestionForm.SINGLE,
    stem="What severity?",
    explanation="Impact decides.",
    options=(Option("SEV1", False), Option("SEV2", True)),
)


def codes(question: Question, language: str = "en") -> set[str]:
    """The codes of what Grove says to a lesson of this question and a good one."""
    pack, _ = parsing.parse(GOOD, MEDIA)
    assert isinstance(pack, Pack)
    lesson = replace(pack.lessons[0], questions=(question, replace(ASKED, slug="second")))
    pack = replace(pack, lessons=(lesson,), language=language)
    return {problem.code for problem in checking.check(pack, TODAY)}


@pytest.mark.parametrize(
    "stem",
    [
        "Which of these is not a severity?",
        "Which is NOT a severity?",
        "What shouldn't you write in an update?",
        "Which message would you never send, and what should never be in it?",
        "All of these are severities except:",
        "What do you not do first?",
    ],
)
def test_a_negative_stem_is_warned_of(stem: str) -> None:
    assert codes(replace(ASKED, stem=stem)) == {"negative-stem"}


@pytest.mark.parametrize(
    "stem",
    [
        "Payments do not work. What severity?",
        "What do you do if the page does not load?",
        "Which severity is it when nobody can pay?",
        "A customer says it is not urgent. What do you write?",
        "Everything works except payments. What severity?",
    ],
)
def test_a_situation_that_went_wrong_is_no_negative_stem(stem: str) -> None:
    assert codes(replace(ASKED, stem=stem)) == set()


@pytest.mark.parametrize("text", ["All of the above", "none of these.", "*Both of the above*"])
def test_an_option_that_points_to_the_others_is_warned_of(text: str) -> None:
    options = (*ASKED.options, Option(text, False))

    assert codes(replace(ASKED, options=options)) == {"all-of-the-above"}
    assert codes(replace(ASKED, options=options), language="de") == set()


@pytest.mark.parametrize(
    ("right", "is_long"), [("Tell the lead now", False), ("Tell the lead now and then write", True)]
)
def test_a_right_option_much_longer_than_the_others_is_warned_of(right: str, is_long: bool) -> None:
    options = (Option("Go on as planned", False), Option(right, True))

    assert codes(replace(ASKED, options=options)) == ({"long-right-option"} if is_long else set())


@pytest.mark.parametrize(
    ("stem", "is_given_away"),
    [
        ("Is this SEV2?", True),
        ("Is this sev2, or what?", True),
        ("SEV1 or SEV2?", False),
        ("Is this SEV23?", False),
    ],
)
def test_an_answer_in_the_stem_is_warned_of(stem: str, is_given_away: bool) -> None:
    assert codes(replace(ASKED, stem=stem)) == ({"answer-in-stem"} if is_given_away else set())


def test_one_question_for_an_objective_and_none_are_warned_of() -> None:
    pack, _ = parsing.parse(GOOD, MEDIA)
    assert pack
    lesson = pack.lessons[0]

    for questions, code in [((ASKED,), "one-question"), ((), "no-questions")]:
        changed = replace(pack, lessons=(replace(lesson, questions=questions),))
        assert [problem.code for problem in checking.check(changed, TODAY)] == [code]


def test_a_long_circle_of_topics_is_found_and_its_neighbours_are_left_out() -> None:
    topics = "topics:\n" + "".join(
        f"  - {{id: t{at}, title: T, needs: [t{(at + 1) % 300}]}}\n" for at in range(300)
    )
    text = GOOD["pack.md"].replace("topics:\n", topics + "  - {id: last, title: L, needs: [t0]}\n")

    pack, _ = parsing.parse({"pack.md": text})

    assert pack
    (problem,) = checking.check(pack, TODAY)
    assert problem.code == "circular-topics"
    assert "last" not in problem.message
