"""Which lesson is new to a learner next, and when its questions come."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot import days
from bot.terms import LessonId, PackId, QuestionId, TopicId


@dataclass(frozen=True, slots=True)
class Check:
    """A question of a new lesson. Variants share a family: only one of a family follows at once."""

    question: QuestionId
    family: str
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Fresh:
    """A lesson that the learner has not done, with the topics to be done before its own."""

    lesson: LessonId
    topic: TopicId
    pack: PackId
    minutes: int
    questions: tuple[Check, ...]
    needs: tuple[TopicId, ...] = ()


def next_lesson(
    fresh: Sequence[Fresh],
    taught_on: Mapping[PackId, date],
) -> Fresh | None:
    """The lesson to learn next: of the pack that waited longest, the first whose needs are met.

    A need is met when none of its lessons is left.
    """
    left = {each.topic for each in fresh}
    heads: dict[PackId, Fresh] = {}
    for each in fresh:
        if each.pack not in heads and left.isdisjoint(each.needs):
            heads[each.pack] = each
    return min(
        heads.values(),
        key=lambda each: (taught_on.get(each.pack, date.min), each.pack),
        default=None,
    )


def checks(
    lesson: Fresh, today: date, most: int, *, without: Collection[QuestionId] = ()
) -> tuple[Check, ...]:
    """The first questions of the lesson, one of a family, none that is asked or was answered today."""
    families: dict[str, Check] = {}
    for check in lesson.questions:
        if check.question not in without and (check.last_day is None or check.last_day < today):
            families.setdefault(check.family, check)
    return tuple(families.values())[:most]


def one_by_one(
    questions: Sequence[QuestionId], *, learned: date, working_days: Collection[int]
) -> tuple[tuple[QuestionId, date], ...]:
    """When the other questions of a lesson come: one each working day after it was learned."""
    day = learned
    spread = []
    for question in questions:
        day = days.next_working_day(day + timedelta(days=1), working_days)
        spread.append((question, day))
    return tuple(spread)
