"""Where a database is: the file behind a SQLite address, and what may be shown of any address."""

import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

SQLITE_VERSION = sqlite3.sqlite_version_info
"""The SQLite this Python brings."""


class BadAddress(ValueError):
    """Not an address of a database Grove can use; the words say what is."""


def parsed(url: str) -> sa.URL:
    """The parts of an address. Raises BadAddress."""
    wanted = "sqlite:///data/grove.db or postgresql+psycopg://user:password@host/name"
    try:
        parts = sa.make_url(url)
    except ArgumentError as wrong:
        raise BadAddress(f"it must look like {wanted}") from wrong
    if parts.drivername == "sqlite":
        if parts.database in (None, "", ":memory:"):
            raise BadAddress("a SQLite database needs a file, as in sqlite:///data/grove.db")
    elif parts.drivername != "postgresql+psycopg":
        raise BadAddress(f"it must look like {wanted}")
    return parts


def sqlite_path(url: str) -> Path | None:
    """The file of a SQLite address, None for another database."""
    parts = parsed(url)
    return Path(str(parts.database)) if parts.drivername == "sqlite" else None


def shown(url: str) -> str:
    """The address without its password."""
    return parsed(url).render_as_string(hide_password=True)
