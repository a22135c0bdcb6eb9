"""How long claiming 100 due deliveries takes, with ever more that are due later."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

from benchmarks import world
from benchmarks.measure import Result, milliseconds, percentile, stopwatch
from bot.terms import DeliveryKind, DeliveryState, PlatformName
from storage import deliveries, people
from storage.engine import Database, Tx
from storage.tables import Delivery

QUESTION = "How long does claiming 100 due deliveries take when so many are due later?"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
BATCH = 100
ROUNDS = 100


def run(*, quick: bool = False) -> Result:
    """One line per number of future deliveries."""
    result = Result("claims", QUESTION, "python -m benchmarks claims", quick=quick)
    for size in (1_000, 5_000) if quick else SIZES:
        with world.opened() as (database, _clock):
            seconds = _measure(database, size, rounds=5 if quick else ROUNDS)
        result.add(
            future=size,
            p50_ms=milliseconds(percentile(seconds, 0.5)),
            p99_ms=milliseconds(percentile(seconds, 0.99)),
        )
    return result


def _measure(database: Database, future: int, *, rounds: int) -> list[float]:
    workspace = database.run_now(_workspace)
    world.load(database, Delivery, _rows(workspace, due=BATCH * rounds, future=future))
    seconds: list[float] = []
    for number in range(rounds):
        with stopwatch(seconds):
            claims = database.run_now(
                deliveries.claim, platforms=[PlatformName.LOCAL], token=f"t{number}", limit=BATCH
            )
        assert len(claims) == BATCH
    return seconds


def _workspace(tx: Tx) -> int:
    home = people.found_workspace(tx, PlatformName.LOCAL, world.WORKSPACE)
    assert home.id is not None
    return home.id


def _rows(workspace: int, *, due: int, future: int) -> Iterator[dict[str, Any]]:
    number = count()
    for _ in range(due):
        yield _row(workspace, next(number), timedelta(hours=-1))
    for at in range(future):
        yield _row(workspace, next(number), timedelta(seconds=30 + at % 86_400))


def _row(workspace: int, number: int, ahead: timedelta) -> dict[str, Any]:
    return dict(
        workspace_id=workspace, platform=PlatformName.LOCAL, kind=DeliveryKind.SET, key=f"k{number}",
        address=f"p{number}", card={"_": "Card", "title": "Two minutes?", "blocks": [], "summary": ""},
        state=DeliveryState.READY, due_at=world.NOW + ahead, valid_until=world.NOW + timedelta(days=2),
        attempts=0, platform_ref="", reason="", created_at=world.NOW,
    )  # fmt: skip
