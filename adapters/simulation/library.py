"""What is right, looked up by the words a person sees: packs by their titles, questions by their stems."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.lessons.content import Lesson, Pack, Question

_SPACES = re.compile(r"\s+")
_MARKS = re.compile(r"[*_`>#\\]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with where it comes from. `key` is its identity over all packs."""

    key: str
    question: Question
    lesson: Lesson
    pack: Pack


class Library:
    """The packs as somebody knows them who has read them all."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self.packs = tuple(packs)
        entries = [
            Entry(f"{pack.slug}/{question.slug}", question, lesson, pack)
            for pack in self.packs
            for lesson in pack.lessons
            for question in lesson.questions
        ]
        self._by_stem = sorted(
            ((plain(entry.question.stem), entry) for entry in entries),
            key=lambda each: -len(each[0]),
        )
        self._lessons = [
            (plain(lesson.title), [entry for entry in entries if entry.lesson is lesson])
            for pack in self.packs
            for lesson in pack.lessons
        ]
        self._question_in = lru_cache(maxsize=4096)(self._find_question)

    def question_in(self, text: str) -> Entry | None:
        """The question whose stem stands in this text, the longest when several do."""
        return self._question_in(plain(text))

    def lesson_called(self, title: str) -> Sequence[Entry]:
        """The questions of the lesson with this title; none when there is no such lesson."""
        wanted = plain(title)
        return next((entries for name, entries in self._lessons if name == wanted), [])

    def _find_question(self, seen: str) -> Entry | None:
        return next((entry for stem, entry in self._by_stem if stem in seen), None)


def plain(text: str) -> str:
    """The words without marks and line breaks, for comparing."""
    return _SPACES.sub(" ", _MARKS.sub("", text)).strip().casefold()
