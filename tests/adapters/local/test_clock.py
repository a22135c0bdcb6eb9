"""Moving the workspace's time."""

import asyncio
import json
from datetime import timedelta

import pytest

from adapters.local.clock import Clock, duration
from adapters.local.errors import Wrong
from adapters.local.live import Live
from tests.clock import Clock as MovedClock


def test_a_duration_is_weeks_days_hours_and_minutes() -> None:
    assert duration("PT3H") == timedelta(hours=3)
    assert duration("P1D") == timedelta(days=1)
    assert duration("P2WT30M") == timedelta(weeks=2, minutes=30)


@pytest.mark.parametrize("text", ["", "P", "PT", "1D", "P1Y", "P-1D", "PT1S", "P99999D", "p1d"])
def test_anything_else_is_no_duration(text: str) -> None:
    with pytest.raises(Wrong, match="forward: an ISO 8601 duration"):
        duration(text)


async def test_pages_see_how_far_a_move_has_come() -> None:
    live, now = Live(), MovedClock()
    half, go_on = asyncio.Event(), asyncio.Event()

    async def moves(by: timedelta) -> None:
        now.forward(by / 2)
        half.set()
        await go_on.wait()
        now.forward(by / 2)

    stream = live.stream("sam", ["@sam"], "")
    await anext(stream)
    moving = asyncio.create_task(Clock(now, moves, live).forward(timedelta(days=1)))
    await half.wait()

    told = [json.loads((await anext(stream)).split("data: ")[1])]
    go_on.set()
    await moving
    while told[-1]["moving"]:
        told.append(json.loads((await anext(stream)).split("data: ")[1]))

    assert told[0]["moving"] is True
    assert told[-1] == {"now": "2026-03-03T08:00:00+00:00", "moving": False, "done": 1.0}


async def test_time_moves_once_at_a_time() -> None:
    stop = asyncio.Event()

    async def moves(by: timedelta) -> None:
        await stop.wait()

    clock = Clock(MovedClock(), moves, Live())
    first = asyncio.create_task(clock.forward(timedelta(hours=1)))
    await asyncio.sleep(0)

    with pytest.raises(Wrong, match="already moving"):
        await clock.forward(timedelta(hours=1))
    stop.set()
    await first
    assert not clock.moving


async def test_a_move_goes_on_when_the_one_who_asked_goes_away() -> None:
    now, go_on = MovedClock(), asyncio.Event()

    async def moves(by: timedelta) -> None:
        await go_on.wait()
        now.forward(by)

    clock = Clock(now, moves, Live())
    asked = asyncio.create_task(clock.forward(timedelta(hours=1)))
    await asyncio.sleep(0.01)
    asked.cancel()
    go_on.set()
    while clock.moving:
        await asyncio.sleep(0.01)

    assert now() == MovedClock().forward(hours=1)


@pytest.mark.parametrize("by", [timedelta(0), timedelta(hours=-1), timedelta(days=401)])
async def test_time_never_goes_back_or_too_far(by: timedelta) -> None:
    async def moves(by: timedelta) -> None:
        raise AssertionError

    with pytest.raises(Wrong, match="between one minute and 400 days"):
        await Clock(MovedClock(), moves, Live()).forward(by)


async def test_after_a_move_that_broke_time_can_be_moved_again() -> None:
    async def moves(by: timedelta) -> None:
        raise RuntimeError("a bug")

    clock = Clock(MovedClock(), moves, Live())
    for _ in range(2):
        with pytest.raises(RuntimeError):
            await clock.forward(timedelta(hours=1))
