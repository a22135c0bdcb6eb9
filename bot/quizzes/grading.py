"""What an answer is worth: right, partly, wrong, or not sure; pure, and whatever the layout was.

A typed answer is forgiven what `spelling` forgives, unless that would make it another known answer.
Partly right: some of all that apply and nothing wrong, some of the gaps, or half of the steps in
order. It is worth a kinder word; only right counts as remembered.
"""

import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from bot.lessons import patterns
from bot.lessons.content import Option, Question
from bot.quizzes import spelling
from bot.quizzes.reading import understand
from bot.quizzes.replies import Chosen, Filled, Given, NotSure, Ordered, Typed
from bot.terms import QuestionForm, Verdict

__all__ = [
    "Chosen",
    "Filled",
    "Given",
    "Graded",
    "NotSure",
    "Ordered",
    "Typed",
    "grade",
    "right_text",
    "understand",
]


@dataclass(frozen=True, slots=True)
class Graded:
    """An answer's worth, and what to say to it.

    `feedback` and `misconceptions` belong to the options chosen. `right_text` is Markdown.
    """

    verdict: Verdict
    typo: bool
    misconceptions: tuple[str, ...]
    feedback: tuple[str, ...]
    right_text: str


def grade(question: Question, given: Given | NotSure) -> Graded:
    """The worth of an answer. Never raises: an answer of another form is wrong."""
    typo = False
    chosen: list[Option] = []
    match question.form, given:
        case _, NotSure():
            verdict = Verdict.NOT_SURE
        case ((QuestionForm.SINGLE | QuestionForm.SEVERAL), Chosen(places)):
            chosen = [option for at, option in enumerate(question.options) if at in places]
            verdict = _chosen(question, chosen, set(places))
        case QuestionForm.TYPED, Typed(text):
            verdict, typo = _filled([question.accepted], (text,))
        case QuestionForm.GAP, Filled(texts):
            verdict, typo = _filled(question.gaps, texts)
        case QuestionForm.ORDER, Ordered(steps):
            verdict = _ordered(question.steps, steps)
        case _:
            verdict = Verdict.WRONG
    misconceptions = dict.fromkeys(each.misconception for each in chosen if each.misconception)
    feedback = tuple(option.feedback for option in chosen if option.feedback)
    return Graded(verdict, typo, tuple(misconceptions), feedback, right_text(question))


def right_text(question: Question) -> str:
    """The right answer in words; empty when nothing but patterns is accepted."""
    match question.form:
        case QuestionForm.SINGLE | QuestionForm.SEVERAL:
            return "; ".join(option.text for option in question.options if option.right)
        case QuestionForm.TYPED:
            return _first_text(question.accepted)
        case QuestionForm.GAP:
            return ", ".join(text for gap in question.gaps if (text := _first_text(gap)))
        case QuestionForm.ORDER:
            return "\n".join(f"{at}. {step}" for at, step in enumerate(question.steps, 1))


def _chosen(question: Question, chosen: list[Option], places: set[int]) -> Verdict:
    right = {at for at, option in enumerate(question.options) if option.right}
    if places == right:
        return Verdict.RIGHT
    is_partly = question.form is QuestionForm.SEVERAL and bool(chosen) and places < right
    return Verdict.PARTLY if is_partly else Verdict.WRONG


def _filled(gaps: Collection[tuple[str, ...]], texts: tuple[str, ...]) -> tuple[Verdict, bool]:
    """The worth of words for one or more gaps, and whether a typo was forgiven."""
    if len(texts) != len(gaps):
        return Verdict.WRONG, False
    known = {text for gap in gaps for text in gap if not patterns.is_pattern(text)}
    fits = [_fits(gap, text, known) for gap, text in zip(gaps, texts, strict=True)]
    right = sum(is_right for is_right, _ in fits)
    verdict = Verdict.WRONG if not right else Verdict.PARTLY
    return Verdict.RIGHT if right == len(gaps) else verdict, any(typo for _, typo in fits)


def _fits(accepted: tuple[str, ...], text: str, known: set[str]) -> tuple[bool, bool]:
    """Whether a text is accepted, and whether only because a typo is forgiven."""
    if not text.strip():
        return False, False
    texts = [each for each in accepted if not patterns.is_pattern(each)]
    if any(spelling.same(text, each) for each in texts):
        return True, False
    if any(_matches(each, text) for each in accepted if patterns.is_pattern(each)):
        return True, False
    if any(spelling.same(text, other) for other in known):
        return False, False
    is_forgiven = any(spelling.is_typo(text, each) for each in texts)
    return is_forgiven, is_forgiven


def _matches(pattern: str, text: str) -> bool:
    """Whether a whole text fits a pattern `/…/`, as written or as `spelling.normal` has it."""
    compiled = _compiled(pattern)
    forms = (spelling.tidy(text), spelling.normal(text))
    return compiled is not None and any(
        compiled.fullmatch(form[: patterns.LONGEST_ANSWER]) for form in forms
    )


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    """The pattern ready to match; None for one that could hang, whoever let it through."""
    if patterns.fault(pattern):
        return None
    return re.compile(pattern[1:-1], re.IGNORECASE)


def _ordered(right: tuple[str, ...], steps: tuple[int, ...]) -> Verdict:
    if sorted(steps) != list(range(len(right))):
        return Verdict.WRONG
    if tuple(right[step] for step in steps) == right:
        return Verdict.RIGHT
    in_order = _longest_rise(steps)
    return Verdict.PARTLY if in_order >= 2 and 2 * in_order >= len(right) else Verdict.WRONG


def _longest_rise(steps: tuple[int, ...]) -> int:
    """How many steps stand in the right order among themselves (patience sorting)."""
    ends: list[int] = []
    for step in steps:
        place = bisect_left(ends, step)
        ends[place : place + 1] = [step]
    return len(ends)


def _first_text(accepted: tuple[str, ...]) -> str:
    return next((text for text in accepted if not patterns.is_pattern(text)), "")
