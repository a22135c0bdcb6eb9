"""What a lead may set for a channel, read from its form; how many people a view may tell apart."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot import days
from bot.people.rules import Problem, Problems, one, read_days, read_hour, read_limit
from bot.ui import Entries
from bot.words import say

SMALLEST_GROUP = 5
"""People; a lead sees no figure about fewer (product rule 9)."""

INVITATION_LASTS = timedelta(days=14)
"""How long an invitation is worth sending after its hour has come."""

TARGETS = (0.80, 0.85, 0.90, 0.95)
"""Recall targets a channel may set; empty means what each pack says."""

MAX_GOAL = 150
"""Characters of a channel's goal: one sentence."""

FARTHEST = timedelta(days=366)
"""How far ahead a channel may start."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A pack as it is offered."""

    id: int
    title: str
    summary: str
    lessons: int


@dataclass(frozen=True, slots=True)
class Setup:
    """How a channel learns. `target` None: as each pack says."""

    packs: tuple[int, ...]
    starts_on: date
    at: time
    days: tuple[int, ...]
    daily_limit: int
    goal: str = ""
    target: float | None = None


def fresh(
    packs: Collection[int], at: time, weekdays: tuple[int, ...], daily_limit: int, today: date
) -> Setup:
    """What the form proposes for a channel without a pack: the first pack, from its next day on."""
    starts = days.next_working_day(today + timedelta(days=1), weekdays)
    return Setup(tuple(packs)[:1], starts, at, weekdays, daily_limit)


def read_setup(
    entries: Entries, known: Collection[int], present: Setup, today: date
) -> Setup | Problems:
    """The set-up entered, or what is wrong by field. A field that is not there stays as it is."""
    packs = _read_packs(entries, known, present.packs)
    starts_on = _read_start(entries, present.starts_on, today)
    at = read_hour(entries.get("at"), present.at)
    chosen = read_days(entries.get("days"), present.days)
    if (
        isinstance(packs, Problem)
        or isinstance(starts_on, Problem)
        or isinstance(at, Problem)
        or isinstance(chosen, Problem)
    ):
        read = (("packs", packs), ("starts_on", starts_on), ("at", at), ("days", chosen))
        return tuple(
            (name, problem.words) for name, problem in read if isinstance(problem, Problem)
        )
    return replace(
        present,
        packs=packs,
        starts_on=starts_on,
        at=at,
        days=chosen,
        daily_limit=read_limit(entries.get("minutes"), present.daily_limit),
        goal=one(entries["goal"])[:MAX_GOAL] if "goal" in entries else present.goal,
        target=_read_target(entries, present.target),
    )


def shown_count(people: int) -> str:
    """A number of people as a lead may see it: "fewer than 5" hides who they are, nobody is nobody."""
    return say("fewer than {n}", n=SMALLEST_GROUP) if 0 < people < SMALLEST_GROUP else str(people)


def _read_packs(
    entries: Entries, known: Collection[int], present: tuple[int, ...]
) -> tuple[int, ...] | Problem:
    entered = entries.get("packs")
    if entered is None:
        return present
    parts = entered if isinstance(entered, tuple) else tuple(entered.split(","))
    chosen = {int(part) for part in parts if part.strip().isdecimal()} & set(known)
    return tuple(sorted(chosen)) if chosen else Problem(say("Pick at least one pack."))


def _read_start(entries: Entries, present: date, today: date) -> date | Problem:
    entered = one(entries.get("starts_on"))
    if not entered:
        return present
    try:
        day = date.fromisoformat(entered)
    except ValueError:
        return Problem(say("Write the day like 2026-12-24."))
    if day < today and day != present:
        return Problem(say("That day has passed. Pick today or later."))
    if day > today + FARTHEST:
        return Problem(say("That is over a year away. Pick an earlier day."))
    return day


def _read_target(entries: Entries, present: float | None) -> float | None:
    if "target" not in entries:
        return present
    entered = one(entries["target"])
    return next((target for target in TARGETS if f"{target:.2f}" == entered), None)
