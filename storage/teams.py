"""Channels, who is in them, their packs, and who learns what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from bot import days
from bot.terms import DeliveryKind, DeliveryState, EnrolmentState, QuestionState
from storage import deliveries, memories, people, sets
from storage.engine import Tx
from storage.tables import Audit, Channel, ChannelMember, ChannelPack, Delivery, Enrolment, Member, Memory, Pack, Question

OPEN_TO_JOIN = (EnrolmentState.INVITED, EnrolmentState.DECLINED, EnrolmentState.LEFT)
"""An enrolment that may become active."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One enrolment with the pack it is for."""

    enrolment: Enrolment
    pack: Pack


@dataclass(frozen=True, slots=True)
class Chosen:
    """A pack of a channel, with when it starts and its own recall target."""

    pack: Pack
    starts_on: date
    recall_target: float | None


def channel_at(tx: Tx, workspace_id: int, external_id: str) -> Channel | None:
    """The channel with this platform id."""
    query = select(Channel).where(Channel.workspace_id == workspace_id, Channel.external_id == external_id)
    return tx.session.exec(query).first()


def channel_of(tx: Tx, workspace_id: int, channel_id: int) -> Channel | None:
    """The channel of this id, if it is of this workspace."""
    row = tx.session.get(Channel, channel_id)
    return row if row is not None and row.workspace_id == workspace_id else None


def found_channel(tx: Tx, workspace_id: int, external_id: str, name: str = "") -> Channel:
    """The channel, made on first sight."""
    row = channel_at(tx, workspace_id, external_id)
    if row is None:
        row = Channel(
            workspace_id=workspace_id, external_id=external_id, name=name or external_id, created_at=tx.now
        )
        tx.add(row)
    return row


def channels(tx: Tx, workspace_id: int, ids: Collection[int] | None = None) -> Sequence[Channel]:
    """The channels of a workspace, all or those of these ids, by name."""
    query = select(Channel).where(Channel.workspace_id == workspace_id).order_by(col(Channel.name))
    if ids is not None:
        query = query.where(col(Channel.id).in_(ids))
    return tx.session.exec(query).all()


def enter(tx: Tx, channel: Channel, member_id: int) -> None:
    """The member is in the channel; known once."""
    assert channel.id is not None
    if tx.session.get(ChannelMember, (channel.id, member_id)) is None:
        tx.add(
            ChannelMember(channel_id=channel.id, member_id=member_id, workspace_id=channel.workspace_id)
        )


def leave(tx: Tx, channel_id: int, member_id: int) -> None:
    """The member is no longer in the channel: what it invited them to is taken back, what they joined is theirs."""
    held = tx.session.get(ChannelMember, (channel_id, member_id))
    if held is not None:
        tx.session.delete(held)
    for invited in _unsent(tx, channel_id):
        if invited[0].enrolment.member_id == member_id:
            _take_back(tx, invited)
    for one in enrolments(tx, member_id):
        if one.enrolment.channel_id == channel_id:
            one.enrolment.channel_id = None
    tx.session.flush()


def members(tx: Tx, channel_id: int) -> Sequence[Member]:
    """The people in a channel who have not left the workspace."""
    query = (
        select(Member)
        .join(ChannelMember, col(ChannelMember.member_id) == col(Member.id))
        .where(ChannelMember.channel_id == channel_id, col(Member.left_at).is_(None))
        .order_by(col(Member.id))
    )
    return tx.session.exec(query).all()


def is_in(tx: Tx, channel_id: int, member_id: int) -> bool:
    """Whether the member is in the channel."""
    return tx.session.get(ChannelMember, (channel_id, member_id)) is not None


def packs(tx: Tx, channel_id: int) -> list[Chosen]:
    """The packs a lead chose for a channel, by title."""
    query = (
        select(ChannelPack, Pack)
        .join(Pack, col(Pack.id) == col(ChannelPack.pack_id))
        .where(ChannelPack.channel_id == channel_id)
        .order_by(col(Pack.title))
    )
    return [Chosen(pack, row.starts_on, row.recall_target) for row, pack in tx.session.exec(query)]


def choose(tx: Tx, channel: Channel, pack_ids: Collection[int], starts_on: date, target: float | None) -> None:
    """These packs are the channel's from now on; unsent invitations that offer any other are taken back."""
    assert channel.id is not None
    held = {row.pack_id: row for row in _chosen(tx, channel.id)}
    for pack_id in pack_ids:
        row = held.pop(pack_id, None) or ChannelPack(
            channel_id=channel.id, pack_id=pack_id, workspace_id=channel.workspace_id, starts_on=starts_on
        )
        row.starts_on, row.recall_target = starts_on, target
        tx.session.add(row)
    for row in held.values():
        tx.session.delete(row)
    for invited in _unsent(tx, channel.id) if held else ():
        if any(one.enrolment.pack_id in held for one in invited):
            _take_back(tx, invited)
    tx.session.flush()


def _chosen(tx: Tx, channel_id: int) -> Sequence[ChannelPack]:
    return tx.session.exec(select(ChannelPack).where(ChannelPack.channel_id == channel_id)).all()


def enrolments(tx: Tx, member_id: int, *states: EnrolmentState) -> list[Taken]:
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


def enrolment(tx: Tx, member_id: int, pack_id: int) -> Enrolment | None:
    """The one enrolment of a member in a pack."""
    query = select(Enrolment).where(Enrolment.member_id == member_id, Enrolment.pack_id == pack_id)
    return tx.session.exec(query).first()


def enrolment_of(tx: Tx, member_id: int, enrolment_id: int) -> Enrolment | None:
    """The enrolment of this id, if it is this member's."""
    row = tx.session.get(Enrolment, enrolment_id)
    return row if row is not None and row.member_id == member_id else None


def invited_with(tx: Tx, row: Enrolment) -> list[Taken]:
    """What one invitation offered: this enrolment and those still open that came with it."""
    taken = enrolments(tx, row.member_id)
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


def by_member(tx: Tx, pack_ids: Collection[int], member_ids: Collection[int]) -> set[tuple[int, int]]:
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
    row = enrolment(tx, member.id, pack_id)
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


def asked(tx: Tx, channel_id: int) -> int:
    """How many people were asked through a channel, whatever they said."""
    query = sa.select(sa.func.count(sa.distinct(col(Enrolment.member_id)))).where(
        col(Enrolment.channel_id) == channel_id
    )
    return tx.session.execute(query).scalar_one()


def learners(tx: Tx, channel_id: int) -> Sequence[Member]:
    """The people who learn through a channel."""
    learning = select(Enrolment.member_id).where(
        Enrolment.channel_id == channel_id, Enrolment.state == EnrolmentState.ACTIVE
    )
    query = select(Member).where(col(Member.id).in_(learning), col(Member.left_at).is_(None))
    return tx.session.exec(query.order_by(col(Member.id))).all()


def next_due_day(tx: Tx, member_id: int, pack_id: int) -> date | None:
    """The first day on which a question of one pack comes back to a member."""
    query = (
        sa.select(sa.func.min(col(Memory.due_day)))
        .join(Question, col(Question.id) == col(Memory.question_id))
        .where(col(Memory.member_id) == member_id, col(Question.pack_id) == pack_id)
        .where(col(Question.state) == QuestionState.LIVE)
    )
    day: date | None = tx.session.execute(query).scalar()
    return day


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
    return days.next_slot(after, rhythm, not_before=None if not_before == date.min else not_before).at


def invitation_key(row: Enrolment) -> str:
    """The key under which an invitation is owed once."""
    return f"invite:{row.id}"


def record(tx: Tx, workspace_id: int, member_id: int, action: str, facts: Mapping[str, object]) -> None:
    """Keep who changed what."""
    tx.add(Audit(workspace_id=workspace_id, member_id=member_id, at=tx.now, action=action, facts=dict(facts)))


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
        Delivery.member_id == member_id, Delivery.kind == DeliveryKind.SET, Delivery.state == DeliveryState.READY
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


def _unsent(tx: Tx, channel_id: int) -> list[list[Taken]]:
    """What each invitation of a channel offers that nobody began to send."""
    query = (
        select(Enrolment)
        .join(Delivery, col(Delivery.about) == col(Enrolment.id))
        .where(Delivery.kind == DeliveryKind.INVITATION, Delivery.state == DeliveryState.READY)
        .where(Enrolment.channel_id == channel_id, Enrolment.state == EnrolmentState.INVITED)
    )
    return [invited_with(tx, row) for row in tx.session.exec(query).all()]


def _take_back(tx: Tx, invited: Sequence[Taken]) -> None:
    """As if never offered: a later invitation is a new one."""
    for one in invited:
        owed = sa.delete(Delivery).where(col(Delivery.key) == invitation_key(one.enrolment))
        tx.session.execute(owed, execution_options={"synchronize_session": False})
        tx.session.delete(one.enrolment)
    tx.session.flush()
