"""One question put to one learner: what it said, what became of it elsewhere, and flagging it."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col, select

from bot.terms import Verdict
from storage.engine import Tx
from storage.sets import UNANSWERED
from storage.tables import Asking, Flag, Question, QuestionVersion, QuizSet, Review


def asking(tx: Tx, asking_id: int) -> Asking | None:
    """The asking of this id, locked until the transaction ends."""
    query = select(Asking).where(Asking.id == asking_id).with_for_update()
    return tx.session.exec(query).first()


def asked(tx: Tx, row: Asking) -> tuple[QuizSet, Question, QuestionVersion]:
    """The set an asking is in, its question, and what the question said when it was put."""
    inside = tx.session.get_one(QuizSet, row.set_id)
    return (
        inside,
        tx.session.get_one(Question, row.question_id),
        tx.session.get_one(QuestionVersion, row.version_id),
    )


def others_open(tx: Tx, member_id: int, question_id: int) -> Sequence[Asking]:
    """Askings of a question that still want an answer from this member."""
    query = select(Asking).where(
        Asking.member_id == member_id,
        Asking.question_id == question_id,
        col(Asking.state).in_(UNANSWERED),
    )
    return tx.session.exec(query).all()


def answered_since(tx: Tx, member_id: int, question_id: int, since: datetime) -> bool:
    """Whether a member answered a question at an instant or later."""
    query = select(Review.id).where(
        Review.member_id == member_id, Review.question_id == question_id, col(Review.at) >= since
    )
    return tx.session.exec(query).first() is not None


def verdicts(tx: Tx, keys: Collection[str]) -> dict[int, Verdict | None]:
    """What the answers in these sets were worth, by question."""
    query = (
        sa.select(col(Asking.question_id), col(Asking.verdict))
        .join(QuizSet, col(QuizSet.id) == col(Asking.set_id))
        .where(col(QuizSet.key).in_(keys))
    )
    return {question: verdict for question, verdict in tx.session.execute(query)}


def flag(tx: Tx, asking: Asking, note: str) -> None:
    """Keep that a member says a question is wrong or unclear, in the version they were shown."""
    query = select(Flag).where(
        Flag.member_id == asking.member_id, Flag.question_id == asking.question_id
    )
    row = tx.session.exec(query).first()
    if row is None:
        row = Flag(
            workspace_id=asking.workspace_id, member_id=asking.member_id, question_id=asking.question_id,
            version_id=asking.version_id, at=tx.now,
        )  # fmt: skip
    row.version_id, row.note, row.at = asking.version_id, note, tx.now
    tx.add(row)
