"""What Grove believes of one learner and one question: FSRS-6, told in calendar days.

Formulas and parameters: fsrs4anki wiki, "The Algorithm", FSRS-6; computed by the crate `fsrs` 6.6.
Days are the learner's learning days (bot/days.py), never blocks of 24 hours: a daily message that
drifts by minutes would flip between "the same day" and "the next".
The answer log is the truth: `rebuild` turns it into the same state as answering one by one.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import fsrs_rs_python as fsrs

from bot import chance, days
from bot.chance import Key
from bot.terms import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Parameters = tuple[float, ...]
Grade = Literal[1, 3]

AGAIN: Grade = 1
GOOD: Grade = 3
"""FSRS ratings; two are enough (srs-benchmark, 9,999 collections: log loss .3509 against .3460)."""

DEFAULTS: Parameters = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)
"""w0 to w20 of FSRS-6, for a workspace that has not enough answers for its own."""

LOWEST: Parameters = (
    *(0.001, 0.001, 0.001, 0.001, 1, 0.001, 0.001, 0.001, 0, 0, 0.001),
    *(0.001, 0.001, 0.001, 0, 0, 1, 0, 0, 0, 0.1),
)
HIGHEST: Parameters = (
    *(100, 100, 100, 100, 10, 4, 4, 0.75, 4.5, 0.8, 3.5),
    *(5, 0.25, 0.9, 4, 1, 6, 2, 2, 0.8, 0.8),
)
"""The bounds of each parameter (py-fsrs 6.3.2); the crate clips silently, so they are checked."""

TARGETS = (0.70, 0.97)
"""The recall targets that can be scheduled; beyond them intervals turn absurd."""

LEAST_STABILITY = 0.001
MOST_STABILITY = 36_500.0
"""The stabilities FSRS knows, in days."""

LONGEST_DAYS = 365
"""The longest interval: whatever is believed, once a year is asked."""

SPREAD = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, math.inf, 0.05))
"""How far a due day may move, beyond one day: a share of the interval's days from, to (py-fsrs)."""


@dataclass(frozen=True, slots=True)
class Belief:
    """How long a memory lasts and how hard it is: days until recall is 0.9, and 1 to 10."""

    stability: float
    difficulty: float


@dataclass(frozen=True, slots=True)
class Answered:
    """One line of the answer log: the learner's day, and the rating, None for practice."""

    day: date
    grade: Grade | None
    target: float = 0.90


@dataclass(frozen=True, slots=True)
class Standing:
    """One learner and one question. `interval_days` is unrounded, None as long as never rated."""

    belief: Belief | None = None
    last_day: date | None = None
    interval_days: float | None = None
    count: int = 0
    lapses: int = 0


def grade(verdict: Verdict, *, practice: bool = False) -> Grade | None:
    """The rating of an answer, None for practice. Partly right is Again: Hard means recalled."""
    if practice:
        return None
    return GOOD if verdict is Verdict.RIGHT else AGAIN


def is_practice(last_day: date | None, today: date) -> bool:
    """Whether an answer comes on a day that already has one, or (travelling west) before it."""
    return last_day is not None and today <= last_day


def review(
    before: Belief | None,
    *,
    elapsed_days: int,
    right: bool,
    target: float,
    parameters: Parameters = DEFAULTS,
) -> tuple[Belief, float]:
    """What is believed after an answer, and in how many days recall falls to the target, unrounded.

    `elapsed_days` since the answer before; below 0 is 0. Raises ValueError for a target outside
    `TARGETS` and for parameters out of bounds.
    """
    _check_target(target)
    state = None if before is None else fsrs.MemoryState(before.stability, before.difficulty)
    nexts = _model(parameters).next_states(state, target, max(0, elapsed_days))
    after = nexts.good if right else nexts.again
    return Belief(after.memory.stability, after.memory.difficulty), after.interval


def learn(before: Standing, answered: Answered, *, parameters: Parameters = DEFAULTS) -> Standing:
    """Where the learner stands after one more line of the log; practice changes nothing."""
    if answered.grade is None:
        return before
    belief, interval_days = review(
        before.belief,
        elapsed_days=(answered.day - before.last_day).days if before.last_day else 0,
        right=answered.grade == GOOD,
        target=answered.target,
        parameters=parameters,
    )
    is_lapse = before.belief is not None and answered.grade == AGAIN
    last_day = max(answered.day, before.last_day or answered.day)
    return Standing(belief, last_day, interval_days, before.count + 1, before.lapses + is_lapse)


def rebuild(log: Iterable[Answered], *, parameters: Parameters = DEFAULTS) -> Standing:
    """Where the learner stands after this log, oldest first."""
    standing = Standing()
    for answered in log:
        standing = learn(standing, answered, parameters=parameters)
    return standing


def recall(stability: float, elapsed_days: float, parameters: Parameters = DEFAULTS) -> float:
    """The chance, 0 to 1, that it is still remembered so many days after the last answer."""
    factor, decay = _curve(parameters)
    stability = min(max(stability, LEAST_STABILITY), MOST_STABILITY)
    return math.pow(1 + factor * max(0.0, elapsed_days) / stability, -decay)


def recall_many(
    stabilities: "NDArray[np.float64]",
    elapsed_days: "NDArray[np.float64] | NDArray[np.int64]",
    parameters: Parameters = DEFAULTS,
) -> "NDArray[np.float64]":
    """`recall` for whole arrays of one shape; loads numpy."""
    import numpy as np

    factor, decay = _curve(parameters)
    base = np.maximum(elapsed_days, 0) / np.clip(stabilities, LEAST_STABILITY, MOST_STABILITY)
    base *= factor
    np.log1p(base, out=base)
    base *= -decay
    return np.exp(base, out=base)


def sure_days(
    target: float, stability: float = DEFAULTS[2], parameters: Parameters = DEFAULTS
) -> float:
    """Days until recall has fallen to the target; by default after a first right answer."""
    _check_target(target)
    factor, decay = _curve(parameters)
    return stability / factor * (math.pow(target, -1 / decay) - 1)


def due_day(
    learned: date,
    interval_days: float,
    *,
    working_days: Collection[int],
    key: tuple[Key, ...],
    load: Mapping[date, int] | None = None,
) -> date:
    """The learner's working day on which to ask again: the least loaded one near the interval.

    Always after `learned`; ties are drawn from the key. `working_days` are weekdays, Monday 0;
    `load` says how many questions are due on a day already.
    """
    first, last = window(interval_days)
    near = (learned + timedelta(days=ahead) for ahead in range(first, last + 1))
    open_days = [day for day in near if day.weekday() in working_days]
    if not open_days:
        return days.next_working_day(learned + timedelta(days=last), working_days)
    booked = load or {}
    return min(open_days, key=lambda day: (booked.get(day, 0), chance.bits(*key, day.toordinal())))


def window(interval_days: float) -> tuple[int, int]:
    """The first and last day that are as good as the interval: 7 is 5 to 9, 14 is 12 to 16."""
    middle = min(max(interval_days, 1.0), LONGEST_DAYS)
    if middle < SPREAD[0][0]:
        return round(middle), round(middle)
    reach = 1 + sum(share * max(0.0, min(middle, end) - start) for start, end, share in SPREAD)
    return round(middle - reach), min(LONGEST_DAYS, round(middle + reach))


def check(parameters: Parameters) -> None:
    """Raises ValueError unless these are 21 numbers, each within its bounds."""
    if len(parameters) != len(DEFAULTS):
        raise ValueError(f"FSRS-6 has {len(DEFAULTS)} parameters, not {len(parameters)}")
    for index, (low, value, high) in enumerate(zip(LOWEST, parameters, HIGHEST, strict=True)):
        if not low <= value <= high:
            raise ValueError(f"parameter w{index} is {value}, outside {low} to {high}")


def _check_target(target: float) -> None:
    if not TARGETS[0] <= target <= TARGETS[1]:
        raise ValueError(f"a recall target of {target} is outside {TARGETS[0]} to {TARGETS[1]}")


@lru_cache(maxsize=256)
def _model(parameters: Parameters) -> fsrs.FSRS:
    check(parameters)
    return fsrs.FSRS(list(parameters))


@lru_cache(maxsize=256)
def _curve(parameters: Parameters) -> tuple[float, float]:
    """The forgetting curve's factor, and its decay as a positive number."""
    check(parameters)
    decay = parameters[20]
    return math.pow(0.9, -1 / decay) - 1, decay
