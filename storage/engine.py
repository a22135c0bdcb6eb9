"""The only door to the database: one function, one transaction, one worker thread, one instant.

`await db.run(work, *args)` calls `work(tx, *args)` in a thread, inside a write transaction, and commits.
`await db.read(work, *args)` does the same without the right to write.
`work` may run more than once (a serialization failure is tried again), so it does nothing but read and write rows.
Cancelling the await does not stop it: what was begun commits or rolls back as a whole.
"""

import asyncio
import random
import sqlite3
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

P = ParamSpec("P")
T = TypeVar("T")
Clock = Callable[[], datetime]

BUSY_SECONDS = 10
"""How long SQLite waits for another process's write lock before it says that the database is locked."""

TRIES = 6
"""How often a transaction is tried when the database asks for it again."""

TRY_AGAIN = {"40001", "40P01", "55P03"}
"""PostgreSQL: serialization failure, deadlock, lock not available (docs: Appendix A, error codes)."""


def wall_clock() -> datetime:
    """The instant, aware UTC."""
    return datetime.now(UTC)


class Tx:
    """One transaction: a session and the instant at which everything in it happens."""

    __slots__ = ("now", "session")

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def add(self, row: Any) -> None:
        """Write a new row and learn its id."""
        self.session.add(row)
        self.session.flush()

    @property
    def on_postgres(self) -> bool:
        """Whether this is PostgreSQL, for the few statements that differ."""
        return self.session.get_bind().dialect.name == "postgresql"


class Database:
    """A pool of connections with a thread each: for SQLite one writer and some readers."""

    def __init__(
        self,
        url: str,
        *,
        clock: Clock = wall_clock,
        threads: int = 4,
        checkpoints: bool = True,
        durable: bool = True,
    ) -> None:
        """`checkpoints=False` leaves SQLite's checkpoints to the process that serves (see docs/operations.md).

        `durable=False` does not wait for the disk: only for a SQLite file that is thrown away.
        """
        self.url = url
        self.clock = clock
        self.on_sqlite = url.startswith("sqlite")
        writers = 1 if self.on_sqlite else threads
        self._writes = _engine(
            url, size=writers, readonly=False, checkpoints=checkpoints, durable=durable
        )
        self._writers = ThreadPoolExecutor(writers, "db-write")
        self._reads, self._readers = self._writes, self._writers
        if self.on_sqlite:
            self._reads = _engine(url, size=threads, readonly=True, checkpoints=False)
            self._readers = ThreadPoolExecutor(threads, "db-read")

    async def run(
        self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **named: P.kwargs
    ) -> T:
        """What `work` returns, after its writes are committed."""
        return await _hop(self._writers, lambda: self.run_now(work, *args, **named))

    async def read(
        self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **named: P.kwargs
    ) -> T:
        """What `work` returns; a write in it fails."""
        return await _hop(self._readers, lambda: self.read_now(work, *args, **named))

    def run_now(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **named: P.kwargs) -> T:
        """The same in this thread, for the command line and for tests."""
        return self._transact(self._writes, lambda tx: work(tx, *args, **named))

    def read_now(
        self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **named: P.kwargs
    ) -> T:
        """The same in this thread, without the right to write."""
        return self._transact(self._reads, lambda tx: work(tx, *args, **named))

    def _transact(self, engine: sa.Engine, work: Callable[[Tx], T]) -> T:
        for attempt in range(TRIES):
            try:
                with Session(engine, expire_on_commit=False) as session, session.begin():
                    return work(Tx(session, self.clock()))
            except DBAPIError as failure:
                if attempt == TRIES - 1 or not _worth_another_try(failure):
                    raise
                time.sleep(random.uniform(0, 0.02 * 2**attempt))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def close(self) -> None:
        """Finish what runs, then let go of threads and connections."""
        for pool in {self._writers, self._readers}:
            pool.shutdown(wait=True)
        self._reads.dispose()
        self._writes.dispose()  # last, for SQLite tidies its log away when a connection that may write closes last


async def _hop(pool: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(pool, work)


def _worth_another_try(failure: DBAPIError) -> bool:
    return getattr(failure.orig, "sqlstate", None) in TRY_AGAIN


def _engine(
    url: str, *, size: int, readonly: bool, checkpoints: bool, durable: bool = True
) -> sa.Engine:
    if not url.startswith("sqlite"):
        return _postgres(url, size)
    args: dict[str, Any] = {"check_same_thread": False, "timeout": BUSY_SECONDS}
    if sys.version_info >= (3, 12):
        args["autocommit"] = sqlite3.LEGACY_TRANSACTION_CONTROL
    engine = sa.create_engine(
        url, pool_size=size, max_overflow=0, connect_args=args, hide_parameters=True
    )
    pragmas = [
        "journal_mode=WAL",
        "synchronous=FULL" if durable else "synchronous=OFF",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "cache_size=-32768",
        "temp_store=MEMORY",
        "trusted_schema=OFF",
    ]
    if not checkpoints and not readonly:
        pragmas.append("wal_autocheckpoint=0")
    if readonly:
        pragmas.append("query_only=ON")

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin anything by itself
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")

    return engine


def _postgres(url: str, size: int) -> sa.Engine:
    limits = (
        "-c statement_timeout=15000 -c idle_in_transaction_session_timeout=15000"
        " -c lock_timeout=5000 -c timezone=UTC"
    )
    return sa.create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=5,
        pool_pre_ping=True,
        pool_recycle=1800,
        connect_args={"options": limits},
        hide_parameters=True,
    )
