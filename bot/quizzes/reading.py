"""How plain words are understood as an answer: a letter, a text, several, an order, or not sure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.lessons import markdown, patterns
from bot.lessons.content import Question
from bot.quizzes import spelling
from bot.quizzes.layout import LETTERS
from bot.quizzes.replies import Chosen, Filled, Given, NotSure, Ordered, Typed
from bot.terms import QuestionForm

NOT_SURE = frozenset(
    spelling.normal(words)
    for words in (
        *("not sure", "not so sure", "i'm not sure", "im not sure", "i am not sure", "unsure"),
        *("don't know", "i don't know", "i do not know", "dunno", "idk", "no idea", "no clue"),
        *("nicht sicher", "bin nicht sicher", "ich bin nicht sicher", "unsicher", "keine ahnung"),
        *("weiß nicht", "weiß ich nicht", "ich weiß nicht", "ich weiß es nicht"),
    )
)
"""Ways to say so, as `spelling.normal` writes them; a question mark alone is one, too."""

_ASIDE = r"(?:(?:it'?s|it is|i think|i say|option|answer|antwort|es ist)\s+)*"
_LETTER = re.compile(rf"{_ASIDE}[(\[]?([a-j])[)\].:,!?]*", re.IGNORECASE | re.ASCII)
_LABELLED = re.compile(r"[(\[]?([a-j])[)\].:]*\s+(\S.*)", re.IGNORECASE | re.ASCII | re.DOTALL)
_NUMBERED = re.compile(r"(?:\d{1,2}[.):]|[-*\u2022])\s*(?=\S)")
_HEAD = re.compile(r"[,;:.(\u2013\u2014]")
_AND = r"\b(?:and|und|then|dann|plus)\b"
_SPLITS = tuple(
    re.compile(between, re.IGNORECASE)
    for between in (r"\n", r"[\n;]", r"[\n;,]", rf"[\n;,+&/>]|{_AND}", rf"[\s;,+&/>]|{_AND}")
)
_MARKS_APART = re.compile(rf"[\s,;.:>/()\u2192-]+|{_AND}", re.IGNORECASE)
_GAPS_APART = tuple(
    re.compile(between, re.IGNORECASE)
    for between in (r"\n", r"[\n;]", r"[\n;]|,\s", r"[\n;,]", rf"[\n;,]|{_AND}", r"\s")
)


def understand(question: Question, shown: Sequence[int], text: str) -> Given | NotSure | None:
    """The answer these words give to the question, laid out as `shown`; None: not understood."""
    words = text[: spelling.LONGEST_COMPARED].strip()
    if not words:
        return None
    if _says_not_sure(words) and not _is_known(question, words):
        return NotSure()
    match question.form:
        case QuestionForm.SINGLE:
            option = _options(question, shown).one(words)
            return None if option is None else Chosen((option,))
        case QuestionForm.SEVERAL:
            return _several(_options(question, shown), words)
        case QuestionForm.TYPED:
            return Typed(words)
        case QuestionForm.GAP:
            return _gaps(len(question.gaps), words)
        case QuestionForm.ORDER:
            return _order(_Parts.of(question.steps, shown), words)


def _says_not_sure(words: str) -> bool:
    return not words.strip("? ") or spelling.normal(words) in NOT_SURE


def _is_known(question: Question, words: str) -> bool:
    """Whether the words are an answer of this question, right or wrong."""
    accepted = (*question.accepted, *(text for gap in question.gaps for text in gap))
    known = (
        *(option.text for option in question.options),
        *question.steps,
        *(text for text in accepted if not patterns.is_pattern(text)),
    )
    return any(spelling.same(words, text) for text in known)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Options or steps, as authored and as read, and the order they are shown in."""

    authored: tuple[str, ...]
    read: tuple[str, ...]
    shown: tuple[int, ...]

    @classmethod
    def of(cls, texts: Sequence[str], shown: Sequence[int]) -> "_Parts":
        places = tuple(range(len(texts)))
        read = tuple(spelling.tidy(markdown.plain(text)) for text in texts)
        return cls(tuple(texts), read, tuple(shown) if sorted(shown) == list(places) else places)

    def one(self, words: str) -> int | None:
        """The part these words mean: its letter, its text, both, or the beginning of its text."""
        letter = self.by_letter(words)
        text = self.by_text(words)
        if letter is None or text is None or letter == text:
            return text if letter is None else letter
        return None

    def by_letter(self, words: str) -> int | None:
        found = _LETTER.fullmatch(words.strip())
        return self._at(found.group(1)) if found else None

    def by_text(self, words: str) -> int | None:
        """The only part that these words fit, by the strictest measure that any part fits."""
        for fitting in self._measures(words):
            if fitting:
                return fitting[0] if len(fitting) == 1 else None
        return None

    def _measures(self, words: str) -> Iterator[list[int]]:
        exact = spelling.tidy(words)
        yield [at for at, text in enumerate(self.authored) if spelling.tidy(text) == exact]
        yield [at for at, text in enumerate(self.read) if text == exact]
        yield [at for at, text in enumerate(self.authored) if spelling.same(words, text)]
        yield [at for at, text in enumerate(self.read) if spelling.same(words, text)]
        yield self._labelled(words)
        yield [at for at, text in enumerate(self.read) if spelling.is_typo(words, text)]
        yield [at for at, text in enumerate(self.read) if spelling.same(words, _head(text))]
        yield [at for at, text in enumerate(self.read) if _begins(text, words)]

    def _labelled(self, words: str) -> list[int]:
        """The part whose letter stands before its own text: `B) SEV2`."""
        found = _LABELLED.fullmatch(words.strip())
        part = self._at(found.group(1)) if found else None
        if not found or part is None:
            return []
        text = self.read[part]
        fits = spelling.same(found.group(2), text) or spelling.is_typo(found.group(2), text)
        return [part] if fits else []

    def _at(self, letter: str) -> int | None:
        place = LETTERS.find(letter.upper())
        return self.shown[place] if 0 <= place < len(self.shown) else None


def _options(question: Question, shown: Sequence[int]) -> _Parts:
    return _Parts.of([option.text for option in question.options], shown)


def _head(text: str) -> str:
    """The text up to its first punctuation: `Two` of `Two: the bug, and the rename`."""
    head = _HEAD.split(text, maxsplit=1)[0].strip()
    return head or text


def _begins(text: str, words: str) -> bool:
    """Whether the text begins with these words: two or more, or a number."""
    ours, theirs = spelling.normal(words).split(), spelling.normal(text).split()
    is_telling = len(ours) > 1 or any(sign.isdigit() for sign in words)
    return is_telling and theirs[: len(ours)] == ours


def _several(options: _Parts, words: str) -> Chosen | None:
    whole = options.one(words)
    if whole is not None:
        return Chosen((whole,))
    for pieces in _pieces(words):
        if found := _all([_unmarked(options, piece) for piece in pieces]):
            return Chosen(tuple(sorted(set(found))))
    letters = _all([options.by_letter(sign) for sign in words])
    return Chosen(tuple(sorted(letters))) if len(set(letters)) == len(words) else None


def _all(found: Sequence[int | None]) -> list[int]:
    """Every part found, or nothing when one was not."""
    parts = [part for part in found if part is not None]
    return parts if len(parts) == len(found) else []


def _pieces(words: str) -> Iterator[list[str]]:
    """The words taken apart, first at the plainest borders."""
    for between in _SPLITS:
        yield [piece.strip() for piece in between.split(words) if piece.strip()]


def _unmarked(parts: _Parts, piece: str) -> int | None:
    """The part a line means, with or without a bullet or a number before it."""
    part = parts.one(piece)
    return parts.one(_NUMBERED.sub("", piece, count=1)) if part is None else part


def _gaps(count: int, words: str) -> Filled | None:
    if count == 1:
        return Filled((words,))
    for between in _GAPS_APART:
        texts = tuple(text.strip() for text in between.split(words) if text.strip())
        if len(texts) == count:
            return Filled(texts)
    return None


def _order(steps: _Parts, words: str) -> Ordered | None:
    by_mark, by_text = _by_marks(steps, words), _by_texts(steps, words)
    if by_mark and by_text and by_mark != by_text:
        return None
    order = by_mark or by_text
    return Ordered(order) if order else None


def _by_marks(steps: _Parts, words: str) -> tuple[int, ...] | None:
    """`2 1 3`, `213`, `b, a, c` or `bac`: the places at which the steps are shown."""
    marks = [mark for mark in _MARKS_APART.split(words) if mark]
    if len(marks) == 1:
        marks = list(marks[0])
    signs = "".join(marks).upper()
    names = "123456789" if signs.isdecimal() else LETTERS
    if len(marks) != len(signs) or sorted(signs) != list(names[: len(steps.shown)]):
        return None
    return tuple(steps.shown[names.index(sign)] for sign in signs)


def _by_texts(steps: _Parts, words: str) -> tuple[int, ...] | None:
    for pieces in _pieces(words):
        bare = [_NUMBERED.sub("", piece, count=1) for piece in pieces]
        for texts in (pieces, bare):
            found = _all([steps.by_text(text) for text in texts])
            if sorted(found) == sorted(steps.shown):
                return tuple(found)
    return None
