"""A pack's folder, read, parsed and checked in one go."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.lessons import checking, parsing, reading
from bot.lessons.content import Pack, Problem


@dataclass(frozen=True, slots=True)
class Opened:
    """What a folder holds: a pack, unless pack.md cannot be read, and everything there is to mend."""

    folder: Path
    pack: Pack | None
    problems: tuple[Problem, ...]

    @property
    def is_publishable(self) -> bool:
        """Whether there is a pack, and nothing worse than a warning."""
        return self.pack is not None and checking.is_publishable(self.problems)


def open_pack(folder: Path, today: date) -> Opened:
    """The pack in this folder; `today` decides whether a review is due. Raises nothing."""
    found = reading.read(folder)
    pack, problems = parsing.parse(found.texts, found.media)
    checked = () if pack is None else checking.check(pack, today)
    return Opened(folder, pack, parsing.ordered((*found.problems, *problems, *checked)))
