"""What Grove believes of learners and questions, and which questions may be asked whom."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from bot.terms import ChannelState, EnrolmentState, LessonMark, QuestionState
from storage.engine import Tx
from storage.tables import (
    Channel,
    ChannelPack,
    Enrolment,
    Flag,
    Lesson,
    LessonDone,
    Member,
    Memory,
    Pack,
    Question,
    Review,
)

M = Memory.__table__.c  # type: ignore[attr-defined]
Q = Question.__table__.c  # type: ignore[attr-defined]
E = Enrolment.__table__.c  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Askable:
    """A question that may be asked of a member, and what is believed; days are the member's.

    `due_day` None: not met yet. `anew`: answered once, and belief began anew since.
    """

    member: int
    question: int
    lesson: int
    topic: int
    pack: int
    slug: str
    variant_of: str
    version: int
    stability: float | None
    difficulty: float | None
    last_day: date | None
    due_day: date | None
    count: int
    anew: bool


@dataclass(frozen=True, slots=True)
class Learning:
    """A pack a member learns now: through which channel, from which of their days on, how well."""

    member: int
    pack: int
    channel: int | None
    starts_on: date
    target: float


@dataclass(frozen=True, slots=True)
class Unread:
    """A lesson a pack has, in teaching order."""

    id: int
    pack: int
    topic: int
    title: str
    minutes: int
    position: int


def learning(tx: Tx, members: Collection[int]) -> dict[int, list[Learning]]:
    """The packs each member learns now, in the order they joined; channels at rest are left out."""
    chosen = sa.and_(
        col(ChannelPack.channel_id) == E.channel_id, col(ChannelPack.pack_id) == E.pack_id
    )
    query = (
        sa.select(
            E.member_id, E.pack_id, E.channel_id, E.starts_on, col(ChannelPack.starts_on),
            sa.func.coalesce(col(ChannelPack.recall_target), col(Pack.recall_target)),
        )
        .join(Pack, col(Pack.id) == E.pack_id)
        .outerjoin(Channel, col(Channel.id) == E.channel_id)
        .outerjoin(ChannelPack, chosen)
        .where(E.member_id.in_(members), E.state == EnrolmentState.ACTIVE)
        .where(sa.or_(E.channel_id.is_(None), col(Channel.state) == ChannelState.ACTIVE))
        .order_by(E.member_id, E.changed_at, E.id)
    )  # fmt: skip
    found: dict[int, list[Learning]] = {}
    for member, pack, channel, own, channels, target in tx.session.execute(query):
        begin = max(own or date.min, channels or date.min)
        found.setdefault(member, []).append(Learning(member, pack, channel, begin, target))
    return found


def due(tx: Tx, members: Collection[int], until: date) -> dict[int, list[Askable]]:
    """What may be asked of each member by a day, longest due first; retired and flagged questions are left out."""
    query = (
        sa.select(M.member_id, *_QUESTION, *_BELIEF)
        .select_from(Question)
        .join(Memory, M.question_id == Q.id)
        .outerjoin(Flag, _flagged_by(M.member_id))
        .where(M.member_id.in_(members), M.due_day <= until)
        .where(Q.state == QuestionState.LIVE, col(Flag.id).is_(None))
        .order_by(M.due_day, Q.id)
    )
    found: dict[int, list[Askable]] = {}
    for row in tx.session.execute(query):
        found.setdefault(row[0], []).append(Askable(*row))
    return found


def of_topic(tx: Tx, member_id: int, topic_id: int) -> list[Askable]:
    """Every question of a topic that may be asked of a member, met or not, in teaching order."""
    query = (
        sa.select(sa.literal(member_id), *_QUESTION, *_BELIEF)
        .select_from(Question)
        .join(Lesson, col(Lesson.id) == Q.lesson_id)
        .outerjoin(Memory, sa.and_(M.question_id == Q.id, M.member_id == member_id))
        .outerjoin(Flag, _flagged_by(member_id))
        .where(Q.topic_id == topic_id, Q.state == QuestionState.LIVE, col(Flag.id).is_(None))
        .order_by(col(Lesson.position), Q.position)
    )
    return [Askable(*row) for row in tx.session.execute(query)]


def held(tx: Tx, member_id: int, question_id: int) -> Memory | None:
    """What is believed of one member and one question, locked until the transaction ends."""
    query = select(Memory).where(Memory.member_id == member_id, Memory.question_id == question_id)
    return tx.session.exec(query.with_for_update()).first()


def of_member(tx: Tx, member_id: int) -> Sequence[Memory]:
    """Everything believed of one member."""
    query = select(Memory).where(Memory.member_id == member_id)
    return tx.session.exec(query.order_by(col(Memory.question_id))).all()


def met(tx: Tx, member_id: int, questions: Collection[int]) -> set[int]:
    """Which of these questions a member has met."""
    query = select(Memory.question_id).where(Memory.member_id == member_id)
    return set(tx.session.exec(query.where(col(Memory.question_id).in_(questions))))


def meet(tx: Tx, member: Member, due_days: Mapping[int, date]) -> None:
    """Let a member meet questions they did not know of, each due on its day; what is believed already stays."""
    assert member.id is not None
    new = set(due_days) - met(tx, member.id, list(due_days))
    for question in sorted(new):
        tx.session.add(
            Memory(
                member_id=member.id,
                question_id=question,
                workspace_id=member.workspace_id,
                due_day=due_days[question],
            )
        )
    tx.session.flush()


def put_off(tx: Tx, member: Member, question_id: int, due_day: date) -> None:
    """A question is due on another day; what is believed stays."""
    assert member.id is not None
    row = held(tx, member.id, question_id)
    if row is None:
        meet(tx, member, {question_id: due_day})
    else:
        row.due_day = due_day
        tx.session.flush()


def due_counts(tx: Tx, member_id: int, first: date, last: date) -> dict[date, int]:
    """How many questions of the packs a member learns come due on each of these days; a day without any is absent."""
    query = (
        sa.select(M.due_day, sa.func.count())
        .join(Question, Q.id == M.question_id)
        .join(Enrolment, sa.and_(E.member_id == M.member_id, E.pack_id == Q.pack_id))
        .where(M.member_id == member_id, M.due_day >= first, M.due_day <= last)
        .where(Q.state == QuestionState.LIVE, E.state == EnrolmentState.ACTIVE)
        .group_by(M.due_day)
    )
    return {day: number for day, number in tx.session.execute(query)}


def due_days(tx: Tx, member_id: int, questions: Collection[int]) -> list[date]:
    """When each of these questions that a member has met comes back."""
    query = select(col(Memory.due_day)).where(
        Memory.member_id == member_id, col(Memory.question_id).in_(questions)
    )
    return list(tx.session.exec(query))


def lessons_of(tx: Tx, packs: Collection[int]) -> dict[int, list[Unread]]:
    """The lessons each pack has now, in teaching order."""
    query = (
        select(
            Lesson.id,
            Lesson.pack_id,
            Lesson.topic_id,
            Lesson.title,
            Lesson.minutes,
            Lesson.position,
        )  # type: ignore[call-overload]
        .where(col(Lesson.pack_id).in_(packs), col(Lesson.retired).is_(False))
        .order_by(Lesson.pack_id, Lesson.position, Lesson.id)
    )
    found: dict[int, list[Unread]] = {}
    for row in tx.session.execute(query):
        found.setdefault(row.pack_id, []).append(Unread(*row))
    return found


def lessons_done(tx: Tx, members: Collection[int]) -> dict[int, set[int]]:
    """The lessons each member is done with."""
    query = select(LessonDone.member_id, LessonDone.lesson_id).where(
        col(LessonDone.member_id).in_(members)
    )
    found: dict[int, set[int]] = {}
    for member, lesson in tx.session.exec(query):
        found.setdefault(member, set()).add(lesson)
    return found


def finish_lesson(tx: Tx, member: Member, lesson_id: int, mark: LessonMark) -> bool:
    """Keep that a member is done with a lesson; False when that was known."""
    assert member.id is not None
    if tx.session.get(LessonDone, (member.id, lesson_id)) is not None:
        return False
    tx.add(
        LessonDone(
            member_id=member.id,
            lesson_id=lesson_id,
            workspace_id=member.workspace_id,
            mark=mark,
            at=tx.now,
        )
    )
    return True


_QUESTION = (Q.id, Q.lesson_id, Q.topic_id, Q.pack_id, Q.slug, Q.variant_of, Q.version_id)
_REVIEWED = sa.exists().where(
    col(Review.member_id) == M.member_id, col(Review.question_id) == M.question_id
)
_BELIEF = (
    *(M.stability, M.difficulty, M.last_day, M.due_day, sa.func.coalesce(M["count"], 0)),
    sa.case((M.stability.is_(None), _REVIEWED.correlate(Memory)), else_=sa.false()),
)


def _flagged_by(member: Any) -> Any:
    """A flag of this member on what the question says now; a new version may be asked again."""
    return sa.and_(
        col(Flag.question_id) == Q.id,
        col(Flag.member_id) == member,
        col(Flag.version_id) == Q.version_id,
    )


def target(tx: Tx, member_id: int, pack_id: int) -> float:
    """The recall target of a pack for a member: their channel's, else the pack's own."""
    mine = [
        one.target for one in learning(tx, [member_id]).get(member_id, []) if one.pack == pack_id
    ]
    return mine[0] if mine else tx.session.get_one(Pack, pack_id).recall_target
