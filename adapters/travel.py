"""The local workspace's clock, which can be moved ahead, and the journey that deals with what falls due on the way."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from storage import deliveries, people
from storage.engine import Clock, Database, Tx, wall_clock


class MovingClock:
    """The wall clock plus how far the workspace was moved ahead."""

    def __init__(self, ahead: timedelta = timedelta(0), wall: Clock = wall_clock) -> None:
        self.ahead = ahead
        self._wall = wall

    def __call__(self) -> datetime:
        """The workspace's instant, aware UTC."""
        return self._wall() + self.ahead

    def jump(self, to: datetime) -> None:
        """Be at an instant, unless it is past."""
        self.ahead = max(self.ahead, to - self._wall())


async def forward(
    database: Database,
    clock: MovingClock,
    by: timedelta,
    arrive: Callable[[datetime], Awaitable[None]],
) -> None:
    """Go from one due thing to the next until the time is over; `arrive` moves the clock there and works."""
    target = clock() + by
    await arrive(clock())
    while clock() < target:
        due = await database.read(next_due)
        await arrive(target if due is None else min(due, target))


def next_due(tx: Tx) -> datetime | None:
    """When the next member's slot or the next delivery comes; what is due by now is work, not a station."""
    coming = (people.next_slot_at(tx, after=tx.now), deliveries.next_due(tx, after=tx.now))
    return min((at for at in coming if at is not None), default=None)
