"""Sets for many learners at once: what is open, what was before, and new ones made in bulk."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from bot.terms import AskingState, DeliveryState, SetKind, SetState
from storage.engine import Tx
from storage.sets import UNANSWERED, askings, message_key
from storage.tables import Asking, Delivery, QuizSet

ASKINGS: sa.Table = Asking.__table__  # type: ignore[attr-defined]
SETS: sa.Table = QuizSet.__table__  # type: ignore[attr-defined]
A, S = ASKINGS.c, SETS.c


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
        found.setdefault(member, []).append(
            OpenSet(set_id, member, day, touched, left, set_id in reached)
        )
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
    query = select(Delivery.about).where(
        col(Delivery.key).in_(keys), Delivery.state == DeliveryState.SENT
    )
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


def kept(tx: Tx, keys: Collection[str]) -> set[str]:
    """Which of these keys have a set already."""
    if not keys:
        return set()
    return set(tx.session.exec(select(QuizSet.key).where(col(QuizSet.key).in_(keys))))


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
