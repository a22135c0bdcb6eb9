"""Settings are read kindly: forgiving about places, strict about hours, silent about what is not there."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import days
from bot.people.rules import Settings, mask, minute_of_day, minutes, read_settings, wall, weekdays
from bot.people.zones import read_zone
from bot.ui import Entries
from bot.words import speaking

PRESENT = Settings(time(9, 30), (0, 1, 2, 3, 4), 5, "Europe/Berlin", "en", counted=True)


def test_a_form_with_nothing_in_it_changes_nothing() -> None:
    assert read_settings({}, PRESENT) == PRESENT


def test_all_that_was_entered_is_read() -> None:
    entries: Entries = {
        "at": "14:15",
        "days": ("1", "3"),
        "minutes": "4",
        "zone": "tokyo",
        "language": "de",
        "counted": "",
    }

    assert read_settings(entries, PRESENT) == Settings(
        time(14, 15), (1, 3), 10, "Asia/Tokyo", "de", counted=False
    )


@pytest.mark.parametrize("hour", ["05:59", "22:00", "03:00", "25:00", "soon", ""])
def test_an_hour_outside_the_day_is_sent_back(hour: str) -> None:
    problems = read_settings({"at": hour}, PRESENT)

    assert isinstance(problems, tuple)
    assert [name for name, _ in problems] == ["at"]


def test_a_week_without_a_day_is_sent_back_with_the_way_to_a_break() -> None:
    problems = read_settings({"days": ()}, PRESENT)

    assert problems == (("days", "Pick at least one day. For a break, use /grove pause."),)


def test_every_problem_is_told_at_once() -> None:
    problems = read_settings({"at": "3", "days": (), "zone": "Atlantis"}, PRESENT)

    assert isinstance(problems, tuple)
    assert [name for name, _ in problems] == ["at", "days", "zone"]


def test_a_language_grove_does_not_speak_changes_nothing() -> None:
    assert read_settings({"language": "xx"}, PRESENT) == PRESENT


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("New_York", "America/New_York"),
        ("Japan", "Asia/Tokyo"),
        ("Germany", "Europe/Berlin"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_found_by_its_name_its_city_or_its_country(place: str, zone: str) -> None:
    assert read_zone(place) == zone


def test_a_zone_is_found_by_what_the_readers_language_calls_it() -> None:
    with speaking("de"):
        assert read_zone("Wien") == "Europe/Vienna"
        assert read_zone("Österreich") == "Europe/Vienna"


@pytest.mark.parametrize("place", ["Atlantis", "", "United States", "../../etc/passwd"])
def test_a_place_with_many_times_or_none_is_not_guessed(place: str) -> None:
    assert read_zone(place) is None


@given(st.sampled_from(days.zones()))
def test_every_zone_is_understood_by_its_own_name(zone: str) -> None:
    assert read_zone(zone) == zone


@given(
    st.dictionaries(
        st.sampled_from(["at", "days", "minutes", "zone", "language"]),
        st.text() | st.tuples(st.text()),
    )
)
def test_whatever_is_entered_the_hour_stays_in_the_day_and_a_day_remains(
    entries: dict[str, str],
) -> None:
    chosen = read_settings(entries, PRESENT)

    if isinstance(chosen, Settings):
        assert days.WAKING[0] <= chosen.at < days.WAKING[1]
        assert chosen.days
        assert chosen.zone in days.zones()


@given(st.times(), st.sets(st.integers(0, 6)))
def test_hours_and_days_survive_being_kept_as_numbers(at: time, chosen: set[int]) -> None:
    at = at.replace(second=0, microsecond=0)

    assert wall(minute_of_day(at)) == at
    assert weekdays(mask(tuple(chosen))) == tuple(sorted(chosen))


def test_minutes_follow_questions() -> None:
    assert [minutes(limit) for limit in (1, 3, 4, 5, 8, 10, 30)] == [1, 1, 2, 2, 4, 4, 4]
