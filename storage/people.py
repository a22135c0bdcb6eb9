"""Workspaces, members and their roles."""

from collections.abc import Collection, Sequence
from datetime import datetime, time

import sqlalchemy as sa
from sqlmodel import col, select

from bot.days import Rhythm
from bot.events import Source
from bot.terms import PlatformName, Role
from bot.words import known
from storage.engine import Tx
from storage.tables import Member, RoleHeld, Seen, Workspace


def workspace(tx: Tx, platform: PlatformName, external_id: str) -> Workspace | None:
    """The workspace of this platform id."""
    query = select(Workspace).where(
        Workspace.platform == platform, Workspace.external_id == external_id
    )
    return tx.session.exec(query).first()


def found_workspace(tx: Tx, platform: PlatformName, external_id: str, name: str = "") -> Workspace:
    """The workspace, made on first sight."""
    row = workspace(tx, platform, external_id)
    if row is None:
        row = Workspace(
            platform=platform, external_id=external_id, name=name or external_id, created_at=tx.now
        )
        tx.add(row)
    return row


def platforms(tx: Tx, workspace_ids: Collection[int]) -> dict[int, PlatformName]:
    """Where each of these workspaces lives."""
    query = sa.select(col(Workspace.id), col(Workspace.platform)).where(
        col(Workspace.id).in_(workspace_ids)
    )
    return {at: platform for at, platform in tx.session.execute(query) if at is not None}


def locked(tx: Tx, member_id: int) -> Member:
    """The member of this id, locked until the transaction ends; raises NoResultFound when there is none."""
    return tx.session.exec(select(Member).where(Member.id == member_id).with_for_update()).one()


def member(tx: Tx, member_id: int) -> Member | None:
    """The member of this id."""
    return tx.session.get(Member, member_id)


def member_at(tx: Tx, workspace_id: int, external_id: str) -> Member | None:
    """The member with this platform id."""
    query = select(Member).where(
        Member.workspace_id == workspace_id, Member.external_id == external_id
    )
    return tx.session.exec(query).first()


def recognise(tx: Tx, source: Source) -> Member:
    """The member an event came from, made on first sight, brought back when they had left."""
    home = found_workspace(tx, source.platform, source.workspace)
    assert home.id is not None
    row = member_at(tx, home.id, source.person)
    if row is None:
        row = Member(
            workspace_id=home.id,
            external_id=source.person,
            name=source.name or source.person,
            zone=source.zone or "UTC",
            language=known(source.language) if source.language else "en",
            joined_at=tx.now,
        )
        tx.add(row)
    row.left_at = None
    return row


def roles(tx: Tx, member_id: int) -> Sequence[RoleHeld]:
    """The roles a member holds."""
    return tx.session.exec(select(RoleHeld).where(RoleHeld.member_id == member_id)).all()


def grant(tx: Tx, row: Member, role: Role, channel_id: int | None = None) -> bool:
    """Give a role once; False when it is held."""
    assert row.id is not None
    if any(held.role is role and held.channel_id == channel_id for held in roles(tx, row.id)):
        return False
    tx.add(
        RoleHeld(
            workspace_id=row.workspace_id,
            member_id=row.id,
            role=role,
            channel_id=channel_id,
            granted_at=tx.now,
        )
    )
    return True


def holders(
    tx: Tx, workspace_id: int, role: Role, channel_id: int | None = None
) -> Sequence[Member]:
    """The members who hold a role, in this channel or in the whole workspace."""
    query = (
        select(Member)
        .join(RoleHeld, col(RoleHeld.member_id) == col(Member.id))
        .where(RoleHeld.workspace_id == workspace_id, RoleHeld.role == role)
        .where(RoleHeld.channel_id == channel_id)
        .order_by(col(Member.id))
    )
    return tx.session.exec(query).all()


def rhythm(row: Member) -> Rhythm:
    """When this member wants to hear from Grove."""
    days = tuple(day for day in range(7) if row.days >> day & 1)
    return Rhythm(time(row.minute // 60, row.minute % 60), row.zone, days)


def due(tx: Tx, *, limit: int = 500) -> Sequence[Member]:
    """Members whose slot has come, longest waiting first; locked so that two planners share the work."""
    query = (
        select(Member)
        .where(col(Member.next_set_at) <= tx.now)
        .order_by(col(Member.next_set_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return tx.session.exec(query).all()


def next_slot_at(tx: Tx, *, after: datetime | None = None) -> datetime | None:
    """When the next member's slot comes, or the next after an instant."""
    query = sa.select(sa.func.min(col(Member.next_set_at)))
    if after is not None:
        query = query.where(col(Member.next_set_at) > after)
    return tx.session.execute(query).scalar()


def first_time(tx: Tx, key: str) -> bool:
    """Whether this deed is new; it is known from now on."""
    if tx.session.get(Seen, key) is not None:
        return False
    tx.add(Seen(key=key, at=tx.now))
    return True


def unlearn_deeds(tx: Tx, *, before: datetime) -> None:
    """Forget keys of deeds older than an instant; nobody delivers them again."""
    tx.session.execute(sa.delete(Seen).where(col(Seen.at) < before))
