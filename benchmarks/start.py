"""How long the real process takes until it is ready, and what it holds when idle."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Result, percentile

QUESTION = "How long until `grove run` is ready, and how much memory does it hold when idle?"
REPOSITORY = Path(__file__).parent.parent
COMMAND = [sys.executable, "-c", "from adapters.cli import main; main()", "run"]
LONGEST_SECONDS = 60.0
"""After this it counts as never ready."""


def run(*, quick: bool = False) -> Result:
    """The first start, which fills the workspace, and later ones."""
    result = Result("start", QUESTION, "python -m benchmarks start", quick=quick)
    with TemporaryDirectory(prefix="grove-bench-") as folder:
        first, first_mb = _start(Path(folder), idle_seconds=1)
        result.add(start="first, filling the workspace", ready_s=first, idle_mb=first_mb)
        again = [
            _start(Path(folder), idle_seconds=1 if quick else 10) for _ in range(1 if quick else 5)
        ]
    result.add(
        start="later",
        ready_s=percentile([seconds for seconds, _ in again], 0.5),
        idle_mb=max(megabytes for _, megabytes in again),
    )
    return result


def _start(folder: Path, *, idle_seconds: float) -> tuple[float, float]:
    """Seconds until ready, and resident megabytes after some idling."""
    port = _free_port()
    environment = os.environ | {
        "GROVE_DATABASE_URL": f"sqlite:///{folder}/grove.db",
        "GROVE_DATA": str(folder),
        "GROVE_PORT": str(port),
        "GROVE_LOG": "warning",
        "PYTHONPATH": str(REPOSITORY),
    }
    began = time.perf_counter()
    process = subprocess.Popen(COMMAND, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_ready(process, f"http://127.0.0.1:{port}/readyz")
        seconds = time.perf_counter() - began
        time.sleep(idle_seconds)
        return round(seconds, 2), _resident_mb(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=15)


def _wait_ready(process: "subprocess.Popen[bytes]", address: str) -> None:
    ends = time.perf_counter() + LONGEST_SECONDS
    while time.perf_counter() < ends:
        if process.poll() is not None:
            raise RuntimeError(f"grove run ended with {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=1) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise RuntimeError("grove run did not become ready")


def _resident_mb(pid: int) -> float:
    """What the process holds in memory, its shared pages included (Linux: VmRSS)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return round(int(line.split()[1]) / 1024, 1)
    raise RuntimeError("no VmRSS")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
