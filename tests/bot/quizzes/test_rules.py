"""What comes next in a set, which slot to plan, who was away, which topic is meant."""

from datetime import UTC, date, datetime, time

import pytest

from bot.days import Rhythm, Slot
from bot.quizzes import rules
from bot.quizzes.rules import Ask, Finish, Offer, Part, Step, Teach
from bot.terms import AskingState, Verdict

WAITING, SHOWN, ANSWERED = AskingState.WAITING, AskingState.SHOWN, AskingState.ANSWERED
RHYTHM = Rhythm(time(9, 30), "UTC")


@pytest.mark.parametrize(
    ("parts", "lesson_left", "step"),
    [
        ([], False, Finish()),
        ([], True, Offer()),
        ([Part(1, WAITING), Part(2, WAITING, True)], True, Ask(1)),
        ([Part(1, ANSWERED), Part(2, WAITING, True)], True, Offer()),
        ([Part(1, ANSWERED), Part(2, SHOWN, True), Part(3, WAITING, True)], True, Ask(2)),
        ([Part(1, ANSWERED), Part(2, ANSWERED, True), Part(3, WAITING, True)], True, Ask(3)),
        ([Part(2, ANSWERED, True), Part(3, AskingState.LATER, True)], True, Teach()),
        ([Part(2, WAITING, True)], False, Ask(2)),
        ([Part(2, ANSWERED, True), Part(3, AskingState.EXPIRED, True)], False, Finish()),
    ],
)
def test_questions_that_are_due_come_first_then_the_lesson_then_its_questions(
    parts: list[Part], lesson_left: bool, step: Step
) -> None:
    assert rules.next_step(parts, lesson_left=lesson_left) == step


def test_a_lesson_is_known_when_every_question_on_it_was_right() -> None:
    right = Part(1, ANSWERED, True, Verdict.RIGHT)
    partly = Part(2, ANSWERED, True, Verdict.PARTLY)
    late = Part(3, AskingState.LATER, True)

    assert rules.passed([right])
    assert not rules.passed([])
    assert not rules.passed([right, partly])
    assert not rules.passed([right, late])


def test_the_planned_slot_counts_as_long_as_it_is_the_newest() -> None:
    planned = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    slot = rules.newest_slot(planned, datetime(2026, 3, 2, 12, 0, tzinfo=UTC), RHYTHM)

    assert slot == Slot(date(2026, 3, 2), planned)


def test_after_an_outage_the_newest_slot_that_has_come_counts() -> None:
    planned = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)

    slot = rules.newest_slot(planned, datetime(2026, 3, 8, 20, 0, tzinfo=UTC), RHYTHM)

    assert slot == Slot(date(2026, 3, 6), datetime(2026, 3, 6, 9, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("days", "known_since", "away"),
    [
        ([], None, (0, 0)),
        ([], date(2026, 1, 5), (56, 0)),
        ([date(2026, 2, 27)], None, (0, 0)),
        ([date(2026, 2, 20)], None, (10, 0)),
        ([date(2026, 2, 27), date(2026, 2, 10)], None, (17, 1)),
        ([date(2026, 2, 27), date(2026, 2, 26), date(2026, 2, 25)], date(2025, 2, 25), (365, 3)),
    ],
)
def test_an_absence_is_told_by_the_gap_between_sets(
    days: list[date], known_since: date | None, away: tuple[int, int]
) -> None:
    assert rules.absence(date(2026, 3, 2), days, known_since) == away


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("triage", 1),
        ("TRIAGE", 1),
        ("status updates", 2),
        ("status-updates", 2),
        ("status", 2),
        ("updates", 2),
        ("satus updates", 2),
        ("trage", 1),
        ("gardening", None),
        ("a", None),
    ],
)
def test_a_topic_is_found_by_its_name_in_whole_in_part_or_misspelt(
    words: str, topic: int | None
) -> None:
    names = {1: ("triage", "Triage"), 2: ("status-updates", "Status updates")}

    assert rules.match_topic(words, names) == topic
