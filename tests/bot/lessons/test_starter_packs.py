"""The packs that come with Grove have nothing to mend."""

from datetime import date
from pathlib import Path

import pytest

from bot.lessons import checking, parsing, reading, writing

PACKS = Path(__file__).parents[3] / "packs"
FOLDERS = sorted(path.parent.name for path in PACKS.glob("*/pack.md"))
WRITTEN = date(2026, 11, 15)
"""A day soon after the packs were written; a real check says itself when a review is due."""


@pytest.mark.parametrize("name", FOLDERS)
def test_a_starter_pack_has_nothing_to_mend(name: str) -> None:
    folder = reading.read(PACKS / name)
    pack, problems = parsing.parse(folder.texts, folder.media)
    checked = checking.check(pack, WRITTEN) if pack else ()

    assert [str(problem) for problem in (*folder.problems, *problems, *checked)] == []
    assert pack
    assert pack.slug == name


@pytest.mark.parametrize("name", FOLDERS)
def test_a_starter_pack_survives_writing(name: str) -> None:
    folder = reading.read(PACKS / name)
    pack, _ = parsing.parse(folder.texts, folder.media)
    assert pack

    again, problems = parsing.parse(writing.write(pack), folder.media)

    assert problems == ()
    assert again == pack


def test_there_are_starter_packs() -> None:
    assert FOLDERS
