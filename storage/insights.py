"""What a learner's memories add up to, per topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from bot.terms import EnrolmentState, QuestionState
from storage.engine import Tx
from storage.tables import Enrolment, Memory, Pack, Question, Review, Topic


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic of a pack somebody learns, with how many questions it has now."""

    id: int
    slug: str
    title: str
    pack: str
    target: float
    questions: int


@dataclass(frozen=True, slots=True)
class Met:
    """One question of a topic that was answered: its belief and the learner's day of the last answer."""

    topic: int
    stability: float
    last_day: date
    due_day: date


def topics(tx: Tx, member_id: int) -> list[TopicRow]:
    """The topics of the packs a member learns, in the packs' order."""
    live = sa.func.count(col(Question.id))
    query = (
        sa.select(Topic.id, Topic.slug, Topic.title, Pack.title, Pack.recall_target, live)  # type: ignore[call-overload]
        .join(Pack, col(Pack.id) == col(Topic.pack_id))
        .join(Enrolment, col(Enrolment.pack_id) == col(Pack.id))
        .join(
            Question,
            sa.and_(
                col(Question.topic_id) == col(Topic.id), col(Question.state) == QuestionState.LIVE
            ),
        )
        .where(col(Enrolment.member_id) == member_id, col(Enrolment.state) == EnrolmentState.ACTIVE)
        .where(col(Topic.retired).is_(False))
        .group_by(Topic.id, Topic.slug, Topic.title, Pack.title, Pack.recall_target, Topic.position)
        .order_by(Pack.title, Topic.position)
    )
    return [TopicRow(*row) for row in tx.session.execute(query)]


def met(tx: Tx, member_id: int) -> list[Met]:
    """The beliefs on every live question a member has answered."""
    query = (
        sa.select(Question.topic_id, Memory.stability, Memory.last_day, Memory.due_day)  # type: ignore[call-overload]
        .join(Question, col(Question.id) == col(Memory.question_id))
        .where(col(Memory.member_id) == member_id, col(Question.state) == QuestionState.LIVE)
        .where(col(Memory.stability).is_not(None), col(Memory.last_day).is_not(None))
    )
    return [Met(*row) for row in tx.session.execute(query)]


def days_answered(tx: Tx, member_id: int, since: date) -> Sequence[date]:
    """The learner's days since a date on which they answered something."""
    query = (
        sa.select(col(Review.day))
        .where(col(Review.member_id) == member_id, col(Review.day) >= since)
        .distinct()
    )
    return tx.session.execute(query).scalars().all()
