"""Copies of a database that are whole: written beside, checked, synced, and only then given their name."""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from storage.addresses import parsed, sqlite_path
from storage.migrations import REVISIONS
from storage.problems import Problem

Progress = Callable[[str], None]

SQLITE_MAGIC = b"SQLite format 3\x00"
"""How a SQLite file begins (sqlite.org/fileformat2.html, 1.3)."""

POSTGRES_MAGIC = b"PGDMP"
"""How a dump in PostgreSQL's custom format begins."""


class BadCopy(Problem):
    """A backup that cannot be made or used; the words say why and what to do."""


def back_up(url: str, target: Path, progress: Progress = lambda _step: None) -> None:
    """A checked copy of the database, which may be in use meanwhile. Raises BadCopy."""
    if not target.parent.is_dir():
        raise BadCopy(f"There is no folder {target.parent}: make it first, or choose another.")
    path = sqlite_path(url)
    if target.is_dir():
        raise BadCopy(f"{target} is a folder: name a file in it.")
    if path is not None and target.exists() and path.exists() and target.samefile(path):
        raise BadCopy(f"{target} is the database itself: choose another place for the copy.")
    if target.exists() and not _is_a_copy(target):
        raise BadCopy(f"{target} is another file, not a backup: choose another name.")
    if path is None:
        progress("Dumping the database.")
        _dump(url, target)
    elif not path.exists():
        raise BadCopy(f"There is no database at {path} yet: start Grove once with `grove run`.")
    else:
        progress("Copying and checking the database.")
        copy(path, target)


def _is_a_copy(target: Path) -> bool:
    with target.open("rb") as opened:
        return opened.read(len(SQLITE_MAGIC)).startswith((SQLITE_MAGIC, POSTGRES_MAGIC))


def copy(source: Path, target: Path) -> None:
    """A checked copy of a SQLite file; `target` is replaced in one step or not at all. Raises BadCopy."""
    with _beside(target) as part:
        try:
            _copied(source, part)
        except sqlite3.DatabaseError as broken:
            raise BadCopy(f"{source} cannot be copied ({broken}).") from broken
        check(part, called=source)


def _copied(source: Path, part: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as opened,
        closing(sqlite3.connect(part)) as written,
    ):
        opened.backup(written, pages=-1)
    in_one_file(part)


def in_one_file(path: Path) -> None:
    """Take what still stands in a SQLite log beside the file into it."""
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")


def _dump(url: str, target: Path) -> None:
    with _beside(target) as part:
        postgres_tool(url, "pg_dump", ["--format=custom", f"--file={part}"])
        check_dump(part)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A file to write; when all went well it is synced and takes the target's name."""
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        yield part
        _sync(part)
        part.replace(target)
        _sync(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Have the system write it to disk; Windows cannot do this to a folder."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def check(path: Path, *, called: Path | None = None) -> None:
    """Raises BadCopy unless the file is a whole SQLite database of this Grove or an older one."""
    name = called or path
    if _begins(path, len(SQLITE_MAGIC)) != SQLITE_MAGIC:
        raise BadCopy(f"{name} is not a SQLite database: choose a file that `grove backup` wrote.")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            problem = opened.execute("PRAGMA integrity_check").fetchone()[0]
            revision = _revision(opened)
    except sqlite3.DatabaseError as broken:
        raise BadCopy(f"{name} is damaged ({broken}): choose another backup.") from broken
    if problem != "ok":
        raise BadCopy(f"{name} is damaged ({problem}): choose another backup.")
    if revision not in REVISIONS:
        raise BadCopy(
            f"{name} is not from this Grove or an older one: install the version that wrote it."
        )


def _revision(connection: sqlite3.Connection) -> str:
    known = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    ).fetchone()
    row = (
        connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    )
    return str(row[0]) if row else ""


def check_dump(path: Path) -> None:
    """Raises BadCopy unless PostgreSQL can list what is in the dump."""
    if _begins(path, len(POSTGRES_MAGIC)) != POSTGRES_MAGIC:
        raise BadCopy(f"{path} is not a PostgreSQL dump: choose a file that `grove backup` wrote.")
    listed = _run(["pg_restore", "--list", str(path)])
    if "alembic_version" not in listed:
        raise BadCopy(f"{path} is not a backup of Grove: choose a file that `grove backup` wrote.")


def _begins(path: Path, length: int) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(length)
    except OSError as wrong:
        raise BadCopy(f"{path} cannot be read ({wrong.strerror}).") from wrong


def postgres_tool(url: str, program: str, arguments: Sequence[str]) -> None:
    """Run `pg_dump` or `pg_restore` on the database; the password goes by the environment, where `ps` shows none."""
    parts = parsed(url)
    plain = parts.set(drivername="postgresql", password=None).render_as_string()
    _run([program, *arguments, f"--dbname={plain}"], password=parts.password)


def _run(command: list[str], *, password: str | None = None) -> str:
    secret = {"PGPASSWORD": password} if password else {}
    try:
        done = subprocess.run(
            command, env=os.environ | secret, capture_output=True, text=True, check=True
        )
    except FileNotFoundError as absent:
        raise BadCopy(
            f"{command[0]} is not installed here: install PostgreSQL's client programs."
        ) from absent
    except subprocess.CalledProcessError as failed:
        last = (failed.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise BadCopy(f"{command[0]} failed: {last}") from failed
    return done.stdout
