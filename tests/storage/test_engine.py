"""The door to the database: one transaction at a time, committed whole or not at all, on both databases."""

import asyncio

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import SQLModel

from bot.terms import PlatformName, Role
from storage import people
from storage.engine import Database, Tx
from storage.tables import Fact, RoleHeld
from tests.clock import MONDAY, Clock


def add_one(tx: Tx) -> int:
    row = tx.session.get(Fact, "counter", with_for_update=True)
    if row is None:
        tx.add(Fact(name="counter", value={"n": 1}))
        return 1
    row.value = {"n": row.value["n"] + 1}
    return int(row.value["n"])


def counted(tx: Tx) -> int:
    row = tx.session.get(Fact, "counter")
    return int(row.value["n"]) if row else 0


async def test_two_hundred_people_at_once_are_all_counted(database: Database) -> None:
    await database.run(add_one)

    await asyncio.gather(*(database.run(add_one) for _ in range(200)))

    assert await database.read(counted) == 201


async def test_a_story_that_breaks_leaves_nothing_behind(database: Database) -> None:
    def breaks(tx: Tx) -> None:
        add_one(tx)
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        await database.run(breaks)

    assert await database.read(counted) == 0


def test_one_transaction_has_one_instant(database: Database, clock: Clock) -> None:
    def instants(tx: Tx) -> list[object]:
        before = tx.now
        clock.forward(hours=1)
        return [before, tx.now]

    assert database.run_now(instants) == [MONDAY, MONDAY]


def test_a_row_cannot_point_to_nobody(database: Database) -> None:
    def orphan(tx: Tx) -> None:
        home = people.found_workspace(tx, PlatformName.LOCAL, "local")
        assert home.id is not None
        tx.add(RoleHeld(workspace_id=home.id, member_id=999, role=Role.LEAD, granted_at=tx.now))

    with pytest.raises(IntegrityError):
        database.run_now(orphan)


def test_reading_cannot_write_to_sqlite(sqlite_url: str, clock: Clock) -> None:
    database = Database(sqlite_url, clock=clock)

    with pytest.raises(DBAPIError, match="readonly"):
        database.read_now(add_one)

    database.close()


def test_an_instant_comes_back_as_aware_utc(database: Database) -> None:
    made = database.run_now(people.found_workspace, PlatformName.LOCAL, "local")

    found = database.read_now(people.workspace, PlatformName.LOCAL, "local")

    assert found is not None
    assert found.created_at == made.created_at == MONDAY
    assert found.created_at.utcoffset() == MONDAY.utcoffset()


def test_no_column_would_drop_an_offset() -> None:
    plain = [
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.DateTime)
    ]

    assert plain == []


def test_an_error_never_repeats_what_was_being_written(database: Database) -> None:
    """It ends in a log, and logs hold nobody's words."""

    def write(tx: Tx) -> None:
        tx.session.execute(sa.text("INSERT INTO nowhere VALUES (:words)"), {"words": "in private"})

    with pytest.raises(DBAPIError) as raised:
        database.run_now(write)

    assert "in private" not in str(raised.value)
