"""The benchmarks run, and the paths they measure look rows up instead of reading whole tables."""

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from benchmarks import __main__ as command
from benchmarks import claims, document, draw, measure, morning, press, publish, world
from bot.quizzes import service as quizzes
from bot.terms import PlatformName
from storage import deliveries
from storage.engine import Database

BIG = {
    "asking", "decision", "delivery", "enrolment", "lesson_done", "local_message",
    "member", "memory", "question_version", "quiz_set", "review", "seen",
}  # fmt: skip
"""Tables that grow with people, time or content."""


@pytest.fixture(scope="module")
def small() -> Iterator[tuple[Database, world.Clock]]:
    """Forty people with a past."""
    with world.opened() as (database, clock):
        world.populate(database, 40)
        yield database, clock


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """What is asked of the database meanwhile."""
    seen: list[tuple[str, Any]] = []

    def note(
        _connection: Any, _cursor: Any, statement: str, given: Any, _context: Any, many: bool
    ) -> None:
        if statement.split()[0] in {"SELECT", "UPDATE", "DELETE", "WITH"}:
            seen.append((statement, given[0] if many else given))

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


def scans(database: Database, seen: list[tuple[str, Any]]) -> set[str]:
    """Steps that read a big table from end to end, with their statement."""
    found = set()
    connection = sqlite3.connect(database.url.removeprefix("sqlite:///"))
    for statement, given in seen:
        for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {statement}", given):
            read = re.match(r"SCAN (\w+)", step)
            if read and read[1] in BIG:
                found.add(f"{step}: {statement}")
    connection.close()
    return found


def test_a_press_reads_no_table_from_end_to_end(small: tuple[Database, world.Clock]) -> None:
    database, _ = small
    with statements() as seen:
        asyncio.run(press.measure(database, 40, presses=4))

    setting_up = [each for each in seen if each[0].startswith("SELECT id, external_id")]
    assert len(seen) > 20
    assert not scans(database, [each for each in seen if each not in setting_up])


def test_planning_and_sending_read_no_table_from_end_to_end(
    small: tuple[Database, world.Clock],
) -> None:
    database, clock = small
    slots = database.run_now(morning.spread)
    clock.now = sorted(slots)[-1]

    with statements() as seen:
        while database.run_now(quizzes.plan):
            pass
        claimed = database.run_now(
            deliveries.claim, platforms=[PlatformName.LOCAL], token="t", limit=5
        )
        database.run_now(deliveries.rescue)

    assert claimed
    assert not scans(database, seen)


@pytest.mark.parametrize("module", [claims, morning, press, publish])
def test_a_quick_run_of_each_benchmark_gives_rows(
    module: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    result = module.run(quick=True)

    assert result.rows
    assert result.finish() is None
    assert "|" in capsys.readouterr().out


def test_kept_results_are_drawn(tmp_path: Path) -> None:
    result = measure.Result("press", "How long?", "python -m benchmarks press")
    result.add(learners=1_000, p50_ms=4.0, p99_ms=9.5)
    result.add(learners=100_000, p50_ms=4.5, p99_ms=12.0)

    path = result.finish(tmp_path)
    assert path is not None
    kept = json.loads(path.read_text(encoding="utf-8"))
    (picture,) = draw.draw(tmp_path, tmp_path)

    assert kept["machine"]["cores"]
    drawn = picture.read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "p99 from 9.5 ms at 1,000 to 12 ms at 100,000" in drawn


def test_the_command_lists_every_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 0

    listed = capsys.readouterr().out
    assert all(name in listed for name in command.NAMES)
    assert command.main(["no-such"]) == 2


@pytest.mark.parametrize(("share", "expected"), [(0.5, 5), (0.99, 10), (0.0, 1)])
def test_a_percentile_is_the_nearest_rank(share: float, expected: int) -> None:
    assert measure.percentile(list(range(1, 11)), share) == expected


def test_reading_a_whole_table_would_be_noticed(small: tuple[Database, world.Clock]) -> None:
    database, _ = small
    with statements() as seen:
        database.read_now(
            lambda tx: tx.session.execute(sa.text("SELECT id FROM review WHERE typo = 1")).all()
        )

    assert scans(database, seen) == {"SCAN review: SELECT id FROM review WHERE typo = 1"}


def test_the_page_on_performance_shows_what_was_kept() -> None:
    page = document.PAGE.read_text(encoding="utf-8")

    assert document.written(page) == page
    kept = {path.stem for path in measure.RESULTS.glob("*.json")}
    assert kept == set(command.NAMES) == set(re.findall(r"<!-- results: (\w+) -->", page))
