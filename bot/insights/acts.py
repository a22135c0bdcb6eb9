"""What the buttons of progress mean."""

from dataclasses import dataclass
from typing import ClassVar

from bot.ui import Act


@dataclass(frozen=True, slots=True)
class ShowProgress(Act):
    """Show what one remembers."""

    code: ClassVar[str] = "ip"
