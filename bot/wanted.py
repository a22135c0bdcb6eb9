"""Whether a message is still wanted, and not too early, at the moment it would be sent."""

from datetime import datetime, timedelta

from bot import days
from bot.terms import AskingState, DeliveryKind, SetState
from storage import people, sets
from storage.deliveries import Claimed
from storage.engine import Tx

BEFORE_THE_SET = timedelta(minutes=5)
"""An invitation owed on a day with a set comes this much before the next one, and takes its place."""


def unwanted(tx: Tx, claimed: Claimed) -> str:
    """Why a delivery is no longer wanted, empty when it is."""
    if tx.now > claimed.valid_until:
        return "late"
    if claimed.member is None:
        return ""
    member = people.member(tx, claimed.member)
    if member is None or member.left_at is not None:
        return "left"
    today = days.learning_day(tx.now, member.zone)
    if (
        claimed.kind is not DeliveryKind.NOTICE
        and member.paused_until is not None
        and today < member.paused_until
    ):
        return "paused"
    if claimed.kind is DeliveryKind.SET and claimed.about is not None:
        return _set_unwanted(tx, claimed.about)
    return ""


def _set_unwanted(tx: Tx, set_id: int) -> str:
    row = sets.quiz_set(tx, set_id)
    if row is None or row.state is not SetState.OPEN:
        return "answered meanwhile"
    begun = any(asking.state is not AskingState.WAITING for asking in sets.askings(tx, set_id))
    return "answered meanwhile" if begun else ""


def too_early(tx: Tx, claimed: Claimed) -> datetime | None:
    """For a message that can wait: when the person's next fitting hour begins, None when it is now."""
    if claimed.member is None or claimed.kind is DeliveryKind.SET:
        return None
    member = people.member(tx, claimed.member)
    if member is None:
        return None
    today = days.learning_day(tx.now, member.zone)
    if claimed.kind is DeliveryKind.INVITATION and member.last_set_day == today:
        return days.next_slot(tx.now, people.rhythm(member)).at - BEFORE_THE_SET
    if days.is_quiet(tx.now, member.zone):
        return days.next_waking(tx.now, people.rhythm(member))
    return None
