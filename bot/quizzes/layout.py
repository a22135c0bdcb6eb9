"""The order in which the parts of a question are shown, and the letters they get.

A layout is a permutation: at place p stands the option or step `layout[p]`, counted as authored.
"""

import itertools
import re

from bot import chance
from bot.chance import Key
from bot.lessons.content import Question
from bot.terms import QuestionForm

LETTERS = "ABCDEFGHIJ"
"""More than any question has parts (five options, seven steps)."""

_MONTHS = "january february march april may june july august september october november december"
_MONATE = "januar februar märz april mai juni juli august september oktober november dezember"

SERIES: tuple[tuple[str, ...], ...] = (
    ("yes", "no"),
    ("true", "false"),
    ("right", "wrong"),
    ("ja", "nein"),
    ("wahr", "falsch"),
    ("richtig", "falsch"),
    ("always", "usually", "often", "sometimes", "rarely", "never"),
    ("immer", "meistens", "oft", "manchmal", "selten", "nie"),
    ("all", "most", "some", "none"),
    ("critical", "high", "medium", "low"),
    ("hoch", "mittel", "niedrig"),
    ("first", "second", "third", "fourth", "fifth"),
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    ("eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    tuple(_MONTHS.split()),
    tuple(_MONATE.split()),
    tuple("abcdefghij"),
)
"""Options that people expect in this order, or in its reverse."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MARKS = " \t.,;:!?`*_\"'"


def layout(question: Question, *key: Key) -> tuple[int, ...]:
    """The order to show the options or steps in, drawn from the key; empty where there are none.

    A natural series keeps its authored order. Steps never stand in the right order.
    """
    match question.form:
        case QuestionForm.SINGLE | QuestionForm.SEVERAL:
            count = len(question.options)
            if is_series([option.text for option in question.options]):
                return tuple(range(count))
            return chance.shuffled(range(count), "layout", *key)
        case QuestionForm.ORDER:
            return _disordered(len(question.steps), *key)
        case QuestionForm.TYPED | QuestionForm.GAP:
            return ()


def letter(shown: tuple[int, ...], part: int) -> str:
    """The letter under which an authored option or step is shown."""
    return LETTERS[shown.index(part)]


def is_series(texts: list[str]) -> bool:
    """Whether the texts stand in an order people expect: SEV1, SEV2, SEV3; Monday, Friday."""
    return _is_monotone(_numbers(texts)) or any(
        _is_monotone([float(place) for place in _places(texts, series)]) for series in SERIES
    )


def _disordered(count: int, *key: Key) -> tuple[int, ...]:
    right = tuple(range(count))
    if count < 2:
        return right
    tries = (chance.shuffled(right, "layout", *key, again) for again in itertools.count())
    return next(order for order in tries if order != right)


def _numbers(texts: list[str]) -> list[float]:
    """The one number in each text; nothing when a text has none or several."""
    found = [_NUMBER.findall(text) for text in texts]
    return [float(numbers[0]) for numbers in found] if all(len(each) == 1 for each in found) else []


def _places(texts: list[str], series: tuple[str, ...]) -> list[int]:
    """Where the texts stand in the series; nothing when one is not of it."""
    words = [text.strip(_MARKS).casefold() for text in texts]
    return [series.index(word) for word in words] if set(words) <= set(series) else []


def _is_monotone(values: list[float]) -> bool:
    steps = list(itertools.pairwise(values))
    return bool(steps) and (all(a < b for a, b in steps) or all(a > b for a, b in steps))
