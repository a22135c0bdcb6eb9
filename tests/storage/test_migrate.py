"""The tables follow the code: from nothing, from an older version, and never back."""

import shutil
from collections.abc import Iterator
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
def bare_postgres() -> Iterator[str]:
    with postgres.scratch("bare") as url:
        yield url


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


@pytest.fixture
def older(tmp_path: Path) -> str:
    """A filled SQLite database of the present version, soon to be an older one."""
    url = f"sqlite:///{tmp_path}/grove.db"
    migrate.upgrade(url)
    put(url, "INSERT INTO fact (name, value) VALUES ('kept', '{}')")
    return url


class Release:
    """Makes a next version of Grove whose migration does what it is told."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._monkeypatch = monkeypatch

    def __call__(self, upgrade: str) -> None:
        shutil.copytree(migrate.SCRIPTS, self._folder, ignore=shutil.ignore_patterns("__pycache__"))
        head = "import sqlalchemy as sa\nfrom alembic import op\nrevision = 'next'\n"
        body = f"down_revision = {REVISIONS[-1]!r}\ndef upgrade():\n    {upgrade}\n"
        (self._folder / "versions" / "next.py").write_text(head + body)
        self._monkeypatch.setattr(migrate, "SCRIPTS", self._folder)
        self._monkeypatch.setattr(migrate, "REVISIONS", (*REVISIONS, "next"))


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Release:
    return Release(tmp_path / "migrations", monkeypatch)


def facts_in(path: Path) -> list[str]:
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        names = list(connection.exec_driver_sql("SELECT name FROM fact").scalars())
    engine.dispose()
    return names


def test_an_older_database_is_copied_before_it_is_changed(
    older: str, release: Release, tmp_path: Path
) -> None:
    release("op.add_column('fact', sa.Column('more', sa.Integer))")
    steps: list[str] = []

    before = migrate.upgrade(older, steps.append)

    assert before is Tables.BEHIND
    assert migrate.state(older) is Tables.CURRENT
    assert steps[0] == "Keeping a copy of the database as grove.db.before-next."
    assert (
        facts_in(tmp_path / "grove.db.before-next") == facts_in(tmp_path / "grove.db") == ["kept"]
    )


def test_rebuilding_a_table_keeps_the_rows_that_point_to_it(older: str, release: Release) -> None:
    put(older, "INSERT INTO workspace VALUES (1, 'local', 'local', 'Local', '2026-01-01')")
    put(older, "INSERT INTO forgotten VALUES (1, 'digest', '2026-01-01')")
    release(
        "with op.batch_alter_table('workspace', recreate='always') as t: t.alter_column('name', nullable=True)"
    )

    migrate.upgrade(older)

    assert migrate.row_counts(older)["forgotten"] == 1


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("DELETE FROM fact", "Rows went missing from fact"),
        (
            "INSERT INTO forgotten VALUES (7, 'digest', '2026-01-01')",
            "A row of forgotten points nowhere",
        ),
    ],
)
def test_a_migration_that_loses_something_is_noticed(
    damage: str, words: str, older: str, release: Release
) -> None:
    release(f"op.execute({damage!r})")

    with pytest.raises(WrongTables, match=words):
        migrate.upgrade(older)


def test_a_migration_that_breaks_half_way_changes_nothing(
    older: str, release: Release, tmp_path: Path
) -> None:
    release(
        "op.create_table('half', sa.Column('id', sa.Integer)); op.drop_table('fact'); op.execute('nonsense')"
    )

    with pytest.raises(sa.exc.OperationalError, match="nonsense"):
        migrate.upgrade(older)

    assert migrate.state(older) is Tables.BEHIND
    assert "half" not in migrate.row_counts(older)
    assert facts_in(tmp_path / "grove.db") == ["kept"]
