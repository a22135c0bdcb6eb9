"""One simulation from start to report: a workspace, its packs, its people, so many days."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from adapters.simulation import report
from adapters.simulation.harness import Clock, FrontDoor, Harness
from adapters.simulation.heads import Head
from adapters.simulation.learners import Model
from adapters.simulation.library import Library
from adapters.simulation.people import Person, Wish
from adapters.simulation.personas import Persona, invented
from adapters.simulation.platform import Recorder
from adapters.simulation.report import Report
from bot import days
from bot.chance import draw
from bot.inbox import Inbox
from bot.lessons import parsing, publishing, reading
from bot.lessons.content import Pack
from bot.outbox import Outbox
from bot.quizzes import memory
from bot.terms import PlatformName
from storage import ledger, migrate, people
from storage.engine import Database, Tx

BEGINS = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
"""A Monday after which clocks change in America on day 7, in Europe on day 28, in Australia on day 35."""

WORKSPACE = "simulated"

OWN_COMMANDS = ("quiz", "", "progress", "why", "learn")
"""What people ask for when nothing was sent to them."""

TROUBLE = 0.02
"""The share of sends that are refused or whose answer is lost."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is simulated."""

    learners: int
    days: int
    seed: int
    model: Model = Model.ACTR


Progress = Callable[[datetime], None]
"""Told the simulated instant now and then."""


async def on_file(
    plan: Plan, file: Path, packs: Path, progress: Progress = lambda _: None
) -> Report:
    """The same on a new SQLite file, with the packs in the folders of `packs`."""
    url = f"sqlite:///{file}"
    migrate.upgrade(url)
    clock = Clock(BEGINS)
    database = Database(url, clock=clock, durable=False)
    try:
        return await simulate(plan, database, clock, starter(packs), progress)
    finally:
        database.close()


def starter(packs: Path) -> list[Pack]:
    """The packs in the folders of a folder, as far as they can be read; they are not checked again here."""
    folders = sorted(file.parent for file in packs.glob("*/pack.md"))
    found = [reading.read(folder) for folder in folders]
    parsed = [parsing.parse(folder.texts, folder.media)[0] for folder in found]
    return [pack for pack in parsed if pack is not None]


async def simulate(
    plan: Plan,
    database: Database,
    clock: Clock,
    packs: Sequence[Pack],
    progress: Progress = lambda _: None,
) -> Report:
    """Let the people of the plan live with Grove on an empty database that has its tables."""
    began = time.perf_counter()
    await database.run(_publish, packs)
    personas = invented(plan.learners, [pack.slug for pack in packs], plan.seed)
    library = Library(packs)
    persons = [
        Person(
            each,
            library,
            Head(plan.model, plan.seed, each.slug, BEGINS),
            PlatformName.LOCAL,
            WORKSPACE,
            plan.seed,
        )
        for each in personas
    ]
    recorder = Recorder(clock, seed=plan.seed, trouble=TROUBLE)
    outbox = Outbox(database, {PlatformName.LOCAL: recorder})
    harness = Harness(
        database, clock, outbox, recorder, FrontDoor(Inbox(database)), persons, seed=plan.seed
    )
    for person in persons:
        _plan_life(harness, person, plan)
    until = BEGINS + timedelta(days=plan.days)
    await harness.run(until, progress)
    return await _report(
        plan, database, persons, recorder, harness, until, time.perf_counter() - began
    )


def _plan_life(harness: Harness, person: Person, plan: Plan) -> None:
    """What somebody does by themselves: join on the first day, choose an hour, ask, pause, travel."""
    who, seed = person.persona, plan.seed
    at = _morning(who, 0) + timedelta(minutes=300 * draw(seed, "joins", who.slug))
    for number, pack in enumerate(who.packs):
        later = timedelta(minutes=40 * number)
        harness.begin(at + later, person, partial(person.command, "learn", pack))
    if who.at is not None or who.days is not None:
        choice = partial(person.change, Wish(at=who.at, days=who.days))
        harness.begin(at + timedelta(minutes=100), person, choice)
    for day in range(1, plan.days):
        if draw(seed, "asks", who.slug, day) < who.asks:
            command = OWN_COMMANDS[int(len(OWN_COMMANDS) * draw(seed, "what", who.slug, day))]
            when = _morning(who, day) + timedelta(hours=10 * draw(seed, "when", who.slug, day))
            harness.begin(when, person, partial(person.command, command))
    if who.pauses_on is not None:
        at = _morning(who, who.pauses_on)
        harness.begin(at, person, partial(person.pause, at))
    if who.travels_on is not None:
        move = partial(person.change, Wish(zone=who.travels_to))
        harness.begin(_morning(who, who.travels_on), person, move)


def _morning(who: Persona, day: int) -> datetime:
    """Eight o'clock where they live, so many days into the simulation."""
    local = BEGINS.date() + timedelta(days=day)
    return days.instant(local, datetime.min.time().replace(hour=8), who.zone)


def _publish(tx: Tx, packs: Sequence[Pack]) -> None:
    home = people.found_workspace(tx, PlatformName.LOCAL, WORKSPACE)
    assert home.id is not None
    for pack in packs:
        publishing.publish(tx, home.id, pack, by="simulation")


async def _report(
    plan: Plan,
    database: Database,
    persons: Sequence[Person],
    recorder: Recorder,
    harness: Harness,
    until: datetime,
    seconds: float,
) -> Report:
    answers = await database.read(ledger.answers)
    ended = await database.read(ledger.deliveries)
    beliefs = await database.read(ledger.beliefs)
    given = {person.persona.slug: person.head.given for person in persons}
    zones = {person.persona.slug: person.zone for person in persons}
    believed = [
        memory.recall(
            each.stability, (days.learning_day(until, zones[each.person]) - each.last_day).days
        )
        for each in beliefs
    ]
    working_days = sum(
        1 for day in range(plan.days) if (BEGINS + timedelta(days=day)).weekday() < 5
    )
    return Report(
        model=plan.model,
        learners=plan.learners,
        days=plan.days,
        seed=plan.seed,
        deliveries=tuple(ended),
        arrivals=recorder.ledger.arrivals,
        refused=recorder.ledger.refused,
        lost_answers=recorder.ledger.lost_answers,
        deeds=harness.deeds,
        answers=len(answers),
        lessons=await database.read(ledger.lessons),
        per_working_day=round(len(answers) / max(1, plan.learners * working_days), 2),
        prediction=report.prediction(answers, given),
        recall=report.recall(
            [pair for person in persons for pair in person.head.left(until)], believed
        ),
        broken=report.broken(
            recorder.ledger, answers, given, fixes=harness.fixes, errors=harness.errors
        ),
        seconds=round(seconds, 1),
    )
