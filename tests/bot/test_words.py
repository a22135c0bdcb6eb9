"""Words in the reader's language, complete in every language Grove speaks."""

from datetime import UTC, date, datetime, time
from time import process_time

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


def test_words_are_german_for_who_reads_german() -> None:
    with words.speaking("de"):
        assert words.say("Back on {day}.", day="Donnerstag") == "Wieder am Donnerstag."
        assert words.count("{n} question", "{n} questions", 1) == "1 Frage"
        assert words.count("{n} question", "{n} questions", 0) == "0 Fragen"
    assert words.say("Back tomorrow.") == "Back tomorrow."


def test_a_language_grove_does_not_speak_is_english() -> None:
    with words.speaking("tlh"):
        assert words.say("Back tomorrow.") == "Back tomorrow."
        assert words.on_day(date(2026, 3, 19), today=date(2026, 3, 2)) == "Thursday 19 March"


def test_words_that_no_catalogue_has_are_said_as_they_stand() -> None:
    with words.speaking("de"):
        assert words.say("Incident basics") == "Incident basics"


@pytest.mark.parametrize(
    ("day", "english", "german"),
    [
        (date(2026, 3, 1), "yesterday", "gestern"),
        (date(2026, 3, 2), "today", "heute"),
        (date(2026, 3, 3), "tomorrow", "morgen"),
        (date(2026, 3, 5), "on Thursday", "am Donnerstag"),
        (date(2026, 3, 19), "on Thursday 19 March", "am Donnerstag, 19. März"),
        (date(2026, 2, 19), "on Thursday 19 February", "am Donnerstag, 19. Februar"),
        (date(2027, 3, 19), "on 19 March 2027", "am 19. März 2027"),
    ],
)
def test_what_happens_on_a_day_is_said_in_one_breath(day: date, english: str, german: str) -> None:
    today = date(2026, 3, 2)

    assert words.when(day, today=today) == english
    with words.speaking("de"):
        assert words.when(day, today=today) == german


def test_an_instant_is_told_on_the_persons_own_wall() -> None:
    now, at = datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 3, 3, 8, 30, tzinfo=UTC)

    assert words.on_day_at(at, now=now, zone="Europe/Berlin") == "tomorrow 09:30"
    with words.speaking("de"):
        assert words.on_day_at(at, now=now, zone="Europe/Berlin") == "morgen, 09:30 Uhr"


def test_weekdays_stand_alone_without_a_dot() -> None:
    assert words.weekday(0) == "Mon"
    with words.speaking("de"):
        assert words.weekday(0) == "Mo"
        assert words.weekday(6, short=False) == "Sonntag"


def test_a_language_is_read_in_less_than_a_tenth_of_a_second() -> None:
    with words.speaking("de"):
        words.say("Later")
    words._catalogue.cache_clear()
    began = process_time()

    with words.speaking("de"):
        words.say("Later")

    assert process_time() - began < 0.1
