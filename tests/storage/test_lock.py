"""One Grove per file: a second is refused, also when the first was killed it is not."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import lock

HOLD = """
import sys, time
from pathlib import Path
from storage import lock
with lock.held(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds the database."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "grove.db")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_grove_is_refused_and_told_by_whom(
    other: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    assert lock.is_held(tmp_path / "grove.db")

    with (
        pytest.raises(lock.Running, match=rf"process {other.pid}\).*Stop it first"),
        lock.held(tmp_path / "grove.db"),
    ):
        pass


def test_a_killed_grove_leaves_no_lock_behind(
    other: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    os.kill(other.pid, signal.SIGKILL)
    other.wait()

    assert not lock.is_held(tmp_path / "grove.db")
    with lock.held(tmp_path / "grove.db"):
        assert lock.lock_path(tmp_path / "grove.db").read_text() == str(os.getpid())


def test_looking_makes_no_lock(tmp_path: Path) -> None:
    assert not lock.is_held(tmp_path / "grove.db")
    assert list(tmp_path.iterdir()) == []
