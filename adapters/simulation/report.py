"""What a simulation found: promises kept or broken, beliefs against what the simulated people really recalled."""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import exp, log
from statistics import fmean
from typing import Any

from adapters.simulation.heads import Given
from adapters.simulation.learners import Model
from adapters.simulation.platform import Ledger
from bot.terms import Verdict
from storage.ledger import Answer, Ended

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Borders between which predictions are compared with what happened."""

SURE = 1e-4
"""No prediction counts as surer than this in the log loss."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions between two borders: their mean, the share answered rightly, the mean true recall."""

    low: float
    high: float
    answers: int
    predicted: float
    right: float
    recalled: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """Predictions made before answers, against the answers. `right` holds guesses, `recalled` does not.

    `moving` is the log loss of a moving average over each person's answers that knows nothing of questions
    (x from 1.2, x += 0.3 (y - p)); no claim of calibration may leave it out.
    """

    answers: int
    predicted: float
    right: float
    recalled: float
    log_loss: float
    moving: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Recall:
    """At the end, over everything met: true recall, the same without reinforcement, and what Grove believed."""

    met: int
    lived: float
    alone: float
    believed: float


@dataclass(frozen=True, slots=True)
class Report:
    """One simulation. Broken promises are short lines without words or names."""

    model: Model
    learners: int
    days: int
    seed: int
    deliveries: tuple[Ended, ...]
    arrivals: int
    refused: int
    lost_answers: int
    deeds: int
    answers: int
    lessons: int
    per_working_day: float
    prediction: Prediction | None
    recall: Recall | None
    broken: Mapping[str, tuple[str, ...]]
    seconds: float = field(compare=False, default=0.0)

    @property
    def is_sound(self) -> bool:
        """Whether every promise was kept."""
        return not any(self.broken.values())

    def data(self) -> dict[str, Any]:
        """The report for machines."""
        return asdict(self) | {"sound": self.is_sound, "simulation": True}


def broken(
    ledger: Ledger,
    answers: Sequence[Answer],
    given: Mapping[str, Sequence[Given]],
    *,
    fixes: Sequence[str],
    errors: Sequence[str],
) -> dict[str, tuple[str, ...]]:
    """Every broken promise, by its name."""
    return {
        "one delivery sent twice": tuple(ledger.same_key),
        "two messages on one day": tuple(ledger.same_day),
        "message in quiet hours": tuple(ledger.in_quiet_hours),
        "message outside working days": tuple(ledger.outside_working_days),
        "message in a pause": tuple(ledger.in_pauses),
        "question answered twice on one day": tuple(_twice(answers)),
        "graded against the pack": tuple(_misgraded(answers, given)),
        "form handed back": tuple(fixes),
        "deed that broke": tuple(errors),
    }


def _twice(answers: Iterable[Answer]) -> list[str]:
    times = Counter((answer.person, answer.question, answer.day) for answer in answers)
    return [
        f"{person} {question} {day}"
        for (person, question, day), number in times.items()
        if number > 1
    ]


def _misgraded(answers: Iterable[Answer], given: Mapping[str, Sequence[Given]]) -> list[str]:
    """Answers that were right by the pack and not graded so, or the other way round."""
    known = _by_day(given)
    lines = []
    for answer in answers:
        own = known.get((answer.person, answer.question, answer.day))
        if own is not None and own.right is not (answer.verdict is Verdict.RIGHT):
            lines.append(f"{answer.person} {answer.question} {answer.day} {answer.verdict}")
    return lines


def prediction(
    answers: Sequence[Answer], given: Mapping[str, Sequence[Given]]
) -> Prediction | None:
    """How well the predictions did; None when none was made."""
    known = _by_day(given)
    rows: list[tuple[Answer, float, Given]] = []
    for answer in answers:
        own = known.get((answer.person, answer.question, answer.day))
        if answer.recall_before is not None and answer.rated and own is not None:
            rows.append((answer, answer.recall_before, own))
    if not rows:
        return None
    return Prediction(
        answers=len(rows),
        predicted=_short(fmean(p for _, p, _ in rows)),
        right=_short(fmean(own.right for *_, own in rows)),
        recalled=_short(fmean(own.recall for *_, own in rows)),
        log_loss=_short(fmean(_loss(p, own.right) for _, p, own in rows)),
        moving=_short(_moving(rows)),
        bins=tuple(_bins(rows)),
    )


def _by_day(given: Mapping[str, Sequence[Given]]) -> dict[tuple[str, str, Any], Given]:
    """The first answer of each person to each question on each of their days."""
    found: dict[tuple[str, str, Any], Given] = {}
    for person, all_given in given.items():
        for own in all_given:
            found.setdefault((person, own.question, own.day), own)
    return found


def _bins(rows: Sequence[tuple[Answer, float, Given]]) -> Iterable[Bin]:
    for low, high in itertools.pairwise(BINS):
        inside = [(p, own) for _, p, own in rows if low <= p < high or p == high == 1.0]
        if inside:
            yield Bin(
                low,
                high,
                len(inside),
                _short(fmean(p for p, _ in inside)),
                _short(fmean(own.right for _, own in inside)),
                _short(fmean(own.recall for _, own in inside)),
            )


def _moving(rows: Sequence[tuple[Answer, float, Given]]) -> float:
    """srs-benchmark's MOVING-AVG, for each person by themselves."""
    state: dict[str, float] = {}
    losses = []
    for answer, _, own in rows:
        x = state.get(answer.person, 1.2)
        p = 1 / (1 + exp(-x))
        losses.append(_loss(p, own.right))
        state[answer.person] = x + 0.3 * (own.right - p)
    return fmean(losses)


def _loss(p: float, right: bool) -> float:
    p = min(max(p, SURE), 1 - SURE)
    return -log(p if right else 1 - p)


def _short(value: float) -> float:
    return round(value, 4)


def recall(pairs: Sequence[tuple[float, float]], believed: Sequence[float]) -> Recall | None:
    """The end of the simulation; None when nothing was met."""
    if not pairs:
        return None
    lived, alone = (fmean(pair[at] for pair in pairs) for at in (0, 1))
    return Recall(
        len(pairs), _short(lived), _short(alone), _short(fmean(believed)) if believed else 0.0
    )
