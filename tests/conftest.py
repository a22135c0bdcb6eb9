"""What every test may ask for: a clock that is moved by hand, a database of each kind, a workspace."""

import shutil
import zoneinfo
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from sqlmodel import SQLModel

from storage import tables  # noqa: F401  (declares every table)
from storage.engine import Database
from tests import postgres
from tests.clock import Clock
from tests.workspaces import Workspace

settings.register_profile(
    "same",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile(
    "search", settings.get_profile("same"), derandomize=False, max_examples=1000
)
settings.load_profile(
    "same"
)  # every run tries the same; `--hypothesis-profile=search` looks further

zoneinfo.reset_tzpath(())  # as `grove` does: the pinned tzdata package decides


@pytest.fixture
def clock() -> Clock:
    """Monday 2 March 2026, 08:00 UTC, until it is moved."""
    return Clock()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a database that holds Grove's tables and no rows."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str, clock: Clock) -> Iterator[Database]:
    """An empty database, on SQLite and on PostgreSQL."""
    opened = Database(database_url, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def workspace(database: Database) -> Workspace:
    """The local workspace, with nobody in it."""
    return Workspace(database)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """An empty SQLite database of this test's own."""
    shutil.copyfile(sqlite_template, tmp_path / "grove.db")
    return f"sqlite:///{tmp_path}/grove.db"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables in it, to be copied."""
    path = tmp_path_factory.mktemp("template") / "grove.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture
def postgres_url(postgres_tables: sa.Engine) -> str:
    """The worker's PostgreSQL database, emptied."""
    names = ", ".join(f'"{table.name}"' for table in SQLModel.metadata.sorted_tables)
    with postgres_tables.begin() as connection:
        connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    return postgres_tables.url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres_tables() -> Iterator[sa.Engine]:
    """A PostgreSQL database of this worker's own, with the tables in it."""
    with postgres.scratch("tables") as url:
        engine = sa.create_engine(url)
        SQLModel.metadata.create_all(engine)
        yield engine
        engine.dispose()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once per reason how many tests were skipped."""
    reasons = Counter(report.longrepr[2] for report in terminalreporter.stats.get("skipped", []))
    for reason, number in reasons.most_common():
        terminalreporter.write_line(
            f"{number} skipped: {reason.removeprefix('Skipped: ')}", yellow=True
        )
