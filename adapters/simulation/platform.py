"""A platform that keeps a ledger: what arrived with whom, when on their clock, and which promises that broke.

Now and then it refuses, or takes a message and loses the answer, as the real ones do; drawn from keys alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from bot import days, ui
from bot.chance import draw
from bot.errors import Unavailable, Uncertain
from bot.outbox import Parcel, Platform

AGAIN = timedelta(seconds=125)
"""When a lost answer is looked into: after the claim's lease (120 s) has run out."""


class Reader(Protocol):
    """Somebody a message can reach, and what they were promised about it."""

    zone: str
    days: tuple[int, ...]
    away_until: date | None

    def receive(self, arrival: "Arrival") -> None:
        """Learn that a message is there."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message that reached a person; `day` is their learning day."""

    key: str
    person: str
    at: datetime
    day: date
    card: ui.Card
    reference: str


@dataclass(slots=True)
class Ledger:
    """What arrived, and every broken promise as a short line without words or names."""

    arrivals: int = 0
    refused: int = 0
    lost_answers: int = 0
    same_key: list[str] = field(default_factory=list)
    same_day: list[str] = field(default_factory=list)
    in_quiet_hours: list[str] = field(default_factory=list)
    outside_working_days: list[str] = field(default_factory=list)
    in_pauses: list[str] = field(default_factory=list)


class Recorder:
    """Takes messages for everybody it knows; `inner` also gets each, and gives its reference."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        seed: str | int,
        trouble: float = 0.0,
        inner: Platform | None = None,
    ) -> None:
        self.ledger = Ledger()
        self.readers: dict[str, Reader] = {}
        self.doubt_until: datetime | None = None
        self._clock = clock
        self._seed = seed
        self._trouble = trouble
        self._inner = inner
        self._arrived: dict[str, str] = {}
        self._tries: dict[str, int] = {}
        self._last_day: dict[str, date] = {}

    async def send(self, parcel: Parcel) -> str:
        """The message's reference; raises Unavailable or Uncertain where trouble was drawn."""
        attempt = self._tries[parcel.key] = self._tries.get(parcel.key, 0) + 1
        drawn = draw(self._seed, "trouble", parcel.key, attempt)
        if drawn < self._trouble / 2:
            self.ledger.refused += 1
            raise Unavailable("busy", retry_after=timedelta(seconds=30))
        reference = await self._inner.send(parcel) if self._inner else f"m{len(self._arrived)}"
        self._note(parcel, reference)
        if drawn < self._trouble:
            self.ledger.lost_answers += 1
            self.doubt_until = self.doubt_until or self._clock() + AGAIN
            raise Uncertain("the answer was lost")
        return reference

    async def find(self, parcel: Parcel) -> str | None:
        """The reference of this parcel's message, if it arrived."""
        return self._arrived.get(parcel.key)

    def _note(self, parcel: Parcel, reference: str) -> None:
        reader, now = self.readers[parcel.address], self._clock()
        day = days.learning_day(now, reader.zone)
        self._check(parcel, reader, now, day)
        self._arrived[parcel.key] = reference
        self._last_day[parcel.address] = day
        self.ledger.arrivals += 1
        reader.receive(Arrival(parcel.key, parcel.address, now, day, parcel.card, reference))

    def _check(self, parcel: Parcel, reader: Reader, now: datetime, day: date) -> None:
        line = f"{parcel.key} {parcel.address} {now:%Y-%m-%dT%H:%MZ}"
        if parcel.key in self._arrived:
            self.ledger.same_key.append(line)
        elif self._last_day.get(parcel.address) == day:
            self.ledger.same_day.append(line)
        if days.is_quiet(now, reader.zone):
            self.ledger.in_quiet_hours.append(line)
        if days.local(now, reader.zone).weekday() not in reader.days:
            self.ledger.outside_working_days.append(line)
        if reader.away_until is not None and day <= reader.away_until:
            self.ledger.in_pauses.append(line)
