"""The values a pack is made of: packs, topics, lessons, questions, answers; and its problems.

Line numbers take no part in comparing: a pack that moved down a line is the same pack.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.terms import QuestionForm

Lines = tuple[tuple[str, int], ...]
"""Where the parts of a file stand: (key, line), counted from 1; `sources.0` is a list's first."""


class Severity(StrEnum):
    """Whether a problem keeps a pack from being published."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in a pack, and how; `line` is 0 when it is about the whole file."""

    path: str
    line: int
    severity: Severity
    code: str
    message: str

    def __str__(self) -> str:
        """`path:line: message`, as editors and terminals link it."""
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.message}"


def error(path: str, line: int, code: str, message: str) -> Problem:
    """A problem that keeps the pack from being published."""
    return Problem(path, line, Severity.ERROR, code, message)


def warning(path: str, line: int, code: str, message: str) -> Problem:
    """A problem that an author may leave as it is."""
    return Problem(path, line, Severity.WARNING, code, message)


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a single choice or of an all-that-apply question."""

    text: str
    right: bool
    feedback: str = ""
    misconception: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `slug` is its identity inside the pack for ever.

    SINGLE, SEVERAL: `options`. TYPED: `accepted` (a text, or a pattern written `/…/`).
    GAP: `stem` holds `{{…}}` replaced by `___`, one group of accepted texts per gap in `gaps`.
    ORDER: `steps` in the right order.
    """

    slug: str
    form: QuestionForm
    stem: str
    explanation: str
    options: tuple[Option, ...] = ()
    accepted: tuple[str, ...] = ()
    gaps: tuple[tuple[str, ...], ...] = ()
    steps: tuple[str, ...] = ()
    variant_of: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One idea with its questions; `body` is Markdown without the questions."""

    slug: str
    topic: str
    title: str
    objective: str
    minutes: int
    body: str
    questions: tuple[Question, ...]
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reviewed: date | None = None
    path: str = ""
    lines: Lines = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """A ready answer for the moment of need: a question somebody asks, and a short passage."""

    slug: str
    topic: str
    title: str
    body: str
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    owner: str = ""
    reviewed: date | None = None
    path: str = ""
    lines: Lines = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Topic:
    """A skill inside a pack; `needs` are the topics to learn before it."""

    slug: str
    title: str
    needs: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of Markdown, read: versioned, owned, reviewed."""

    slug: str
    title: str
    summary: str
    version: str
    language: str
    owners: tuple[str, ...]
    reviewers: tuple[str, ...]
    licence: str
    review_days: int
    recall_target: float
    topics: tuple[Topic, ...]
    lessons: tuple[Lesson, ...]
    answers: tuple[Answer, ...]
    media: tuple[str, ...] = ()
    mentor_mastery: float = 0.85
    mentor_questions: int = 6
    lines: Lines = field(default=(), compare=False, repr=False)

    @property
    def items(self) -> tuple[Lesson | Answer, ...]:
        """Everything that has a file of its own: lessons, then answers."""
        return (*self.lessons, *self.answers)
