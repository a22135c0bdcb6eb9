"""Words in the reader's language, complete in every language Grove speaks."""

from datetime import date, time

import pytest

from bot import words


def test_a_sentence_is_filled_in() -> None:
    assert words.say("Back on {day}.", day="Thursday") == "Back on Thursday."


def test_numbers_choose_their_form() -> None:
    assert words.count("{n} question", "{n} questions", 1) == "1 question"
    assert words.count("{n} question", "{n} questions", 4) == "4 questions"


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("de_CH", "de"),
        ("DE", "de"),
        ("en-GB", "en"),
        ("tlh", "en"),
        ("", "en"),
    ],
)
def test_the_nearest_language_is_spoken(asked: str, spoken: str) -> None:
    with words.speaking(asked):
        assert words.language() == spoken
    assert words.language() == "en"


@pytest.mark.parametrize(
    ("day", "english", "german"),
    [
        (date(2026, 3, 2), "today", "heute"),
        (date(2026, 3, 3), "tomorrow", "morgen"),
        (date(2026, 3, 5), "Thursday", "Donnerstag"),
    ],
)
def test_days_are_said_as_people_say_them(day: date, english: str, german: str) -> None:
    today = date(2026, 3, 2)

    assert words.on_day(day, today=today) == english
    with words.speaking("de"):
        assert words.on_day(day, today=today) == german


def test_a_far_day_has_its_date() -> None:
    today = date(2026, 3, 2)

    assert words.on_day(date(2026, 3, 19), today=today) == "Thursday 19 March"
    assert words.on_day(date(2027, 3, 19), today=today) == "19 March 2027"


def test_lists_read_well() -> None:
    assert words.listed(["a", "b", "c"]) == "a, b, and c"
    assert words.listed(["a", "b"], either=True) == "a or b"
    with words.speaking("de"):
        assert words.listed(["a", "b", "c"]) == "a, b und c"


def test_times_and_weekdays() -> None:
    assert words.at_time(time(9, 5)) == "09:05"
    assert [words.weekday(n, short=False) for n in (0, 6)] == ["Monday", "Sunday"]
