"""A workspace of any size, loaded in bulk: people with a past, and what Grove believes of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from benchmarks import texts
from bot.chance import draw
from bot.lessons import publishing
from bot.terms import (
    AskingState,
    DeliveryKind,
    DeliveryState,
    EnrolmentState,
    LessonMark,
    PlatformName,
    SetKind,
    SetState,
    Verdict,
)
from storage import people
from storage.engine import Database, Tx
from storage.tables import (
    Asking,
    Delivery,
    Enrolment,
    LessonDone,
    Member,
    Memory,
    QuizSet,
    Review,
)

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
"""The instant every benchmark begins at: a Tuesday."""

MEMORIES = 30
"""What each person has met, in questions."""

LESSONS = 12
"""Lessons of the pack they learn; 10 of them are read."""

ASKED = 5
"""Questions of yesterday's set, answered."""

CHUNK = 20_000
"""Rows of one statement."""

WORKSPACE = "bench"

ZONES = (
    "Pacific/Auckland", "Australia/Sydney", "Australia/Adelaide", "Asia/Tokyo", "Asia/Seoul",
    "Asia/Shanghai", "Asia/Singapore", "Asia/Jakarta", "Asia/Yangon", "Asia/Dhaka",
    "Asia/Kathmandu", "Asia/Kolkata", "Asia/Karachi", "Asia/Kabul", "Asia/Dubai",
    "Asia/Tehran", "Africa/Nairobi", "Europe/Istanbul", "Africa/Cairo", "Europe/Berlin",
    "Africa/Lagos", "Europe/London", "America/Sao_Paulo", "America/St_Johns", "America/Santiago",
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Pacific/Honolulu",
)  # fmt: skip
"""Thirty zones, three of them with an odd half or quarter of an hour."""


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@contextmanager
def opened(folder: Path | None = None) -> Iterator[tuple[Database, Clock]]:
    """An empty database with its tables, in a folder that goes with it unless one is given."""
    with TemporaryDirectory(prefix="grove-bench-") as own:
        clock = Clock()
        url = f"sqlite:///{folder or own}/grove.db"
        engine = sa.create_engine(url)
        SQLModel.metadata.create_all(engine)
        engine.dispose()
        database = Database(url, clock=clock)
        try:
            yield database, clock
        finally:
            database.close()


def populate(database: Database, learners: int) -> None:
    """So many learners of one published pack, each with their memories and a day's history."""
    workspace, pack = database.run_now(_publish)
    questions = database.run_now(_questions)
    zones = [ZONES[at % len(ZONES)] for at in range(learners)]
    first = database.run_now(_first_member)
    everybody = range(first, first + learners)
    base = {"workspace_id": workspace}

    def members() -> Iterator[dict[str, Any]]:
        for at, member in enumerate(everybody):
            yield base | dict(
                id=member, external_id=f"p{at}", name=f"Person {at}", zone=zones[at], language="en",
                minute=570, days=31, daily_limit=5, chose_rhythm=False, counted=True,
                joined_at=NOW - timedelta(days=60), silent=False, unanswered=0,
                last_set_at=NOW - timedelta(days=1), last_set_day=NOW.date() - timedelta(days=1),
            )  # fmt: skip

    def enrolments() -> Iterator[dict[str, Any]]:
        for member in everybody:
            yield base | dict(
                member_id=member, pack_id=pack, state=EnrolmentState.ACTIVE,
                changed_at=NOW - timedelta(days=60), starts_on=NOW.date() - timedelta(days=60),
            )  # fmt: skip

    def memories() -> Iterator[dict[str, Any]]:
        for member in everybody:
            for at, (question, _version, _lesson) in enumerate(questions[:MEMORIES]):
                yield base | _memory(member, question, at)

    def lessons() -> Iterator[dict[str, Any]]:
        read = sorted({lesson for _question, _version, lesson in questions[:MEMORIES]})
        for member in everybody:
            for lesson in read:
                yield base | dict(
                    member_id=member,
                    lesson_id=lesson,
                    mark=LessonMark.READ,
                    at=NOW - timedelta(days=50),
                )

    tables: tuple[tuple[Any, Callable[[], Iterator[dict[str, Any]]]], ...] = (
        (Member, members),
        (Enrolment, enrolments),
        (Memory, memories),
        (LessonDone, lessons),
    )
    for table, rows in tables:
        load(database, table, rows())
    _load_history(database, workspace, everybody, questions)
    database.run_now(lambda tx: tx.session.execute(sa.text("ANALYZE")) if tx.on_postgres else None)


def _load_history(
    database: Database, workspace: int, everybody: range, questions: list[tuple[int, int, int]]
) -> None:
    """Yesterday's set of each person: its message, its questions, their answers."""
    yesterday = NOW - timedelta(days=1)
    base = {"workspace_id": workspace}
    asked = questions[:ASKED]
    load(database, QuizSet, (
        base | dict(
            id=member, member_id=member, kind=SetKind.DAILY, key=f"daily:{member}:{yesterday.date()}",
            day=yesterday.date(), state=SetState.DONE, created_at=yesterday, ended_at=yesterday,
        )
        for member in everybody
    ))  # fmt: skip
    load(database, Asking, (
        base | dict(
            set_id=member, member_id=member, question_id=question, version_id=version, position=at,
            state=AskingState.ANSWERED, layout=[0, 1, 2, 3], after_lesson=False, shown_at=yesterday,
            answered_at=yesterday, verdict=Verdict.RIGHT, given=["1"],
        )
        for member in everybody
        for at, (question, version, _lesson) in enumerate(asked)
    ))  # fmt: skip
    load(database, Review, (
        base | dict(
            member_id=member, question_id=question, version_id=version, at=yesterday,
            day=yesterday.date(), verdict=Verdict.RIGHT, given=["1"], typo=False, misconception="",
            grade=3, recall_before=0.9, target=0.9, due_day=NOW.date() + timedelta(days=20),
        )
        for member in everybody
        for question, version, _lesson in asked
    ))  # fmt: skip
    load(database, Delivery, (
        base | dict(
            member_id=member, platform=PlatformName.LOCAL, kind=DeliveryKind.SET,
            key=f"set:{member}:{yesterday.date()}", address=f"p{member}", about=member,
            state=DeliveryState.SENT, due_at=yesterday, valid_until=yesterday, attempts=1,
            platform_ref="1", reason="", created_at=yesterday, settled_at=yesterday,
        )
        for member in everybody
    ))  # fmt: skip


def load(database: Database, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Insert rows by Core, in chunks of one transaction each."""
    while chunk := list(islice(rows, CHUNK)):
        database.run_now(
            lambda tx, some: tx.session.execute(sa.insert(table.__table__), some), chunk
        )


def _memory(member: int, question: int, at: int) -> dict[str, Any]:
    """One in ten is due today, the rest within the next sixty days; only the key decides."""
    ahead = 0 if at % 10 == 0 else 1 + int(draw("due", member, at) * 60)
    stability = 2 + 60 * draw("stability", member, at)
    return dict(
        member_id=member, question_id=question, stability=stability, difficulty=5.0,
        last_day=NOW.date() - timedelta(days=2 + at % 9), due_day=NOW.date() + timedelta(days=ahead),
        count=3, lapses=0,
    )  # fmt: skip


def _publish(tx: Tx) -> tuple[int, int]:
    home = people.found_workspace(tx, PlatformName.LOCAL, WORKSPACE)
    assert home.id is not None
    publishing.publish(tx, home.id, texts.pack(LESSONS), by="bench")
    return home.id, int(tx.session.execute(sa.text("SELECT max(id) FROM pack")).scalar_one())


def _questions(tx: Tx) -> list[tuple[int, int, int]]:
    """Id, version and lesson of every question, in teaching order."""
    rows = tx.session.execute(sa.text("SELECT id, version_id, lesson_id FROM question ORDER BY id"))
    return [(row[0], row[1], row[2]) for row in rows]


def _first_member(tx: Tx) -> int:
    return int(
        tx.session.execute(sa.text("SELECT coalesce(max(id), 0) + 1 FROM member")).scalar_one()
    )


def yesterday() -> date:
    """The day of everybody's last set."""
    return NOW.date() - timedelta(days=1)
