"""`grove demo`: the local workspace with some weeks behind it, on a database that is thrown away."""

import asyncio
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import click

from adapters import settings as reading
from adapters.cli.run import browser_option, serve
from adapters.local import seats
from adapters.local.desk import Desk
from adapters.local.directory import WORKSPACE
from adapters.local.live import Live
from adapters.local.platform import LocalPlatform
from adapters.local.seats import Seat
from adapters.local.seeding import seed as fill
from adapters.main import packs_folder
from adapters.simulation import demo as past
from adapters.simulation.harness import Clock
from adapters.simulation.study import starter
from bot import ui
from bot.events import Command, Event, Message, Press, Submit
from bot.inbox import Inbox
from bot.terms import PlatformName
from storage import facts, migrate, people
from storage.engine import Database, wall_clock

DAYS = 30


@click.command()
@click.option("--seed", default=1, show_default=True, help="Another seed, another past.")
@browser_option
def demo(seed: int, opens: bool | None) -> None:
    """Serve a throwaway workspace: an invented team with 30 days behind it.

    Sam's set of today waits. Everything is gone when it is stopped.

    \b
    Examples:
      grove demo
      GROVE_PORT=9000 grove demo --no-open
    """
    settings = reading.read()
    with tempfile.TemporaryDirectory(prefix="grove-demo-") as folder:
        url = f"sqlite:///{folder}/grove.db"
        with click.progressbar(length=DAYS, label="Living 30 days", file=sys.stderr) as drawn:
            prepare_demo(
                Path(folder),
                days=DAYS,
                seed=seed,
                progress=lambda day: drawn.update(day - drawn.pos),
            )
        serve(replace(settings, database_url=url, data=Path(folder), tokens=()), opens)


def prepare_demo(
    folder: Path,
    *,
    days: int = DAYS,
    seed: int = 1,
    now: datetime | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Fill `grove.db` in this folder with the team's last days, up to now or the next working morning of Sam's."""
    now = now or wall_clock()
    until = past.ends_at(now, "Europe/Berlin")
    began = (until - timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
    url = f"sqlite:///{folder}/grove.db"
    migrate.upgrade(url)
    clock = Clock(began)
    database = Database(url, clock=clock, durable=False)
    try:
        fill(database, packs_folder(), today=began.date())
        asyncio.run(_live(database, clock, until, seed, lambda at: progress((at - began).days)))
        database.run_now(facts.keep_clock_offset, max(timedelta(0), until - wall_clock()))
    finally:
        database.close()


async def _live(
    database: Database,
    clock: Clock,
    until: datetime,
    seed: int,
    progress: Callable[[datetime], None],
) -> None:
    live = Live()
    home = database.read_now(people.workspace, PlatformName.LOCAL, WORKSPACE)
    assert home is not None
    assert home.id is not None
    scene = past.Scene(
        database,
        clock,
        LocalPlatform(database, live),
        DeskDoor(Desk(Inbox(database), database, live), database),
        starter(packs_folder()),
        home.id,
    )
    await past.live(scene, until, seed=seed, progress=progress)


class DeskDoor:
    """People's deeds through the desk of the local workspace, so that they stand in the rooms."""

    def __init__(self, desk: Desk, database: Database) -> None:
        self._desk = desk
        self._database = database
        self._seats: dict[str, Seat] = {}

    async def hand(self, event: Event, on: str) -> tuple[ui.Outcome, str]:
        """What comes of it, and the message it shows in."""
        slug = event.source.person
        seat = self._seats.get(slug) or await seats.take(self._database, slug)
        self._seats[slug] = seat
        deed = seat.deed(event.source.key, int(on or 0))
        match event:
            case Command(name=name, text=text):
                done = await self._desk.command(deed, name, text)
            case Press(act=act, values=values):
                done = await self._desk.press(deed, act, values)
            case Submit(act=act, entries=entries):
                done = await self._desk.submit(deed, act, entries)
            case Message(text=text):
                done = await self._desk.write(deed, text)
            case _:
                raise TypeError(f"nobody does {type(event).__name__} at a desk")
        return done.outcome, str(done.message) if done.message else on
