"""What the buttons of packs and lessons mean."""

from dataclasses import dataclass
from typing import ClassVar

from bot.ui import Act


@dataclass(frozen=True, slots=True)
class ShowPacks(Act):
    """The packs open to one."""

    code: ClassVar[str] = "ll"


@dataclass(frozen=True, slots=True)
class OpenPack(Act):
    """A pack's next lesson."""

    code: ClassVar[str] = "lp"
    pack: int


@dataclass(frozen=True, slots=True)
class Join(Act):
    """Begin to learn a pack."""

    code: ClassVar[str] = "lj"
    pack: int
