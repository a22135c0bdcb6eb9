"""What one person has in their head: a memory for each question, and a twin of it that is left alone."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from adapters.simulation.learners import Mind, Model, mind
from bot.chance import Key

FIRST_MEETING = timedelta(hours=12)
"""What belongs to the first meeting: the twin without reinforcement lives through nothing after it."""

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as the person knows it: how likely they recalled, whether they did, whether it was right."""

    question: str
    at: datetime
    day: date
    recall: float
    knew: bool
    right: bool


@dataclass(slots=True)
class _Thing:
    first_met: datetime
    lived: Mind
    alone: Mind


@dataclass(slots=True)
class Head:
    """Everything one person ever met, and every answer they gave."""

    model: Model
    seed: Key
    person: str
    began: datetime
    given: list[Given] = field(default_factory=list)
    _things: dict[str, _Thing] = field(default_factory=dict)

    def recall(self, question: str, now: datetime) -> float:
        """The chance that they recall it now."""
        thing = self._things.get(question)
        return thing.lived.recall(self._at(now)) if thing else 0.0

    def meet(self, question: str, now: datetime, *, recalled: bool = False) -> None:
        """They study it, or answer it."""
        thing = self._things.get(question)
        if thing is None:
            lived, alone = (mind(self.model, self.seed, self.person, question) for _ in range(2))
            thing = self._things[question] = _Thing(now, lived, alone)
        thing.lived.meet(self._at(now), recalled=recalled)
        if now - thing.first_met < FIRST_MEETING:
            thing.alone.meet(self._at(now), recalled=recalled)

    def left(self, now: datetime) -> list[tuple[float, float]]:
        """For everything met: recall now, and what it would be without any reinforcement."""
        at = self._at(now)
        return [(thing.lived.recall(at), thing.alone.recall(at)) for thing in self._things.values()]

    def _at(self, now: datetime) -> float:
        return (now - self.began) / A_DAY
