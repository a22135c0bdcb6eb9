"""What Grove decided about a member, and from what, so that `why` always has an answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col, select

from storage.engine import Tx
from storage.tables import Decision, Member


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision to be kept: its kind, and ids and numbers as facts."""

    workspace: int
    member: int
    kind: str
    facts: Mapping[str, object]


def record(tx: Tx, member: Member, kind: str, facts: Mapping[str, object]) -> None:
    """Keep one decision about a member."""
    assert member.id is not None
    record_all(tx, [NewDecision(member.workspace_id, member.id, kind, facts)])


def record_all(tx: Tx, new: Sequence[NewDecision]) -> None:
    """Keep many decisions at once."""
    rows = [
        dict(
            workspace_id=one.workspace,
            member_id=one.member,
            at=tx.now,
            kind=one.kind,
            facts=dict(one.facts),
        )
        for one in new
    ]
    if rows:
        tx.session.execute(sa.insert(Decision.__table__), rows)  # type: ignore[attr-defined]


def latest(
    tx: Tx, member_id: int, *, kinds: Collection[str] = (), limit: int = 1
) -> Sequence[Decision]:
    """A member's newest decisions, of these kinds or of all."""
    query = select(Decision).where(Decision.member_id == member_id)
    if kinds:
        query = query.where(col(Decision.kind).in_(kinds))
    return tx.session.exec(query.order_by(col(Decision.id).desc()).limit(limit)).all()
