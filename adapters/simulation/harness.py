"""The real engine under a moved clock: from one due thing to the next, with people who live in between.

the next slot or delivery ---> plan, drain ---> a message arrives ---> somebody looks at it later
         ^                                                                    |
         +----- the clock jumps to whatever comes first <--- their next tap --+
"""

import heapq
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from adapters.simulation.people import Person, repeated
from adapters.simulation.platform import Recorder
from bot import ui
from bot.chance import Key, draw
from bot.events import Event, Submit
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.quizzes import service as quizzes
from storage import deliveries, people
from storage.engine import Database, Tx

PLAN_AT_ONCE = 500
"""Members planned in one transaction."""

MOST_STEPS = 60
"""What one does in a row before something else calls."""

FILLS = timedelta(seconds=20)
"""How long one fills in a form."""

TWICE = 0.02
"""How often a deed is delivered twice, and how often a button is tapped twice."""


class Clock:
    """Says the instant it was moved to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Door(Protocol):
    """Where people's deeds go in; `on` is the reference of the message pressed."""

    async def hand(self, event: Event, on: str) -> tuple[ui.Outcome, str]:
        """What comes of it, and the reference of the message it shows in."""


class FrontDoor:
    """Straight into the inbox."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    async def hand(self, event: Event, on: str) -> tuple[ui.Outcome, str]:
        """The outcome shows where it was asked for."""
        return await self._inbox.handle(event), on


@dataclass(order=True, slots=True)
class _Turn:
    """What somebody does at a moment: go on with a card, or begin something."""

    at: datetime
    slug: str
    number: int = 0
    begin: Callable[[], Event] | None = field(compare=False, default=None)
    card: ui.Card | None = field(compare=False, default=None)
    on: str = field(compare=False, default="")
    steps: int = field(compare=False, default=0)


class Harness:
    """Lets people and engine live together until an instant."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        outbox: Outbox,
        recorder: Recorder,
        door: Door,
        persons: Sequence[Person],
        *,
        seed: Key,
        twice: float = TWICE,
    ) -> None:
        self.deeds = 0
        self.fixes: list[str] = []
        self.errors: list[str] = []
        self._database = database
        self._clock = clock
        self._outbox = outbox
        self._recorder = recorder
        self._door = door
        self._persons = {person.persona.slug: person for person in persons}
        self._seen = dict.fromkeys(self._persons, 0)
        self._turns: list[_Turn] = []
        self._number = 0
        self._wake: datetime | None = None
        self._seed = seed
        self._twice = twice
        recorder.readers.update(self._persons)

    def begin(self, at: datetime, person: Person, deed: Callable[[], Event]) -> None:
        """Somebody does something at an instant by themselves."""
        self._push(_Turn(at, person.persona.slug, begin=deed))

    def show(self, at: datetime, person: Person, card: ui.Card, on: str) -> None:
        """Somebody looks at a card at an instant."""
        self._push(_Turn(at, person.persona.slug, card=card, on=on))

    async def run(
        self, until: datetime, progress: Callable[[datetime], None] = lambda _: None
    ) -> None:
        """Everything that happens until then."""
        await self._look_ahead()
        while (at := self._next()) is not None and at <= until:
            self._clock.now = max(self._clock.now, at)
            if self._wake is not None and self._wake <= self._clock.now:
                await self._beat()
                progress(self._clock.now)
            while self._turns and self._turns[0].at <= self._clock.now:
                await self._take(heapq.heappop(self._turns))
        self._clock.now = max(self._clock.now, until)
        await self._beat()

    def _next(self) -> datetime | None:
        coming = [self._wake] if self._wake else []
        return min([*coming, *(turn.at for turn in self._turns[:1])], default=None)

    async def _beat(self) -> None:
        """What Grove does by itself: plan who is due, send what is owed, look into what was lost."""
        while await self._database.run(quizzes.plan, PLAN_AT_ONCE):
            pass
        await self._outbox.drain()
        if self._recorder.doubt_until is not None and self._clock.now >= self._recorder.doubt_until:
            self._recorder.doubt_until = None
            await self._outbox.rescue()
            await self._outbox.drain()
        self._notice()
        await self._look_ahead()

    async def _look_ahead(self) -> None:
        due = await self._database.read(_due)
        coming = [at for at in (due, self._recorder.doubt_until) if at is not None]
        soon = self._clock.now + timedelta(seconds=1)
        self._wake = max(min(coming), soon) if coming else None

    def _notice(self) -> None:
        """Everybody sees what arrived for them, and makes up their mind when to look at it."""
        for slug, person in self._persons.items():
            for arrival in person.arrivals[self._seen[slug] :]:
                for at in person.looks_at(arrival):
                    self._push(_Turn(at, slug, card=arrival.card, on=arrival.reference))
            self._seen[slug] = len(person.arrivals)

    async def _take(self, turn: _Turn) -> None:
        person = self._persons[turn.slug]
        event = (
            turn.begin()
            if turn.begin
            else person.act(turn.card, self._clock.now)
            if turn.card
            else None
        )
        if event is None or turn.steps >= MOST_STEPS:
            await self._look_ahead()
            return
        outcome, on = await self._hand(event, turn.on)
        match outcome:
            case ui.Say(card):
                self._after(person, event)
                self._go_on(turn, person, card, on)
            case ui.Open(form):
                at = self._clock.now + FILLS
                self._push(
                    _Turn(
                        at, turn.slug, begin=lambda: person.fill(form), on=on, steps=turn.steps + 1
                    )
                )
            case ui.Fix():
                self.fixes.append(f"{turn.slug} {self._clock.now:%Y-%m-%dT%H:%MZ}")
            case _:
                await self._look_ahead()

    def _after(self, person: Person, event: Event) -> None:
        if isinstance(event, Submit):
            person.agreed()

    def _go_on(self, turn: _Turn, person: Person, card: ui.Card, on: str) -> None:
        at = self._clock.now + person.pace(card)
        self._push(_Turn(at, turn.slug, card=card, on=on, steps=turn.steps + 1))

    async def _hand(self, event: Event, on: str) -> tuple[ui.Outcome, str]:
        """Hand a deed in; sometimes twice, as platforms and people do. The first outcome counts."""
        self.deeds += 1
        first = await self._safely(event, on)
        drawn = draw(self._seed, "twice", event.source.person, event.source.key)
        if drawn < self._twice:
            await self._safely(event, on)
        elif drawn < 2 * self._twice:
            await self._safely(repeated(event, f"{event.source.key}-again"), on)
        return first

    async def _safely(self, event: Event, on: str) -> tuple[ui.Outcome, str]:
        """A deed that breaks is a finding, not the end: the person gives up for now."""
        try:
            return await self._door.hand(event, on)
        except Exception as bug:
            where = traceback.extract_tb(bug.__traceback__)[-1]
            inside = f"{Path(where.filename).name}:{where.lineno}"
            self.errors.append(
                f"{event.source.person} {type(event).__name__} {type(bug).__name__} {inside}"
            )
            return ui.Nothing(), on

    def _push(self, turn: _Turn) -> None:
        self._number += 1
        turn.number = self._number
        heapq.heappush(self._turns, turn)


def _due(tx: Tx) -> datetime | None:
    """When the engine has something to do next."""
    coming = (people.next_slot_at(tx), deliveries.next_due(tx))
    return min((at for at in coming if at is not None), default=None)
