"""Where everything is put together, by hand: the only module that knows every other."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from adapters import serving
from adapters.opening import Progress, opened
from adapters.settings import Settings
from adapters.travel import MovingClock, forward
from bot.inbox import Inbox
from bot.insights import charts
from bot.outbox import Outbox, Platform
from bot.quizzes import service as quizzes
from bot.terms import PlatformName
from storage import deliveries, facts, people
from storage.engine import Database
from storage.ticker import Beat, Ticker

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from adapters.local.live import Live

PLAN_AT_ONCE = 100
"""Members planned in one transaction, so that a button press never waits long behind it."""

DEEDS_KEPT = timedelta(days=3)
"""How long a deed's key is known; no platform delivers an event again after that."""

BODIES_KEPT = timedelta(days=30)
"""How long the words of a settled message are kept."""

HERE = Path(__file__).parent


class Grove:
    """One running Grove: a database, what comes in, what goes out, and the beat that moves it."""

    def __init__(
        self, database: Database, clock: MovingClock, platforms: dict[PlatformName, Platform]
    ) -> None:
        self.database = database
        self.clock = clock
        self.inbox = Inbox(database)
        self.outbox = Outbox(database, platforms)
        self._turn = asyncio.Lock()
        self._ticker = Ticker(
            [
                Beat("plan", timedelta(seconds=5), self._in_turn(self.plan)),
                Beat("drain", timedelta(seconds=1), self._in_turn(self.outbox.drain)),
                Beat("rescue", timedelta(seconds=15), self._in_turn(self.outbox.rescue)),
                Beat("tidy", timedelta(hours=1), self._in_turn(self.tidy)),
            ]
        )

    async def start(self) -> None:
        """Begin to plan and to send."""
        self._ticker.start()

    async def stop(self) -> None:
        """Let what runs end, then let go of the database."""
        await self._ticker.stop()
        await asyncio.to_thread(self.database.close)

    async def plan(self) -> None:
        """Make every set whose hour has come."""
        while await self.database.run(quizzes.plan, PLAN_AT_ONCE):
            pass

    async def tidy(self) -> None:
        """Forget what is no longer needed."""
        await self.database.run(people.unlearn_deeds, before=self.clock() - DEEDS_KEPT)
        while await self.database.run(deliveries.blank_bodies, before=self.clock() - BODIES_KEPT):
            pass

    async def forward(self, by: timedelta) -> None:
        """Move the clock ahead; what falls due on the way is planned and sent at its hour."""
        await forward(self.database, self.clock, by, self._arrive)

    async def ready(self) -> bool:
        """Whether the database answers and the beat goes on."""
        try:
            async with asyncio.timeout(2):
                await self.database.read(deliveries.next_due)
        except Exception:
            return False
        return self._ticker.alive

    async def _arrive(self, at: datetime) -> None:
        """Be at an instant and do what is due there; meanwhile no beat acts at an instant that is past."""
        async with self._turn:
            self.clock.jump(at)
            await self.database.run(facts.keep_clock_offset, self.clock.ahead)
            await self.plan()
            await self.outbox.drain()

    def _in_turn(self, work: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
        """The work, one piece at a time."""

        async def turn() -> None:
            async with self._turn:
                await work()

        return turn


def run(
    settings: Settings, progress: Progress, *, announce: Callable[[], None] = lambda: None
) -> None:
    """Serve the local workspace until told to stop; `announce` is called once it can be used."""
    with (
        serving.bound(settings.host, settings.port) as socket,
        opened(settings, progress) as (database, clock),
    ):
        seed_once(database, progress)
        asyncio.run(_serve(settings, database, clock, serving.Door(socket, announce)))


def seed_once(database: Database, progress: Progress) -> None:
    """Put the invented team and the starter packs into an empty local workspace."""
    from adapters.local import seeding

    if database.read_now(facts.fact, seeding.FACT) is None:
        progress("Filling the local workspace with an invented team and the starter packs.")
        seeding.seed(database, packs_folder(), today=database.clock().date())


def packs_folder() -> Path:
    """The starter packs: beside the code in a clone, inside it when installed."""
    beside = HERE.parent / "packs"
    return beside if beside.is_dir() else HERE / "packs"


async def _serve(
    settings: Settings, database: Database, clock: MovingClock, door: serving.Door
) -> None:
    from adapters.local.live import Live
    from adapters.local.platform import LocalPlatform

    live = Live()
    grove = Grove(database, clock, {PlatformName.LOCAL: LocalPlatform(database, live)})
    app = serving.with_health(local_app(grove, live, settings), grove.ready)
    await grove.start()
    try:
        await serving.serve(app, door, stopping=live.close)
    finally:
        await grove.stop()


def local_app(grove: Grove, live: "Live", settings: Settings) -> "Starlette":
    """The local workspace's pages over this Grove."""
    from adapters.local.app import create_app

    return create_app(
        inbox=grove.inbox,
        database=grove.database,
        moves=grove.forward,
        picture=draw,
        now=grove.clock,
        live=live,
        hosts=settings.names,
    )


async def draw(source: str, theme: str) -> bytes | None:
    """A picture by its source as PNG, None when it is not one of ours."""
    chart = charts.read(source)
    if chart is None:
        return None
    from adapters import pictures

    return await asyncio.to_thread(pictures.progress, chart, theme)
