"""Bring a database's tables to the version this Grove was built for; refuse one that is newer.

empty ----+
behind ---+--upgrade--> current          newer, foreign: refused, untouched
"""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from storage import backup
from storage.addresses import sqlite_path
from storage.migrations import REVISIONS
from storage.problems import Problem

if TYPE_CHECKING:
    from alembic.config import Config

Progress = Callable[[str], None]

SCRIPTS = Path(__file__).parent / "migrations"
"""Where Alembic finds the migrations."""


class Tables(StrEnum):
    """How a database's tables compare with what this Grove needs."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    NEWER = "newer"
    FOREIGN = "foreign"


class WrongTables(Problem):
    """The tables cannot be brought to this version; the words say why and what to do."""


class Unreachable(Problem):
    """The database does not answer, or is none; the words say what it said."""


def state(url: str) -> Tables:
    """How the tables stand. Looks only: a SQLite file that is not there is not made. Raises Unreachable."""
    path = sqlite_path(url)
    if path is not None and not path.exists():
        return Tables.EMPTY
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            return _state(connection)
    except DBAPIError as failed:
        reason = str(failed.orig).strip().splitlines()[0]
        raise Unreachable(
            f"The database cannot be read ({reason}): check GROVE_DATABASE_URL."
        ) from failed
    finally:
        engine.dispose()


def _state(connection: sa.Connection) -> Tables:
    names = set(sa.inspect(connection).get_table_names())
    if "alembic_version" not in names:
        return Tables.FOREIGN if names else Tables.EMPTY
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if revision is None:
        return Tables.EMPTY if names == {"alembic_version"} else Tables.FOREIGN
    if revision == REVISIONS[-1]:
        return Tables.CURRENT
    return Tables.BEHIND if revision in REVISIONS else Tables.NEWER


def upgrade(url: str, progress: Progress = lambda _step: None) -> Tables:
    """Bring the tables up to date; the state they were in. Raises WrongTables for a newer or a foreign database.

    A SQLite file with tables in it is copied first, beside itself. A migration that fails changes nothing.
    """
    before = state(url)
    match before:
        case Tables.CURRENT:
            pass
        case Tables.EMPTY:
            progress("Making the tables.")
            run_alembic(url)
        case Tables.BEHIND:
            _upgrade_filled(url, progress)
        case Tables.NEWER:
            raise WrongTables(
                "This database was written by a newer Grove: install that version or a later one, "
                "or restore a backup from before the change with `grove restore`."
            )
        case Tables.FOREIGN:
            raise WrongTables(
                "This database holds tables that are not Grove's: "
                "point GROVE_DATABASE_URL at an empty database or at one of Grove's."
            )
    return before


def _upgrade_filled(url: str, progress: Progress) -> None:
    path = sqlite_path(url)
    if path is not None:
        kept = path.with_name(f"{path.name}.before-{REVISIONS[-1]}")
        progress(f"Keeping a copy of the database as {kept.name}.")
        backup.copy(path, kept)
    rows = row_counts(url)
    progress("Migrating the tables.")
    run_alembic(url)
    progress("Checking that nothing was lost.")
    _check(url, rows)


def row_counts(url: str) -> dict[str, int]:
    """How many rows each table holds."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        names = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
        queries = {
            name: sa.select(sa.func.count()).select_from(sa.table(name)) for name in sorted(names)
        }
        found = {name: connection.execute(query).scalar_one() for name, query in queries.items()}
    engine.dispose()
    return found


def _check(url: str, before: dict[str, int]) -> None:
    after = row_counts(url)
    lost = [name for name, rows in before.items() if after.get(name, rows) < rows]
    if lost:
        raise WrongTables(
            f"Rows went missing from {', '.join(lost)}: restore the copy made before the migration."
        )
    if sqlite_path(url) is None:
        return
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    engine.dispose()
    if dangling:
        raise WrongTables(
            f"A row of {dangling[0]} points nowhere: restore the copy made before the migration."
        )


def run_alembic(url: str, revision: str = "head") -> None:
    """Run every migration up to a revision; each in a transaction of its own."""
    from alembic import command

    command.upgrade(alembic_config(url), revision)


def alembic_config(url: str) -> "Config":
    """What Alembic needs to know, without an ini file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["url"] = url
    return config
