"""Simulated people live with the real engine, and the report says what came of it."""

import asyncio
from pathlib import Path

import pytest

from adapters.main import packs_folder
from adapters.simulation import summary
from adapters.simulation.harness import Clock, FrontDoor, Harness
from adapters.simulation.heads import Head
from adapters.simulation.learners import Model
from adapters.simulation.library import Library
from adapters.simulation.people import Person, Wish
from adapters.simulation.personas import Persona, invented
from adapters.simulation.platform import Recorder
from adapters.simulation.report import Report
from adapters.simulation.study import BEGINS, Plan, on_file
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.terms import PlatformName
from storage import people
from storage.engine import Database

SMALL = Plan(learners=3, days=4, seed=3)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Three people, Monday to Thursday."""
    return run(tmp_path_factory.mktemp("small"))


def run(folder: Path) -> Report:
    return asyncio.run(on_file(SMALL, folder / "grove.db", packs_folder()))


def test_every_promise_is_kept(small: Report) -> None:
    assert small.is_sound, summary.text(small)


def test_people_join_read_and_answer(small: Report) -> None:
    assert small.answers >= 6
    assert small.lessons >= 3
    assert small.recall is not None
    assert small.recall.lived > small.recall.alone


def test_the_same_seed_gives_the_same_report(small: Report, tmp_path: Path) -> None:
    assert run(tmp_path) == small


def test_the_conclusion_names_model_budget_and_that_it_is_a_simulation(small: Report) -> None:
    assert small.recall is not None
    sentence = summary.conclusion(small, small.recall).split(". ")[0]

    assert "ACT-R" in sentence
    assert "questions a working day" in sentence
    assert "simulation" in sentence


def test_people_of_one_seed_are_always_the_same_and_live_in_many_zones() -> None:
    crowd = invented(50, ["one", "two"], seed=1)

    assert crowd == invented(50, ["one", "two"], seed=1)
    assert crowd != invented(50, ["one", "two"], seed=2)
    assert len({each.zone for each in crowd}) == 25


async def test_a_person_who_changes_the_settings_lives_by_them(sqlite_url: str) -> None:
    clock = Clock(BEGINS.replace(hour=10))
    database = Database(sqlite_url, clock=clock)
    head = Head(Model.ACTR, 1, "sam", BEGINS)
    sam = Person(
        Persona("sam", "Sam", "Europe/Berlin", (), 1.0),
        Library([]),
        head,
        PlatformName.LOCAL,
        "w",
        1,
    )
    recorder = Recorder(clock, seed=1)
    outbox = Outbox(database, {PlatformName.LOCAL: recorder})
    harness = Harness(
        database, clock, outbox, recorder, FrontDoor(Inbox(database)), [sam], seed=1, twice=0
    )

    harness.begin(clock.now, sam, lambda: sam.change(Wish(days=(6, 0, 1), zone="Asia/Kathmandu")))
    await harness.run(BEGINS.replace(hour=11))

    home = database.read_now(people.workspace, PlatformName.LOCAL, "w")
    assert home is not None
    member = database.read_now(people.member_at, home.id or 0, "sam")
    database.close()
    assert member is not None
    assert (sam.zone, member.zone) == ("Asia/Kathmandu", "Asia/Kathmandu")
    assert sam.days == (6, 0, 1)
    assert member.days == 0b1000011
    assert not harness.fixes + harness.errors
