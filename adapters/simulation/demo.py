"""The past of the demo: some weeks in which the invented team really used Grove, each in their own way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial

from adapters.simulation.harness import Clock, Door, Harness
from adapters.simulation.heads import Head
from adapters.simulation.learners import Model
from adapters.simulation.library import Library
from adapters.simulation.people import Person, Wish
from adapters.simulation.personas import Persona
from adapters.simulation.platform import Recorder
from bot import days, ui
from bot.events import Joined, Source, Where
from bot.inbox import Inbox
from bot.lessons.content import Pack
from bot.outbox import Outbox, Platform
from bot.terms import PlatformName
from storage import local
from storage.engine import Database, Tx
from storage.local import Person as Member
from storage.tables import LocalMessage

SAM = "sam"
"""Whom a visitor looks over the shoulder of: diligent, and today's set waits."""

NEWCOMER = Source(
    PlatformName.LOCAL, "local", "noa", key="joined", name="Noa Lindqvist", zone="Europe/Stockholm"
)
"""Came yesterday; the invitation waits."""

SECOND_PACK = "security-awareness"
"""What Sam takes up besides the pack of the invitation."""

INTO = "company"
"""The channel the newcomer was put into."""

READY_AT, READY_UNTIL = time(10, 0), time(13, 0)
"""Between these hours of Sam's a demo begins: the day's set has come and is still fresh."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody of the team uses Grove. Days count from the demo's first; None never."""

    answers: float
    patience_minutes: float = 30.0
    finishes: float = 0.97
    stops_on: int | None = None
    rests_before_end: int | None = None


HABITS = {
    SAM: Habit(0.97, 20, finishes=0.995),
    "ana": Habit(0.9, 25),
    "priya": Habit(0.85),
    "chidi": Habit(0.7, 90),
    "mei": Habit(0.75, 45),
    "luiza": Habit(0.55, 120),
    "jonas": Habit(0.6, 60),
    "freya": Habit(0.45, 180),
    "omar": Habit(0.4, 240),
    "dana": Habit(0.35, 300),
    "tomas": Habit(0.8, rests_before_end=4),
    "aroha": Habit(0.8, stops_on=9),
}
"""Diligent, sporadic, one on a break, one who fell silent and was asked whether to stop."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the demo plays: the seeded local workspace under a moved clock, and the way in."""

    database: Database
    clock: Clock
    platform: Platform
    door: Door
    packs: Sequence[Pack]
    workspace: int


def ends_at(now: datetime, zone: str) -> datetime:
    """Now, when it is a working late morning for Sam; else the next one."""
    wall = days.local(now, zone)
    if wall.weekday() in days.WORKWEEK and READY_AT <= wall.time() < READY_UNTIL:
        return now
    day = wall.date() + timedelta(days=0 if wall.time() < READY_AT else 1)
    return days.instant(days.next_working_day(day, days.WORKWEEK), READY_AT, zone)


async def live(
    scene: Scene,
    until: datetime,
    *,
    seed: int,
    progress: Callable[[datetime], None] = lambda _: None,
) -> None:
    """Let the team live from the scene's instant to the end; Sam leaves the last day's set unanswered."""
    began = scene.clock.now
    members = await scene.database.read(local.people, scene.workspace)
    library = Library(scene.packs)
    persons = {
        each.slug: _person(each, library, seed, began) for each in members if each.slug in HABITS
    }
    persons[NEWCOMER.person] = _newcomer(library, seed, began)
    recorder = Recorder(scene.clock, seed=seed, inner=scene.platform)
    outbox = Outbox(scene.database, {PlatformName.LOCAL: recorder})
    harness = Harness(
        scene.database,
        scene.clock,
        outbox,
        recorder,
        scene.door,
        list(persons.values()),
        seed=seed,
        twice=0,
    )
    await _plan(scene, harness, persons, began, until)
    inbox = Inbox(scene.database)
    await harness.run(until - timedelta(days=1), progress)
    await inbox.handle(Joined(replace(NEWCOMER, channel=INTO, where=Where.CHANNEL)))
    await harness.run(until, progress)


async def _plan(
    scene: Scene, harness: Harness, persons: Mapping[str, Person], began: datetime, until: datetime
) -> None:
    """Sam says yes on the first morning and takes a second pack; somebody pauses, somebody stops."""
    sam = persons[SAM]
    first = days.next_working_day(began.date(), days.WORKWEEK)
    morning = days.instant(first, time(10, 5), sam.zone)
    for invitation in await scene.database.read(_messages, scene.workspace, SAM):
        harness.show(morning, sam, ui.load_card(invitation.card), str(invitation.id))
    eager = partial(sam.change, Wish(minutes=4))
    harness.begin(morning + timedelta(minutes=20), sam, eager)
    second = partial(sam.command, "learn", SECOND_PACK)
    harness.begin(morning + timedelta(days=1, minutes=40), sam, second)
    harness.begin(until - timedelta(days=3), sam, partial(sam.command, "progress"))
    sam.leaves_at = days.instant(days.learning_day(until, sam.zone), days.WAKING[0], sam.zone)
    for slug, habit in HABITS.items():
        person = persons[slug]
        if habit.stops_on is not None:
            person.leaves_at = began + timedelta(days=habit.stops_on)
        if habit.rests_before_end is not None:
            at = until - timedelta(days=habit.rests_before_end)
            harness.begin(at, person, partial(person.pause, at, weeks=2))


def _messages(tx: Tx, workspace: int, slug: str) -> list[LocalMessage]:
    """What stands in somebody's direct messages that can be pressed."""
    shown = local.visible(tx, workspace, f"@{slug}", slug, limit=20)
    return [message for message in shown if message.card is not None]


def _person(member: Member, library: Library, seed: int, began: datetime) -> Person:
    habit = HABITS[member.slug]
    persona = Persona(
        member.slug,
        member.name,
        member.zone,
        (),
        habit.answers,
        finishes=habit.finishes,
        asks=0,
        patience_minutes=habit.patience_minutes,
    )
    return _somebody(persona, library, seed, began)


def _newcomer(library: Library, seed: int, began: datetime) -> Person:
    return _somebody(
        Persona(NEWCOMER.person, NEWCOMER.name, NEWCOMER.zone, (), answers=0), library, seed, began
    )


def _somebody(persona: Persona, library: Library, seed: int, began: datetime) -> Person:
    head = Head(Model.ACTR, seed, persona.slug, began)
    return Person(persona, library, head, PlatformName.LOCAL, NEWCOMER.workspace, seed)
