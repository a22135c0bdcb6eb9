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
from adapters.local.desk import Deed, Desk
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
from bot.events import Command, Event, Message
from bot.inbox import Inbox
from bot.terms import PlatformName
from storage import facts, local, migrate, people
from storage.engine import Database, Tx, wall_clock

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
    inbox = Inbox(database)
    door = DeskDoor(Desk(inbox, database, live), inbox, database)
    platform = LocalPlatform(database, live)
    scene = past.Scene(database, clock, platform, door, starter(packs_folder()), home.id)
    await past.live(scene, until, seed=seed, progress=progress)
    await database.run(door.write_down, home.id)


class DeskDoor:
    """People's deeds at the desk of the local workspace, so that they stand in the rooms.

    What changes a message is written down at the end, once per message: a set of five questions is one change.
    """

    def __init__(self, desk: Desk, inbox: Inbox, database: Database) -> None:
        self._desk = desk
        self._inbox = inbox
        self._database = database
        self._seats: dict[str, Seat] = {}
        self._changed: dict[int, tuple[ui.Card, datetime]] = {}

    async def hand(self, event: Event, on: str) -> tuple[ui.Outcome, str]:
        """What comes of it, and the message it shows in."""
        match event:
            case Command(name=name, text=text):
                done = await self._desk.command(await self._deed(event), name, text)
            case Message(text=text):
                done = await self._desk.write(await self._deed(event), text)
            case _:
                return await self._press(event, int(on or 0)), on
        return done.outcome, str(done.message) if done.message else on

    async def _press(self, event: Event, on: int) -> ui.Outcome:
        outcome = await self._inbox.handle(event)
        if isinstance(outcome, ui.Say) and on:
            self._changed[on] = (outcome.card, self._database.clock())
        return outcome

    async def _deed(self, event: Event) -> Deed:
        slug = event.source.person
        seat = self._seats.get(slug) or await seats.take(self._database, slug)
        self._seats[slug] = seat
        return seat.deed(event.source.key)

    def write_down(self, tx: Tx, workspace: int) -> None:
        """Every message as it was left."""
        for message, (card, at) in self._changed.items():
            row = local.message(tx, workspace, message)
            if row is not None:
                local.replace(tx, row, ui.dump(card))
                row.edited_at = at
