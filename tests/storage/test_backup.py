"""A backup is whole or it is not there; a restore keeps what was, and doubts what may have been sent."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import ui
from bot.terms import DeliveryKind, DeliveryState, PlatformName
from storage import backup, deliveries, facts, lock, migrate, people, restore
from storage.backup import BadCopy
from storage.engine import Database, Tx
from storage.tables import Member
from tests import postgres
from tests.clock import MONDAY, Clock
from tests.workspaces import Workspace


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database as `grove run` makes it."""
    made = f"sqlite:///{tmp_path}/grove.db"
    if request.param == "postgres":
        made = request.getfixturevalue("own_postgres")
    migrate.upgrade(made)
    return made


@pytest.fixture
def own_postgres() -> Iterator[str]:
    with postgres.scratch("backup") as made:
        yield made


def keep(url: str, name: str) -> None:
    database = Database(url)
    database.run_now(facts.keep, name, {})
    database.close()


def kept(url: str) -> set[str]:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        names = set(connection.exec_driver_sql("SELECT name FROM fact").scalars())
    engine.dispose()
    return names


def test_what_was_backed_up_comes_back_and_what_was_there_is_kept(url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "monday.backup"
    copy.parent.mkdir()
    keep(url, "monday")
    backup.back_up(url, copy)
    keep(url, "tuesday")

    before = restore.restore(url, copy, "stamp")

    assert kept(url) == {"monday", "restored"}
    assert before is not None
    assert before.name in {"grove.db.before-restore-stamp", "before-restore-stamp.dump"}
    restore.restore(url, before, "again")
    assert kept(url) >= {"monday", "tuesday"}


def test_the_database_is_never_replaced_by_its_own_copy(tmp_path: Path) -> None:
    """Whoever has it open would go on writing into a file that has no name any more."""
    path = tmp_path / "here.db"
    migrate.upgrade(f"sqlite:///{path}")
    inode = path.stat().st_ino

    with pytest.raises(BadCopy, match="the database itself"):
        backup.back_up(f"sqlite:///{path}", path)

    assert path.stat().st_ino == inode


def test_a_folder_as_a_target_is_named(url: str, tmp_path: Path) -> None:
    with pytest.raises(BadCopy, match="is a folder"):
        backup.back_up(url, tmp_path)


def test_another_file_is_never_overwritten_by_a_backup(sqlite_file: str, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("mine", encoding="utf-8")

    with pytest.raises(BadCopy, match="another file, not a backup"):
        backup.back_up(sqlite_file, notes)

    assert notes.read_text(encoding="utf-8") == "mine"


def test_what_is_no_database_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("no database")

    with pytest.raises(BadCopy, match="cannot be copied"):
        backup.back_up(f"sqlite:///{tmp_path}/notes.db", tmp_path / "copy.db")


def test_a_backup_beside_a_busy_writer_is_whole(sqlite_file: str, tmp_path: Path) -> None:
    database = Database(sqlite_file)
    writing = threading.Event()
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            database.run_now(facts.keep, f"fact-{number}", {"n": number})
            writing.set()

    writer = threading.Thread(target=write)
    writer.start()
    writing.wait()
    for number in range(5):
        backup.back_up(sqlite_file, tmp_path / f"{number}.db")
        backup.check(tmp_path / f"{number}.db")
    stop.set()
    writer.join()
    database.close()

    assert not list(tmp_path.glob(".*part*"))


@pytest.fixture
def sqlite_file(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/grove.db"
    migrate.upgrade(url)
    return url


def test_a_backup_that_fails_leaves_the_one_before(sqlite_file: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup.back_up(sqlite_file, copy)
    good = copy.read_bytes()
    (tmp_path / "grove.db").write_bytes(b"SQLite format 3\x00" + b"\x00" * 5000)

    with pytest.raises((BadCopy, sqlite3.DatabaseError)):
        backup.back_up(sqlite_file, copy)

    assert copy.read_bytes() == good
    assert not list(tmp_path.glob(".*part*"))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.write_bytes(b"not a database"), "is not a SQLite database"),
        (lambda path: path.write_bytes(path.read_bytes()[:20_000]), "is damaged"),
        (
            lambda path: _put(path, "UPDATE alembic_version SET version_num = '9999'"),
            "install the version",
        ),
        (lambda path: _put(path, "DROP TABLE alembic_version"), "install the version"),
    ],
)
def test_a_bad_file_is_refused_before_anything_is_touched(
    spoil: Callable[[Path], object], words: str, sqlite_file: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    backup.back_up(sqlite_file, copy)
    keep(sqlite_file, "still here")
    spoil(copy)

    with pytest.raises(BadCopy, match=words):
        restore.restore(sqlite_file, copy, "stamp")

    assert kept(sqlite_file) == {"still here"}


def _put(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_nothing_is_restored_under_a_running_grove(sqlite_file: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup.back_up(sqlite_file, copy)

    with lock.held(tmp_path / "grove.db"), pytest.raises(lock.Running, match="Another Grove"):
        restore.restore(sqlite_file, copy, "stamp")


def test_a_missing_folder_is_named(sqlite_file: str, tmp_path: Path) -> None:
    with pytest.raises(BadCopy, match=r"There is no folder .*nowhere"):
        backup.back_up(sqlite_file, tmp_path / "nowhere" / "copy.db")


def test_a_broken_database_can_be_replaced(sqlite_file: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    keep(sqlite_file, "good")
    backup.back_up(sqlite_file, copy)
    (tmp_path / "grove.db").write_bytes(b"broken")

    restore.restore(sqlite_file, copy, "stamp")

    assert kept(sqlite_file) == {"good", "restored"}
    assert (tmp_path / "grove.db.before-restore-stamp").read_bytes() == b"broken"


def owe(tx: Tx, member: int, key: str, due_at: datetime) -> None:
    home = people.found_workspace(tx, PlatformName.LOCAL, "local")
    deliveries.post(
        tx,
        key=key,
        workspace=home.id or 0,
        platform=PlatformName.LOCAL,
        kind=DeliveryKind.NOTICE,
        address="@sam",
        card=ui.dump(ui.Card("Hello")),
        due_at=due_at,
        valid_until=due_at + timedelta(days=1),
        member=member,
    )


def test_after_a_restore_what_may_have_been_sent_is_doubted(
    database: Database, workspace: Workspace, clock: Clock
) -> None:
    sam = workspace.member("sam")
    database.run_now(owe, sam, "due", MONDAY + timedelta(hours=1))
    database.run_now(owe, sam, "later", MONDAY + timedelta(days=2))
    clock.forward(days=1)

    database.run_now(restore.doubt)

    rows = {row.key: row for row in database.read_now(deliveries.listed)}
    assert rows["due"].unsure_since == MONDAY + timedelta(hours=1)
    assert rows["later"].unsure_since is None
    assert {row.state for row in rows.values()} == {DeliveryState.READY}


def test_after_a_restore_a_slot_that_has_passed_is_not_planned_again(
    database: Database, workspace: Workspace, clock: Clock
) -> None:
    sam = workspace.member("sam")

    def due_this_morning(tx: Tx) -> None:
        row = tx.session.get(Member, sam)
        assert row is not None
        row.next_set_at = MONDAY + timedelta(hours=1)

    database.run_now(due_this_morning)
    clock.at(datetime(2026, 3, 2, 12, tzinfo=UTC))

    database.run_now(restore.doubt)

    assert database.read_now(people.next_slot_at) == datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
