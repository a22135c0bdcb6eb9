"""Deliveries: what Grove owes, claimed under a lease, settled once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
from sqlmodel import col, select

from bot.terms import DeliveryKind, DeliveryState, EnrolmentState, PlatformName
from storage.engine import Tx
from storage.tables import Delivery, Enrolment

LEASE = timedelta(seconds=120)
"""How long a claim lasts: much longer than one request may take (20 s) and its margin."""

D = Delivery.__table__.c  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Claimed:
    """One delivery in this worker's hands until the lease runs out."""

    id: int
    token: str
    workspace: int
    member: int | None
    platform: PlatformName
    kind: DeliveryKind
    key: str
    address: str
    about: int | None
    card: dict[str, Any]
    due_at: datetime
    valid_until: datetime
    unsure_since: datetime | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Owed:
    """A message to be owed, as `post` takes it."""

    key: str
    workspace: int
    platform: PlatformName
    kind: DeliveryKind
    address: str
    card: dict[str, Any]
    due_at: datetime
    valid_until: datetime
    member: int | None = None
    about: int | None = None


def post_all(tx: Tx, owed: Sequence[Owed]) -> None:
    """Owe many messages at once, each once per key."""
    rows = [
        dict(
            key=one.key, workspace_id=one.workspace, platform=one.platform, kind=one.kind, address=one.address,
            card=one.card, due_at=one.due_at, valid_until=one.valid_until, member_id=one.member, about=one.about,
            state=DeliveryState.READY, attempts=0, platform_ref="", reason="", created_at=tx.now,
        )
        for one in owed
    ]  # fmt: skip
    if rows:
        tx.session.execute(_insert(tx).on_conflict_do_nothing(index_elements=["key"]), rows)


def post(
    tx: Tx,
    *,
    key: str,
    workspace: int,
    platform: PlatformName,
    kind: DeliveryKind,
    address: str,
    card: dict[str, Any],
    due_at: datetime,
    valid_until: datetime,
    member: int | None = None,
    about: int | None = None,
) -> bool:
    """Owe a message once per key; False when it is owed, sent or settled already."""
    row = dict(
        key=key, workspace_id=workspace, platform=platform, kind=kind, address=address, card=card,
        due_at=due_at, valid_until=valid_until, member_id=member, about=about,
        state=DeliveryState.READY, attempts=0, platform_ref="", reason="", created_at=tx.now,
    )  # fmt: skip
    found = tx.session.execute(
        _insert(tx).values(row).on_conflict_do_nothing(index_elements=["key"]).returning(D.id)
    )
    return found.first() is not None


def _insert(tx: Tx) -> Any:
    if tx.on_postgres:
        from sqlalchemy.dialects.postgresql import insert as pg_insert

        return pg_insert(Delivery.__table__)  # type: ignore[attr-defined]
    from sqlalchemy.dialects.sqlite import insert as lite_insert

    return lite_insert(Delivery.__table__)  # type: ignore[attr-defined]


def claim(
    tx: Tx, *, platforms: Collection[PlatformName], token: str, limit: int = 100
) -> list[Claimed]:
    """Take what is due on these platforms, oldest first, for the length of a lease."""
    picked = (
        sa.select(D.id)
        .where(D.platform.in_(platforms), D.state == DeliveryState.READY, D.due_at <= tx.now)
        .order_by(D.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    if tx.on_postgres:
        picked = picked.prefix_with("MATERIALIZED", dialect="postgresql")
    taken = (
        sa.update(Delivery)
        .where(D.id.in_(sa.select(picked.c.id)))
        .values(state=DeliveryState.CLAIMED, token=token, lease_until=tx.now + LEASE)
        .returning(
            D.id,
            D.workspace_id,
            D.member_id,
            D.platform,
            D.kind,
            D.key,
            D.address,
            D.about,
            D.card,
            D.due_at,
            D.valid_until,
            D.unsure_since,
            D.attempts,
        )
    )
    rows = tx.session.execute(taken).all()
    claims = [Claimed(row[0], token, *row[1:]) for row in rows]
    return sorted(claims, key=lambda claimed: (claimed.due_at, claimed.id))


def intend(tx: Tx, claimed: Claimed, *, margin: timedelta) -> bool:
    """Write down that a send begins now; False when the claim is no longer ours or about to end."""
    changed = sa.update(Delivery).where(
        D.id == claimed.id,
        D.token == claimed.token,
        D.state == DeliveryState.CLAIMED,
        D.lease_until > tx.now + margin,
    )
    return _one(tx, changed.values(
        state=DeliveryState.SENDING, unsure_since=sa.func.coalesce(D.unsure_since, tx.now), attempts=D.attempts + 1
    ))  # fmt: skip


def sent(tx: Tx, delivery_id: int, platform_ref: str) -> bool:
    """It arrived: a fact, which needs no token. False when that was known."""
    return _one(tx, sa.update(Delivery).where(D.id == delivery_id, D.state != DeliveryState.SENT).values(
        state=DeliveryState.SENT, platform_ref=platform_ref, unsure_since=None, token=None, settled_at=tx.now, reason=""
    ))  # fmt: skip


def put_back(
    tx: Tx, claimed: Claimed, *, due_at: datetime, reason: str, counts: bool = True
) -> bool:
    """Surely not accepted: ready again at `due_at`, with the doubt it had before this attempt."""
    return _mine(tx, claimed, dict(
        state=DeliveryState.READY, token=None, lease_until=None, due_at=due_at, reason=reason,
        unsure_since=claimed.unsure_since, attempts=D.attempts if counts else D.attempts - 1,
    ))  # fmt: skip


def wait(tx: Tx, claimed: Claimed, *, due_at: datetime, reason: str) -> bool:
    """Hand a claim back before any attempt: not now, ready again at `due_at`."""
    return _mine(
        tx,
        claimed,
        dict(state=DeliveryState.READY, token=None, lease_until=None, due_at=due_at, reason=reason),
    )


def absent(tx: Tx, claimed: Claimed) -> bool:
    """Proven not to have arrived: the doubt is gone."""
    return _mine(tx, claimed, dict(unsure_since=None))


def bury(tx: Tx, claimed: Claimed, state: DeliveryState, reason: str) -> bool:
    """End a claim as skipped or failed, with its reason."""
    return _mine(
        tx,
        claimed,
        dict(state=state, reason=reason, token=None, lease_until=None, settled_at=tx.now),
    )


def rescue(tx: Tx) -> int:
    """Claims whose lease ran out are ready again; their doubt stays."""
    lost = sa.update(Delivery).where(
        D.state.in_([DeliveryState.CLAIMED, DeliveryState.SENDING]), D.lease_until < tx.now
    )
    return _changed(tx, lost.values(state=DeliveryState.READY, token=None, lease_until=None))


def skip_owed(tx: Tx, member: int, reason: str, *, kinds: Sequence[DeliveryKind] = ()) -> int:
    """What is owed to a member and not begun is no longer wanted."""
    owed = sa.update(Delivery).where(D.member_id == member, D.state == DeliveryState.READY)
    if kinds:
        owed = owed.where(D.kind.in_(kinds))
    return _changed(tx, owed.values(state=DeliveryState.SKIPPED, reason=reason, settled_at=tx.now))


def invited(tx: Tx, members: Collection[int], since: datetime) -> dict[int, datetime]:
    """When each member was last sent an invitation since an instant that they have not accepted."""
    query = (
        sa.select(D.member_id, sa.func.max(D.settled_at))
        .join(Enrolment, col(Enrolment.id) == D.about)
        .where(D.member_id.in_(members), D.kind == DeliveryKind.INVITATION)
        .where(D.state == DeliveryState.SENT, D.settled_at >= since)
        .where(col(Enrolment.state) != EnrolmentState.ACTIVE)
        .group_by(D.member_id)
    )
    return {member: at for member, at in tx.session.execute(query)}


def blank_bodies(tx: Tx, *, before: datetime, limit: int = 500) -> int:
    """Forget the words of what was settled before an instant."""
    old = (
        sa.select(D.id)
        .where(D.state.in_([DeliveryState.SENT, DeliveryState.SKIPPED, DeliveryState.FAILED]))
        .where(D.settled_at < before, D.card.is_not(None))
        .limit(limit)
    )
    return _changed(tx, sa.update(Delivery).where(D.id.in_(old)).values(card=sa.null()))


def listed(tx: Tx, *, state: DeliveryState | None = None, limit: int = 50) -> Sequence[Delivery]:
    """The newest deliveries, of one state or of all."""
    query = select(Delivery).order_by(col(Delivery.id).desc()).limit(limit)
    if state is not None:
        query = query.where(Delivery.state == state)
    return tx.session.exec(query).all()


def by_key(tx: Tx, key: str) -> Delivery | None:
    """The delivery owed under this key."""
    return tx.session.exec(select(Delivery).where(Delivery.key == key)).first()


def counts(tx: Tx) -> dict[DeliveryState, int]:
    """How many deliveries there are in each state."""
    rows = tx.session.execute(sa.select(D.state, sa.func.count()).group_by(D.state)).all()
    return {state: number for state, number in rows}


def next_due(tx: Tx, *, after: datetime | None = None) -> datetime | None:
    """When the next ready delivery is due, or the next after an instant."""
    query = sa.select(sa.func.min(D.due_at)).where(D.state == DeliveryState.READY)
    if after is not None:
        query = query.where(D.due_at > after)
    return tx.session.execute(query).scalar()


def _mine(tx: Tx, claimed: Claimed, values: dict[str, Any]) -> bool:
    held = [DeliveryState.CLAIMED, DeliveryState.SENDING]
    return _one(
        tx,
        sa.update(Delivery)
        .where(D.id == claimed.id, D.token == claimed.token, D.state.in_(held))
        .values(**values),
    )


def _one(tx: Tx, statement: Any) -> bool:
    return _changed(tx, statement) == 1


def _changed(tx: Tx, statement: Any) -> int:
    result = cast(
        "sa.CursorResult[Any]",
        tx.session.execute(statement, execution_options={"synchronize_session": False}),
    )
    return result.rowcount
