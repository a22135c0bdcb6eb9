"""What a learner can give as an answer, and how it is stored.

Parts (options, steps) are counted as authored, whatever the order they were shown in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.terms import QuestionForm


@dataclass(frozen=True, slots=True)
class Chosen:
    """The options taken, of a single choice or of all that apply."""

    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """The words typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """The words for each gap, in the order of the gaps."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ordered:
    """The steps, in the order the learner puts them."""

    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NotSure:
    """The learner says that they do not know."""


Given = Chosen | Typed | Filled | Ordered


def to_texts(given: Given | NotSure) -> list[str]:
    """The answer as it is stored; not sure is nothing."""
    match given:
        case Chosen(parts) | Ordered(parts):
            return [str(part) for part in parts]
        case Typed(text):
            return [text]
        case Filled(texts):
            return list(texts)
        case NotSure():
            return []


def from_texts(form: QuestionForm, texts: Sequence[str]) -> Given | NotSure:
    """The stored answer to a question of this form."""
    if not texts:
        return NotSure()
    match form:
        case QuestionForm.SINGLE | QuestionForm.SEVERAL:
            return Chosen(_numbers(texts))
        case QuestionForm.TYPED:
            return Typed(texts[0])
        case QuestionForm.GAP:
            return Filled(tuple(texts))
        case QuestionForm.ORDER:
            return Ordered(_numbers(texts))


def _numbers(texts: Sequence[str]) -> tuple[int, ...]:
    return tuple(int(text) for text in texts if text.isdecimal())
