"""How much there is: the numbers `grove status` shows."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import SQLModel, col

from bot.terms import DeliveryState, EnrolmentState
from storage import deliveries, people
from storage.engine import Tx
from storage.tables import Delivery, Enrolment, Member, Pack, Workspace


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts, and when something is to happen next. `overdue` waits though its hour has come."""

    workspaces: int
    members: int
    learners: int
    packs: int
    deliveries: dict[DeliveryState, int]
    overdue: int
    next_set_at: datetime | None
    next_delivery_at: datetime | None


def overview(tx: Tx) -> Overview:
    """The numbers as they stand."""
    learning = col(Enrolment.state) == EnrolmentState.ACTIVE
    waiting = sa.and_(col(Delivery.state) == DeliveryState.READY, col(Delivery.due_at) <= tx.now)
    return Overview(
        workspaces=_count(tx, Workspace),
        members=_count(tx, Member, col(Member.left_at).is_(None)),
        learners=tx.session.execute(
            sa.select(sa.func.count(sa.distinct(col(Enrolment.member_id)))).where(learning)
        ).scalar_one(),
        packs=_count(tx, Pack),
        deliveries=deliveries.counts(tx),
        overdue=_count(tx, Delivery, waiting),
        next_set_at=people.next_slot_at(tx),
        next_delivery_at=deliveries.next_due(tx),
    )


def _count(tx: Tx, table: type[SQLModel], *conditions: sa.ColumnElement[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(table).where(*conditions)
    return int(tx.session.execute(query).scalar_one())
