"""The tables follow the code: from nothing, from an older version, and never back."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from storage import migrate
from storage.migrate import Tables, WrongTables
from storage.migrations import REVISIONS
from tests import postgres


@pytest.fixture(params=["sqlite", "postgres"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new.db"
    url: str = request.getfixturevalue("bare_postgres")
    return url


@pytest.fixture
def bare_postgres(request: pytest.FixtureRequest) -> str:
    context = postgres.scratch("bare")
    url = context.__enter__()
    request.addfinalizer(lambda: context.__exit__(None, None, None))
    return url


def put(url: str, statement: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def test_from_nothing_to_the_tables_of_this_version(bare_url: str) -> None:
    assert migrate.state(bare_url) is Tables.EMPTY

    assert migrate.upgrade(bare_url) is Tables.EMPTY

    assert migrate.state(bare_url) is Tables.CURRENT
    assert migrate.upgrade(bare_url) is Tables.CURRENT


def test_the_migrations_make_what_the_code_declares(bare_url: str) -> None:
    migrate.upgrade(bare_url)

    command.check(migrate.alembic_config(bare_url))  # raises when a table, column or index differs

    engine = sa.create_engine(bare_url)
    names = set(sa.inspect(engine).get_table_names())
    engine.dispose()
    assert names == {"alembic_version", *(table.name for table in SQLModel.metadata.sorted_tables)}


def test_every_revision_is_known_without_loading_alembic() -> None:
    scripts = ScriptDirectory.from_config(migrate.alembic_config("sqlite:///unused.db"))

    assert tuple(reversed([script.revision for script in scripts.walk_revisions()])) == REVISIONS


def test_a_database_of_a_newer_grove_is_refused_and_left_alone(bare_url: str) -> None:
    migrate.upgrade(bare_url)
    put(bare_url, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(WrongTables, match="newer Grove"):
        migrate.upgrade(bare_url)

    assert migrate.state(bare_url) is Tables.NEWER


def test_somebody_elses_database_is_refused(bare_url: str) -> None:
    put(bare_url, "CREATE TABLE invoices (id INTEGER PRIMARY KEY)")

    with pytest.raises(WrongTables, match="not Grove's"):
        migrate.upgrade(bare_url)


def test_looking_makes_no_file(tmp_path: Path) -> None:
    migrate.state(f"sqlite:///{tmp_path}/not-there.db")

    assert list(tmp_path.iterdir()) == []


def test_an_older_database_is_copied_before_it_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/grove.db"
    migrate.upgrade(url)
    put(url, "INSERT INTO fact (name, value) VALUES ('kept', '{}')")
    steps: list[str] = []
    monkeypatch.setattr(migrate, "REVISIONS", (*REVISIONS, "0002"))
    monkeypatch.setattr(migrate, "run_alembic", lambda url: put(url, "UPDATE alembic_version SET version_num='0002'"))

    before = migrate.upgrade(url, steps.append)

    assert before is Tables.BEHIND
    assert steps[0] == "Keeping a copy of the database as grove.db.before-0002."
    engine = sa.create_engine(f"sqlite:///{tmp_path}/grove.db.before-0002")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM fact").scalar() == "kept"
    engine.dispose()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("DELETE FROM fact", "Rows went missing from fact"),
        (
            "INSERT INTO role_held (workspace_id, member_id, role, granted_at) VALUES (7, 7, 'lead', '2026-01-01')",
            "A row of role_held points nowhere",
        ),
    ],
)
def test_a_migration_that_loses_something_is_noticed(
    damage: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/grove.db"
    migrate.upgrade(url)
    put(url, "INSERT INTO fact (name, value) VALUES ('kept', '{}')")
    monkeypatch.setattr(migrate, "REVISIONS", (*REVISIONS, "0002"))
    monkeypatch.setattr(migrate, "run_alembic", lambda url: put(url, damage))

    with pytest.raises(WrongTables, match=words):
        migrate.upgrade(url)


def test_a_migration_that_breaks_leaves_no_half_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/grove.db"
    monkeypatch.setattr("sqlalchemy.Index.create", lambda *_a, **_k: None)
    from alembic.operations import Operations

    def breaks(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(Operations, "batch_alter_table", breaks)

    with pytest.raises(RuntimeError, match="power cut"):
        migrate.upgrade(url)

    assert migrate.state(url) is Tables.EMPTY
