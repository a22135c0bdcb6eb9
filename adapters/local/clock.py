"""The workspace's time: what it is, and moving it forward while every page watches."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from adapters.local.errors import Wrong
from adapters.local.live import Hint, Live
from bot.words import say

Moves = Callable[[timedelta], Awaitable[None]]
"""Moves the workspace's time forward, dealing with whatever falls due in between, step by step."""

FURTHEST = timedelta(days=400)
"""How far one move may go; a year of sets takes minutes."""

REPORT_SECONDS = 0.25
"""How often pages hear how far a move has come."""

DURATION = re.compile(r"P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?")
"""An ISO 8601 duration in weeks, days, hours and minutes."""


class Clock:
    """Says the time and moves it, one move at once."""

    def __init__(self, now: Callable[[], datetime], moves: Moves, live: Live) -> None:
        self._now = now
        self._moves = moves
        self._live = live
        self._running: asyncio.Task[None] | None = None
        self.moving = False

    @property
    def now(self) -> datetime:
        """The workspace's instant, aware UTC."""
        return self._now()

    async def forward(self, by: timedelta) -> None:
        """Move time; it goes on to its end even when the one who asked goes away."""
        if not timedelta(0) < by <= FURTHEST:
            raise Wrong("forward", say("forward: between one minute and 400 days, please."))
        if self.moving:
            raise Wrong("forward", say("Time is already moving. One moment, please."), 409)
        self.moving = True
        self._running = asyncio.create_task(self._move(by))
        await asyncio.shield(self._running)

    async def _move(self, by: timedelta) -> None:
        began = self.now
        reports = asyncio.create_task(self._report(began, by))
        try:
            await self._moves(by)
        finally:
            reports.cancel()
            self.moving = False
            self._tell(1.0)

    async def _report(self, began: datetime, by: timedelta) -> None:
        while True:
            self._tell(min(1.0, (self.now - began) / by))
            await asyncio.sleep(REPORT_SECONDS)

    def _tell(self, done: float) -> None:
        facts = (("now", self.now.isoformat()), ("moving", self.moving), ("done", round(done, 3)))
        self._live.tell(Hint("clock", facts=facts))


def duration(text: str) -> timedelta:
    """The length of an ISO 8601 duration such as `PT3H`, `P1D` or `P2W`."""
    found = DURATION.fullmatch(text)
    if not found or not any(found.groups()):
        raise Wrong("forward", say("forward: an ISO 8601 duration such as PT3H, P1D or P2W."))
    weeks, days, hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
