"""Stored questions: what goes into the database comes out the same."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.lessons import values
from bot.lessons.content import Option, Question
from bot.lessons.values import Json
from bot.terms import QuestionForm
from tests.bot.lessons.packs import questions


@settings(deadline=None)
@given(questions("one"))
def test_a_stored_question_comes_back_exactly(question: Question) -> None:
    placed = replace(question, line=7)

    back = values.load(json.loads(json.dumps(values.dump(placed))))

    assert back == placed
    assert back.line == 7


def test_a_stored_question_is_plain_and_short() -> None:
    options = (Option("SEV1", False, "Not yet.", "all-is-urgent", 4), Option("SEV2", True))
    question = Question("q", QuestionForm.SINGLE, "What?", "So.", options, line=3)

    assert values.dump(question) == {
        "slug": "q",
        "form": "single",
        "stem": "What?",
        "explanation": "So.",
        "options": [
            {"text": "SEV1", "feedback": "Not yet.", "misconception": "all-is-urgent", "line": 4},
            {"text": "SEV2", "right": True},
        ],
        "line": 3,
    }


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"form": "essay"},
        {"form": "typed", "stem": 1},
        {"form": "typed", "accepted": "a"},
        {"form": "typed", "accepted": [1]},
        {"form": "single", "options": ["a"]},
        {"form": "single", "line": "1"},
    ],
)
def test_a_body_that_is_no_question_is_refused(body: dict[str, Json]) -> None:
    with pytest.raises(ValueError, match=r"stored question|valid QuestionForm"):
        values.load(body)
