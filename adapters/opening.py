"""Ways into the database: to serve it alone, or to look into it beside whoever serves."""

import contextlib
from collections.abc import Callable, Iterator

from adapters.settings import Settings
from adapters.travel import MovingClock
from storage import facts, lock, migrate
from storage.addresses import shown, sqlite_path
from storage.engine import Database
from storage.migrate import Tables
from storage.problems import Problem

Progress = Callable[[str], None]


class NotReady(Problem):
    """The database cannot be looked into as it is; the words say what to do first."""


@contextlib.contextmanager
def opened(settings: Settings, progress: Progress) -> Iterator[tuple[Database, MovingClock]]:
    """The database, made if need be, at this version and this process's alone. Raises a Problem."""
    url = settings.database_url
    path = sqlite_path(url)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    with lock.held(path) if path is not None else contextlib.nullcontext():
        migrate.upgrade(url, progress)
        clock = MovingClock()
        with contextlib.closing(Database(url, clock=clock)) as database:
            clock.ahead = database.read_now(facts.clock_offset)
            yield database, clock


@contextlib.contextmanager
def looking(settings: Settings) -> Iterator[Database]:
    """The database to read from, also while Grove runs. Raises NotReady."""
    url = settings.database_url
    match migrate.state(url):
        case Tables.EMPTY:
            raise NotReady(
                f"There is nothing in {shown(url)} yet: start Grove once with `grove run`."
            )
        case Tables.BEHIND:
            raise NotReady("The database is from an older Grove: run `grove migrate` first.")
        case Tables.NEWER | Tables.FOREIGN:
            migrate.upgrade(url)
        case Tables.CURRENT:
            pass
    clock = MovingClock()
    with contextlib.closing(Database(url, clock=clock, threads=1, checkpoints=False)) as database:
        clock.ahead = database.read_now(facts.clock_offset)
        yield database
