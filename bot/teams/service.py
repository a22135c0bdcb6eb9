"""`/grove team`: a channel's packs, rhythm and people, for who leads it."""

from bot import days
from bot.errors import Refusal
from bot.events import Where
from bot.forms import refilled
from bot.people.rules import mask, minute_of_day, wall, weekdays
from bot.routes import Routes, Who
from bot.teams import acts, invitations, views
from bot.teams.enrolling import accept, decline, invitable, invite, joined, leave, left, offers
from bot.teams.rules import Setup, fresh, read_setup
from bot.terms import ChannelState
from bot.ui import Entries, Fix, Open, Outcome, Say
from bot.words import say
from storage import content, enrolments, teams
from storage.engine import Tx
from storage.tables import Channel

__all__ = ["ROUTES", "joined", "left"]


def team(tx: Tx, who: Who, text: str) -> Outcome:
    """This channel to its lead; in a direct message, the channels one leads."""
    channel = _here(tx, who)
    if channel is None:
        rooms = [(row.id or 0, row.name) for row in teams.led(tx, who.workspace, who.id)]
        if len(rooms) != 1:
            return Say(views.choose_room(rooms))
        channel = _led(tx, who, rooms[0][0])
    channel_id = _led(tx, who, channel.id or 0).id or 0
    match text.casefold():
        case "setup" | "set up" | "settings":
            return set_up(tx, who, acts.SetUp(channel_id))
        case "invite":
            return send_invitations(tx, who, acts.Invite(channel_id))
        case "pause":
            return pause(tx, who, acts.PauseChannel(channel_id))
        case "resume":
            return resume(tx, who, acts.ResumeChannel(channel_id))
        case _:
            return show(tx, who, acts.ShowChannel(channel_id))


def _here(tx: Tx, who: Who) -> Channel | None:
    """The channel the person writes in; they are surely in it."""
    if who.source.where is not Where.CHANNEL or not who.source.channel:
        return None
    channel = teams.found_channel(tx, who.workspace, who.source.channel)
    teams.enter(tx, channel, who.id)
    return channel


def _led(tx: Tx, who: Who, channel_id: int) -> Channel:
    """The channel, for who leads it; anybody else is told whom to ask."""
    channel = teams.channel_of(tx, who.workspace, channel_id)
    if channel is None or not teams.leads(tx, who.id, channel_id):
        raise Refusal(
            say(
                "Only who leads this channel can set it up. An admin of the workspace can make you its lead."
            ),
            code="not_lead",
        )
    return channel


def show(tx: Tx, who: Who, act: acts.ShowChannel, _values: object = ()) -> Outcome:
    """The channel's packs, rhythm, people, state; or where to begin."""
    channel = _led(tx, who, act.channel)
    chosen = teams.packs(tx, act.channel)
    if not chosen:
        return Say(
            views.nothing_here(act.channel, channel.name)
            if content.packs(tx, who.workspace)
            else views.no_packs()
        )
    here = views.Room(
        id=act.channel,
        name=channel.name,
        packs=tuple(one.pack.title for one in chosen),
        paused=channel.state is ChannelState.PAUSED,
        goal=channel.goal,
        at=wall(channel.minute),
        days=weekdays(channel.days),
        daily_limit=channel.daily_limit,
        starts_on=min(one.starts_on for one in chosen),
        people=len(teams.members(tx, act.channel)),
        asked=teams.asked(tx, act.channel),
        learning=len(teams.learners(tx, act.channel)),
    )
    return Say(views.room(here, days.learning_day(tx.now, who.zone)))


def set_up(tx: Tx, who: Who, act: acts.SetUp, _values: object = ()) -> Outcome:
    """The channel's form, all filled in."""
    channel = _led(tx, who, act.channel)
    packs = content.packs(tx, who.workspace)
    if not packs:
        return Say(views.no_packs())
    return Open(
        views.setup_form(act.channel, channel.name, offers(tx, packs), _present(tx, who, channel))
    )


def _present(tx: Tx, who: Who, channel: Channel) -> Setup:
    at, on = wall(channel.minute), weekdays(channel.days)
    chosen = teams.packs(tx, channel.id or 0)
    if not chosen:
        known = [pack.id or 0 for pack in content.packs(tx, who.workspace)]
        return fresh(known, at, on, channel.daily_limit, days.learning_day(tx.now, who.zone))
    return Setup(
        packs=tuple(one.pack.id or 0 for one in chosen),
        starts_on=chosen[0].starts_on,
        at=at,
        days=on,
        daily_limit=channel.daily_limit,
        goal=channel.goal,
        target=chosen[0].recall_target,
    )


def save(tx: Tx, who: Who, act: acts.SetUp, entries: Entries) -> Outcome:
    """Keep what was entered and show who would get what; or say what needs a look."""
    channel = _led(tx, who, act.channel)
    packs = content.packs(tx, who.workspace)
    present = _present(tx, who, channel)
    today = days.learning_day(tx.now, who.zone)
    read = read_setup(entries, [pack.id or 0 for pack in packs], present, today)
    if not isinstance(read, Setup):
        form = views.setup_form(act.channel, channel.name, offers(tx, packs), present)
        return Fix(read, refilled(form, entries))
    _keep(tx, who, channel, read)
    asked = invitable(tx, channel, teams.members(tx, act.channel))
    chosen = offers(tx, [pack for pack in packs if pack.id in read.packs])
    return Say(views.preview(act.channel, channel.name, read, chosen, len(asked), today))


def _keep(tx: Tx, who: Who, channel: Channel, chosen: Setup) -> None:
    channel.goal = chosen.goal
    channel.minute, channel.days, channel.daily_limit = (
        minute_of_day(chosen.at),
        mask(chosen.days),
        chosen.daily_limit,
    )
    teams.choose(tx, channel, chosen.packs, chosen.starts_on, chosen.target)
    for member in teams.learners(tx, channel.id or 0):
        if not member.chose_rhythm:
            member.minute, member.days, member.daily_limit = (
                channel.minute,
                channel.days,
                channel.daily_limit,
            )
        enrolments.replan(tx, member)
    _record(tx, who, channel, "channel.setup")


def _record(tx: Tx, who: Who, channel: Channel, action: str) -> None:
    teams.record(tx, who.workspace, who.id, action, {"channel": channel.id})


def as_learner(tx: Tx, who: Who, act: acts.AsLearner, _values: object = ()) -> Outcome:
    """What an invitation to this channel looks like; without a pack yet, to the first there is."""
    channel = _led(tx, who, act.channel)
    chosen = [one.pack for one in teams.packs(tx, act.channel)] or content.packs(tx, who.workspace)[
        :1
    ]
    if not chosen:
        return Say(views.no_packs())
    offered = offers(tx, chosen)
    card = invitations.invitation(
        offered, channel=channel.name, by=who.name, enrolment=0, daily_limit=channel.daily_limit
    )
    return Say(views.as_learner(act.channel, card, offered[0].id))


def send_invitations(tx: Tx, who: Who, act: acts.Invite, _values: object = ()) -> Outcome:
    """Ask everybody here who was not asked yet, each at their next working hour. Safe to repeat."""
    channel = _led(tx, who, act.channel)
    if not teams.packs(tx, act.channel):
        return show(tx, who, acts.ShowChannel(act.channel))
    here = teams.members(tx, act.channel)
    asked = invite(tx, who.platform, channel, here, who.name, inviter=who.id)
    _record(tx, who, channel, "channel.invite")
    return Say(views.invited(act.channel, asked))


def pause(tx: Tx, who: Who, act: acts.PauseChannel, _values: object = ()) -> Outcome:
    """No sets through this channel; what people take part in elsewhere goes on."""
    return _turn(tx, who, act.channel, ChannelState.PAUSED)


def resume(tx: Tx, who: Who, act: acts.ResumeChannel, _values: object = ()) -> Outcome:
    """Sets again, from each person's next slot."""
    return _turn(tx, who, act.channel, ChannelState.ACTIVE)


def _turn(tx: Tx, who: Who, channel_id: int, state: ChannelState) -> Outcome:
    channel = _led(tx, who, channel_id)
    if channel.state is not state:
        channel.state = state
        tx.session.flush()
        for member in teams.learners(tx, channel_id):
            if enrolments.replan(tx, member) is None:
                enrolments.hold_sets(tx, member.id or 0, "channel paused")
        _record(tx, who, channel, f"channel.{state.value}")
    return show(tx, who, acts.ShowChannel(channel_id))


ROUTES = Routes(
    commands={"team": team},
    presses={
        acts.ShowChannel: show,
        acts.SetUp: set_up,
        acts.AsLearner: as_learner,
        acts.Invite: send_invitations,
        acts.PauseChannel: pause,
        acts.ResumeChannel: resume,
        acts.Accept: accept,
        acts.Decline: decline,
        acts.Leave: leave,
    },
    submits={acts.SetUp: save},
)
