"""A simulated person: looks at messages when they have time, reads, answers, puts off, changes settings."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from math import exp

from adapters.simulation import answering, reading
from adapters.simulation.answering import Reply
from adapters.simulation.heads import Given, Head
from adapters.simulation.learners import normal
from adapters.simulation.library import Library
from adapters.simulation.personas import Persona
from adapters.simulation.platform import Arrival
from bot import days, ui
from bot.chance import Key, draw
from bot.events import Command, Event, Message, Press, Source, Submit
from bot.lessons.acts import Join, OpenPack
from bot.quizzes import acts
from bot.teams.acts import Accept
from bot.terms import PlatformName

PUTS_OFF = 0.02
FLAGS = 0.002
TRIES_FIRST = 0.1
FINDS_LEVEL = 0.3
WRITES_WORDS = 0.25
COMES_BACK = 0.04
GOES_ON = 0.7
"""How often a question is put off, or flagged; a lesson tried before it is read; a level looked for;
an answer written instead of pressed; an old message opened again days later; yes to going on when asked."""

LOOKS = timedelta(seconds=20)
READS = timedelta(seconds=60)
"""How long one looks at a question, and at a lesson."""


@dataclass(slots=True)
class Wish:
    """What one is about to change in the settings; None, empty or 0 stays."""

    at: time | None = None
    days: tuple[int, ...] | None = None
    zone: str = ""
    minutes: int = 0


@dataclass(slots=True)
class Person:
    """Somebody in a workspace of a platform, with a head of their own."""

    persona: Persona
    library: Library
    head: Head
    platform: PlatformName
    workspace: str
    seed: Key
    zone: str = field(init=False)
    days: tuple[int, ...] = days.WORKWEEK
    away_until: date | None = None
    leaves_at: datetime | None = None
    arrivals: list[Arrival] = field(default_factory=list)
    wish: Wish | None = None
    _handed: Wish | None = None
    _deeds: int = 0
    _reply: Reply | None = None

    def __post_init__(self) -> None:
        self.zone = self.persona.zone

    def receive(self, arrival: Arrival) -> None:
        """A message is there."""
        self.arrivals.append(arrival)

    def looks_at(self, arrival: Arrival) -> list[datetime]:
        """When they deal with a message: never, once, or again days later; not in the night."""
        key = (self.seed, self.persona.slug, arrival.key)
        moments = []
        if draw("looks", *key) < self.persona.answers:
            minutes = self.persona.patience_minutes * exp(1.1 * normal("delay", *key))
            moments.append(self._awake(arrival.at + timedelta(minutes=min(minutes, 1800))))
        if draw("comes back", *key) < COMES_BACK:
            moments.append(self._awake(arrival.at + timedelta(days=1 + 3 * draw("when", *key))))
        return [at for at in moments if self.leaves_at is None or at < self.leaves_at]

    def command(self, name: str, text: str = "") -> Event:
        """`/grove <name> <text>`."""
        return Command(self._source(), name, text)

    def change(self, wish: Wish) -> Event:
        """Open the settings with something in mind."""
        self.wish = wish
        return self.command("settings")

    def pause(self, now: datetime, weeks: int = 1) -> Event:
        """Ask for some weeks of rest."""
        self.away_until = days.learning_day(now, self.zone) + timedelta(days=7 * weeks - 1)
        return self.command("pause", f"{weeks} week{'s' if weeks > 1 else ''}")

    def agreed(self) -> None:
        """A form was taken: if it held a wish, that is now what they agreed to."""
        if self._handed is not None:
            self.days = self._handed.days or self.days
            self.zone = self._handed.zone or self.zone
            self._handed = None

    def pace(self, card: ui.Card) -> timedelta:
        """How long they look at a card before they go on."""
        return READS if reading.button(card, acts.Check) else LOOKS

    def fill(self, form: ui.Form) -> Event:
        """Hand in a form: with the answer, with a wish, or as it is."""
        entries = reading.unchanged(form)
        if self._reply is not None and reading.does(form.act, acts.Hand):
            entries |= dict(self._reply.entries)
            self._reply = None
        elif self.wish is not None and any(isinstance(each, ui.At) for each in form.fields):
            entries |= self._wished(form, self.wish)
            self._handed, self.wish = self.wish, None
        return Submit(self._source(), form.act, entries)

    def act(self, card: ui.Card, now: datetime) -> Event | None:
        """What they do with a card; None when they are done with it."""
        entry = self.library.question_in(reading.words(card))
        if entry is not None and reading.button(card, acts.NotSure):
            return self._answer(card, now)
        if reading.button(card, acts.Check):
            for each in self.library.lesson_called(card.title):
                self.head.meet(each.key, now)
        pressed = reading.button(card, *self._ways_on(card, now))
        return self._press(pressed.act) if pressed else None

    def _ways_on(self, card: ui.Card, now: datetime) -> list[type[ui.Act]]:
        """What they would press, first choice first."""
        drawn = draw(self.seed, self.persona.slug, "way", self._deeds)
        if reading.button(card, acts.ReadLesson):
            if drawn < TRIES_FIRST:
                return [acts.TestFirst, acts.ReadLesson]
            return [acts.ReadLesson] if drawn < self.persona.reads else [acts.SkipLesson]
        if reading.button(card, acts.KeepGoing):
            return [acts.KeepGoing] if drawn < GOES_ON else []
        if reading.button(card, acts.Level):
            return [acts.Level] if drawn < FINDS_LEVEL else [OpenPack, acts.FirstLesson]
        return [acts.Check, acts.Next, acts.Begin, Accept, Join, acts.FirstLesson]

    def _answer(self, card: ui.Card, now: datetime) -> Event | None:
        """Answer the question on the card, put it off, say that it is wrong, or stop for today."""
        entry = self.library.question_in(reading.words(card))
        assert entry is not None
        key = (self.seed, self.persona.slug, entry.key, now.isoformat())
        if draw("stops", *key) > self.persona.finishes:
            return None
        for kind, rate in ((acts.Later, PUTS_OFF), (acts.Flag, FLAGS)):
            aside = reading.button(card, kind)
            if aside and draw(kind.code, *key) < rate:
                return self._press(aside.act)
        recall = self.head.recall(entry.key, now)
        knows = draw("knows", *key) < recall
        reply = answering.reply(entry.question, card, knows, *key)
        if reply is None:
            return None
        today = days.learning_day(now, self.zone)
        self.head.given.append(Given(entry.key, now, today, recall, knows, reply.right))
        self.head.meet(entry.key, now, recalled=knows and reply.right)
        return self._give(reply, card, *key)

    def _give(self, reply: Reply, card: ui.Card, *key: Key) -> Event:
        newest = bool(self.arrivals) and self.arrivals[-1].card is card
        if reply.text and newest and draw("writes", *key) < WRITES_WORDS:
            return Message(self._source(), reply.text)
        self._reply = reply if reply.entries else None
        return self._press(reply.act, reply.values)

    def _wished(self, form: ui.Form, wish: Wish) -> dict[str, ui.Entry]:
        entries: dict[str, ui.Entry] = {}
        for one in form.fields:
            if isinstance(one, ui.At) and wish.at is not None:
                entries[one.name] = wish.at.strftime("%H:%M")
            elif isinstance(one, ui.Days) and wish.days is not None:
                entries[one.name] = tuple(str(day) for day in wish.days)
            elif one.name == "minutes" and wish.minutes:
                entries[one.name] = (str(wish.minutes),)
            elif wish.zone and getattr(one, "value", None) in (self.zone, (self.zone,)):
                entries[one.name] = wish.zone
        return entries

    def _press(self, act: str, values: tuple[str, ...] = ()) -> Event:
        return Press(self._source(), act, values)

    def _source(self) -> Source:
        self._deeds += 1
        return Source(
            platform=self.platform,
            workspace=self.workspace,
            person=self.persona.slug,
            key=f"s{self._deeds}",
            name=self.persona.name,
            zone=self.persona.zone,
            language="en",
        )

    def _awake(self, at: datetime) -> datetime:
        """The moment, or half past seven when it falls into the night."""
        if not days.is_quiet(at, self.zone):
            return at
        wall = days.local(at, self.zone)
        day = wall.date() + timedelta(days=1 if wall.hour >= 22 else 0)
        return days.instant(day, time(7, 30), self.zone) + timedelta(
            seconds=draw("up", self.persona.slug) * 3000
        )


def repeated(event: Event, key: str) -> Event:
    """The same deed as a new one: a second tap on the same button."""
    return replace(event, source=replace(event.source, key=key))
