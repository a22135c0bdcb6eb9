"""What makes a question weaker than it could be; each rule is one function with one code.

The rules are the item-writing flaws that are plain to see in a text
(Haladyna, Downing and Rodriguez 2002, Applied Measurement in Education 15:309, table 1).
Those that depend on words know English; other languages are not judged by them.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain

from bot.lessons import identity, markdown
from bot.lessons.content import Lesson, Pack, Problem, Question, warning
from bot.terms import QuestionForm

MUCH_LONGER = 1.3
"""How much longer than every wrong option the shortest correct one may be."""

LONGER_BY = 12
"""Characters below which a difference in length is not seen, whatever its share."""

SHORTEST_REPEAT = 4
"""Characters of an answer that give it away when repeated in the stem; "no" or "80" do not."""

_ALL_OF_THEM = re.compile(
    r"(all|none|both|neither|any|most) of (the above|these|those|them|the others?)"
    r"|(all|none) above|all the above"
)
_NEGATIVE = re.compile(
    r"\bNOT\b|\bEXCEPT\b|\bexcept\s*(for)?\s*(:|\?|$)"
    r"|\b(which|what)\b(\s+\w+){0,3}?\s+(is|are|was|were|does|do|did|should|would|can|must)"
    r"(\s+(you|we|they|he|she|it))?(n['’]t|\s+not)\b"
    r"|\b(which|what)\b(\s+\w+){0,3}\s+(should|would|must)(n['’]t|\s+never|\s+not)\b"
)
_QUESTION_START = re.compile(r"^(which|what)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def check(pack: Pack, lesson: Lesson, question: Question) -> Iterator[Problem]:
    """What an author may want to better in this question."""
    for rule in _RULES:
        yield from rule(question, lesson.path)
    if pack.language.split("-")[0] == "en":
        for rule in _ENGLISH_RULES:
            yield from rule(question, lesson.path)


def misconceptions(pack: Pack) -> Iterator[Problem]:
    """Misconceptions that one question alone can reveal; a single slip is no belief."""
    asked = [(lesson, question) for lesson in pack.lessons for question in lesson.questions]
    names = [name for _, question in asked for name in _names(question)]
    for lesson, question in asked:
        for option in question.options:
            if option.misconception and names.count(option.misconception) == 1:
                message = (
                    f"'{option.misconception}' is named in one question only; name it in another"
                )
                line = option.line or question.line
                yield warning(lesson.path, line, "misconception-once", message)


def _long_right_option(question: Question, path: str) -> Iterator[Problem]:
    right = [len(markdown.plain(each.text)) for each in question.options if each.right]
    wrong = [len(markdown.plain(each.text)) for each in question.options if not each.right]
    if not right or not wrong:
        return
    shortest, longest = min(right), max(wrong)
    if shortest > longest * MUCH_LONGER and shortest >= longest + LONGER_BY:
        message = f"the correct option is much the longest ({shortest} to {longest}); shorten it"
        yield warning(path, question.line, "long-right-option", message)


def _answer_in_stem(question: Question, path: str) -> Iterator[Problem]:
    """An answer named in the stem together with a wrong option is a choice, not a hint."""
    stem = _words(question.stem)
    if any(_stands_in(option.text, stem) for option in question.options if not option.right):
        return
    for text in _right(question):
        if len(identity.normal_markdown(text)) >= SHORTEST_REPEAT and _stands_in(text, stem):
            message = f"the answer '{_short(text)}' stands in the stem; reword one of them"
            yield warning(path, question.line, "answer-in-stem", message)
            return


def _all_of_the_above(question: Question, path: str) -> Iterator[Problem]:
    for option in question.options:
        if _ALL_OF_THEM.fullmatch(identity.normal_markdown(option.text)):
            message = f"'{_short(option.text)}' rewards half knowledge; mark several options '[x]'"
            yield warning(path, option.line or question.line, "all-of-the-above", message)


def _negative_stem(question: Question, path: str) -> Iterator[Problem]:
    if _is_negative(markdown.plain(question.stem)):
        message = "the stem asks for what is not so; ask for what is"
        yield warning(path, question.line, "negative-stem", message)


_RULES: tuple[Callable[[Question, str], Iterator[Problem]], ...] = (
    _long_right_option,
    _answer_in_stem,
)
_ENGLISH_RULES: tuple[Callable[[Question, str], Iterator[Problem]], ...] = (
    _all_of_the_above,
    _negative_stem,
)


def _is_negative(stem: str) -> bool:
    """Whether a sentence of the stem asks "which is not …" or "all except"."""
    return bool(_NEGATIVE.search(stem) or _NEGATIVE.search(stem[:1].lower() + stem[1:]))


def _names(question: Question) -> set[str]:
    return {option.misconception for option in question.options if option.misconception}


def _right(question: Question) -> list[str]:
    if question.form in {QuestionForm.SINGLE, QuestionForm.SEVERAL}:
        return [option.text for option in question.options if option.right]
    return [*question.accepted, *chain.from_iterable(question.gaps)]


def _stands_in(text: str, words: str) -> bool:
    return bool(_words(text).strip()) and _words(text) in words


def _words(text: str) -> str:
    """The words of the Markdown with one space around each, so that only whole words match."""
    return f" {' '.join(_WORD.findall(identity.normal_markdown(text)))} "


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
