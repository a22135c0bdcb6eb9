"""One slot per intended day, whatever the clocks of the world do; nothing at night."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import days
from bot.days import Rhythm, Slot

START = datetime(2020, 1, 1, tzinfo=UTC)
EVERY_DAY = tuple(range(7))
HOUR = timedelta(hours=1)


@cache
def clock_changes() -> dict[str, tuple[datetime, ...]]:
    """One zone per distinct set of rules, with the instants of its clock changes from 2020 to 2037."""
    found: dict[tuple[tuple[datetime, ...], timedelta | None], str] = {}
    for name in days.zones():
        zone = ZoneInfo(name)
        found.setdefault((tuple(_changes(zone)), _offset(START, zone)), name)
    return {name: changes for (changes, _offset), name in found.items()}


def _changes(zone: ZoneInfo) -> Iterator[datetime]:
    week = timedelta(weeks=1)
    at = START
    while at.year < 2038:
        if _offset(at, zone) != _offset(at + week, zone):
            low, high = at, at + week
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                low, high = (
                    (middle, high) if _offset(middle, zone) == _offset(low, zone) else (low, middle)
                )
            yield high
        at += week


def _offset(at: datetime, zone: ZoneInfo) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


WAKING_TIMES = [time(hour, minute) for hour in range(6, 22) for minute in (0, 30)]


@pytest.mark.parametrize("at", WAKING_TIMES, ids=str)
def test_every_zone_has_one_waking_slot_a_day_at_every_clock_change(at: time) -> None:
    for name, changes in clock_changes().items():
        rhythm = Rhythm(at, name, EVERY_DAY)
        for change in changes:
            first = (change - timedelta(days=2)).date()
            slots = _walk(rhythm, days.instant(first, at, name) - timedelta(seconds=1), 5)
            assert [slot.day for slot in slots] == [first + timedelta(days=n) for n in range(5)], (
                name
            )
            assert all(earlier.at < later.at for earlier, later in pairwise(slots)), name
            assert not any(days.is_quiet(slot.at, name) for slot in slots), (name, change)
            assert all(_arrives_awake(slot, name) for slot in slots), (name, change)


def _walk(rhythm: Rhythm, after: datetime, number: int) -> list[Slot]:
    slots = []
    for _ in range(number):
        slots.append(days.next_slot(after, rhythm))
        after = slots[-1].at
    return slots


def _arrives_awake(slot: Slot, zone: str) -> bool:
    last = days.may_arrive_until(slot, zone)
    return slot.at < last <= slot.at + days.LATEST and not days.is_quiet(
        last - timedelta(microseconds=1), zone
    )


def test_the_sweep_meets_the_worlds_clocks() -> None:
    changes = clock_changes()

    assert len(changes) > 70
    assert sum(len(each) for each in changes.values()) > 1000


@pytest.mark.parametrize(
    ("zone", "at", "after", "day", "expected"),
    [
        ("America/New_York", time(0, 0), "2026-03-08T05:00Z", "2026-03-09", "2026-03-09T04:00Z"),
        ("Europe/Berlin", time(2, 30), "2026-10-24T00:30Z", "2026-10-25", "2026-10-25T00:30Z"),
        ("Europe/Berlin", time(2, 30), "2026-10-25T00:30Z", "2026-10-26", "2026-10-26T01:30Z"),
        ("Europe/Berlin", time(2, 30), "2026-03-28T01:30Z", "2026-03-29", "2026-03-29T01:30Z"),
        ("America/Nuuk", time(23, 30), "2026-03-28T01:30Z", "2026-03-28", "2026-03-29T01:30Z"),
        ("America/Nuuk", time(23, 30), "2026-03-29T01:30Z", "2026-03-29", "2026-03-30T00:30Z"),
        ("Europe/Berlin", time(9, 30), "2026-03-28T08:30Z", "2026-03-29", "2026-03-29T07:30Z"),
    ],
)
def test_clock_changes_move_the_instant_not_the_day(
    zone: str, at: time, after: str, day: str, expected: str
) -> None:
    slot = days.next_slot(datetime.fromisoformat(after), Rhythm(at, zone, EVERY_DAY))

    assert (slot.day.isoformat(), slot.at) == (day, datetime.fromisoformat(expected))


def test_a_weekend_is_passed_over() -> None:
    friday_noon = datetime(2026, 3, 6, 12, tzinfo=UTC)

    slot = days.next_slot(friday_noon, Rhythm(time(9, 30), "Europe/Berlin"))

    assert slot == Slot(date(2026, 3, 9), datetime(2026, 3, 9, 8, 30, tzinfo=UTC))


def test_nothing_before_the_day_somebody_comes_back() -> None:
    monday = datetime(2026, 3, 2, 12, tzinfo=UTC)

    slot = days.next_slot(monday, Rhythm(time(9, 30), "UTC"), not_before=date(2026, 3, 12))

    assert slot.day == date(2026, 3, 12)


def test_a_rhythm_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        days.next_slot(datetime(2026, 3, 2, tzinfo=UTC), Rhythm(time(9), "UTC", ()))


def test_a_late_evening_belongs_to_its_own_day() -> None:
    evening = datetime(2026, 3, 3, 2, 59, tzinfo=UTC)  # 03:59 in Berlin
    morning = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)

    assert days.learning_day(evening, "Europe/Berlin") == date(2026, 3, 2)
    assert days.learning_day(morning, "Europe/Berlin") == date(2026, 3, 3)


def test_a_zone_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="Mars/Olympus"):
        days.zone_of("Mars/Olympus")


def test_working_hours_are_now_and_other_hours_the_next_slot() -> None:
    rhythm = Rhythm(time(9, 30), "Europe/Berlin")
    at_work = datetime(2026, 3, 2, 15, 59, tzinfo=UTC)
    after_work = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)

    assert days.next_waking(at_work, rhythm) == at_work
    assert days.next_waking(after_work, rhythm) == datetime(2026, 3, 3, 8, 30, tzinfo=UTC)


INSTANTS = st.integers(0, 17 * 365 * 24 * 60).map(
    lambda minutes: START + timedelta(minutes=minutes)
)
RHYTHMS = st.builds(
    Rhythm,
    st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None)),
    st.sampled_from(days.zones()),
    st.sets(st.integers(0, 6), min_size=1).map(tuple),
)


@given(INSTANTS, RHYTHMS)
def test_the_next_slot_is_later_on_a_wanted_day_and_the_nearest(
    after: datetime, rhythm: Rhythm
) -> None:
    slot = days.next_slot(after, rhythm)

    assert slot.at > after
    assert slot.day.weekday() in rhythm.days
    between = [slot.day - timedelta(days=n) for n in range(1, 8)]
    assert all(
        days.instant(day, rhythm.at, rhythm.zone) <= after
        for day in between
        if day.weekday() in rhythm.days
    )


@given(INSTANTS, st.sampled_from(days.zones()))
def test_learning_days_follow_one_another(at: datetime, zone: str) -> None:
    today = days.learning_day(at, zone)

    assert days.learning_day(at + 26 * HOUR, zone) - today in {timedelta(days=1), timedelta(days=2)}
    assert days.learning_day(at + HOUR / 60, zone) >= today
