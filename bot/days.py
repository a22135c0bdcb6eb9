"""Learning days, the next local slot, quiet hours: when something may happen in somebody's own time.

Instants are aware UTC. A calendar date is always a person's: in their zone, turning at 04:00.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

DAY_TURNS = timedelta(hours=4)
"""A learning day begins at 04:00 local, so that a late evening still belongs to its day."""

WAKING = (time(6, 0), time(22, 0))
"""Local hours in which an unprompted message may arrive; the rest is quiet."""

LATEST = timedelta(hours=4)
"""How late a set may arrive before its questions wait for the next one."""

APART = timedelta(hours=12)
"""The least time between two sets of one person, whatever zone and hour change in between."""

WORKWEEK = (0, 1, 2, 3, 4)
"""Monday to Friday."""

FOREVER = date(9999, 12, 31)
"""The end of a pause that lasts until the person says otherwise."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a person wants to hear from Grove: a wall time, a zone of the tz database, days (Monday 0)."""

    at: time
    zone: str
    days: tuple[int, ...] = WORKWEEK


@dataclass(frozen=True, slots=True)
class Slot:
    """One moment of one intended local day. `day` is the identity; `at` (UTC) may be pushed by a clock change."""

    day: date
    at: datetime


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """The zone of this name; ValueError for one the tz database does not have."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as wrong:
        raise ValueError(f"no time zone {name!r}") from wrong


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """Every `Area/City` zone and UTC, sorted."""
    return tuple(
        sorted(
            z
            for z in available_timezones()
            if ("/" in z and not z.startswith("Etc/")) or z == "UTC"
        )
    )


def local(at: datetime, zone: str) -> datetime:
    """The instant on that zone's wall."""
    return at.astimezone(zone_of(zone))


def learning_day(at: datetime, zone: str) -> date:
    """The person's learning day of an instant: the wall clock's date, four hours earlier."""
    return (local(at, zone).replace(tzinfo=None) - DAY_TURNS).date()


def instant(day: date, at: time, zone: str) -> datetime:
    """That wall time in UTC: the first of two in a fold, pushed forward by the gap in a gap."""
    return datetime.combine(day, at, tzinfo=zone_of(zone)).astimezone(UTC)


def next_slot(after: datetime, rhythm: Rhythm, *, not_before: date | None = None) -> Slot:
    """The first slot of the rhythm strictly after an instant, and on `not_before` or later.

    Raises ValueError when the rhythm has no day.
    """
    day = local(after, rhythm.zone).date() - timedelta(days=2)
    if not_before is not None:
        day = max(day, not_before - timedelta(days=1))
    for _ in range(18):
        day += timedelta(days=1)
        if day.weekday() in rhythm.days:
            at = instant(day, rhythm.at, rhythm.zone)
            if at > after:
                return Slot(day, at)
    raise ValueError("a rhythm needs at least one day")


def is_quiet(at: datetime, zone: str) -> bool:
    """Whether an unprompted message would come outside the waking hours there."""
    wall = local(at, zone).time()
    return not WAKING[0] <= wall < WAKING[1]


def may_arrive_until(slot: Slot, zone: str) -> datetime:
    """When a set planned for this slot stops being worth sending: four hours on, and before quiet hours."""
    evening = instant(slot.day, WAKING[1], zone)
    return min(slot.at + LATEST, evening)


def next_working_day(day: date, days: Collection[int]) -> date:
    """The day itself when it is one of the days, else the next that is."""
    for ahead in range(7):
        candidate = day + timedelta(days=ahead)
        if candidate.weekday() in days:
            return candidate
    raise ValueError("a rhythm needs at least one day")


def next_waking(after: datetime, rhythm: Rhythm) -> datetime:
    """The instant itself inside the person's working hours (09:00 to 17:00 on their days), else their next slot."""
    wall = local(after, rhythm.zone)
    if wall.weekday() in rhythm.days and time(9, 0) <= wall.time() < time(17, 0):
        return after
    return next_slot(after, rhythm).at
