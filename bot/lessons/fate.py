"""What becomes of a question when its pack is published again.

    added             LIVE
    reworded          a new version is asked from now on; every memory stays
    meaning changed   a new version waits; ASIDE until a person approves it
    retired           RETIRED, with everything anybody did with it
    restored          LIVE again, with its memories

The version in force is the one that is asked; at most one later version waits beside it.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.lessons.content import Question
from bot.lessons.diffing import PublishedQuestion, QuestionChanges
from bot.terms import QuestionState


@dataclass(frozen=True, slots=True)
class Waiting:
    """A version that waits for approval."""

    version_id: int
    wording: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a pack a question stands."""

    topic_id: int
    lesson_id: int
    position: int
    variant_of: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A question as it stands: state, place, the version in force and its fingerprints, the one that waits.

    `newest` is the highest number a version of it has.
    """

    id: int
    slug: str
    state: QuestionState
    place: Place
    version_id: int
    wording: str
    meaning: str
    newest: int
    waiting: Waiting | None = None

    def before(self, lesson: str, wording_only: frozenset[str]) -> PublishedQuestion:
        """What an edit is compared with: the words published last, the meaning in force.

        A meaning that a person called new stays new through later edits, so it equals nothing.
        Words that a person calls the same in meaning are compared with those in force.
        """
        wording, meaning = self.wording, self.meaning
        if self.waiting is not None and self.slug not in wording_only:
            wording = self.waiting.wording
            meaning = "" if self.waiting.meaning == meaning else meaning
        return PublishedQuestion(self.slug, lesson, wording, meaning, self.state)

    def approved(self, waiting: Waiting) -> "Placed":
        """The same question with the version that waited in force."""
        live = QuestionState.LIVE
        return Placed(
            self.id, self.place, live, waiting.version_id, waiting.wording, waiting.meaning
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """How a question stands from now on."""

    id: int
    place: Place
    state: QuestionState
    version_id: int
    wording: str
    meaning: str


class Writes(StrEnum):
    """Which version publishing writes for a question."""

    NOTHING = "nothing"
    IN_FORCE = "in force"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Fate:
    """What publishing does to one question; `drops` says that the version that waits goes."""

    state: QuestionState
    writes: Writes = Writes.NOTHING
    drops: bool = False


@dataclass(frozen=True, slots=True)
class Next:
    """A question of the pack: where it will stand, its fingerprints, how it stands, what becomes of it."""

    question: Question
    place: Place
    wording: str
    meaning: str
    was: Standing | None
    fate: Fate

    @property
    def number(self) -> int:
        """The number of the version that is written."""
        return 1 if self.was is None else self.was.newest + 1

    @property
    def is_touched(self) -> bool:
        """Whether the question stands differently afterwards."""
        was = self.was
        stays = was is not None and (was.place, was.state) == (self.place, self.fate.state)
        return not stays or self.fate.writes is Writes.IN_FORCE

    @property
    def arrives(self) -> bool:
        """Whether the question can be asked now and could not before, or not in this lesson."""
        was = self.was
        if (
            was is not None
            and was.state is QuestionState.LIVE
            and was.place.lesson_id == self.place.lesson_id
        ):
            return False
        return self.fate.state is QuestionState.LIVE

    def placed(self, id: int, written: int | None) -> Placed:
        """How it stands afterwards, given its id and the version that was written, if any."""
        if self.fate.writes is Writes.IN_FORCE or self.was is None:
            assert written is not None
            return Placed(id, self.place, self.fate.state, written, self.wording, self.meaning)
        was = self.was
        return Placed(id, self.place, self.fate.state, was.version_id, was.wording, was.meaning)


def decide(was: Standing | None, slug: str, wording: str, changes: QuestionChanges) -> Fate:
    """The fate of a question that the pack holds, given how it stands and what its author changed."""
    if was is None:
        return Fate(QuestionState.LIVE, Writes.IN_FORCE)
    waits = was.waiting is not None
    same_waits = was.waiting is not None and was.waiting.wording == wording
    if slug in changes.meaning_changed:
        writes = Writes.NOTHING if same_waits else Writes.WAITING
        return Fate(QuestionState.ASIDE, writes, drops=waits and not same_waits)
    if same_waits and slug not in changes.reworded:
        return Fate(QuestionState.ASIDE)
    freed = waits or was.state is QuestionState.RETIRED
    state = QuestionState.LIVE if freed else was.state
    return Fate(state, Writes.NOTHING if wording == was.wording else Writes.IN_FORCE, drops=waits)
