"""Settings as a person enters them: read, checked, nothing changed by what is missing."""

from dataclasses import dataclass, replace
from datetime import time

from bot import days, words
from bot.people.zones import read_zone
from bot.ui import Entries
from bot.words import at_time, say

Problems = tuple[tuple[str, str], ...]
"""What needs a look: field name and one sentence each."""

QUESTIONS_OF_MINUTES = {1: 3, 2: 5, 4: 10}
"""Minutes a day people choose from, and how many questions that is at about 24 seconds each."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a member wants to hear from Grove. `counted`: their answers count in the figures of groups."""

    at: time
    days: tuple[int, ...]
    daily_limit: int
    zone: str
    language: str
    counted: bool


def minutes(daily_limit: int) -> int:
    """About how many minutes a day this many questions take."""
    fitting = [
        minute for minute, questions in QUESTIONS_OF_MINUTES.items() if questions >= daily_limit
    ]
    return min(fitting, default=max(QUESTIONS_OF_MINUTES))


def wall(minute: int) -> time:
    """The wall time of a minute of the day."""
    return time(minute // 60, minute % 60)


def minute_of_day(at: time) -> int:
    """The minute of the day of a wall time."""
    return at.hour * 60 + at.minute


def weekdays(held: int) -> tuple[int, ...]:
    """The days of a bit mask, Monday 0."""
    return tuple(day for day in range(7) if held >> day & 1)


def mask(chosen: tuple[int, ...]) -> int:
    """The bit mask of days, Monday 1."""
    return sum(1 << day for day in chosen)


def read_settings(entries: Entries, present: Settings) -> Settings | Problems:
    """The settings entered, or what is wrong by field. A field that is not there stays as it is."""
    at = read_hour(entries.get("at"), present.at)
    chosen = read_days(entries.get("days"), present.days)
    zone = _read_zone(entries, present.zone)
    problems = [
        (name, problem)
        for name, problem in (("at", at), ("days", chosen), ("zone", zone))
        if isinstance(problem, Problem)
    ]
    if isinstance(at, Problem) or isinstance(chosen, Problem) or isinstance(zone, Problem):
        return tuple((name, problem.words) for name, problem in problems)
    read = replace(present, at=at, days=chosen, zone=zone)
    return replace(
        read,
        daily_limit=read_limit(entries.get("minutes"), present.daily_limit),
        language=_read_language(entries, present.language),
        counted=entries["counted"] == "on" if "counted" in entries else present.counted,
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence on what needs a look."""

    words: str


def read_hour(entry: object, present: time) -> time | Problem:
    """A wall time inside the waking hours; the present one when nothing was entered."""
    if entry is None:
        return present
    try:
        at = time.fromisoformat(str(entry).strip())
    except ValueError:
        return Problem(say("Write the hour like 09:30."))
    first, last = days.WAKING
    if not first <= at < last:
        return Problem(
            say(
                "Grove writes between {first} and {last}. Pick an hour in between.",
                first=at_time(first),
                last=at_time(last),
            )
        )
    return at.replace(second=0, microsecond=0, tzinfo=None)


def read_days(entry: object, present: tuple[int, ...]) -> tuple[int, ...] | Problem:
    """The days of the week chosen, at least one; the present ones when the field was not there."""
    if entry is None:
        return present
    parts = entry if isinstance(entry, tuple) else str(entry).split(",")
    chosen = sorted({int(part) for part in parts if str(part).strip() in set("0123456")})
    return (
        tuple(chosen)
        if chosen
        else Problem(say("Pick at least one day. For a break, use /grove pause."))
    )


def read_limit(entry: object, present: int) -> int:
    """Questions a day for the minutes picked."""
    part = one(entry)
    return QUESTIONS_OF_MINUTES.get(int(part), present) if part.isdecimal() else present


def one(entry: object) -> str:
    """The single value of an entry, empty when there is none."""
    if isinstance(entry, tuple):
        return str(entry[0]).strip() if entry else ""
    return "" if entry is None else str(entry).strip()


def _read_zone(entries: Entries, present: str) -> str | Problem:
    entered = one(entries.get("zone"))
    if not entered:
        return present
    zone = read_zone(entered)
    if zone is None:
        return Problem(
            say(
                "I don't know that place. Write a large city with the same time, for example Berlin or New York."
            )
        )
    return zone


def _read_language(entries: Entries, present: str) -> str:
    entered = one(entries.get("language"))
    return entered if entered in words.LANGUAGES else present
