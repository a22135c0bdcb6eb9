"""The command line as people use it: in its own process, with plain words and honest exit codes."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from adapters.cli import COMMANDS, grove, main
from storage import migrate
from storage.lock import held

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


class Shell:
    """A terminal in an empty folder, with nothing of Grove in its environment."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        monkeypatch.chdir(folder)
        for name in [
            name for name in os.environ if name.startswith(("GROVE_", "SLACK_", "DISCORD_"))
        ]:
            monkeypatch.delenv(name)

    def __call__(self, *arguments: str, **settings: str) -> Done:
        """Run a command here, in this process."""
        code = 0
        with self._monkeypatch.context() as changed:
            for name, value in settings.items():
                changed.setenv(name, value)
            try:
                main(arguments)
            except SystemExit as ended:
                code = int(ended.code or 0)
        said = self._capsys.readouterr()
        return Done(code, said.out, said.err)


def in_a_process(*arguments: str) -> list[str]:
    """The command for a process of its own."""
    return [
        sys.executable,
        "-X",
        "importtime",
        "-c",
        "from adapters.cli import main; main()",
        *arguments,
    ]


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Shell]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield Shell(tmp_path, monkeypatch, capsys)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A folder in which Grove has run."""
    (tmp_path / "data").mkdir()
    migrate.upgrade(f"sqlite:///{tmp_path}/data/grove.db")
    return tmp_path


def test_help_loads_nothing_heavy() -> None:
    done = subprocess.run(
        in_a_process("--help"), cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert all(name in done.stdout for name in COMMANDS)
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert "click" in loaded
    assert not loaded & {"sqlalchemy", "starlette", "babel", "asyncio", "dotenv", "numpy"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    command = grove.get_command(None, name)  # type: ignore[arg-type]

    done = CliRunner().invoke(grove, [name, "--help"], prog_name="grove")

    assert done.exit_code == 0, done.output
    assert command is not None
    assert f"grove {name}" in done.output.split("Usage:", 1)[1].split("\n", 1)[1] or hasattr(
        command, "commands"
    )


@pytest.mark.parametrize(
    "name", ["status", "outbox", "doctor", "backup", "migrate", "restore", "simulate"]
)
def test_what_reports_also_speaks_json(name: str) -> None:
    assert "--json" in CliRunner().invoke(grove, [name, "--help"]).output


def test_a_mistyped_command_is_a_usage_error(shell: Shell) -> None:
    done = shell("dcotor")

    assert done.returncode == 2
    assert "No such command 'dcotor'" in done.stderr


def one_sentence(done: Done) -> str:
    """The problem, said without a trace."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("grove: ")
    assert last.endswith(".") or last.endswith("?")
    return last.removeprefix("grove: ")


def test_a_bad_setting_is_named_with_its_line(shell: Shell) -> None:
    (shell.folder / ".env").write_text("# mine\nGROVE_PORT=many\n")

    assert one_sentence(shell("status")) == (
        "GROVE_PORT in .env, line 2, cannot be used: it must be a number from 1 to 65535."
    )


def test_nothing_to_look_at_yet(shell: Shell) -> None:
    assert one_sentence(shell("status")) == (
        "There is nothing in sqlite:///data/grove.db yet: start Grove once with `grove run`."
    )
    assert list(shell.folder.iterdir()) == []


def test_a_newer_database_is_refused(shell: Shell, filled: Path) -> None:
    put(filled / "data" / "grove.db", "UPDATE alembic_version SET version_num = '9999'")

    for command in ("run", "status", "migrate"):
        assert one_sentence(shell(command)).startswith("This database was written by a newer Grove")


def put(path: Path, statement: str) -> None:
    import sqlite3

    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_file_that_is_no_database_is_refused(shell: Shell) -> None:
    (shell.folder / "grove.db").write_text("this is a shopping list" * 100)

    said = one_sentence(shell("run", GROVE_DATABASE_URL="sqlite:///grove.db"))

    assert said == "The database cannot be read (file is not a database): check GROVE_DATABASE_URL."


def test_a_database_that_does_not_answer_is_said(shell: Shell) -> None:
    said = one_sentence(
        shell("status", GROVE_DATABASE_URL="postgresql+psycopg://grove:hunter2@127.0.0.1:1/grove")
    )

    assert said.startswith("The database cannot be read (connection failed")
    assert "hunter2" not in said


def test_a_second_grove_is_refused(shell: Shell, filled: Path) -> None:
    with held(filled / "data" / "grove.db"):
        said = one_sentence(shell("run", GROVE_PORT=str(free_port())))

    assert said == (
        f"Another Grove (process {os.getpid()}) is using data/grove.db. Stop it first, or use another database."
    )


def test_a_port_in_use_is_said(shell: Shell) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        said = one_sentence(shell("run", GROVE_PORT=str(port)))

    assert (
        said
        == f"Port {port} is in use: stop what uses it, or choose another with GROVE_PORT={port + 1}."
    )


@pytest.mark.parametrize(
    "token", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_CLIENT_ID", "DISCORD_BOT_TOKEN"]
)
def test_the_local_workspace_does_not_start_beside_a_real_team(token: str, shell: Shell) -> None:
    said = one_sentence(shell("run", **{token: "secret-value"}))

    assert said.startswith(f"{token} is set")
    assert "grove run --local" in said
    assert "secret-value" not in said


def test_status_and_outbox_of_an_empty_grove(shell: Shell, filled: Path) -> None:
    assert json.loads(shell("status", "--json").stdout)["members"] == 0
    assert "0 members" in shell("status").stdout
    assert shell("outbox").stdout == "No messages yet.\n"
    assert json.loads(shell("outbox", "--state", "failed", "--json").stdout) == []


@pytest.mark.usefixtures("filled")
def test_outbox_shows_at_least_one_message(shell: Shell) -> None:
    assert shell("outbox", "--limit", "-1").returncode == 2


def test_backup_and_restore(shell: Shell, filled: Path) -> None:
    made = json.loads(shell("backup", "--json").stdout)
    assert (filled / made["backup"]).stat().st_size == made["bytes"]

    done = shell("restore", "--yes", made["backup"], "--json")

    assert done.returncode == 0, done.stderr
    assert (filled / json.loads(done.stdout)["kept"]).exists()
    assert json.loads(shell("status", "--json").stdout)["members"] == 0


@pytest.mark.usefixtures("filled")
def test_a_restore_asks_first(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))
    made = json.loads(shell("backup", "--json").stdout)["backup"]

    done = shell("restore", made)

    assert done.returncode == 1
    assert "nothing was changed" in done.stderr


def test_migrate_says_what_it_did(shell: Shell) -> None:
    assert json.loads(shell("migrate", "--json").stdout) == {"before": "empty", "now": "current"}
    assert shell("migrate").stdout == "The tables were up to date.\n"


def test_doctor_finds_a_healthy_grove(shell: Shell, filled: Path) -> None:
    done = shell("doctor", "--json", GROVE_PORT=str(free_port()))

    found = {one["about"]: one["health"] for one in json.loads(done.stdout)}
    assert done.returncode == 0, done.stdout
    assert set(found) == {
        "settings", "python", "sqlite", "tables", "filesystem", "disk", "clock", "zones", "port", "tokens",
    }  # fmt: skip
    assert set(found.values()) <= {"ok", "note"}


def test_doctor_names_a_problem_and_its_mend(shell: Shell, filled: Path) -> None:
    put(filled / "data" / "grove.db", "UPDATE alembic_version SET version_num = '9999'")

    done = shell("doctor")

    assert done.returncode == 1
    assert (
        "PROBLEM  sqlite:///data/grove.db is from a newer Grove: install that version or a later one."
        in done.stdout
    )


def test_doctor_begins_with_the_settings(shell: Shell) -> None:
    done = shell("doctor", GROVE_PORT="x")

    assert (done.returncode, done.stdout.count("\n")) == (1, 1)
    assert "GROVE_PORT in the environment cannot be used" in done.stdout


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_completion_for_each_shell(kind: str, shell: Shell) -> None:
    done = shell("completion", kind)

    assert done.returncode == 0
    assert "_GROVE_COMPLETE" in done.stdout


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A Grove that was just started in an empty folder, and its address."""
    port = free_port()
    settings = {name: value for name, value in os.environ.items() if not name.startswith("GROVE_")}
    process = subprocess.Popen(
        [sys.executable, "-c", "from adapters.cli import main; main()", "run", "--no-open"],
        cwd=tmp_path,
        env=settings | {"PYTHONPATH": str(ROOT), "GROVE_PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    for line in process.stdout:
        if "Ctrl-C" in line:
            break
    yield process, f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()
    process.stdout.close()
    process.stderr.close()


def test_run_serves_and_ends_in_peace(
    running: tuple["subprocess.Popen[str]", str], shell: Shell
) -> None:
    process, address = running
    stream = f"{address}/local/api/stream?as=sam"
    with (
        urllib.request.urlopen(f"{address}/readyz") as ready,
        urllib.request.urlopen(stream) as still_open,
    ):
        assert ready.read() == b"ready"
        assert still_open.readline() == b"retry: 1500\n"
        assert json.loads(shell("status", "--json").stdout)["running"] is True
        begun = time.monotonic()

        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=20)

    assert code == 0
    assert time.monotonic() - begun < 10
    assert process.stderr is not None
    said = process.stderr.read()
    assert said.endswith("Stopped.\n")
    assert "Traceback" not in said
