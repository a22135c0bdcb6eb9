"""What stands beside the code is true: settings, packs, dependencies, commands."""

import re
import tomllib
from pathlib import Path

from adapters.main import packs_folder
from adapters.settings import PLATFORM_TOKENS, READERS, Settings, read

ROOT = Path(__file__).parents[2]


def lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text().splitlines() if line.strip()]


def test_the_example_names_every_setting_and_no_other() -> None:
    named = re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert sorted(named) == sorted([*READERS, *PLATFORM_TOKENS])


def test_the_example_copied_unchanged_is_the_default() -> None:
    assert read({"GROVE_ENV_FILE": str(ROOT / ".env.example")}) == Settings()


def test_the_example_explains_each_setting() -> None:
    blocks = (ROOT / ".env.example").read_text().split("\n\n")

    assert all(block.startswith("# ") for block in blocks)


def test_every_dependency_is_pinned_exactly() -> None:
    pins = lines(ROOT / "constraints.txt")
    names = {_plain(line.split("==")[0]) for line in pins if not line.startswith("#")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]

    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in pins if not line.startswith("#"))
    assert {_plain(re.split(r"[<>=\[]", one)[0]) for one in wanted} <= names


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_starter_packs_are_found_in_a_clone() -> None:
    assert packs_folder() == ROOT / "packs"
    assert len(list(packs_folder().glob("*/pack.md"))) == 5
