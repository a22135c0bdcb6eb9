"""What a person can see and do on a card: its words, its buttons, its forms; nothing that is not on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot import ui
from bot.quizzes.layout import LETTERS
from bot.ui import Act

_LETTERED = re.compile(r"\*\*([A-J])\*\* (.+)")


@dataclass(frozen=True, slots=True)
class Part:
    """An option or step as it is shown: its place, counted from 0, and its words."""

    place: int
    words: str


def words(card: ui.Card) -> str:
    """Everything written on the card."""
    return "\n".join([card.title, *_texts(card)])


def parts(card: ui.Card) -> list[Part]:
    """The lettered options or steps, in the order shown."""
    found = [
        _LETTERED.fullmatch(line.strip()) for text in _texts(card) for line in text.split("\n")
    ]
    return [Part(LETTERS.index(match[1]), match[2].strip()) for match in found if match]


def buttons(card: ui.Card) -> Iterator[ui.Button]:
    """Every button that does something in Grove."""
    for block in card.blocks:
        if isinstance(block, ui.Buttons):
            yield from (item for item in block.items if isinstance(item, ui.Button))


def button(card: ui.Card, *kinds: type[Act]) -> ui.Button | None:
    """The first button of the first of these kinds that the card has."""
    for kind in kinds:
        for each in buttons(card):
            if does(each.act, kind):
                return each
    return None


def all_of(card: ui.Card, kind: type[Act]) -> list[ui.Button]:
    """Every button of a kind, in the order shown."""
    return [each for each in buttons(card) if does(each.act, kind)]


def menu(card: ui.Card, kind: type[Act]) -> ui.Menu | None:
    """The menu of this kind."""
    menus = (block for block in card.blocks if isinstance(block, ui.Menu))
    return next((each for each in menus if does(each.act, kind)), None)


def does(act: str, kind: type[Act]) -> bool:
    """Whether a written act is of this kind."""
    return act.split(":")[0] == kind.code


def unchanged(form: ui.Form) -> dict[str, ui.Entry]:
    """The entries of a form handed in as it was opened."""
    return {field.name: _entry(field) for field in form.fields}


def _entry(field: ui.Field) -> ui.Entry:
    match field:
        case ui.Line():
            return field.value
        case ui.Pick():
            return field.value
        case ui.At():
            return field.value.strftime("%H:%M")
        case ui.Day():
            return field.value.isoformat() if field.value else ""
        case ui.Days():
            return tuple(str(day) for day in field.value)
        case ui.Switch():
            return "on" if field.value else ""
        case ui.People():
            return field.value


def _texts(card: ui.Card) -> Iterator[str]:
    for block in card.blocks:
        match block:
            case ui.Text() | ui.Note():
                yield block.markdown
            case ui.Facts():
                yield from (f"{label}: {value}" for label, value in block.pairs)
            case _:
                pass
