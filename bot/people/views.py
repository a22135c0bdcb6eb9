"""What settings, pauses and one's own data look like."""

from collections.abc import Sequence
from datetime import date, time

from bot.days import FOREVER
from bot.lessons.acts import ShowPacks
from bot.people import acts
from bot.people.rules import QUESTIONS_OF_MINUTES, Settings, minutes
from bot.people.zones import city
from bot.teams.acts import Accept, Leave
from bot.ui import (
    At,
    Block,
    Button,
    Buttons,
    Card,
    Choice,
    Days,
    Form,
    Line,
    Note,
    Pick,
    Style,
    Switch,
    Text,
)
from bot.words import LANGUAGES, at_time, count, listed, on_day, say, weekday


def settings_form(present: Settings, now_there: time) -> Form:
    """All filled in; a field that a platform's form has no room for stays as it is."""
    return Form(
        title=say("Your settings"),
        fields=(
            At("at", say("Hour"), present.at),
            Days("days", say("Days"), present.days),
            minutes_field(present.daily_limit),
            Line(
                "zone",
                say("Time zone"),
                present.zone,
                say(
                    "A large city is enough: Berlin, New York, Kolkata. In {place} it is {time} now.",
                    place=city(present.zone),
                    time=at_time(now_there),
                ),
                most=64,
            ),
            Pick(
                "language",
                say("Language"),
                tuple(Choice(name, code) for code, name in LANGUAGES.items()),
                (present.language,),
            ),
            Switch(
                "counted",
                say("Count my answers in my group's figures"),
                present.counted,
                say("Never shown for fewer than five people."),
            ),
        ),
        act=acts.OpenSettings().write(),
        submit=say("Save"),
    )


def minutes_field(daily_limit: int) -> Pick:
    """Minutes a day, as about so many questions."""
    return Pick(
        "minutes",
        say("Minutes a day"),
        tuple(
            Choice(
                count("about {n} minute", "about {n} minutes", minute),
                str(minute),
                count("up to {n} question", "up to {n} questions", questions),
            )
            for minute, questions in QUESTIONS_OF_MINUTES.items()
        ),
        (str(minutes(daily_limit)),),
    )


def saved(chosen: Settings, next_at: str, way_on: Button | None = None) -> Card:
    """What is kept now, and when Grove writes next; when it does not, the way on."""
    names = listed([weekday(day) for day in chosen.days])
    rhythm = count(
        "{days} at {at}, about {n} minute a day, {place} time.",
        "{days} at {at}, about {n} minutes a day, {place} time.",
        minutes(chosen.daily_limit),
        days=names,
        at=at_time(chosen.at),
        place=city(chosen.zone),
    )
    blocks: list[Block] = [Text(rhythm)]
    if next_at:
        blocks.append(Text(say("Grove writes next: **{when}**.", when=next_at)))
    if way_on:
        blocks.append(Buttons((way_on,)))
    return Card(say("Saved"), tuple(blocks))


def way_on(*, rests: bool, learns: bool, invited: int) -> Button | None:
    """What somebody to whom nothing is planned can do about it. `invited`: an open invitation, 0 for none."""
    if learns:
        return Button(say("Go on now"), acts.Resume().write()) if rests else None
    if invited:
        return Button(say("Join"), Accept(invited).write(), Style.PRIMARY)
    return Button(say("See the packs"), ShowPacks().write(), Style.PRIMARY)


def pause_choices(
    choices: Sequence[tuple[str, date]], *, paused: str, learns: bool, problem: str = ""
) -> Card:
    """How long? With buttons, and the way back or out. `paused` says until when, empty when not paused."""
    blocks: list[Block] = []
    if problem:
        blocks.append(Text(problem))
    if paused:
        blocks.append(Text(say("You are on a break {until}.", until=paused)))
    blocks += [
        Text(say("How long? Nothing piles up while you are away.")),
        Buttons(tuple(_pause_button(label, day) for label, day in choices)),
    ]
    out = [Button(say("Go on now"), acts.Resume().write(), Style.PRIMARY)] if paused else []
    if learns:
        out.append(Button(say("Leave a pack"), acts.ShowLeave().write()))
    if out:
        blocks.append(Buttons(tuple(out)))
    blocks.append(
        Note(
            say(
                "Or write it: `/grove pause until 3 march`, `/grove pause 10 days`, `/grove pause off`."
            )
        )
    )
    return Card(say("Take a break"), tuple(blocks))


def _pause_button(label: str, day: date) -> Button:
    return Button(label, acts.PauseUntil("open" if day == FOREVER else day.isoformat()).write())


def until_words(day: date, today: date) -> str:
    """ "until Monday", or until the person says otherwise."""
    if day == FOREVER:
        return say("until you say so")
    return say("until {day}", day=on_day(day, today=today))


def paused(day: date, today: date, next_at: str) -> Card:
    """The pause is kept; when Grove writes again."""
    if day == FOREVER:
        words = say("Grove is quiet until you say so. Write `pause off`, or press the button.")
    elif next_at:
        words = say(
            "Grove is quiet until {day}, and writes next: **{when}**.",
            day=on_day(day, today=today),
            when=next_at,
        )
    else:
        words = say("Grove is quiet until {day}.", day=on_day(day, today=today))
    return Card(
        say("Enjoy your break"),
        (
            Text(words + " " + say("Nothing piles up: you begin again with a few easy days.")),
            Buttons(
                (
                    Button(say("Go on now"), acts.Resume().write()),
                    Button(say("Another day"), acts.ShowPause().write()),
                )
            ),
        ),
    )


def resumed(next_at: str) -> Card:
    """The pause is over."""
    words = (
        say("Good to have you back. Grove writes next: **{when}**.", when=next_at)
        if next_at
        else say("Good to have you back. Join a pack whenever you like: /grove learn shows them.")
    )
    return Card(say("Going on"), (Text(words),))


def leave_choices(taken: Sequence[tuple[int, str]]) -> Card:
    """The packs one learns, each with one tap to leave."""
    if not taken:
        return Card(say("You are in no pack, so there is nothing to leave."))
    buttons = tuple(Button(title, Leave(enrolment).write()) for enrolment, title in taken)
    rows = tuple(Buttons(buttons[at : at + 5]) for at in range(0, len(buttons), 5))
    return Card(
        say("Leave which pack?"),
        (*rows, Note(say("Nobody is told. What you remember is kept, should you come back."))),
    )
