"""Sets of questions and the askings in them: made in bulk, found by who and when, released when not delivered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from bot.terms import AskingState, DeliveryState, SetKind, SetState, Verdict
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


@dataclass(frozen=True, slots=True)
class NewAsking:
    """A question to be put into a set, as it will be shown."""

    question: int
    version: int
    layout: tuple[int, ...]
    after_lesson: bool = False


@dataclass(frozen=True, slots=True)
class NewSet:
    """A set to be made; the same key again makes nothing."""

    key: str
    workspace: int
    member: int
    kind: SetKind
    day: date
    askings: tuple[NewAsking, ...]
    pack: int | None = None
    lesson: int | None = None


@dataclass(frozen=True, slots=True)
class OpenSet:
    """A day's set that is still open: whether anything was done with it, what is left, whether it arrived."""

    id: int
    member: int
    day: date
    touched: bool
    left: tuple[int, ...]
    delivered: bool


def make(tx: Tx, wanted: Sequence[NewSet]) -> dict[str, int]:
    """The ids of the sets that were new, by key, with their askings written.

    The members' rows are locked by whoever makes sets, so a key that is not kept is free.
    """
    if not wanted:
        return {}
    keys = [new.key for new in wanted]
    before = kept(tx, keys)
    rows = [
        dict(
            key=new.key, workspace_id=new.workspace, member_id=new.member, kind=new.kind, day=new.day,
            state=SetState.OPEN, pack_id=new.pack, lesson_id=new.lesson, created_at=tx.now,
        )
        for new in wanted
        if new.key not in before
    ]  # fmt: skip
    if not rows:
        return {}
    tx.session.execute(_insert(tx).on_conflict_do_nothing(index_elements=["key"]), rows)
    found = tx.session.execute(sa.select(S.id, S.key).where(S.key.in_(set(keys) - before)))
    made = {key: set_id for set_id, key in found}
    put = [row for new in wanted if new.key in made for row in _asking_rows(new, made[new.key])]
    if put:
        tx.session.execute(sa.insert(ASKINGS), put)
    return made


def add_askings(tx: Tx, row: QuizSet, new: Sequence[NewAsking]) -> None:
    """Put more questions at the end of a set."""
    assert row.id is not None
    first = len(askings(tx, row.id))
    whole = NewSet(row.key, row.workspace_id, row.member_id, row.kind, row.day, tuple(new))
    if new:
        tx.session.execute(sa.insert(ASKINGS), _asking_rows(whole, row.id, first))


def quiz_set(tx: Tx, set_id: int) -> QuizSet | None:
    """The set of this id."""
    return tx.session.get(QuizSet, set_id)


def by_key(tx: Tx, key: str) -> QuizSet | None:
    """The set made under this key."""
    return tx.session.exec(select(QuizSet).where(QuizSet.key == key)).first()


def askings(tx: Tx, set_id: int) -> Sequence[Asking]:
    """The questions of a set, in their order."""
    return tx.session.exec(select(Asking).where(Asking.set_id == set_id).order_by(col(Asking.position))).all()


def asking(tx: Tx, asking_id: int) -> Asking | None:
    """The asking of this id, locked until the transaction ends."""
    query = select(Asking).where(Asking.id == asking_id).with_for_update()
    return tx.session.exec(query).first()


def open_daily(tx: Tx, member_id: int) -> QuizSet | None:
    """The member's newest day's set that is still open."""
    return newest_open(tx, member_id, (SetKind.DAILY,))


def newest_open(tx: Tx, member_id: int, kinds: Collection[SetKind]) -> QuizSet | None:
    """The member's newest open set of these kinds."""
    query = (
        select(QuizSet)
        .where(QuizSet.member_id == member_id, QuizSet.state == SetState.OPEN, col(QuizSet.kind).in_(kinds))
        .order_by(col(QuizSet.day).desc(), col(QuizSet.id).desc())
    )
    return tx.session.exec(query).first()


def open_with_lesson(tx: Tx, member_id: int, lesson_id: int) -> QuizSet | None:
    """The member's newest open set that holds a lesson."""
    query = select(QuizSet).where(
        QuizSet.member_id == member_id, QuizSet.state == SetState.OPEN, QuizSet.lesson_id == lesson_id
    )
    return tx.session.exec(query.order_by(col(QuizSet.id).desc())).first()


def latest_shown(tx: Tx, member_id: int) -> Asking | None:
    """The question the member has before them: shown last, or first in the day's message."""
    query = (
        select(Asking)
        .join(QuizSet, col(QuizSet.id) == col(Asking.set_id))
        .where(Asking.member_id == member_id, Asking.state == AskingState.SHOWN, QuizSet.state == SetState.OPEN)
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


def open_dailies(tx: Tx, members: Collection[int]) -> dict[int, list[OpenSet]]:
    """Every open day's set of these members, oldest first, by member."""
    query = sa.select(S.id, S.member_id, S.day).where(
        S.member_id.in_(members), S.state == SetState.OPEN, S.kind == SetKind.DAILY
    )
    rows = tx.session.execute(query.order_by(S.day, S.id)).all()
    ids = [row.id for row in rows]
    inside = _progress(tx, ids)
    reached = _reached(tx, [message_key(row.member_id, row.day) for row in rows])
    found: dict[int, list[OpenSet]] = {}
    for set_id, member, day in rows:
        states = inside.get(set_id, [])
        touched = any(state is not AskingState.WAITING for _, state in states)
        left = tuple(question for question, state in states if state in UNANSWERED)
        found.setdefault(member, []).append(OpenSet(set_id, member, day, touched, left, set_id in reached))
    return found


def _progress(tx: Tx, ids: Collection[int]) -> dict[int, list[tuple[int, AskingState]]]:
    """The questions of each set and where they stand, in their order."""
    if not ids:
        return {}
    query = sa.select(A.set_id, A.question_id, A.state).where(A.set_id.in_(ids))
    found: dict[int, list[tuple[int, AskingState]]] = {}
    for set_id, question, state in tx.session.execute(query.order_by(A.set_id, A.position)):
        found.setdefault(set_id, []).append((question, state))
    return found


def _reached(tx: Tx, keys: Collection[str]) -> set[int]:
    if not keys:
        return set()
    query = select(Delivery.about).where(col(Delivery.key).in_(keys), Delivery.state == DeliveryState.SENT)
    return {about for about in tx.session.exec(query) if about is not None}


def first_askings(tx: Tx, set_ids: Collection[int]) -> dict[int, int]:
    """The first question of each set, by set."""
    query = sa.select(A.set_id, A.id).where(A.set_id.in_(set_ids), A.position == 0)
    return {set_id: asking_id for set_id, asking_id in tx.session.execute(query)}


def recent_days(tx: Tx, members: Collection[int], since: date) -> dict[int, list[date]]:
    """The days of each member's own on which there was a day's set, newest first."""
    query = sa.select(S.member_id, S.day).where(
        S.member_id.in_(members), S.kind == SetKind.DAILY, S.day >= since
    )
    found: dict[int, list[date]] = {}
    for member, day in tx.session.execute(query.order_by(S.day.desc())):
        found.setdefault(member, []).append(day)
    return found


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


def kept(tx: Tx, keys: Collection[str]) -> set[str]:
    """Which of these keys have a set already."""
    if not keys:
        return set()
    return set(tx.session.exec(select(QuizSet.key).where(col(QuizSet.key).in_(keys))))


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


def verdicts(tx: Tx, keys: Collection[str]) -> dict[int, Verdict | None]:
    """What the answers in these sets were worth, by question."""
    query = (
        sa.select(A.question_id, A.verdict)
        .join(SETS, S.id == A.set_id)
        .where(S.key.in_(keys))
    )
    return {question: verdict for question, verdict in tx.session.execute(query)}


def others_open(tx: Tx, member_id: int, question_id: int) -> Sequence[Asking]:
    """Askings of a question that still want an answer from this member."""
    query = select(Asking).where(
        Asking.member_id == member_id, Asking.question_id == question_id, col(Asking.state).in_(UNANSWERED)
    )
    return tx.session.exec(query).all()


def answered_days(tx: Tx, member_id: int, since: date) -> set[date]:
    """The member's days, from `since` on, on which they answered something."""
    query = select(col(Review.day)).where(Review.member_id == member_id, col(Review.day) >= since).distinct()
    return set(tx.session.exec(query))


def _asking_rows(new: NewSet, set_id: int, first: int = 0) -> list[dict[str, object]]:
    return [
        dict(
            workspace_id=new.workspace, set_id=set_id, member_id=new.member, question_id=one.question,
            version_id=one.version, position=first + at, state=AskingState.WAITING, layout=list(one.layout),
            after_lesson=one.after_lesson, given=[],
        )
        for at, one in enumerate(new.askings)
    ]  # fmt: skip


def _insert(tx: Tx) -> Any:
    if tx.on_postgres:
        from sqlalchemy.dialects.postgresql import insert as pg_insert

        return pg_insert(SETS)
    from sqlalchemy.dialects.sqlite import insert as lite_insert

    return lite_insert(SETS)
