"""Sets of questions and the askings in them: made in bulk, found by who and when, released when not delivered."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import col, select

from bot.terms import AskingState, DeliveryState, SetKind, SetState
from storage.engine import Tx
from storage.tables import Asking, Delivery, QuizSet, Review

ASKINGS: sa.Table = Asking.__table__  # type: ignore[attr-defined]
SETS: sa.Table = QuizSet.__table__  # type: ignore[attr-defined]
A, S = ASKINGS.c, SETS.c

UNANSWERED = (AskingState.WAITING, AskingState.SHOWN)
"""An asking whose answer is still wanted today."""


def daily_key(member_id: int, day: date) -> str:
    """The key of a member's set of one of their days."""
    return f"daily:{member_id}:{day.isoformat()}"


def message_key(member_id: int, day: date) -> str:
    """The key of the message that carries that set."""
    return f"set:{member_id}:{day.isoformat()}"


def quiz_set(tx: Tx, set_id: int) -> QuizSet | None:
    """The set of this id."""
    return tx.session.get(QuizSet, set_id)


def by_key(tx: Tx, key: str) -> QuizSet | None:
    """The set made under this key."""
    return tx.session.exec(select(QuizSet).where(QuizSet.key == key)).first()


def askings(tx: Tx, set_id: int) -> Sequence[Asking]:
    """The questions of a set, in their order."""
    return tx.session.exec(
        select(Asking).where(Asking.set_id == set_id).order_by(col(Asking.position))
    ).all()


def open_daily(tx: Tx, member_id: int) -> QuizSet | None:
    """The member's newest day's set that is still open."""
    return newest_open(tx, member_id, (SetKind.DAILY,))


def newest_open(tx: Tx, member_id: int, kinds: Collection[SetKind]) -> QuizSet | None:
    """The member's newest open set of these kinds."""
    query = (
        select(QuizSet)
        .where(
            QuizSet.member_id == member_id,
            QuizSet.state == SetState.OPEN,
            col(QuizSet.kind).in_(kinds),
        )
        .order_by(col(QuizSet.day).desc(), col(QuizSet.id).desc())
    )
    return tx.session.exec(query).first()


def open_with_lesson(tx: Tx, member_id: int, lesson_id: int) -> QuizSet | None:
    """The member's newest open set that holds a lesson."""
    query = select(QuizSet).where(
        QuizSet.member_id == member_id,
        QuizSet.state == SetState.OPEN,
        QuizSet.lesson_id == lesson_id,
    )
    return tx.session.exec(query.order_by(col(QuizSet.id).desc())).first()


def latest_shown(tx: Tx, member_id: int) -> Asking | None:
    """The question the member has before them: shown last, or first in the day's message."""
    query = (
        select(Asking)
        .join(QuizSet, col(QuizSet.id) == col(Asking.set_id))
        .where(
            Asking.member_id == member_id,
            Asking.state == AskingState.SHOWN,
            QuizSet.state == SetState.OPEN,
        )
        .order_by(col(Asking.shown_at).desc(), col(Asking.id).desc())
    )
    shown = tx.session.exec(query).first()
    return _first_delivered(tx, member_id, shown) or shown


def _first_delivered(tx: Tx, member_id: int, shown: Asking | None) -> Asking | None:
    """The first question of a message that arrived after `shown` was shown and was not touched yet."""
    row = open_daily(tx, member_id)
    if row is None or row.id is None:
        return None
    sent_at = _sent_at(tx, row)
    inside = askings(tx, row.id)
    if sent_at is None or not inside or any(one.state is not AskingState.WAITING for one in inside):
        return None
    newer = shown is None or shown.shown_at is None or shown.shown_at <= sent_at
    return inside[0] if newer else None


def _sent_at(tx: Tx, row: QuizSet) -> datetime | None:
    key = message_key(row.member_id, row.day)
    query = select(Delivery).where(Delivery.key == key, Delivery.state == DeliveryState.SENT)
    owed = tx.session.exec(query).first()
    return owed.settled_at if owed is not None and owed.about == row.id else None


def delivered(tx: Tx, set_id: int) -> bool:
    """Whether a message carried this set to its person."""
    row = quiz_set(tx, set_id)
    return row is not None and _sent_at(tx, row) is not None


def release(tx: Tx, set_id: int) -> None:
    """The day's set was not delivered: fold it, its questions stay due; one begun by hand goes on."""
    if any(asking.state is not AskingState.WAITING for asking in askings(tx, set_id)):
        return
    fold(tx, [set_id])


def fold(tx: Tx, set_ids: Collection[int]) -> None:
    """End open sets unfinished; what was not answered is not wanted today any more."""
    if not set_ids:
        return
    tx.session.execute(
        sa.update(QuizSet)
        .where(col(QuizSet.id).in_(set_ids), col(QuizSet.state) == SetState.OPEN)
        .values(state=SetState.FOLDED, ended_at=tx.now)
    )
    tx.session.execute(
        sa.update(Asking)
        .where(col(Asking.set_id).in_(set_ids), col(Asking.state).in_(UNANSWERED))
        .values(state=AskingState.EXPIRED)
    )


def reopen(tx: Tx, row: QuizSet) -> None:
    """Go on with a set that was folded; what was given up, and not answered elsewhere since, is wanted again."""
    row.state, row.ended_at = SetState.OPEN, None
    answered = select(Review.question_id).where(
        Review.member_id == row.member_id, col(Review.at) >= row.created_at
    )
    done = set(tx.session.exec(answered))
    for one in askings(tx, row.id or 0):
        if one.state is AskingState.EXPIRED and one.question_id not in done:
            one.state = AskingState.WAITING
    tx.session.flush()


def of_day(tx: Tx, member_id: int, day: date) -> Sequence[QuizSet]:
    """A member's sets of one of their days."""
    query = select(QuizSet).where(QuizSet.member_id == member_id, QuizSet.day == day)
    return tx.session.exec(query.order_by(col(QuizSet.id))).all()


def asked_on(tx: Tx, member_id: int, day: date) -> set[int]:
    """The questions a member dealt with, or has before them, on one of their days."""
    touched = (AskingState.ANSWERED, AskingState.LATER, AskingState.FLAGGED, *UNANSWERED)
    query = (
        select(Asking.question_id)
        .join(QuizSet, col(QuizSet.id) == col(Asking.set_id))
        .where(Asking.member_id == member_id, QuizSet.day == day, col(Asking.state).in_(touched))
    )
    return set(tx.session.exec(query))


def answered_days(tx: Tx, member_id: int, since: date) -> set[date]:
    """The member's days, from `since` on, on which they answered something."""
    query = (
        select(col(Review.day))
        .where(Review.member_id == member_id, col(Review.day) >= since)
        .distinct()
    )
    return set(tx.session.exec(query))
