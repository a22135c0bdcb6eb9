"""Throwaway PostgreSQL databases, where there is a server to make them on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

POSTGRES = "GROVE_TEST_POSTGRES"
"""A server on which tests may make databases: `postgresql+psycopg://user@host:port/name`."""

REQUIRE_ALL = "GROVE_TEST_REQUIRE_ALL"
"""Set to 1 where nothing may be skipped: what is missing is then an error."""


def missing(reason: str) -> None:
    """Skip with a reason, or fail where everything is required."""
    if os.environ.get(REQUIRE_ALL) == "1":
        pytest.fail(f"{reason}, and {REQUIRE_ALL}=1", pytrace=False)
    pytest.skip(reason)


@contextmanager
def scratch(purpose: str) -> Iterator[str]:
    """The address of a new, empty database, dropped afterwards."""
    server = os.environ.get(POSTGRES, "")
    if not server:
        missing(f"{POSTGRES} names no PostgreSQL server")
    name = f"grove_test_{os.getpid()}_{purpose}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE template0')
        yield engine.url.set(database=name).render_as_string(hide_password=False)
        with engine.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        engine.dispose()
