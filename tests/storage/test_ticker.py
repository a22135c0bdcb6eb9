"""The metronome goes on: through failures, through slow work, until it is stopped."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from storage.ticker import Beat, Ticker


def every(seconds: float, work: Callable[[], Awaitable[object]], name: str = "beat") -> Ticker:
    return Ticker([Beat(name, timedelta(seconds=seconds), work)])


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not happened():
            await asyncio.sleep(0.01)


async def test_a_beat_that_fails_is_logged_and_comes_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    times: list[int] = []

    async def fails() -> None:
        times.append(1)
        raise RuntimeError("once")

    ticker = every(0.05, fails)
    ticker.start()
    await until(lambda: len(times) >= 3)
    assert ticker.alive
    await ticker.stop()

    failed = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert {(vars(record)["action"], vars(record)["beat"]) for record in failed} == {
        ("ticker.failed", "beat")
    }


async def test_slow_work_never_runs_twice_at_once() -> None:
    running, most, times = 0, 0, 0

    async def slow() -> None:
        nonlocal running, most, times
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.1)
        running -= 1
        times += 1

    ticker = every(0.01, slow)
    ticker.start()
    await until(lambda: times >= 3)
    await ticker.stop()

    assert most == 1


async def test_stopping_lets_what_runs_end_and_begins_nothing() -> None:
    begun, ended = 0, 0

    async def sends() -> None:
        nonlocal begun, ended
        begun += 1
        await asyncio.sleep(0.2)
        ended += 1

    ticker = every(0.01, sends)
    ticker.start()
    await until(lambda: begun == 1)
    await ticker.stop()

    assert (begun, ended) == (1, 1)
    assert not ticker.alive


async def test_work_that_does_not_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.ticker.GRACE_SECONDS", 0.05)
    begun = asyncio.Event()

    async def hangs() -> None:
        begun.set()
        await asyncio.sleep(60)

    ticker = every(1, hangs)
    ticker.start()
    await begun.wait()
    await ticker.stop()

    assert not ticker.alive


async def test_a_ticker_that_never_began_can_be_stopped() -> None:
    async def nothing() -> None: ...

    ticker = every(1, nothing)
    await ticker.stop()

    assert not ticker.alive
