"""What follows from where a set stands: what comes next, when to stop, which topic is meant."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot import days
from bot.days import Rhythm, Slot
from bot.quizzes.choosing import LONG_ABSENCE_DAYS
from bot.terms import AskingState, Verdict

STOP_AFTER = 3
"""Sets in a row without any answer, after which Grove asks whether to go on."""

WEEK_GOAL = 3
"""Days a week with an answer that are plenty."""

LOOK_BACK = timedelta(days=8)
"""How far back a missed slot is looked for; the newest is always nearer than a week and a day."""

KNOWN_AGAIN_DAYS = 7
"""When the other questions of a lesson begin to come that somebody knew before reading it."""

ALIKE = 0.75
"""How much of a topic's name must be there for a misspelling, 0 to 1."""

OPEN = (AskingState.WAITING, AskingState.SHOWN)


@dataclass(frozen=True, slots=True)
class Part:
    """A question of a set: where it stands, what the answer was worth."""

    asking: int
    state: AskingState
    after_lesson: bool = False
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Next comes this question."""

    asking: int


@dataclass(frozen=True, slots=True)
class Offer:
    """Next comes a new lesson, to read or to be tested on first."""


@dataclass(frozen=True, slots=True)
class Teach:
    """Next comes the lesson itself: the test showed that it is needed."""


@dataclass(frozen=True, slots=True)
class Finish:
    """Nothing is left."""


Step = Ask | Offer | Teach | Finish


def next_step(parts: Sequence[Part], *, lesson_left: bool) -> Step:
    """What comes next in a set: what is due, then the lesson, then the questions on it.

    A test before the lesson has begun when one of the questions on it was touched.
    """
    wanted = [part for part in parts if part.state in OPEN]
    due = next((part for part in wanted if not part.after_lesson), None)
    if due is not None:
        return Ask(due.asking)
    checks = [part for part in parts if part.after_lesson]
    tested = any(part.state is not AskingState.WAITING for part in checks)
    if lesson_left and not tested:
        return Offer()
    if wanted:
        return Ask(wanted[0].asking)
    return Teach() if lesson_left else Finish()


def passed(parts: Sequence[Part]) -> bool:
    """Whether a test before the lesson showed that the lesson is known."""
    checks = [part for part in parts if part.after_lesson]
    return bool(checks) and all(part.verdict is Verdict.RIGHT for part in checks)


def newest_slot(planned_at: datetime, now: datetime, rhythm: Rhythm) -> Slot:
    """The slot to plan: the planned one or, when others have passed since, the newest of them."""
    slot = Slot(days.learning_day(planned_at, rhythm.zone), planned_at)
    if now - planned_at < timedelta(hours=12):
        return slot
    following = days.next_slot(max(planned_at, now - LOOK_BACK), rhythm)
    while following.at <= now:
        slot = Slot(days.learning_day(following.at, rhythm.zone), following.at)
        following = days.next_slot(following.at, rhythm)
    return slot


def absence(day: date, set_days: Sequence[date], known_since: date | None) -> tuple[int, int]:
    """How long somebody was away before they came back, and how many sets they had since.

    `set_days` are the days of earlier sets, newest first. `known_since`: a day on which they learned
    already, for an absence longer than what `set_days` reach back.
    """
    chain = [day, *set_days]
    for since_return, (later, earlier) in enumerate(zip(chain, [*set_days, None], strict=True)):
        before = earlier or known_since
        away = (later - before).days if before is not None else 0
        if away >= LONG_ABSENCE_DAYS:
            return away, since_return
    return 0, 0


def week_start(day: date) -> date:
    """The Monday of that week."""
    return day - timedelta(days=day.weekday())


def match_topic(text: str, names: Mapping[int, tuple[str, str]]) -> int | None:
    """The topic meant by a slug or title, whole, in part, or misspelt; None when none or several fit."""
    wanted = _plain(text)
    plain = {topic: tuple(_plain(name) for name in pair) for topic, pair in names.items()}
    for fits in (_is_same, _begins, _holds):
        found = [topic for topic, pair in plain.items() if any(fits(name, wanted) for name in pair)]
        if found:
            return found[0] if len(found) == 1 else None
    return _nearest(wanted, plain)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").split())


def _is_same(name: str, wanted: str) -> bool:
    return name == wanted


def _begins(name: str, wanted: str) -> bool:
    return name.startswith(wanted)


def _holds(name: str, wanted: str) -> bool:
    return wanted in name


def _nearest(wanted: str, plain: Mapping[int, tuple[str, ...]]) -> int | None:
    """The topic whose name is spelled most alike, if it is alike and no other is as much."""
    alike = sorted(
        (max(difflib.SequenceMatcher(None, name, wanted).ratio() for name in pair), topic)
        for topic, pair in plain.items()
    )
    if not alike or alike[-1][0] < ALIKE or (len(alike) > 1 and alike[-2][0] == alike[-1][0]):
        return None
    return alike[-1][1]
