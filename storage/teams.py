"""Channels: who is in them, who leads them, which packs they learn."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import col, select

from bot.terms import EnrolmentState, Role
from storage import enrolments, people
from storage.engine import Tx
from storage.tables import (
    Audit,
    Channel,
    ChannelMember,
    ChannelPack,
    Enrolment,
    Member,
    Pack,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A pack of a channel, with when it starts and its own recall target."""

    pack: Pack
    starts_on: date
    recall_target: float | None


def channel_at(tx: Tx, workspace_id: int, external_id: str) -> Channel | None:
    """The channel with this platform id."""
    query = select(Channel).where(
        Channel.workspace_id == workspace_id, Channel.external_id == external_id
    )
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
            workspace_id=workspace_id,
            external_id=external_id,
            name=name or external_id,
            created_at=tx.now,
        )
        tx.add(row)
    return row


def channels(tx: Tx, workspace_id: int, ids: Collection[int] | None = None) -> Sequence[Channel]:
    """The channels of a workspace, all or those of these ids, by name."""
    query = select(Channel).where(Channel.workspace_id == workspace_id).order_by(col(Channel.name))
    if ids is not None:
        query = query.where(col(Channel.id).in_(ids))
    return tx.session.exec(query).all()


def leads(tx: Tx, member_id: int, channel_id: int | None = None) -> bool:
    """Whether a member may set up this channel; without one, every channel of the workspace."""
    return any(
        (role.role is Role.LEAD and role.channel_id in (None, channel_id))
        or (role.role is Role.ADMIN and role.channel_id is None)
        for role in people.roles(tx, member_id)
    )


def led(tx: Tx, workspace_id: int, member_id: int) -> Sequence[Channel]:
    """The channels a member may set up: all for an admin, else those they lead."""
    if leads(tx, member_id):
        return channels(tx, workspace_id)
    held = [role.channel_id for role in people.roles(tx, member_id) if role.role is Role.LEAD]
    return channels(tx, workspace_id, [channel_id for channel_id in held if channel_id is not None])


def enter(tx: Tx, channel: Channel, member_id: int) -> None:
    """The member is in the channel; known once."""
    assert channel.id is not None
    if tx.session.get(ChannelMember, (channel.id, member_id)) is None:
        tx.add(
            ChannelMember(
                channel_id=channel.id, member_id=member_id, workspace_id=channel.workspace_id
            )
        )


def leave(tx: Tx, channel_id: int, member_id: int) -> None:
    """The member is no longer in the channel: what it invited them to is taken back, what they joined is theirs."""
    held = tx.session.get(ChannelMember, (channel_id, member_id))
    if held is not None:
        tx.session.delete(held)
    for invited in enrolments.unsent(tx, channel_id):
        if invited[0].enrolment.member_id == member_id:
            enrolments.take_back(tx, invited)
    for one in enrolments.of_member(tx, member_id):
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


def choose(
    tx: Tx, channel: Channel, pack_ids: Collection[int], starts_on: date, target: float | None
) -> None:
    """These packs are the channel's from now on; unsent invitations that offer any other are taken back."""
    assert channel.id is not None
    held = {row.pack_id: row for row in _chosen(tx, channel.id)}
    for pack_id in pack_ids:
        row = held.pop(pack_id, None) or ChannelPack(
            channel_id=channel.id,
            pack_id=pack_id,
            workspace_id=channel.workspace_id,
            starts_on=starts_on,
        )
        row.starts_on, row.recall_target = starts_on, target
        tx.session.add(row)
    for row in held.values():
        tx.session.delete(row)
    for invited in enrolments.unsent(tx, channel.id) if held else ():
        if any(one.enrolment.pack_id in held for one in invited):
            enrolments.take_back(tx, invited)
    tx.session.flush()


def _chosen(tx: Tx, channel_id: int) -> Sequence[ChannelPack]:
    return tx.session.exec(select(ChannelPack).where(ChannelPack.channel_id == channel_id)).all()


def asked(tx: Tx, channel_id: int) -> int:
    """How many people were asked through a channel, whatever they said."""
    query = sa.select(sa.func.count(sa.distinct(col(Enrolment.member_id)))).where(
        col(Enrolment.channel_id) == channel_id
    )
    return int(tx.session.execute(query).scalar_one())


def learners(tx: Tx, channel_id: int) -> Sequence[Member]:
    """The people who learn through a channel."""
    learning = select(Enrolment.member_id).where(
        Enrolment.channel_id == channel_id, Enrolment.state == EnrolmentState.ACTIVE
    )
    query = select(Member).where(col(Member.id).in_(learning), col(Member.left_at).is_(None))
    return tx.session.exec(query.order_by(col(Member.id))).all()


def record(
    tx: Tx, workspace_id: int, member_id: int, action: str, facts: Mapping[str, object]
) -> None:
    """Keep who changed what."""
    tx.add(
        Audit(
            workspace_id=workspace_id,
            member_id=member_id,
            at=tx.now,
            action=action,
            facts=dict(facts),
        )
    )
