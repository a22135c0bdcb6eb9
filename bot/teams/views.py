"""What a channel looks like to who leads it: its state, its form, its preview, what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from bot.lessons.markdown import escape
from bot.people.rules import minutes
from bot.people.views import minutes_field
from bot.quizzes.acts import Try
from bot.teams import acts
from bot.teams.rules import MAX_GOAL, TARGETS, Offer, Setup, shown_count
from bot.ui import (
    At,
    Block,
    Button,
    Buttons,
    Card,
    Choice,
    Day,
    Days,
    Facts,
    Form,
    Line,
    Note,
    Pick,
    Style,
    Text,
)
from bot.words import at_time, count, listed, on_day, say, weekday


@dataclass(frozen=True, slots=True)
class Room:
    """A channel as its lead sees it: never more of people than counts."""

    id: int
    name: str
    packs: tuple[str, ...]
    paused: bool
    goal: str
    at: time
    days: tuple[int, ...]
    daily_limit: int
    starts_on: date | None
    people: int
    asked: int
    learning: int


def nothing_here(channel: int, name: str) -> Card:
    """A channel without a pack."""
    return Card(
        say("No pack here yet"),
        (
            Text(
                say(
                    "Pick a pack for #{name}, see what people get, then invite them. It takes a minute.",
                    name=escape(name),
                )
            ),
            Buttons(
                (
                    Button(say("Set up"), acts.SetUp(channel).write(), Style.PRIMARY),
                    Button(say("See it as a learner"), acts.AsLearner(channel).write()),
                )
            ),
        ),
    )


def no_packs() -> Card:
    """A workspace without any pack."""
    return Card(
        say("No pack is published yet"),
        (
            Text(
                say(
                    "Somebody with access to the server can add one: `grove pack publish <folder>`."
                )
            ),
        ),
    )


def room(here: Room, today: date) -> Card:
    """Packs, rhythm, people, state."""
    facts = [
        (say("Packs"), listed(list(here.packs))),
        (say("Rhythm"), rhythm(here.at, here.days, here.daily_limit)),
        (say("People"), _people(here)),
        (say("State"), _state(here, today)),
    ]
    if here.goal:
        facts.insert(0, (say("Goal"), escape(here.goal)))
    return Card(
        f"#{here.name}",
        (
            Facts(tuple(facts)),
            Buttons(
                (
                    Button(say("Settings"), acts.SetUp(here.id).write()),
                    Button(say("Invite"), acts.Invite(here.id).write(), Style.PRIMARY),
                    _rest_button(here),
                    Button(say("See it as a learner"), acts.AsLearner(here.id).write()),
                )
            ),
            Note(say("You see groups of five or more, never one person's answers.")),
        ),
    )


def rhythm(at: time, days: tuple[int, ...], daily_limit: int) -> str:
    """09:30 on Mon, Tue and Wed, about 2 minutes."""
    names = listed([weekday(day) for day in days])
    return count(
        "{at} on {days}, about {n} minute",
        "{at} on {days}, about {n} minutes",
        minutes(daily_limit),
        at=at_time(at),
        days=names,
    )


def _people(here: Room) -> str:
    return say(
        "{people} here, {asked} asked, {learning} learning",
        people=here.people,
        asked=here.asked,
        learning=shown_count(here.learning),
    )


def _state(here: Room, today: date) -> str:
    if here.paused:
        return say("paused")
    if here.starts_on is not None and here.starts_on > today:
        return say("starts {day}", day=on_day(here.starts_on, today=today))
    return say("running")


def _rest_button(here: Room) -> Button:
    if here.paused:
        return Button(say("Resume"), acts.ResumeChannel(here.id).write())
    return Button(say("Pause"), acts.PauseChannel(here.id).write())


def choose_room(rooms: Sequence[tuple[int, str]]) -> Card:
    """The channels one leads, as buttons."""
    if not rooms:
        return Card(
            say("You lead no channel yet"),
            (Text(say("Write `/grove team` in a channel, and it shows what you can do there.")),),
        )
    buttons = tuple(
        Button(f"#{name}", acts.ShowChannel(channel).write()) for channel, name in rooms[:25]
    )
    rows = tuple(Buttons(buttons[at : at + 5]) for at in range(0, len(buttons), 5))
    return Card(say("Your channels"), rows)


def setup_form(channel: int, name: str, packs: Sequence[Offer], present: Setup) -> Form:
    """How a channel learns: all filled in. What stands last may be left out where forms are short."""
    return Form(
        title=say("Set up #{name}", name=name),
        fields=(
            Pick(
                "packs",
                say("Packs"),
                tuple(Choice(pack.title, str(pack.id)) for pack in packs),
                tuple(str(pack) for pack in present.packs),
                several=True,
            ),
            Day("starts_on", say("Starts on"), present.starts_on, required=True),
            At(
                "at",
                say("Hour"),
                present.at,
                hint=say("In each person's own time zone. They can change it."),
            ),
            Days("days", say("Days"), present.days),
            minutes_field(present.daily_limit),
            Line(
                "goal",
                say("Goal"),
                present.goal,
                say("One sentence, if you like."),
                required=False,
                most=MAX_GOAL,
            ),
            Pick(
                "target",
                say("How much should be remembered"),
                (
                    Choice(say("As each pack says"), "pack"),
                    *(Choice(f"{t:.0%}", f"{t:.2f}") for t in TARGETS),
                ),
                ("pack" if present.target is None else f"{present.target:.2f}",),
                hint=say("More means more questions."),
            ),
        ),
        act=acts.SetUp(channel).write(),
        intro=say("Nobody is asked anything before you have seen a preview."),
        submit=say("Preview"),
    )


def preview(
    channel: int, name: str, chosen: Setup, packs: Sequence[Offer], invitable: int, today: date
) -> Card:
    """Who gets what, minutes a day, what the lead will and will not see; then Invite."""
    blocks: list[Block] = [
        Text(_who_gets(name, packs, chosen, invitable, today)),
        Text(_week_one(chosen)),
        Text(
            say(
                "**You will see** how many take part, and what the group remembers "
                "once five or more people have answered."
            )
        ),
        Text(say("**You won't see** anybody's answers, or who said no or left.")),
        Buttons(
            (
                Button(say("Invite"), acts.Invite(channel).write(), Style.PRIMARY),
                Button(say("See it as a learner"), acts.AsLearner(channel).write()),
                Button(say("Settings"), acts.SetUp(channel).write()),
            )
        ),
    ]
    return Card(say("Ready for #{name}", name=name), tuple(blocks))


def _who_gets(name: str, packs: Sequence[Offer], chosen: Setup, invitable: int, today: date) -> str:
    return count(
        "**{n} person** in #{name} will be asked to join {packs}, from {day} on. Each decides alone.",
        "**{n} people** in #{name} will be asked to join {packs}, from {day} on. Each decides alone.",
        invitable,
        name=escape(name),
        packs=listed([f"*{pack.title}*" for pack in packs]),
        day=on_day(chosen.starts_on, today=today),
    )


def _week_one(chosen: Setup) -> str:
    messages = len(chosen.days)
    return count(
        "**Week one:** {n} short message, {rhythm}: a lesson and its questions.",
        "**Week one:** {n} short messages, {rhythm}: a lesson a day and its questions.",
        messages,
        rhythm=rhythm(chosen.at, chosen.days, chosen.daily_limit),
    )


def invited(channel: int, people: int) -> Card:
    """What inviting did."""
    words = (
        count(
            "An invitation for {n} person is on its way, at their next working hour.",
            "Invitations for {n} people are on their way, each at their next working hour.",
            people,
        )
        if people
        else say("Everybody here was asked already. Nobody is asked twice.")
    )
    return Card(
        words, (Buttons((Button(say("This channel"), acts.ShowChannel(channel).write()),)),)
    )


def as_learner(channel: int, card: Card, pack: int) -> Card:
    """An invitation, shown to the lead: of its buttons only trying a question."""
    shown = tuple(block for block in card.blocks if not isinstance(block, Buttons))
    return Card(
        card.title,
        (
            *shown,
            Buttons(
                (
                    Button(say("Try one question"), Try(pack).write(), Style.PRIMARY),
                    Button(say("This channel"), acts.ShowChannel(channel).write()),
                )
            ),
            Note(
                say(
                    "This is what people get. They can also join, change the time, or say no thanks."
                )
            ),
        ),
        card.summary,
    )
