"""Put a backup in the database's place, keep what was there, and doubt whatever may have been sent since.

What Grove sent after the backup was made looks unsent in it. So every message that was due by now is doubted
(it is looked for on the platform before it may be sent again), and slots that have come and gone are passed over:
a person may miss one set, and its questions join the next; nobody is written to twice.
"""

import shutil
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import col, select

from bot import days
from bot.terms import DeliveryState
from storage import backup, facts, lock, migrate, people
from storage.addresses import sqlite_path
from storage.backup import BadCopy, Progress
from storage.engine import Database, Tx, wall_clock
from storage.tables import Delivery, Member

PENDING = (DeliveryState.READY, DeliveryState.CLAIMED, DeliveryState.SENDING)


def restore(
    url: str, source: Path, stamp: str, progress: Progress = lambda _step: None
) -> Path | None:
    """Put `source` in the database's place; where what was there is kept, with `stamp` in its name.

    Raises BadCopy, Running or WrongTables before anything is changed.
    """
    path = sqlite_path(url)
    if path is None:
        return _restore_postgres(url, source, stamp, progress)
    path.parent.mkdir(parents=True, exist_ok=True)
    with lock.held(path):
        return _restore_sqlite(path, source, stamp, progress)


def _restore_sqlite(path: Path, source: Path, stamp: str, progress: Progress) -> Path | None:
    progress("Checking the backup.")
    backup.check(source)
    incoming = path.with_name(f"{path.name}.incoming")
    backup.copy(source, incoming)
    _settle(f"sqlite:///{incoming}", progress)
    backup.in_one_file(incoming)
    kept = path.with_name(f"{path.name}.before-restore-{stamp}")
    progress("Putting it in place.")
    for ending in ("", "-wal", "-shm"):
        _keep(path.with_name(path.name + ending), kept.with_name(kept.name + ending))
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    incoming.replace(path)
    return kept if kept.exists() else None


def _keep(old: Path, kept: Path) -> None:
    """A second name for the old file, so that at every moment there is a database in its place."""
    if not old.exists():
        return
    try:
        kept.hardlink_to(old)
    except OSError:
        shutil.copy2(old, kept)


def _restore_postgres(url: str, source: Path, stamp: str, progress: Progress) -> Path:
    progress("Checking the backup.")
    backup.check_dump(source)
    _nobody_else(url)
    kept = source.with_name(f"before-restore-{stamp}.dump")
    progress(f"Keeping what is there as {kept.name}.")
    backup.back_up(url, kept)
    progress("Putting the backup in place.")
    whole = [
        "--clean",
        "--if-exists",
        "--no-owner",
        "--single-transaction",
        "--exit-on-error",
        str(source),
    ]
    backup.postgres_tool(url, "pg_restore", whole)
    _settle(url, progress)
    return kept


def _nobody_else(url: str) -> None:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with engine.connect() as connection:
        others = connection.exec_driver_sql(query).scalar_one()
    engine.dispose()
    if others:
        raise BadCopy(f"{others} other connections use this database: stop every Grove first.")


def _settle(url: str, progress: Progress) -> None:
    """Bring the restored tables up to date and mark what may have been sent since."""
    migrate.upgrade(url, progress)
    progress("Marking what may have been sent since.")
    plain = Database(url)
    ahead = plain.read_now(facts.clock_offset)
    plain.close()
    moved = Database(url, clock=lambda: wall_clock() + ahead)
    moved.run_now(doubt)
    moved.close()


def doubt(tx: Tx) -> None:
    """Doubt every message that was due by now; pass over every slot that has come and gone."""
    due = sa.update(Delivery).where(
        col(Delivery.state).in_(PENDING), col(Delivery.due_at) <= tx.now
    )
    doubted = due.values(
        state=DeliveryState.READY,
        token=None,
        lease_until=None,
        unsure_since=sa.func.coalesce(col(Delivery.unsure_since), col(Delivery.due_at)),
    )
    tx.session.execute(doubted, execution_options={"synchronize_session": False})
    for member in tx.session.exec(select(Member).where(col(Member.next_set_at) <= tx.now)):
        member.next_set_at = days.next_slot(tx.now, people.rhythm(member)).at
    facts.keep(tx, "restored", {"at": tx.now.isoformat()})
