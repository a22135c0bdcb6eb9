"""How somebody answers a question on a card, knowing the answer or not."""

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.simulation import reading
from adapters.simulation.library import plain
from adapters.simulation.reading import Part
from bot import ui
from bot.chance import Key, draw, shuffled
from bot.lessons import patterns
from bot.lessons.content import Question
from bot.quizzes import acts
from bot.quizzes.layout import LETTERS
from bot.terms import QuestionForm

UNSURE = 0.4
"""How often somebody who does not know says so instead of guessing."""

WRONG_WORDS = "something else altogether"
"""What they type when they guess."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What one does: press `act` (with `values`), fill in the form it opens (`entries`), or write `text` instead."""

    act: str
    right: bool
    values: tuple[str, ...] = ()
    entries: tuple[tuple[str, ui.Entry], ...] = ()
    text: str = ""
    unsure: bool = False


def reply(question: Question, card: ui.Card, knows: bool, *key: Key) -> Reply | None:
    """An answer read off the card; None when the card offers no way to give one."""
    unsure = reading.button(card, acts.NotSure)
    if not knows and unsure is not None and draw("unsure", *key) < UNSURE:
        return Reply(unsure.act, right=False, unsure=True)
    match question.form:
        case QuestionForm.SINGLE:
            return _single(question, card, knows, *key)
        case QuestionForm.SEVERAL:
            return _several(question, card, knows, *key)
        case QuestionForm.ORDER:
            return _order(question, card, knows, *key)
        case QuestionForm.TYPED | QuestionForm.GAP:
            return _words(question, card, knows)


def _single(question: Question, card: ui.Card, knows: bool, *key: Key) -> Reply | None:
    shown, pressable = reading.parts(card), reading.all_of(card, acts.Answer)
    if not shown or len(shown) != len(pressable):
        return None
    right = _right_places(question, shown)
    place = right[0] if knows else shuffled(range(len(shown)), "guess", *key)[0]
    return Reply(pressable[place].act, right=place in right, text=LETTERS[place].lower())


def _several(question: Question, card: ui.Card, knows: bool, *key: Key) -> Reply | None:
    shown, menu = reading.parts(card), reading.menu(card, acts.Choose)
    if not shown or menu is None:
        return None
    right = _right_places(question, shown)
    guess = [part.place for part in shown if draw("pick", part.place, *key) < 0.5]
    places = right if knows else sorted(guess or [shuffled(range(len(shown)), "one", *key)[0]])
    values = tuple(menu.choices[place].value for place in places)
    letters = " ".join(LETTERS[place] for place in places)
    return Reply(menu.act, right=places == right, values=values, text=letters)


def _order(question: Question, card: ui.Card, knows: bool, *key: Key) -> Reply | None:
    shown, opener = reading.parts(card), reading.button(card, acts.Reply)
    if len(shown) != len(question.steps) or opener is None:
        return None
    named = {plain(part.words): part.place for part in shown}
    right = [named[plain(step)] for step in question.steps]
    places = right if knows else list(shuffled(range(len(shown)), "order", *key))
    entries = tuple((f"place{at}", (str(place),)) for at, place in enumerate(places))
    letters = " ".join(LETTERS[place] for place in places)
    return Reply(opener.act, right=places == right, entries=entries, text=letters)


def _words(question: Question, card: ui.Card, knows: bool) -> Reply | None:
    opener = reading.button(card, acts.Reply)
    groups = question.gaps if question.form is QuestionForm.GAP else (question.accepted,)
    literal = [_literal(group) for group in groups]
    if opener is None:
        return None
    if not all(literal) or not knows:
        literal = [WRONG_WORDS for _ in groups]
    names = (
        ["answer"]
        if question.form is QuestionForm.TYPED
        else [f"gap{at}" for at in range(len(groups))]
    )
    return Reply(
        opener.act,
        right=knows and WRONG_WORDS not in literal,
        entries=tuple(zip(names, literal, strict=True)),
        text="; ".join(literal),
    )


def _literal(accepted: Sequence[str]) -> str:
    return next((text for text in accepted if not patterns.is_pattern(text)), "")


def _right_places(question: Question, shown: Sequence[Part]) -> list[int]:
    right = {plain(option.text) for option in question.options if option.right}
    return [part.place for part in shown if plain(part.words) in right]
