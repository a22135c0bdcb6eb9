"""The house's directions hold, and each contract is seen to catch what it forbids."""

import ast
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("adapters", "bot", "storage")

CLOCKS = {"now", "utcnow", "today", "time", "monotonic"}
"""Ways to read a clock, as attributes of `datetime`, `date` or `time`."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The house, to be broken."""
    for package in PACKAGES:
        skip = shutil.ignore_patterns("__pycache__", "static", "templates", "*.po")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=skip)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> str:
    code = "from importlinter.cli import lint_imports_command as lint; lint()"
    command = [sys.executable, "-c", code, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        (
            "storage/people.py",
            "import bot.routes",
            "Adapters speak, bot decides, storage remembers",
        ),
        (
            "bot/teams/service.py",
            "import bot.people.service",
            "Adapters speak, bot decides, storage remembers",
        ),
        ("bot/days.py", "import random", "Pure rooms get values and return values"),
        (
            "bot/quizzes/memory.py",
            "import storage.memories",
            "Pure rooms get values and return values",
        ),
        (
            "bot/teams/service.py",
            "import slack_sdk",
            "Neither bot nor storage knows a platform or the web",
        ),
        (
            "adapters/local/desk.py",
            "import adapters.simulation.library",
            "Doors do not know each other",
        ),
        (
            "adapters/local/desk.py",
            "import adapters.main",
            "Only the command line and the composition root know every door",
        ),
        ("adapters/local/desk.py", "import sqlmodel", "Only storage speaks SQL"),
    ],
)
def test_a_wrong_direction_is_caught(module: str, line: str, contract: str, copy: Path) -> None:
    broken = copy / module
    broken.write_text(f"{broken.read_text()}\n{line}\n")

    assert f"{contract} BROKEN" in lint(copy)


def test_every_direction_holds() -> None:
    report = lint(ROOT)

    assert "0 broken" in report, report


def test_every_module_of_bot_has_its_place() -> None:
    """A new module is named in one of the first two contracts: it tells a story, or it is pure."""
    placed = {name for contract in _contracts()[:2] for name in _named(contract)}

    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "bot").rglob("*.py")
    }
    homeless = {
        name for name in modules if not name.endswith("__init__") and not _is_placed(name, placed)
    }

    assert homeless == set()


def _contracts() -> list[dict[str, Any]]:
    found = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    assert isinstance(found, list)
    return found


def _named(contract: dict[str, Any]) -> list[str]:
    layers = " ".join(contract.get("layers", [])).replace("|", " ").replace(":", " ").split()
    return [*layers, *contract.get("source_modules", [])]


def _is_placed(name: str, placed: set[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in placed)


@pytest.mark.parametrize("package", ["bot", "storage"])
def test_nobody_reads_a_clock_but_the_door_to_the_database(package: str) -> None:
    readers = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / package).rglob("*.py"))
        if path != ROOT / "storage" / "engine.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS
        if isinstance(node.value, ast.Name) and node.value.id in {"datetime", "date", "time"}
    ]

    assert readers == []
