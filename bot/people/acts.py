"""What the buttons of settings, pauses and one's own data mean."""

from dataclasses import dataclass
from typing import ClassVar

from bot.ui import Act


@dataclass(frozen=True, slots=True)
class OpenSettings(Act):
    """Open the settings form; submitted: keep what was entered."""

    code: ClassVar[str] = "ps"


@dataclass(frozen=True, slots=True)
class ShowPause(Act):
    """Show for how long one may pause."""

    code: ClassVar[str] = "pp"


@dataclass(frozen=True, slots=True)
class PauseUntil(Act):
    """Pause; `day` is an ISO date, or `open` until one says otherwise."""

    code: ClassVar[str] = "pu"
    day: str


@dataclass(frozen=True, slots=True)
class Resume(Act):
    """End a pause now."""

    code: ClassVar[str] = "pr"


@dataclass(frozen=True, slots=True)
class ShowLeave(Act):
    """Choose a pack to leave."""

    code: ClassVar[str] = "pl"


@dataclass(frozen=True, slots=True)
class Export(Act):
    """Everything Grove holds of one, as a file."""

    code: ClassVar[str] = "pe"


@dataclass(frozen=True, slots=True)
class ShowForget(Act):
    """Say what would be erased, and ask."""

    code: ClassVar[str] = "pf"


@dataclass(frozen=True, slots=True)
class Erase(Act):
    """Erase everything Grove holds of one."""

    code: ClassVar[str] = "px"


@dataclass(frozen=True, slots=True)
class Keep(Act):
    """Leave everything as it is."""

    code: ClassVar[str] = "pk"


@dataclass(frozen=True, slots=True)
class Count(Act):
    """Let one's answers count in the figures of groups (1), or not (0)."""

    code: ClassVar[str] = "pc"
    on: int
