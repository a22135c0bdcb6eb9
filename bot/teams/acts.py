"""What the buttons of a channel and of its invitations mean."""

from dataclasses import dataclass
from typing import ClassVar

from bot.ui import Act


@dataclass(frozen=True, slots=True)
class Accept(Act):
    """Yes to an invitation, and to what came with it."""

    code: ClassVar[str] = "ta"
    enrolment: int


@dataclass(frozen=True, slots=True)
class Decline(Act):
    """No thanks to an invitation, and to what came with it."""

    code: ClassVar[str] = "td"
    enrolment: int


@dataclass(frozen=True, slots=True)
class Leave(Act):
    """Stop learning a pack; what is remembered is kept."""

    code: ClassVar[str] = "tl"
    enrolment: int


@dataclass(frozen=True, slots=True)
class ShowChannel(Act):
    """Show a channel to who leads it."""

    code: ClassVar[str] = "tc"
    channel: int


@dataclass(frozen=True, slots=True)
class SetUp(Act):
    """Open a channel's form; submitted: keep what was entered."""

    code: ClassVar[str] = "ts"
    channel: int


@dataclass(frozen=True, slots=True)
class AsLearner(Act):
    """Show what an invitation to this channel would look like."""

    code: ClassVar[str] = "tv"
    channel: int


@dataclass(frozen=True, slots=True)
class Invite(Act):
    """Invite everybody in a channel who was not asked yet."""

    code: ClassVar[str] = "ti"
    channel: int


@dataclass(frozen=True, slots=True)
class PauseChannel(Act):
    """No sets through this channel until it is resumed."""

    code: ClassVar[str] = "tp"
    channel: int


@dataclass(frozen=True, slots=True)
class ResumeChannel(Act):
    """Sets through this channel again."""

    code: ClassVar[str] = "tr"
    channel: int
