"""Who learns what: enrolments, the invitations that lead to them, and when each learner hears next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from bot import days
from bot.terms import DeliveryKind, DeliveryState, EnrolmentState
from storage import deliveries, erasing, memories, people, sets
from storage.engine import Tx
from storage.tables import Channel, Delivery, Enrolment, Member, Pack


@dataclass(frozen=True, slots=True)
class Taken:
    """One enrolment with the pack it is for."""

    enrolment: Enrolment
    pack: Pack


def of_member(tx: Tx, member_id: int, *states: EnrolmentState) -> list[Taken]:
    """What a member was invited to, learns or left, in these states or in all, by the pack's title."""
    query = (
        select(Enrolment, Pack)
        .join(Pack, col(Pack.id) == col(Enrolment.pack_id))
        .where(Enrolment.member_id == member_id)
        .order_by(col(Pack.title))
    )
    if states:
        query = query.where(col(Enrolment.state).in_(states))
    return [Taken(enrolment, pack) for enrolment, pack in tx.session.exec(query)]


def held(tx: Tx, member_id: int, pack_id: int) -> Enrolment | None:
    """The one enrolment of a member in a pack."""
    query = select(Enrolment).where(Enrolment.member_id == member_id, Enrolment.pack_id == pack_id)
    return tx.session.exec(query).first()


def own(tx: Tx, member_id: int, enrolment_id: int) -> Enrolment | None:
    """The enrolment of this id, if it is this member's."""
    row = tx.session.get(Enrolment, enrolment_id)
    return row if row is not None and row.member_id == member_id else None


def invited_with(tx: Tx, row: Enrolment) -> list[Taken]:
    """What one invitation offered: this enrolment and those still open that came with it."""
    taken = of_member(tx, row.member_id)
    return [
        one
        for one in taken
        if one.enrolment.id == row.id
        or (
            one.enrolment.state is EnrolmentState.INVITED
            and one.enrolment.channel_id == row.channel_id
            and one.enrolment.changed_at == row.changed_at
        )
    ]


def by_member(
    tx: Tx, pack_ids: Collection[int], member_ids: Collection[int]
) -> set[tuple[int, int]]:
    """Which of these members (first) have any enrolment in which of these packs (second)."""
    query = select(Enrolment.member_id, Enrolment.pack_id).where(
        col(Enrolment.pack_id).in_(pack_ids), col(Enrolment.member_id).in_(member_ids)
    )
    return set(tx.session.exec(query).all())


def enrol(
    tx: Tx,
    member: Member,
    pack_id: int,
    state: EnrolmentState,
    *,
    channel_id: int | None = None,
    starts_on: date | None = None,
) -> Enrolment:
    """The member's enrolment in a pack, in this state from now on; made when there was none."""
    assert member.id is not None
    row = held(tx, member.id, pack_id)
    if row is None:
        row = Enrolment(
            workspace_id=member.workspace_id,
            member_id=member.id,
            pack_id=pack_id,
            channel_id=channel_id,
            state=state,
            changed_at=tx.now,
            starts_on=starts_on,
        )
        tx.add(row)
    elif row.state is not state:
        row.state, row.changed_at = state, tx.now
        tx.session.flush()
    return row


def begin(tx: Tx, member: Member, pack_ids: Collection[int]) -> datetime | None:
    """The member learns these packs from their next slot on, whenever that is; doing it twice is harmless.

    The rhythm is the channel's that invited them, unless they chose their own.
    """
    for pack_id in pack_ids:
        row = enrol(tx, member, pack_id, EnrolmentState.ACTIVE)
        withdraw(tx, row, "joined meanwhile")
        _take_rhythm(tx, member, row)
    erasing.welcome_back(tx, member)
    member.silent, member.unanswered = False, 0
    return replan(tx, member)


def _take_rhythm(tx: Tx, member: Member, row: Enrolment) -> None:
    channel = None if row.channel_id is None else tx.session.get(Channel, row.channel_id)
    if channel is not None and not member.chose_rhythm:
        member.minute, member.days, member.daily_limit = (
            channel.minute,
            channel.days,
            channel.daily_limit,
        )


def replan(tx: Tx, member: Member) -> datetime | None:
    """Write down and return when Grove writes to the member next, None when it does not.

    Never twice on one learning day, never within twelve hours of the last set, never inside a pause.
    """
    assert member.id is not None
    starts = [one.starts_on for one in memories.learning(tx, [member.id]).get(member.id, [])]
    stopped = member.silent or member.left_at is not None or member.paused_until == days.FOREVER
    member.next_set_at = None if stopped or not starts else _next_slot(tx, member, min(starts))
    tx.session.flush()
    return member.next_set_at


def _next_slot(tx: Tx, member: Member, starts: date) -> datetime:
    not_before = max(starts, member.paused_until or date.min)
    after = tx.now
    if member.last_set_day is not None:
        not_before = max(not_before, member.last_set_day + timedelta(days=1))
    if member.last_set_at is not None:
        after = max(after, member.last_set_at + days.APART)
    rhythm = people.rhythm(member)
    return days.next_slot(
        after, rhythm, not_before=None if not_before == date.min else not_before
    ).at


def invitation_key(row: Enrolment) -> str:
    """The key under which an invitation is owed once."""
    return f"invite:{row.id}"


def withdraw(tx: Tx, row: Enrolment, reason: str) -> None:
    """An invitation that is owed and not begun is no longer wanted."""
    D = Delivery.__table__.c  # type: ignore[attr-defined]
    owed = sa.update(Delivery).where(D.key == invitation_key(row), D.state == DeliveryState.READY)
    tx.session.execute(
        owed.values(state=DeliveryState.SKIPPED, reason=reason, settled_at=tx.now),
        execution_options={"synchronize_session": False},
    )


def hold_sets(tx: Tx, member_id: int, reason: str) -> None:
    """Sets owed to a member and not begun are no longer wanted; their questions stay due."""
    owed = select(Delivery.about).where(
        Delivery.member_id == member_id,
        Delivery.kind == DeliveryKind.SET,
        Delivery.state == DeliveryState.READY,
    )
    for set_id in tx.session.exec(owed).all():
        if set_id is not None:
            sets.release(tx, set_id)
    deliveries.skip_owed(tx, member_id, reason, kinds=(DeliveryKind.SET, DeliveryKind.STOPPING))


def postpone_invitations(tx: Tx, member_id: int, until: datetime | None, valid: timedelta) -> None:
    """Invitations owed to a member wait until an instant and stay good for a while after it.

    Without an instant they are no longer owed; what they offered stays open.
    """
    if until is None:
        deliveries.skip_owed(tx, member_id, "paused", kinds=(DeliveryKind.INVITATION,))
        return
    D = Delivery.__table__.c  # type: ignore[attr-defined]
    owed = sa.update(Delivery).where(
        D.member_id == member_id,
        D.kind == DeliveryKind.INVITATION,
        D.state == DeliveryState.READY,
        D.due_at < until,
    )
    tx.session.execute(
        owed.values(due_at=until, valid_until=until + valid),
        execution_options={"synchronize_session": False},
    )


def unsent(tx: Tx, channel_id: int) -> list[list[Taken]]:
    """What each invitation of a channel offers that nobody began to send."""
    query = (
        select(Enrolment)
        .join(Delivery, col(Delivery.about) == col(Enrolment.id))
        .where(Delivery.kind == DeliveryKind.INVITATION, Delivery.state == DeliveryState.READY)
        .where(Enrolment.channel_id == channel_id, Enrolment.state == EnrolmentState.INVITED)
    )
    return [invited_with(tx, row) for row in tx.session.exec(query).all()]


def take_back(tx: Tx, invited: Sequence[Taken]) -> None:
    """As if never offered: a later invitation is a new one."""
    for one in invited:
        owed = sa.delete(Delivery).where(col(Delivery.key) == invitation_key(one.enrolment))
        tx.session.execute(owed, execution_options={"synchronize_session": False})
        tx.session.delete(one.enrolment)
    tx.session.flush()
