"""What happened in a whole database, read back in bulk: for simulations and their reports, never for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import col

from bot.terms import DeliveryKind, DeliveryState, Verdict
from storage.engine import Tx
from storage.tables import Delivery, LessonDone, Member, Memory, Pack, Question, Review


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in the log: by whom (their id on the platform), to which question (`pack/slug`), on their day.

    `recall_before` is what was predicted; None before the first rating and for practice.
    """

    person: str
    question: str
    at: datetime
    day: date
    verdict: Verdict
    rated: bool
    recall_before: float | None


@dataclass(frozen=True, slots=True)
class Ended:
    """How many deliveries of a kind stand in a state, for a reason."""

    kind: DeliveryKind
    state: DeliveryState
    reason: str
    number: int


@dataclass(frozen=True, slots=True)
class Held:
    """What is believed of one person and one question they answered."""

    person: str
    question: str
    stability: float
    last_day: date


def answers(tx: Tx) -> list[Answer]:
    """Every answer, oldest first."""
    query = (
        sa.select(
            col(Member.external_id), _QUESTION, col(Review.at), col(Review.day), col(Review.verdict),
            col(Review.grade).is_not(None), col(Review.recall_before),
        )
        .join(Member, col(Member.id) == col(Review.member_id))
        .join(Question, col(Question.id) == col(Review.question_id))
        .join(Pack, col(Pack.id) == col(Question.pack_id))
        .order_by(col(Review.at), col(Review.id))
    )  # fmt: skip
    return [Answer(*row) for row in tx.session.execute(query)]


def deliveries(tx: Tx) -> Sequence[Ended]:
    """How all deliveries ended, by kind, state and reason."""
    named = (col(Delivery.kind), col(Delivery.state), col(Delivery.reason))
    query = sa.select(*named, sa.func.count()).group_by(*named).order_by(*named)
    return [Ended(*row) for row in tx.session.execute(query)]


def beliefs(tx: Tx) -> list[Held]:
    """Everything believed of everybody."""
    query = (
        sa.select(col(Member.external_id), _QUESTION, col(Memory.stability), col(Memory.last_day))
        .join(Member, col(Member.id) == col(Memory.member_id))
        .join(Question, col(Question.id) == col(Memory.question_id))
        .join(Pack, col(Pack.id) == col(Question.pack_id))
        .where(col(Memory.stability).is_not(None), col(Memory.last_day).is_not(None))
    )
    return [Held(*row) for row in tx.session.execute(query)]


def lessons(tx: Tx) -> int:
    """How many lessons people are done with, over everybody."""
    return int(tx.session.execute(sa.select(sa.func.count()).select_from(LessonDone)).scalar_one())


_QUESTION = col(Pack.slug) + "/" + col(Question.slug)
