"""One Grove per SQLite file: a lock beside it, which the system lets go of when the process ends, however it ends."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from storage.problems import Problem


class Running(Problem):
    """Another process holds the database; the words say which."""


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Hold the lock inside. Raises Running at once when another process does."""
    path = lock_path(database)
    with path.open("a+") as opened:
        if not _take_soon(opened):
            opened.seek(0)
            number = opened.read().strip()
            by = f" (process {number})" if number else ""
            raise Running(
                f"Another Grove{by} is using {database}. Stop it first, or use another database."
            )
        opened.seek(0)
        opened.truncate()
        opened.write(str(os.getpid()))
        opened.flush()
        yield


def _take_soon(opened: IO[str]) -> bool:
    """Take it at once, or after whoever only looked (`is_held`) has let go."""
    for _ in range(5):
        if _take(opened):
            return True
        time.sleep(0.02)
    return False


def is_held(database: Path) -> bool:
    """Whether some process holds the database now."""
    if not lock_path(database).exists():
        return False
    with lock_path(database).open("a+") as opened:
        return not _take(opened)


def lock_path(database: Path) -> Path:
    """Where the lock of a database is."""
    return database.with_name(f"{database.name}.lock")


if sys.platform == "win32":
    import msvcrt

    def _take(opened: IO[str]) -> bool:
        try:
            opened.seek(
                1_000_000
            )  # a lock bars reading on Windows; the process's number stays readable
            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(opened: IO[str]) -> bool:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
