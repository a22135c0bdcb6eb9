"""The local workspace: its rooms, the messages in them, and who is there to read them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from bot.terms import ChannelId, MemberId, Role
from storage.engine import Tx
from storage.tables import (
    Channel,
    ChannelMember,
    LocalMessage,
    Member,
    Pack,
    RoleHeld,
    Topic,
)

NOBODY = "!"
"""The reader of a message that was taken away; no person's slug."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member as the page shows them; `led` holds the channels they lead, by id."""

    id: MemberId
    slug: str
    name: str
    zone: str
    language: str
    roles: frozenset[Role]
    led: frozenset[int]


@dataclass(frozen=True, slots=True)
class Room:
    """A channel and the people in it, by their slugs."""

    id: ChannelId
    slug: str
    name: str
    purpose: str
    people: frozenset[str]


def people(tx: Tx, workspace: int) -> list[Person]:
    """Everybody in the workspace, in the order they came."""
    held: dict[int, list[RoleHeld]] = {}
    for role in tx.session.exec(select(RoleHeld).where(RoleHeld.workspace_id == workspace)):
        held.setdefault(role.member_id, []).append(role)
    members = select(Member).where(Member.workspace_id == workspace).order_by(col(Member.id))
    return [_person(row, held.get(row.id or 0, [])) for row in tx.session.exec(members)]


def _person(row: Member, held: Sequence[RoleHeld]) -> Person:
    assert row.id is not None
    return Person(
        MemberId(row.id),
        row.external_id,
        row.name,
        row.zone,
        row.language,
        frozenset(role.role for role in held),
        frozenset(role.channel_id for role in held if role.channel_id is not None),
    )


def rooms(tx: Tx, workspace: int) -> list[Room]:
    """Every channel of the workspace with its people, by name."""
    inside: dict[int, set[str]] = {}
    joined = (
        select(ChannelMember.channel_id, Member.external_id)
        .join(Member, col(Member.id) == col(ChannelMember.member_id))
        .where(ChannelMember.workspace_id == workspace)
    )
    for channel, slug in tx.session.exec(joined):
        inside.setdefault(channel, set()).add(slug)
    channels = select(Channel).where(Channel.workspace_id == workspace).order_by(col(Channel.name))
    return [_room(row, inside.get(row.id or 0, set())) for row in tx.session.exec(channels)]


def _room(row: Channel, inside: Collection[str]) -> Room:
    assert row.id is not None
    return Room(ChannelId(row.id), row.external_id, row.name, row.purpose, frozenset(inside))


def topics(tx: Tx, workspace: int) -> Sequence[tuple[str, str]]:
    """Slug and title of every topic that is taught now, in the packs' order."""
    query = (
        select(Topic.slug, Topic.title)
        .where(Topic.workspace_id == workspace, col(Topic.retired).is_(False))
        .order_by(col(Topic.pack_id), col(Topic.position))
    )
    return tx.session.exec(query).all()


def packs(tx: Tx, workspace: int) -> Sequence[tuple[str, str]]:
    """Slug and title of every published pack, by title."""
    query = select(Pack.slug, Pack.title).where(Pack.workspace_id == workspace)
    return tx.session.exec(query.order_by(col(Pack.title))).all()


def visible(tx: Tx, workspace: int, room: str, reader: str, *, limit: int) -> list[LocalMessage]:
    """The newest messages of a room that this reader may see, oldest of them first."""
    query = (
        select(LocalMessage)
        .where(LocalMessage.workspace_id == workspace, LocalMessage.room == room)
        .where(col(LocalMessage.only_for).in_(["", reader]))
        .order_by(col(LocalMessage.id).desc())
        .limit(limit)
    )
    return list(reversed(tx.session.exec(query).all()))


def latest(tx: Tx, workspace: int, rooms: Collection[str], reader: str) -> dict[str, int]:
    """The id of the newest message in each room that somebody else wrote and this reader may see."""
    query = (
        select(LocalMessage.room, sa.func.max(LocalMessage.id))
        .where(LocalMessage.workspace_id == workspace, col(LocalMessage.room).in_(rooms))
        .where(LocalMessage.author != reader, col(LocalMessage.only_for).in_(["", reader]))
        .group_by(col(LocalMessage.room))
    )
    return {room: newest for room, newest in tx.session.execute(query)}


def message(tx: Tx, workspace: int, message_id: int) -> LocalMessage | None:
    """The message of this id in this workspace."""
    row = tx.session.get(LocalMessage, message_id)
    return row if row is not None and row.workspace_id == workspace else None


def by_key(tx: Tx, key: str) -> LocalMessage | None:
    """The message that was posted under this key."""
    return tx.session.exec(select(LocalMessage).where(LocalMessage.key == key)).first()


def post(
    tx: Tx,
    *,
    workspace: int,
    room: str,
    author: str,
    key: str,
    text: str = "",
    card: Mapping[str, Any] | None = None,
    only_for: str = "",
) -> LocalMessage:
    """The message under this key, written once."""
    row = by_key(tx, key)
    if row is None:
        row = LocalMessage(
            workspace_id=workspace,
            room=room,
            author=author,
            only_for=only_for,
            text=text,
            card=None if card is None else dict(card),
            key=key,
            at=tx.now,
        )
        tx.add(row)
    return row


def replace(tx: Tx, row: LocalMessage, card: Mapping[str, Any]) -> None:
    """Put another card in a message's place."""
    row.card = dict(card)
    row.edited_at = tx.now
    tx.session.add(row)


def dismiss(tx: Tx, row: LocalMessage) -> None:
    """Take a message away for good; its id stays taken, so that no later message gets it."""
    row.only_for, row.text, row.card = NOBODY, "", None
    tx.session.add(row)
