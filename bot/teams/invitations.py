"""What an invitation says, and what yes, no and goodbye are answered with."""

from collections.abc import Sequence

from bot.lessons.acts import Join, OpenPack, ShowPacks
from bot.lessons.markdown import escape
from bot.people.acts import OpenSettings
from bot.people.rules import minutes
from bot.quizzes.acts import Level, Try
from bot.teams import acts
from bot.teams.rules import Offer
from bot.ui import Block, Button, Buttons, Card, Note, Style, Text
from bot.words import count, listed, say


def invitation(
    offers: Sequence[Offer], *, channel: str, by: str, enrolment: int, daily_limit: int
) -> Card:
    """What, by whom, how many minutes a day; and four ways to answer."""
    titles = listed([f"*{offer.title}*" for offer in offers])
    asked = (
        say(
            "{by} invites you, with #{channel}, to learn {titles}.",
            by=escape(by),
            channel=escape(channel),
            titles=titles,
        )
        if by
        else say(
            "#{channel} is learning {titles}. You are invited too.",
            channel=escape(channel),
            titles=titles,
        )
    )
    blocks: list[Block] = [Text(asked), *(Text(_about(offer)) for offer in offers)]
    blocks += [
        Text(_cost(daily_limit)),
        Buttons(
            (
                Button(say("Try one question"), Try(offers[0].id).write(), Style.PRIMARY),
                Button(say("Join"), acts.Accept(enrolment).write()),
                Button(say("Change time"), OpenSettings().write()),
                Button(say("No thanks"), acts.Decline(enrolment).write()),
            )
        ),
        Note(
            say(
                "You decide. Nobody sees your own answers, leads see groups of five or more, and leaving takes one tap."
            )
        ),
    ]
    plain = listed([offer.title for offer in offers])
    return Card(
        say("Two minutes a day?"),
        tuple(blocks),
        say("An invitation to learn {titles}", titles=plain),
    )


def _about(offer: Offer) -> str:
    lessons = count("{n} short lesson", "{n} short lessons", offer.lessons)
    return f"**{offer.title}** · {lessons}\n{offer.summary}"


def _cost(daily_limit: int) -> str:
    return count(
        "About {n} minute a day, in one message, at your own hour. Questions come back just before you would forget.",
        "About {n} minutes a day, in one message, at your own hour. Questions come back just before you would forget.",
        minutes(daily_limit),
    )


def welcome(titles: Sequence[str], *, first_pack: int, next_at: str) -> Card:
    """After yes: when Grove writes next, and two things to do right away."""
    return Card(
        say("You're in"),
        (
            Text(
                say("Welcome to {titles}.", titles=listed([f"*{title}*" for title in titles]))
                + " "
                + _when(next_at)
            ),
            Buttons(
                (
                    Button(say("First lesson"), OpenPack(first_pack).write(), Style.PRIMARY),
                    Button(say("Find my level"), Level(first_pack).write()),
                    Button(say("Change time"), OpenSettings().write()),
                )
            ),
            Note(
                say(
                    "Two more questions find your level; skip them if you like. "
                    "Write pause or stop whenever you want a break."
                )
            ),
        ),
    )


def welcome_back(title: str, *, pack: int, next_at: str) -> Card:
    """After coming back to a pack that was begun: on from there."""
    return Card(
        say("Welcome back"),
        (
            Text(say("*{title}* goes on where you left it.", title=title) + " " + _when(next_at)),
            Buttons(
                (
                    Button(say("Next lesson"), OpenPack(pack).write(), Style.PRIMARY),
                    Button(say("Change time"), OpenSettings().write()),
                )
            ),
        ),
    )


def _when(next_at: str) -> str:
    if next_at:
        return say("Next: **{when}**.", when=next_at)
    return say("Grove writes when your pause is over.")


def declined() -> Card:
    """After no: nothing more will be asked."""
    return Card(
        say("No problem"),
        (
            Text(say("Nobody is told, and you won't be asked again. The packs stay open to you.")),
            Buttons((Button(say("See the packs"), ShowPacks().write()),)),
        ),
    )


def left(title: str, pack: int) -> Card:
    """After goodbye: silent, and undone with one tap."""
    return Card(
        say("You have left {title}", title=title),
        (
            Text(say("Nobody is told. What you remember is kept, should you come back.")),
            Buttons(
                (
                    Button(say("Come back"), Join(pack).write()),
                    Button(say("See the packs"), ShowPacks().write()),
                )
            ),
        ),
    )
