"""A pause is understood as people write it, and never ends in the past or beyond a year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.days import FOREVER
from bot.people.pausing import LONGEST, Resume, Unread, Until, read_pause
from bot.words import LANGUAGES

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("friday", date(2026, 11, 27)),
        ("until monday", date(2026, 11, 23)),
        ("Mon.", date(2026, 11, 23)),
        ("next monday", date(2026, 11, 23)),
        ("2 weeks", date(2026, 12, 4)),
        ("for 10 days", date(2026, 11, 30)),
        ("a week", date(2026, 11, 27)),
        ("for two months", date(2027, 1, 20)),
        ("until 3 march", date(2027, 3, 3)),
        ("3 march", date(2027, 3, 3)),
        ("dec 24", date(2026, 12, 24)),
        ("24.12.", date(2026, 12, 24)),
        ("3.1.", date(2027, 1, 3)),
        ("2026-12-24", date(2026, 12, 24)),
        ("tomorrow", date(2026, 11, 21)),
        ("today", date(2026, 11, 21)),
        ("next week", date(2026, 11, 23)),
        ("this week", date(2026, 11, 23)),
        ("next month", date(2026, 12, 1)),
        ("the end of the month", date(2026, 12, 1)),
        ("until I say so", FOREVER),
    ],
)
def test_a_pause_is_understood_in_english(words: str, day: date) -> None:
    assert read_pause(words, FRIDAY, "en") == Until(day)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("bis freitag", date(2026, 11, 27)),
        ("Mo", date(2026, 11, 23)),
        ("2 wochen", date(2026, 12, 4)),
        ("für eine Woche", date(2026, 11, 27)),
        ("zehn Tage", date(2026, 11, 30)),
        ("bis 3. März", date(2027, 3, 3)),
        ("bis zum 24. Dezember", date(2026, 12, 24)),
        ("morgen", date(2026, 11, 21)),
        ("nächste Woche", date(2026, 11, 23)),
        ("bis Ende des Monats", date(2026, 12, 1)),
        ("bis auf weiteres", FOREVER),
        ("until friday", date(2026, 11, 27)),
    ],
)
def test_a_pause_is_understood_in_german_too(words: str, day: date) -> None:
    assert read_pause(words, FRIDAY, "de") == Until(day)


@pytest.mark.parametrize("words", ["off", "Resume", "aus", "weiter", "off!"])
def test_a_pause_can_be_ended_in_words(words: str) -> None:
    assert read_pause(words, FRIDAY, "de") == Resume()


@pytest.mark.parametrize(
    "words", ["1 january 2020", "20 november", "15 november", "2026-11-20", "0 days"]
)
def test_a_day_that_has_passed_is_not_a_pause(words: str) -> None:
    assert read_pause(words, FRIDAY, "en") is Unread.PAST


@pytest.mark.parametrize(
    "words", ["400 days", "2 years", "29 february", "3 march 2030", "9999999999 days"]
)
def test_a_pause_of_more_than_a_year_is_too_far(words: str) -> None:
    assert read_pause(words, FRIDAY, "en") is Unread.TOO_FAR


@pytest.mark.parametrize(
    "words", ["banana", "week", "12", "31 february", "9 pm", "until", "may", "x" * 500]
)
def test_nonsense_is_not_guessed_at(words: str) -> None:
    assert read_pause(words, FRIDAY, "en") is Unread.UNCLEAR


def test_a_date_with_a_slash_is_not_guessed_because_two_countries_read_it_in_two_ways() -> None:
    assert read_pause("3/4", FRIDAY, "en") is Unread.UNCLEAR


@given(
    st.text(max_size=80),
    st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    st.sampled_from(sorted(LANGUAGES)),
)
def test_whatever_is_written_a_pause_ends_within_a_year_or_when_the_person_says(
    words: str, today: date, language: str
) -> None:
    reading = read_pause(words, today, language)

    if isinstance(reading, Until) and reading.day != FOREVER:
        assert today < reading.day <= today + LONGEST


@given(st.integers(1, 366), st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_a_number_of_days_is_taken_at_its_word(number: int, today: date) -> None:
    assert read_pause(f"for {number} days", today, "en") == Until(today + timedelta(days=number))


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(1, 366))
def test_an_iso_date_within_a_year_means_itself(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)

    assert read_pause(day.isoformat(), today, "de") == Until(day)


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_the_name_of_a_weekday_means_its_next_coming(today: date, weekday: int) -> None:
    name = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"][weekday]

    reading = read_pause(f"until {name}", today, "en")

    assert isinstance(reading, Until)
    assert reading.day.weekday() == weekday
    assert 1 <= (reading.day - today).days <= 7
