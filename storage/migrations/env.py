"""How Alembic reaches the database: on its own connection, one transaction per migration, also on SQLite.

SQLite's foreign keys are off meanwhile: Alembic rebuilds tables there, and dropping the old one would take
every row that points to it along. `storage/migrate.py` checks the keys afterwards.
"""

import sqlite3
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import event, pool
from sqlmodel import SQLModel

from storage import tables  # noqa: F401  (declares every table)

ONE_AT_A_TIME = 847_220_611
"""The advisory lock under which one process migrates a PostgreSQL database while others wait."""


def render_item(kind: str, item: Any, rendering: AutogenContext) -> str | Literal[False]:
    """Write SQLModel's own types and our JSON as plain SQLAlchemy, so that a migration imports nothing of ours."""
    if kind != "type":
        return False
    if type(item).__module__.startswith("sqlmodel"):
        if type(item).__name__ == "UTCDateTime":
            return "sa.DateTime(timezone=True)"
        length = getattr(item.impl, "length", None)
        return f"sa.String(length={length})" if length else "sa.String()"
    if type(item).__name__ == "JSON" and "postgresql" in item._variant_mapping:
        rendering.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


def engine_for(url: str) -> sa.Engine:
    """A connection for migrating, not the application's."""
    engine = sa.create_engine(url, poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=10000")
    connection.execute("PRAGMA foreign_keys=OFF")


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def migrate() -> None:
    """Run what Alembic was asked for."""
    engine = engine_for(context.config.attributes["url"])
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({ONE_AT_A_TIME})")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            compare_type=True,
            compare_server_default=True,
            render_item=render_item,
            transaction_per_migration=True,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


migrate()
