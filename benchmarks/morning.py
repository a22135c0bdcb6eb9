"""How long a working day's planning takes: every learner's set, in thirty zones, minute by minute."""

import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from typing import Any

import sqlalchemy as sa

from benchmarks import world
from benchmarks.measure import Result
from bot import days
from bot.chance import draw
from bot.quizzes import service as quizzes
from storage.engine import Database, Tx
from storage.tables import Member

QUESTION = "How long does planning everybody's set take on one day, and in its fullest minute?"
SIZES = (1_000, 10_000, 100_000)
BEGINS = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
"""Noon of Monday, so that a whole Tuesday in every zone follows."""


def run(*, quick: bool = False) -> Result:
    """One line per number of learners: half of them at 09:30, the others spread over the morning."""
    result = Result("morning", QUESTION, "python -m benchmarks morning", quick=quick)
    for learners in (120,) if quick else SIZES:
        with world.opened() as (database, clock):
            world.populate(database, learners)
            slots = database.run_now(spread)
            planned, seconds = _day(database, clock, slots)
        total = sum(seconds.values())
        result.add(
            learners=learners,
            zones=len(world.ZONES),
            planned=planned,
            total_s=round(total, 1),
            sets_per_s=round(planned / total),
            worst_minute_sets=max(slots.values()),
            worst_minute_s=round(max(seconds.values()), 2),
        )
    return result


def spread(tx: Tx) -> Counter[datetime]:
    """Give everybody an hour and their slot of Tuesday; how many slots there are in each minute."""
    slots: Counter[datetime] = Counter()
    rows: list[dict[str, Any]] = []
    tuesday = world.NOW.date()
    for member, zone in tx.session.execute(sa.text("SELECT id, zone FROM member")):
        early = draw("hour", member) < 0.5
        minute = 570 if early else 450 + 15 * int(14 * draw("minute", member))
        at = days.instant(tuesday, wall_time(minute // 60, minute % 60), zone)
        slots[at] += 1
        rows.append({"me": member, "new_minute": minute, "at": at})
    members: sa.Table = Member.__table__  # type: ignore[attr-defined]
    changed = sa.update(members).where(members.c.id == sa.bindparam("me"))
    tx.session.execute(
        changed.values(minute=sa.bindparam("new_minute"), next_set_at=sa.bindparam("at")), rows
    )
    return slots


def _day(
    database: Database, clock: world.Clock, slots: Counter[datetime]
) -> tuple[int, dict[datetime, float]]:
    """Plan at each minute in which somebody's slot comes; how many, and the seconds of each minute."""
    planned, seconds = 0, {}
    for at in sorted(slots):
        clock.now = at + timedelta(seconds=1)
        began = time.perf_counter()
        while dealt := database.run_now(quizzes.plan):
            planned += dealt
        seconds[at] = time.perf_counter() - began
    return planned, seconds
