"""What Grove can say, free of any platform: cards, forms, acts and outcomes, and their JSON.

A renderer turns these into a platform's own widgets. Texts are Markdown (CommonMark inline, lists, quotes, code).
An act is data, not trust: every handler checks whose row it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any, ClassVar, Self, get_args

MAX_ACT = 96
"""Characters of a written act; Discord's `custom_id` holds 100 (docs: components/reference, 2026-08)."""

LARGEST_NUMBER = (1 << 63) - 1
"""The largest number in an act; no database holds an id beyond it."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a button means: a short code and a few whole numbers or slugs, e.g. `qa:812:2`.

    Subclasses are frozen dataclasses with a `code`; their fields are `int` or `str` without a colon.
    """

    code: ClassVar[str]

    def write(self) -> str:
        """The act as text, at most 96 characters."""
        parts = [str(getattr(self, f.name)) for f in fields(self)]
        if any(":" in part for part in parts):
            raise ValueError(f"a part of {self.code} holds a colon")
        text = ":".join([self.code, *parts])
        if len(text) > MAX_ACT:
            raise ValueError(f"act {self.code} is {len(text)} characters long; {MAX_ACT} fit")
        return text

    @classmethod
    def read(cls, parts: list[str]) -> Self:
        """The act from its parts; ValueError when their number or kind is wrong."""
        wanted = fields(cls)
        if len(parts) != len(wanted):
            raise ValueError(f"{cls.code} takes {len(wanted)} parts")
        values = [
            _number(part) if f.type is int else part for f, part in zip(wanted, parts, strict=True)
        ]
        return cls(*values)


def _number(part: str) -> int:
    """A number that a database can hold; ValueError for any other."""
    value = int(part)
    if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise ValueError("a number of an act does not fit 64 bits")
    return value


class Style(StrEnum):
    """How much a button asks for attention."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph or more of Markdown."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Note:
    """A small, quiet line under the main text."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG that is drawn when asked for: `source` holds all that is drawn, `alt` says it in words."""

    source: str
    alt: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Short label and value pairs."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Button:
    """A button that does `act` (as written). `hint` says more to a screen reader than its short label."""

    label: str
    act: str
    style: Style = Style.PLAIN
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of buttons."""

    items: tuple[Button | Link, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a menu or a pick field."""

    label: str
    value: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A list to choose from; pressing it does `act` with the chosen values. `most` > 1 allows several."""

    label: str
    act: str
    choices: tuple[Choice, ...]
    least: int = 1
    most: int = 1


Block = Text | Note | Picture | Facts | Buttons | Menu


@dataclass(frozen=True, slots=True)
class Card:
    """One message. `plain` is the full sentence a notification shows; it gives no answer away."""

    title: str
    blocks: tuple[Block, ...] = ()
    summary: str = ""

    def plain(self) -> str:
        """The sentence for notifications and for clients that show no blocks."""
        return self.summary or self.title


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, or several when `long`."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    required: bool = True
    long: bool = False
    most: int = 150


@dataclass(frozen=True, slots=True)
class Pick:
    """One or several of the choices; `value` holds those chosen. `picked` lists show as a menu or radio buttons."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    value: tuple[str, ...] = ()
    hint: str = ""
    required: bool = True
    several: bool = False


@dataclass(frozen=True, slots=True)
class At:
    """A local wall time."""

    name: str
    label: str
    value: time = time(9, 30)
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar date of the reader; None when it may stay empty."""

    name: str
    label: str
    value: date | None = None
    hint: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """Days of the week, Monday 0 to Sunday 6."""

    name: str
    label: str
    value: tuple[int, ...] = (0, 1, 2, 3, 4)
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Switch:
    """On or off."""

    name: str
    label: str
    value: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """Members of the workspace, by their platform's id."""

    name: str
    label: str
    value: tuple[str, ...] = ()
    hint: str = ""
    required: bool = False


Field = Line | Pick | At | Day | Days | Switch | People


@dataclass(frozen=True, slots=True)
class Form:
    """A few fields, all filled in; submitting it does `act` with the entries."""

    title: str
    fields: tuple[Field, ...]
    act: str
    intro: str = ""
    submit: str = ""


Entry = str | tuple[str, ...]
Entries = Mapping[str, Entry]
"""What was put into a form or menu: texts, `HH:MM` times, ISO dates, day numbers, `on`/``, member ids."""


@dataclass(frozen=True, slots=True)
class Say:
    """Answer with a card: in place of the message pressed, or as a new one; private unless `public`."""

    card: Card
    replace: bool = False
    public: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """Answer with a form."""

    form: Form


@dataclass(frozen=True, slots=True)
class Fix:
    """A form needs a look: problems by field name, and the form with the entries kept."""

    problems: tuple[tuple[str, str], ...]
    form: Form


@dataclass(frozen=True, slots=True)
class File:
    """Answer with a file to keep, and a card that says what it is."""

    card: Card
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing is to be shown: already dealt with, or not meant for Grove."""


Outcome = Say | Open | Fix | File | Nothing

_BLOCKS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (*get_args(Block), Button, Link, Choice)
}


def dump(value: object) -> Any:
    """A card or block as JSON-able data; each object carries its kind under `_`."""
    if is_dataclass(value) and not isinstance(value, type):
        held = {f.name: dump(getattr(value, f.name)) for f in fields(value)}
        return {"_": type(value).__name__, **held}
    if isinstance(value, tuple | list):
        return [dump(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value


def load_card(data: Any) -> Card:
    """A card from what `dump` made of it."""
    return Card(data["title"], tuple(_load(block) for block in data["blocks"]), data["summary"])


def _load(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_load(item) for item in data)
    if not isinstance(data, dict):
        return data
    kind = _BLOCKS[data["_"]]
    values = {name: _load(value) for name, value in data.items() if name != "_"}
    if kind is Button:
        values["style"] = Style(values["style"])
    return kind(**values)
