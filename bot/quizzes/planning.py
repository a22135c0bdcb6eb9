"""The day's sets for everybody whose slot has come: one message each, or a reason why not.

    not due here any more (left, silent, learns nothing)  -> no next slot
    paused                                                -> the first slot after the pause
    too late, or too soon after the last                  -> the next slot
    today's set was begun by hand                         -> the next slot
    three sets without any answer                         -> ask once whether to go on, then silence
    nothing is due                                        -> the next slot
    else                                                  -> a set, its message, the next slot

Planning twice, or at the same time, is harmless: members are locked, sets and messages have keys.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot import days
from bot.days import Slot
from bot.quizzes import composing, messages, rules
from bot.quizzes.composing import Batch, Composed
from storage import batches, decisions, people, sets
from storage.batches import OpenSet
from storage.decisions import NewDecision
from storage.engine import Tx
from storage.tables import Member


@dataclass(slots=True)
class Plans:
    """What one run of planning is going to write."""

    composed: list[tuple[Composed, Slot]] = field(default_factory=list)
    stopping: list[tuple[Member, Slot]] = field(default_factory=list)
    folded: list[int] = field(default_factory=list)
    decided: list[NewDecision] = field(default_factory=list)

    def decide(self, member: Member, kind: str, facts: composing.Facts) -> None:
        """Keep why."""
        assert member.id is not None
        self.decided.append(NewDecision(member.workspace_id, member.id, kind, facts))


def plan(tx: Tx, limit: int = 100) -> int:
    """Plan for up to `limit` members whose slot has come; how many were dealt with."""
    members = people.due(tx, limit=limit)
    if not members:
        return 0
    slots = {
        member.id or 0: rules.newest_slot(_planned(member), tx.now, people.rhythm(member))
        for member in members
    }
    batch = composing.read(tx, members, {me: slot.day for me, slot in slots.items()})
    taken = batches.kept(tx, [sets.daily_key(me, slot.day) for me, slot in slots.items()])
    plans = Plans()
    for member in members:
        slot = slots[member.id or 0]
        by_hand = sets.daily_key(member.id or 0, slot.day) in taken
        member.next_set_at = _one(tx.now, batch, plans, member, slot, by_hand=by_hand)
    _write(tx, plans)
    return len(members)


def _planned(member: Member) -> datetime:
    assert member.next_set_at is not None
    return member.next_set_at


def _one(
    now: datetime, batch: Batch, plans: Plans, member: Member, slot: Slot, *, by_hand: bool
) -> datetime | None:
    """Decide for one member; the next slot."""
    rhythm = people.rhythm(member)
    if member.left_at is not None or member.silent or not batch.learning.get(member.id or 0):
        return None
    if member.paused_until is not None and slot.day < member.paused_until:
        return _rest(now, batch, plans, member)
    upcoming = days.next_slot(now, rhythm).at
    if by_hand:
        return upcoming
    if now > days.may_arrive_until(slot, member.zone):
        plans.decide(member, "late", {"day": slot.day.isoformat()})
        return upcoming
    if member.last_set_at is not None and now - member.last_set_at < days.APART:
        plans.decide(member, "too_soon", {"day": slot.day.isoformat()})
        return upcoming
    if (invited := batch.invited.get(member.id or 0)) and _is_on(slot, invited, member):
        plans.decide(member, "invited", {"day": slot.day.isoformat()})
        return upcoming
    carried = _fold(plans, member, batch.open_sets.get(member.id or 0, ()))
    if member.unanswered >= rules.STOP_AFTER:
        _fall_silent(plans, member, slot)
        return None
    _compose(now, batch, plans, member, slot, carried)
    return upcoming


def _is_on(slot: Slot, at: datetime, member: Member) -> bool:
    return days.learning_day(at, member.zone) == slot.day


def _rest(now: datetime, batch: Batch, plans: Plans, member: Member) -> datetime | None:
    """Nothing during a pause, and nothing counts: whoever pauses has answered."""
    until = member.paused_until
    assert until is not None
    plans.folded += [one.id for one in batch.open_sets.get(member.id or 0, ())]
    member.unanswered = 0
    plans.decide(member, "paused", {"until": until.isoformat()})
    if until == days.FOREVER:
        return None
    return days.next_slot(now, people.rhythm(member), not_before=until).at


def _fold(plans: Plans, member: Member, open_sets: Sequence[OpenSet]) -> list[int]:
    """End earlier sets; the questions left in them. A set that arrived and was not touched counts."""
    carried: list[int] = []
    for one in open_sets:
        plans.folded.append(one.id)
        carried += one.left
        if one.delivered and not one.touched:
            member.unanswered += 1
        plans.decide(
            member,
            "folded",
            {
                "set": one.id,
                "day": one.day.isoformat(),
                "questions": list(one.left),
                "touched": one.touched,
            },
        )
    return carried


def _fall_silent(plans: Plans, member: Member, slot: Slot) -> None:
    member.silent = True
    plans.stopping.append((member, slot))
    plans.decide(member, "stopping", {"day": slot.day.isoformat(), "unanswered": member.unanswered})


def _compose(
    now: datetime, batch: Batch, plans: Plans, member: Member, slot: Slot, carried: Sequence[int]
) -> None:
    composed = composing.compose(batch, member, slot.day, carried)
    if not composed.picked:
        plans.decide(member, "nothing_today", composed.facts)
        return
    member.last_set_at, member.last_set_day = now, slot.day
    plans.decide(member, "planned", composed.facts)
    plans.composed.append((composed, slot))


def _write(tx: Tx, plans: Plans) -> None:
    sets.fold(tx, plans.folded)
    tx.session.flush()
    messages.send_sets(tx, plans.composed)
    messages.send_stopping(tx, plans.stopping)
    decisions.record_all(tx, plans.decided)
