"""Who the simulated people are: where they live, how often and how soon they answer, what they ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from math import exp

from adapters.simulation.learners import beta_of_halves, normal
from bot.chance import Key, draw, shuffled
from bot.days import WORKWEEK

ZONES = (
    "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/St_Johns",
    "Africa/Lagos", "Asia/Tokyo", "Australia/Adelaide", "Europe/London", "America/Los_Angeles",
    "Asia/Kathmandu", "America/Sao_Paulo", "Africa/Cairo", "Australia/Lord_Howe", "America/Denver",
    "Asia/Tehran", "Europe/Zagreb", "Pacific/Chatham", "America/Bogota", "Asia/Yangon",
    "Pacific/Apia", "Africa/Casablanca", "America/Nuuk", "Pacific/Honolulu", "Atlantic/Azores",
)  # fmt: skip
"""Where people live: many hours, half and quarter hours, and clock changes of every kind in March."""

HOME_DAYS = {"Africa/Cairo": (6, 0, 1, 2, 3), "Asia/Tehran": (5, 6, 0, 1, 2)}
"""Working weeks that do not begin on Monday."""


@dataclass(frozen=True, slots=True)
class Persona:
    """One simulated person. Rates are chances per occasion; `days`, `at` None: as Grove suggests.

    `pauses_on`, `travels_on`: the day of the simulation on which they do so once, None never.
    """

    slug: str
    name: str
    zone: str
    packs: tuple[str, ...]
    answers: float
    reads: float = 0.9
    finishes: float = 0.97
    asks: float = 0.03
    patience_minutes: float = 40.0
    at: time | None = None
    days: tuple[int, ...] | None = None
    pauses_on: int | None = None
    travels_on: int | None = None
    travels_to: str = ""

    @property
    def working_days(self) -> tuple[int, ...]:
        """The days on which they agreed to hear from Grove."""
        return self.days or WORKWEEK


def invented(number: int, packs: Sequence[str], seed: Key) -> list[Persona]:
    """So many people over many zones, each with one or two packs; the same seed makes the same people.

    How often one answers is drawn from Beta(7.5, 2.5): three in four on average, with a wide spread.
    """
    return [_one(at, packs, seed) for at in range(number)]


def _one(at: int, packs: Sequence[str], seed: Key) -> Persona:
    slug = f"p{at:04}"
    zone = ZONES[at % len(ZONES)]
    own_hour = draw(seed, "own hour", slug) < 0.3
    minute = 30 * int(13 + 24 * draw(seed, "hour", slug))
    return Persona(
        slug=slug,
        name=f"Person {at}",
        zone=zone,
        packs=shuffled(packs, seed, "packs", slug)[: 1 + (draw(seed, "two packs", slug) < 0.5)],
        answers=beta_of_halves(15, 5, seed, "answers", slug),
        reads=0.7 + 0.3 * draw(seed, "reads", slug),
        patience_minutes=40 * exp(0.6 * normal(seed, "patience", slug)),
        at=time(minute // 60, minute % 60) if own_hour else None,
        days=HOME_DAYS.get(zone),
        pauses_on=_once(0.08, seed, "pause", slug),
        travels_on=_once(0.06, seed, "travel", slug),
        travels_to=ZONES[(at + 7) % len(ZONES)],
    )


def _once(rate: float, *key: Key) -> int | None:
    """A day between the 4th and the 24th for this share of the keys, else never."""
    return 4 + int(20 * draw(*key, "day")) if draw(*key) < rate else None
