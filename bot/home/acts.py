"""What the buttons of home mean."""

from dataclasses import dataclass
from typing import ClassVar

from bot.ui import Act


@dataclass(frozen=True, slots=True)
class ShowHome(Act):
    """Show home."""

    code: ClassVar[str] = "ho"


@dataclass(frozen=True, slots=True)
class ShowHelp(Act):
    """Show what one can do here."""

    code: ClassVar[str] = "hh"
