"""Asked, not enrolled: inviting people, their yes and no, goodbye, coming and going."""

from collections.abc import Sequence
from datetime import datetime

from bot import days, ui
from bot.errors import Refusal
from bot.routes import Who
from bot.teams import acts, invitations
from bot.teams.rules import INVITATION_LASTS, Offer
from bot.terms import ChannelState, DeliveryKind, EnrolmentState, MemberId, PlatformName
from bot.ui import Nothing, Outcome, Say
from bot.words import on_day_at, say, speaking
from storage import content, deliveries, enrolments, erasing, memories, people, teams
from storage.engine import Tx
from storage.tables import Channel, Enrolment, Member, Pack


def offers(tx: Tx, packs: Sequence[Pack]) -> list[Offer]:
    """Packs as they are offered."""
    lessons = memories.lessons_of(tx, [pack.id for pack in packs if pack.id is not None])
    return [
        Offer(pack.id, pack.title, pack.summary, len(lessons.get(pack.id, [])))
        for pack in packs
        if pack.id is not None
    ]


def invitable(tx: Tx, channel: Channel, among: Sequence[Member]) -> list[tuple[Member, list[Pack]]]:
    """Who may be asked, and to which of the channel's packs: nobody twice, nobody who wants to be left alone."""
    chosen = [one.pack for one in teams.packs(tx, channel.id or 0)]
    willing = [
        member
        for member in erasing.not_forgotten(tx, among)
        if not member.silent and member.left_at is None
    ]
    willing = [member for member in willing if member.paused_until != days.FOREVER]
    known = enrolments.by_member(
        tx, [pack.id or 0 for pack in chosen], [member.id or 0 for member in willing]
    )
    pairs = [
        (member, [pack for pack in chosen if (member.id, pack.id) not in known])
        for member in willing
    ]
    return [(member, packs) for member, packs in pairs if packs]


def invite(
    tx: Tx,
    platform: PlatformName,
    channel: Channel,
    among: Sequence[Member],
    by: str,
    *,
    inviter: MemberId | None = None,
) -> int:
    """Owe each of these people one invitation to what they were not asked yet; how many people that is.

    `by` is the name of who invites; the `inviter` is asked as a member of the channel, not by name.
    """
    asked = invitable(tx, channel, among)
    for member, packs in asked:
        _ask(tx, platform, channel, member, packs, "" if member.id == inviter else by)
    return len(asked)


def _ask(
    tx: Tx, platform: PlatformName, channel: Channel, member: Member, packs: Sequence[Pack], by: str
) -> None:
    rows = [
        enrolments.enrol(tx, member, pack.id or 0, EnrolmentState.INVITED, channel_id=channel.id)
        for pack in packs
    ]
    first = rows[0]
    limit = member.daily_limit if member.chose_rhythm else channel.daily_limit
    with speaking(member.language):
        card = invitations.invitation(
            offers(tx, packs),
            channel=channel.name,
            by=by,
            enrolment=first.id or 0,
            daily_limit=limit,
        )
    due_at = _next_working_hour(tx, member)
    deliveries.post(
        tx,
        key=enrolments.invitation_key(first),
        workspace=channel.workspace_id,
        platform=platform,
        kind=DeliveryKind.INVITATION,
        address=member.external_id,
        card=ui.dump(card),
        due_at=due_at,
        valid_until=due_at + INVITATION_LASTS,
        member=member.id,
        about=first.id,
    )


def _next_working_hour(tx: Tx, member: Member) -> datetime:
    rhythm = people.rhythm(member)
    if member.paused_until is not None and member.paused_until > days.learning_day(
        tx.now, member.zone
    ):
        return days.next_slot(tx.now, rhythm, not_before=member.paused_until).at
    return days.next_waking(tx.now, rhythm)


def accept(tx: Tx, who: Who, act: acts.Accept, _values: object = ()) -> Outcome:
    """Yes: what the invitation offered is learned from the next slot on."""
    offered = enrolments.invited_with(tx, _own(tx, who, act.enrolment))
    member = people.locked(tx, who.id)
    enrolments.begin(tx, member, [one.enrolment.pack_id for one in offered])
    first = next(one for one in offered if one.enrolment.id == act.enrolment)
    card = invitations.welcome(
        [one.pack.title for one in offered],
        first_pack=first.enrolment.pack_id,
        next_at=next_words(tx, member),
    )
    return Say(card, replace=True)


def next_words(tx: Tx, member: Member) -> str:
    """When Grove writes to a member next, as they would say it; empty when it does not."""
    if member.next_set_at is None:
        return ""
    return on_day_at(member.next_set_at, now=tx.now, zone=member.zone)


def decline(tx: Tx, who: Who, act: acts.Decline, _values: object = ()) -> Outcome:
    """No thanks: silent, and never asked again; from who joined meanwhile, a goodbye."""
    row = _own(tx, who, act.enrolment)
    if row.state is EnrolmentState.ACTIVE:
        return _left(tx, who, row)
    member = people.locked(tx, who.id)
    for one in enrolments.invited_with(tx, row):
        if one.enrolment.state is EnrolmentState.INVITED:
            enrolments.enrol(tx, member, one.enrolment.pack_id, EnrolmentState.DECLINED)
            enrolments.withdraw(tx, one.enrolment, "declined")
    return Say(invitations.declined(), replace=True)


def leave(tx: Tx, who: Who, act: acts.Leave, _values: object = ()) -> Outcome:
    """Goodbye to a pack, with one tap; memories stay."""
    return _left(tx, who, _own(tx, who, act.enrolment))


def _left(tx: Tx, who: Who, row: Enrolment) -> Outcome:
    member = people.locked(tx, who.id)
    if row.state is not EnrolmentState.DECLINED:
        enrolments.enrol(tx, member, row.pack_id, EnrolmentState.LEFT)
    enrolments.withdraw(tx, row, "left the pack")
    if enrolments.replan(tx, member) is None:
        enrolments.hold_sets(tx, who.id, "left the pack")
    pack = content.pack_of(tx, who.workspace, row.pack_id)
    assert pack is not None
    return Say(invitations.left(pack.title, row.pack_id))


def joined(tx: Tx, who: Who) -> Outcome:
    """A person came: a channel with packs invites them, a workspace only knows them again."""
    member = people.locked(tx, who.id)
    if not who.source.channel:
        enrolments.replan(tx, member)
        return Nothing()
    channel = teams.found_channel(tx, who.workspace, who.source.channel)
    teams.enter(tx, channel, who.id)
    if channel.state is ChannelState.ACTIVE:
        invite(tx, who.platform, channel, [member], by="")
    return Nothing()


def left(tx: Tx, who: Who) -> Outcome:
    """A person went: out of a channel, or out of the workspace, where nothing is owed to them any more."""
    if who.source.channel:
        channel = teams.channel_at(tx, who.workspace, who.source.channel)
        if channel is not None and channel.id is not None:
            teams.leave(tx, channel.id, who.id)
        return Nothing()
    member = people.locked(tx, who.id)
    member.left_at = tx.now
    enrolments.hold_sets(tx, who.id, "left the workspace")
    deliveries.skip_owed(tx, who.id, "left the workspace")
    enrolments.replan(tx, member)
    return Nothing()


def _own(tx: Tx, who: Who, enrolment_id: int) -> Enrolment:
    row = enrolments.own(tx, who.id, enrolment_id)
    if row is None:
        raise Refusal(
            say("That invitation is no longer open. /grove learn shows the packs."),
            code="no_enrolment",
        )
    return row
