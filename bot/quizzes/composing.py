"""The day's set as it will be asked: what is known of a batch of learners, and what is picked for each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.days import learning_day
from bot.quizzes import choosing, memory, rules
from bot.quizzes.choosing import Due, Picked
from bot.quizzes.teaching import Check, Fresh
from bot.terms import LessonId, PackId, QuestionId, TopicId
from storage import batches, deliveries, memories, teaching
from storage.batches import OpenSet
from storage.engine import Tx
from storage.memories import Askable, Learning
from storage.tables import Member
from storage.teaching import Teachable

RECENT = timedelta(days=60)
"""How far back earlier sets are looked at, to tell a return from an ordinary day."""

Facts = dict[str, object]
"""Ids, numbers, codes and ISO dates; no words."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What choosing needs to know of some learners, read with a handful of queries."""

    learning: Mapping[int, Sequence[Learning]]
    due: Mapping[int, Sequence[Askable]]
    lessons: Mapping[int, Sequence[Teachable]]
    fresh: Mapping[int, Sequence[Fresh]]
    done: Mapping[int, Collection[int]]
    taught_on: Mapping[int, Mapping[PackId, date]]
    answered: Mapping[int, Mapping[int, date]]
    recent: Mapping[int, Sequence[date]]
    open_sets: Mapping[int, Sequence[OpenSet]]
    invited: Mapping[int, datetime]


@dataclass(frozen=True, slots=True)
class Composed:
    """A set that is about to be made for a member, and why it is what it is."""

    member: Member
    day: date
    picked: Picked
    facts: Facts
    versions: Mapping[int, int] = field(default_factory=dict)
    topics: Mapping[int, int] = field(default_factory=dict)

    def wanted(self) -> list[int]:
        """The versions of the questions picked."""
        return [
            self.versions[one.question] for one in (*self.picked.questions, *self.picked.checks)
        ]


def read(tx: Tx, members: Sequence[Member], learning_days: Mapping[int, date]) -> Batch:
    """What is known of these members on those days of theirs."""
    ids = [member.id for member in members if member.id is not None]
    first, last = min(learning_days.values()), max(learning_days.values())
    learning = memories.learning(tx, ids)
    packs = {one.pack for mine in learning.values() for one in mine}
    lessons = teaching.lessons(tx, packs)
    return Batch(
        learning=learning,
        due=memories.due(tx, ids, last + choosing.AHEAD),
        lessons=lessons,
        fresh=_fresh(lessons, teaching.needs(tx, packs)),
        done=teaching.done(tx, ids),
        taught_on=_taught_on(members, teaching.taught_at(tx, ids)),
        answered=teaching.answered_since(tx, ids, first),
        recent=batches.recent_days(tx, ids, first - RECENT),
        open_sets=batches.open_dailies(tx, ids),
        invited=deliveries.invited(tx, ids, tx.now - timedelta(days=1)),
    )


def _fresh(
    lessons: Mapping[int, Sequence[Teachable]], needs: Mapping[int, tuple[int, ...]]
) -> dict[int, list[Fresh]]:
    """Each pack's lessons as choosing wants them, for a learner who has answered nothing of them."""
    return {
        pack: [as_fresh(lesson, needs.get(lesson.topic, ())) for lesson in inside]
        for pack, inside in lessons.items()
    }


def as_fresh(lesson: Teachable, needs: tuple[int, ...] = ()) -> Fresh:
    """A lesson that nobody has done anything with."""
    return Fresh(
        LessonId(lesson.id),
        TopicId(lesson.topic),
        PackId(lesson.pack),
        lesson.minutes,
        tuple(Check(QuestionId(one.question), one.family) for one in lesson.questions),
        tuple(TopicId(topic) for topic in needs),
    )


def _taught_on(
    members: Sequence[Member], at: Mapping[int, Mapping[int, datetime]]
) -> dict[int, dict[PackId, date]]:
    return {
        member.id or 0: {
            PackId(pack): learning_day(then, member.zone)
            for pack, then in at.get(member.id or 0, {}).items()
        }
        for member in members
    }


def compose(batch: Batch, member: Member, day: date, carried: Collection[int] = ()) -> Composed:
    """The set of a member's day; nothing picked when nothing is due and no lesson is left."""
    me = member.id or 0
    targets = {one.pack: one.target for one in batch.learning.get(me, ()) if one.starts_on <= day}
    askable = {one.question: one for one in batch.due.get(me, ()) if one.pack in targets}
    picked = choosing.pick(
        [_due(one, carried) for one in askable.values()],
        _left(batch, me, targets),
        key=("set", me),
        today=day,
        limit=member.daily_limit,
        is_light=_is_light(batch, me, day, member.last_set_day),
        taught_on=batch.taught_on.get(me, {}),
    )
    shown = _shown(batch, picked)
    facts: Facts = {
        "day": day.isoformat(),
        "questions": [
            _reason(one, askable.get(one.question), targets, day)
            for one in (*picked.questions, *picked.checks)
        ],
        "lesson": picked.lesson.lesson if picked.lesson else None,
    }
    return Composed(
        member,
        day,
        picked,
        facts,
        {
            **{one.question: one.version for one in askable.values()},
            **{q: v for q, (v, _) in shown.items()},
        },
        {
            **{one.question: one.topic for one in askable.values()},
            **{q: t for q, (_, t) in shown.items()},
        },
    )


def _due(one: Askable, carried: Collection[int]) -> Due:
    assert one.due_day is not None
    return Due(
        QuestionId(one.question),
        LessonId(one.lesson),
        PackId(one.pack),
        one.due_day,
        one.last_day,
        one.count,
        brought_forward=one.anew,
        carried_over=one.question in carried,
    )


def _left(batch: Batch, me: int, packs: Mapping[int, float]) -> list[Fresh]:
    """The lessons a member has not done, with what they answered of them lately."""
    done, answered = batch.done.get(me, ()), batch.answered.get(me, {})
    left = [one for pack in packs for one in batch.fresh.get(pack, ()) if one.lesson not in done]
    if not answered:
        return left
    return [
        replace(
            one,
            questions=tuple(
                replace(check, last_day=answered.get(check.question)) for check in one.questions
            ),
        )
        for one in left
    ]


def _is_light(batch: Batch, me: int, day: date, last_set_day: date | None) -> bool:
    recent = [each for each in batch.recent.get(me, ()) if each < day]
    if not recent and last_set_day is not None:
        recent = [last_set_day]
    known_since = min((one.last_day for one in batch.due.get(me, ()) if one.last_day), default=None)
    absence, since_return = rules.absence(day, recent, known_since)
    return choosing.light(absence, since_return)


def _shown(batch: Batch, picked: Picked) -> dict[int, tuple[int, int]]:
    """Version and topic of the questions that follow the new lesson."""
    if picked.lesson is None:
        return {}
    inside = batch.lessons.get(picked.lesson.pack, ())
    lesson = next(one for one in inside if one.id == picked.lesson.lesson)
    return {one.question: (one.version, lesson.topic) for one in lesson.questions}


def _reason(
    asked: choosing.Asked, known: Askable | None, targets: Mapping[int, float], day: date
) -> Facts:
    facts: Facts = {
        "question": asked.question,
        "why": asked.why.value,
        "overdue": asked.days_overdue,
    }
    if known is not None:
        facts["target"] = targets[known.pack]
        facts["due"] = known.due_day.isoformat() if known.due_day else None
        if known.stability is not None and known.last_day is not None:
            facts["last"] = known.last_day.isoformat()
            facts["recall"] = round(memory.recall(known.stability, (day - known.last_day).days), 3)
    return facts
