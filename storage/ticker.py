"""The metronome: APScheduler wakes workers in fixed intervals; the work is safe to skip, repeat and run twice.

No job is stored: what is due stands in indexed columns. A beat that comes while the work still runs is kept as one.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from storage.engine import wall_clock

log = logging.getLogger(__name__)

GRACE_SECONDS = 25
"""How long stopping waits for work that runs: one request (20 s) and its settling."""


@dataclass(frozen=True, slots=True)
class Beat:
    """Work to be done every so often. A failure is logged, and the next beat comes."""

    name: str
    every: timedelta
    work: Callable[[], Awaitable[object]]


class Ticker:
    """Runs each beat at once when started, then in its interval, never twice at the same time."""

    def __init__(self, beats: Sequence[Beat]) -> None:
        self._beats = beats
        self._wakes = {beat.name: asyncio.Event() for beat in beats}
        self._workers: list[asyncio.Task[None]] = []
        self._stopping = False
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin to beat, in the running event loop."""
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._workers = [
            asyncio.create_task(self._follow(beat), name=beat.name) for beat in self._beats
        ]
        for beat in self._beats:
            self._scheduler.add_job(
                _wake,
                "interval",
                seconds=beat.every.total_seconds(),
                args=[self._wakes[beat.name]],
                next_run_time=wall_clock(),
            )
        self._scheduler.start()

    @property
    def alive(self) -> bool:
        """Whether every worker is there to be woken."""
        return bool(self._workers) and not any(worker.done() for worker in self._workers)

    async def stop(self) -> None:
        """No more beats; what runs may end, up to 25 seconds."""
        self._stopping = True
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for wake in self._wakes.values():
            wake.set()
        if not self._workers:
            return
        _done, late = await asyncio.wait(self._workers, timeout=GRACE_SECONDS)
        for worker in late:
            log.warning(
                "stopped in the middle", extra={"action": "ticker.cut", "beat": worker.get_name()}
            )
            worker.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _follow(self, beat: Beat) -> None:
        wake = self._wakes[beat.name]
        while True:
            await wake.wait()
            wake.clear()
            if self._stopping:
                return
            try:
                await beat.work()
            except Exception:
                log.exception("beat failed", extra={"action": "ticker.failed", "beat": beat.name})


async def _wake(event: asyncio.Event) -> None:
    event.set()
