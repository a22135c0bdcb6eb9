"""What the buttons of a set mean."""

from dataclasses import dataclass
from typing import ClassVar

from bot.ui import Act


@dataclass(frozen=True, slots=True)
class Begin(Act):
    """Go on with today's set, or make it now."""

    code: ClassVar[str] = "qb"


@dataclass(frozen=True, slots=True)
class Answer(Act):
    """Answer a single choice: `choice` counts the options as they are shown, from 0."""

    code: ClassVar[str] = "qa"
    asking: int
    choice: int


@dataclass(frozen=True, slots=True)
class Choose(Act):
    """Answer an all-that-apply question with the values picked in its menu."""

    code: ClassVar[str] = "qc"
    asking: int


@dataclass(frozen=True, slots=True)
class Reply(Act):
    """Open the form in which a question is answered in words or put in order."""

    code: ClassVar[str] = "qr"
    asking: int


@dataclass(frozen=True, slots=True)
class Hand(Act):
    """Hand in that form."""

    code: ClassVar[str] = "qh"
    asking: int


@dataclass(frozen=True, slots=True)
class NotSure(Act):
    """Answer that one does not know: no guessing needed."""

    code: ClassVar[str] = "qn"
    asking: int


@dataclass(frozen=True, slots=True)
class Later(Act):
    """Put a question off to another day."""

    code: ClassVar[str] = "ql"
    asking: int


@dataclass(frozen=True, slots=True)
class Flag(Act):
    """Open the form in which a question is said to be wrong or unclear."""

    code: ClassVar[str] = "qf"
    asking: int


@dataclass(frozen=True, slots=True)
class Report(Act):
    """Hand in that form."""

    code: ClassVar[str] = "qp"
    asking: int


@dataclass(frozen=True, slots=True)
class Next(Act):
    """Go on in a set."""

    code: ClassVar[str] = "qx"
    set: int


@dataclass(frozen=True, slots=True)
class ReadLesson(Act):
    """Show a lesson."""

    code: ClassVar[str] = "qlr"
    lesson: int


@dataclass(frozen=True, slots=True)
class TestFirst(Act):
    """Ask a lesson's check questions before it is read."""

    __test__: ClassVar[bool] = False  # pytest would take its name for a test
    code: ClassVar[str] = "qlt"
    lesson: int


@dataclass(frozen=True, slots=True)
class Check(Act):
    """A lesson was read: ask its check questions."""

    code: ClassVar[str] = "qlc"
    lesson: int


@dataclass(frozen=True, slots=True)
class SkipLesson(Act):
    """Leave a lesson for another day."""

    code: ClassVar[str] = "qls"
    lesson: int


@dataclass(frozen=True, slots=True)
class Practise(Act):
    """Practise a topic now."""

    code: ClassVar[str] = "qt"
    topic: int


@dataclass(frozen=True, slots=True)
class Try(Act):
    """Try one real question of a pack before joining it."""

    code: ClassVar[str] = "qy"
    pack: int


@dataclass(frozen=True, slots=True)
class Level(Act):
    """Two more questions of a pack just joined, to see what is known already."""

    code: ClassVar[str] = "qv"
    pack: int


@dataclass(frozen=True, slots=True)
class FirstLesson(Act):
    """The next lesson of a pack, without finding the level."""

    code: ClassVar[str] = "qvl"
    pack: int


@dataclass(frozen=True, slots=True)
class KeepGoing(Act):
    """Yes, go on writing to me."""

    code: ClassVar[str] = "qk"
