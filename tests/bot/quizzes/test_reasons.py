"""Every decision can say why, and none says anything it does not know."""

from datetime import date

import pytest

from bot.quizzes import reasons
from bot.quizzes.choosing import Why

TODAY = date(2026, 3, 4)

KINDS: dict[str, dict[str, object]] = {
    "planned": {"day": "2026-03-04", "questions": [{"why": "due", "overdue": 0}], "lesson": None},
    "nothing_today": {"day": "2026-03-04"},
    "late": {"day": "2026-03-03"},
    "too_soon": {"day": "2026-03-03"},
    "paused": {"until": "2026-03-10"},
    "folded": {"set": 1, "day": "2026-03-03", "questions": [1, 2], "touched": False},
    "stopping": {"day": "2026-03-04", "unanswered": 3},
    "answered": {"verdict": "right", "rated": True, "changed": False, "due": "2026-03-06"},
    "lesson": {"lesson": 1, "pack": 1, "mark": "read"},
    "later": {"question": 1, "due": "2026-03-05"},
    "flagged": {"question": 1},
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_decision_is_said_in_whole_sentences(kind: str) -> None:
    said = reasons.explain(kind, KINDS[kind], today=TODAY)

    assert not said[0].islower()
    assert said.endswith(".")
    assert "None" not in said


@pytest.mark.parametrize("kind", KINDS)
def test_facts_that_are_missing_break_nothing(kind: str) -> None:
    assert reasons.explain(kind, {}, today=TODAY)


@pytest.mark.parametrize("why", Why)
def test_every_reason_for_a_question_is_said(why: Why) -> None:
    if why is not Why.NEW_LESSON:
        assert reasons.of_question({"why": why.value}, TODAY).endswith(".")


def test_a_kind_from_an_older_version_says_nothing() -> None:
    assert reasons.explain("gone", {}, today=TODAY) == ""


def test_a_question_that_faded_says_what_was_believed() -> None:
    facts = {"why": "due", "overdue": 0, "last": "2026-03-02", "recall": 0.897, "target": 0.9}

    said = reasons.of_question(facts, TODAY)

    assert "90%" in said
