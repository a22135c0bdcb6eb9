"""The day's set for one learner: which questions, whether a new lesson, and why each of them.

    1. What may not wait: first those whose meaning changed, then those left from an unanswered set,
       then all others that are due, most days overdue first, ties drawn from the key.
    2. Packs take turns: round by round each gives its next, the one with the oldest first. So with
       as many places as packs, every pack that has something due gets a place; with fewer, the pack
       left out grows older and leads a later round.
    3. One question of a lesson in a set: variants and neighbours give each other's answer away.
    4. One new lesson, when it fits: it takes the place of one question and brings one or two.
    5. Places still free in a set go to what is due soonest, if half its interval has passed.

After a long absence a set is light: three questions, and nothing new while something waits.
Nothing is asked twice on one day.

Due order is the default because it is near the best for three unlike models of a learner, while
"highest recall first" is worse than random for two of them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby, islice

from bot import chance
from bot.chance import Key
from bot.quizzes import teaching
from bot.quizzes.teaching import Check, Fresh
from bot.terms import LessonId, PackId, QuestionId

LESSON_PLACES = 1
"""Questions that a lesson takes the place of: its one or two minutes of reading."""

MOST_CHECKS = 2
"""Questions that follow a lesson at once; the rest come one by one on the next working days."""

AHEAD = timedelta(days=2)
"""How much too early a free place may be filled."""

LONG_ABSENCE_DAYS = 7
LIGHT_SETS = 3
LIGHT_LIMIT = 3
"""After a week or more without an answer: three sets of at most three questions."""

MINUTES_A_QUESTION = 0.4
"""Reading a question, answering, reading why: five of them are about two minutes."""


class Why(StrEnum):
    """Why something is in the set, so that `/grove why` can say it."""

    DUE = "due"
    OVERDUE = "overdue"
    BROUGHT_FORWARD = "brought_forward"
    CARRIED_OVER = "carried_over"
    AHEAD = "ahead"
    NEW_LESSON = "new_lesson"
    LESSON_CHECK = "lesson_check"


@dataclass(frozen=True, slots=True)
class Due:
    """A question that a learner has met, and when it should come back. Days are the learner's.

    `last_day` is the day of the last answer, None when met in a lesson and never answered.
    `brought_forward`: its meaning changed since. `carried_over`: it was in an unanswered set.
    """

    question: QuestionId
    lesson: LessonId
    pack: PackId
    due_day: date
    last_day: date | None = None
    count: int = 0
    brought_forward: bool = False
    carried_over: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the set and its reason; `days_overdue` is below 0 when it comes early."""

    question: QuestionId
    why: Why
    days_overdue: int = 0


@dataclass(frozen=True, slots=True)
class Taught:
    """The new lesson of the set, its reason, and the questions of it that wait for later days."""

    lesson: LessonId
    pack: PackId
    minutes: int
    later: tuple[QuestionId, ...] = ()
    why: Why = Why.NEW_LESSON


@dataclass(frozen=True, slots=True)
class Picked:
    """Questions that come back, then perhaps a lesson and its checks; false: nothing today."""

    questions: tuple[Asked, ...] = ()
    lesson: Taught | None = None
    checks: tuple[Asked, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.questions or self.lesson)


def pick(
    due: Iterable[Due],
    fresh: Sequence[Fresh],
    *,
    key: tuple[Key, ...],
    today: date,
    limit: int,
    is_light: bool = False,
    taught_on: Mapping[PackId, date] | None = None,
) -> Picked:
    """The set of a day.

    `due` are the questions of the learner's packs that may be asked, `fresh` the lessons not done,
    in the order of each pack. `key` names the learner. `limit` counts questions, checks included.
    `taught_on` is the day of each pack's last new lesson: the pack that waited longest is next.
    """
    places = max(0, min(limit, LIGHT_LIMIT) if is_light else limit)
    allowed = [each for each in due if each.last_day is None or each.last_day < today]
    first = _in_turn([each for each in allowed if _is_waiting(each, today)], (), places, key)
    lesson, checks = _new(fresh, first, places, today, taught_on or {})
    early: list[Due] = []
    if not is_light and (first or lesson):
        used = {each.lesson for each in first} | ({lesson.lesson} if lesson else set())
        free = places - len(first) - (LESSON_PLACES if lesson else 0) - len(checks)
        soon = (each for each in allowed if _may_come_early(each, today))
        early = _in_turn(soon, used, max(0, free), key)
    return Picked(
        tuple(_asked(each, today) for each in (*first, *early)),
        _taught(lesson, checks) if lesson else None,
        tuple(Asked(check.question, Why.LESSON_CHECK) for check in checks),
    )


def light(absence_days: int, sets_since_return: int) -> bool:
    """Whether a set is kept light: one of the first three after a week or more away."""
    return absence_days >= LONG_ABSENCE_DAYS and sets_since_return < LIGHT_SETS


def minutes(picked: Picked) -> int:
    """About how many minutes the set takes, at least one; 0 when there is nothing in it."""
    if not picked:
        return 0
    questions = len(picked.questions) + len(picked.checks)
    reading = picked.lesson.minutes if picked.lesson else 0
    return max(1, round(questions * MINUTES_A_QUESTION + reading))


def _new(
    fresh: Sequence[Fresh],
    first: Sequence[Due],
    places: int,
    today: date,
    taught_on: Mapping[PackId, date],
) -> tuple[Fresh | None, tuple[Check, ...]]:
    """The new lesson and its checks, if they fit; alone it always does, for small limits' sake.

    A lesson one of whose questions comes back today (from a taster or a level check) has one check more.
    """
    free = places - len(first)
    if free <= LESSON_PLACES and (first or not free):
        return None, ()
    lesson = teaching.next_lesson(fresh, taught_on)
    if lesson is None:
        return None, ()
    asked = {each.question for each in first if each.lesson == lesson.lesson}
    most = 1 if asked else min(MOST_CHECKS, max(1, free - LESSON_PLACES))
    return lesson, teaching.checks(lesson, today, most, without=asked)


def _taught(lesson: Fresh, checks: tuple[Check, ...]) -> Taught:
    later = tuple(each.question for each in lesson.questions if each not in checks)
    return Taught(lesson.lesson, lesson.pack, lesson.minutes, later)


def _is_waiting(due: Due, today: date) -> bool:
    return due.due_day <= today or due.brought_forward or due.carried_over


def _may_come_early(due: Due, today: date) -> bool:
    """Whether it is due within days and at least half of its interval has passed."""
    if _is_waiting(due, today) or due.last_day is None or due.due_day > today + AHEAD:
        return False
    return 2 * (today - due.last_day) >= due.due_day - due.last_day


def _in_turn(
    waiting: Iterable[Due], used: Collection[LessonId], places: int, key: tuple[Key, ...]
) -> list[Due]:
    """The questions for so many places, none of a lesson already used."""
    by_class = groupby(sorted(waiting, key=lambda each: _rank(each, key)), key=_urgency)
    gone = set(used)
    turns = (each for _, ranked in by_class for each in _turns(list(ranked), gone))
    return list(islice(turns, places))


def _turns(ranked: list[Due], used: set[LessonId]) -> Iterator[Due]:
    """Round by round each pack's first, one of a lesson; lessons are marked as used on the way."""
    while ranked:
        served: set[PackId] = set()
        rest: list[Due] = []
        for each in ranked:
            if each.pack in served:
                rest.append(each)
            elif each.lesson not in used:
                served.add(each.pack)
                used.add(each.lesson)
                yield each
        ranked = [each for each in rest if each.lesson not in used]


def _rank(due: Due, key: tuple[Key, ...]) -> tuple[int, date, int]:
    return _urgency(due), due.due_day, chance.bits(*key, due.question, due.count)


def _urgency(due: Due) -> int:
    if due.brought_forward:
        return 0
    return 1 if due.carried_over else 2


def _asked(due: Due, today: date) -> Asked:
    over = (today - due.due_day).days
    if due.brought_forward:
        return Asked(due.question, Why.BROUGHT_FORWARD, over)
    if due.carried_over:
        return Asked(due.question, Why.CARRIED_OVER, over)
    if over < 0:
        return Asked(due.question, Why.AHEAD, over)
    return Asked(due.question, Why.OVERDUE if over else Why.DUE, over)
