"""Mastery with its uncertainty, and what is fading: numbers from beliefs."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

Z95 = 1.959964
"""The normal quantile of a two-sided 95% interval."""

AHEAD_DAYS = 7
"""How far ahead fading is looked for."""

WEEK_GOAL = 3
"""Days a week with an answer that are plenty."""


@dataclass(frozen=True, slots=True)
class Mastery:
    """What is likely remembered of a topic.

    `now`, `in_a_week`: mean predicted recall of the questions answered so far, today and in seven days
    if nothing is asked; None before the first answer. `low`, `high`: the 95% interval of `now`.
    `fading`: how many of them fall below the recall target within the week.
    """

    title: str
    pack: str
    target: float
    questions: int
    answered: int
    now: float | None
    in_a_week: float | None
    low: float
    high: float
    fading: int


def wilson(share: float, n: int) -> tuple[float, float]:
    """The 95% score interval of a share seen in n cases (Wilson 1927, JASA 22:209); (0, 1) for none."""
    if n == 0:
        return 0.0, 1.0
    centre = share + Z95**2 / (2 * n)
    spread = Z95 * sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2))
    scale = 1 + Z95**2 / n
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def mastery(
    *,
    title: str,
    pack: str,
    target: float,
    questions: int,
    now: Sequence[float],
    in_a_week: Sequence[float],
) -> Mastery:
    """A topic's mastery from the predicted recall of its answered questions, today and in a week."""
    n = len(now)
    share = sum(now) / n if n else None
    low, high = wilson(share or 0.0, n)
    return Mastery(
        title=title,
        pack=pack,
        target=target,
        questions=questions,
        answered=n,
        now=share,
        in_a_week=sum(in_a_week) / n if n else None,
        low=low,
        high=high,
        fading=sum(1 for today, later in zip(now, in_a_week, strict=True) if later < target),
    )
