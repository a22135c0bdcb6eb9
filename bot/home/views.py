"""What home and help look like."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.home.acts import ShowHelp
from bot.insights.acts import ShowProgress
from bot.lessons import markdown
from bot.lessons.acts import OpenPack, ShowPacks
from bot.lessons.steps import Shelf
from bot.lessons.views import first_sentence, ways
from bot.people.acts import OpenSettings, Resume, ShowPause
from bot.quizzes.acts import Begin
from bot.teams.acts import ShowChannel
from bot.ui import Block, Button, Buttons, Card, Note, Style, Text
from bot.words import count, say

MOST_PACKS = 5
"""Packs shown to somebody who has none; `/grove learn` has them all."""

MOST_CHANNELS = 5
"""Channels shown to who leads them; `/grove team` has them all."""

SECONDS_A_QUESTION = 24
"""About how long one question takes (design: five in two minutes)."""


@dataclass(frozen=True, slots=True)
class Day:
    """What home says: today's questions, the next lesson, when Grove writes, channels one leads.

    `next_at` is empty when nothing is planned; `paused` says until when, empty when not; `silent`: Grove stopped.
    """

    name: str
    questions: int
    begun: bool
    lesson: str
    lesson_pack: int
    next_at: str
    paused: str
    silent: bool
    channels: tuple[tuple[int, str], ...]


def home(day: Day) -> Card:
    """Today's set, the next lesson, when Grove writes next."""
    blocks: list[Block] = [Text(_today(day))]
    if day.lesson:
        blocks.append(Text(say("**Next lesson:** {title}", title=day.lesson)))
    blocks.append(Text(_when(day)))
    if row := _first_row(day):
        blocks.append(Buttons(row))
    blocks.append(
        Buttons(
            (
                Button(say("Learn"), ShowPacks().write()),
                Button(say("Progress"), ShowProgress().write()),
                Button(say("Settings"), OpenSettings().write()),
                Button(say("Pause"), ShowPause().write()),
                Button(say("Help"), ShowHelp().write()),
            )
        )
    )
    blocks += _led(day.channels)
    return Card(say("Hello {name}", name=day.name), tuple(blocks), say("Your day"))


def _today(day: Day) -> str:
    if not day.questions:
        return say("**Today:** nothing is due. Enjoy.")
    number = count("{n} question", "{n} questions", day.questions)
    length = count("about {n} minute", "about {n} minutes", minutes(day.questions))
    if day.begun:
        return say("**Today:** {number} left, {length}.", number=number, length=length)
    return say("**Today:** {number}, {length}.", number=number, length=length)


def minutes(questions: int) -> int:
    """About how many minutes, at least one."""
    return max(1, round(questions * SECONDS_A_QUESTION / 60))


def _when(day: Day) -> str:
    if day.paused:
        return say("**Break** {until}.", until=day.paused)
    if day.silent:
        return say("Grove does not write to you at the moment. Want it back?")
    if day.next_at:
        return say("**Grove writes next:** {when}", when=day.next_at)
    return say("Nothing is planned.")


def _first_row(day: Day) -> tuple[Button, ...]:
    row = []
    if day.questions:
        label = say("Go on") if day.begun else say("Start")
        row.append(Button(label, Begin().write(), Style.PRIMARY))
    if day.lesson:
        row.append(Button(say("Next lesson"), OpenPack(day.lesson_pack).write()))
    if day.paused or day.silent:
        row.append(Button(say("Write to me again"), Resume().write()))
    return tuple(row)


def _led(channels: Sequence[tuple[int, str]]) -> list[Block]:
    if not channels:
        return []
    buttons = (
        Button(f"#{name}", ShowChannel(channel).write())
        for channel, name in channels[:MOST_CHANNELS]
    )
    return [Text(say("**Your channels**")), Buttons(tuple(buttons))]


def first_time(name: str, shelves: Sequence[Shelf], channels: Sequence[tuple[int, str]]) -> Card:
    """Somebody without a pack: what Grove is, and what there is to begin with."""
    blocks: list[Block] = [
        Text(
            say(
                "Grove helps you keep what you learn: a lesson of a minute or two, and questions that come back "
                "just before you would forget. One short message a day, at your own hour."
            )
        )
    ]
    if shelves:
        blocks.append(
            Text(say("**What would you like to know?** You can try a question before you join."))
        )
    else:
        blocks.append(Text(say("No pack is here yet. When your team adds one, it shows up here.")))
    for shelf in shelves[:MOST_PACKS]:
        blocks += [
            Text(f"**{shelf.title}**\n{first_sentence(shelf.summary)}"),
            Buttons(ways(shelf)),
        ]
    more = (Button(say("All packs"), ShowPacks().write()),) if len(shelves) > MOST_PACKS else ()
    blocks.append(
        Buttons(
            (
                *more,
                Button(say("Settings"), OpenSettings().write()),
                Button(say("Help"), ShowHelp().write()),
            )
        )
    )
    blocks += _led(channels)
    return Card(say("Hello {name}", name=name), tuple(blocks), say("Welcome to Grove"))


@dataclass(frozen=True, slots=True)
class Way:
    """A command one may use: its name, its argument's name, what one gets."""

    name: str
    argument: str
    help: str


def help_card(ways_in: Sequence[Way]) -> Card:
    """The commands one may use, and that plain words work."""
    lines = "\n".join(f"- {_written(way)}: {way.help}" for way in ways_in)
    return Card(
        say("What you can do here"),
        (
            Text(lines),
            Text(
                say(
                    "In a direct message plain words work too: `quiz`, `pause until monday`, `stop`, `why`, "
                    "or the answer to a question, like `b`."
                )
            ),
            Note(say("Only you see what Grove answers in a channel.")),
        ),
    )


def _written(way: Way) -> str:
    parts = ["/grove", way.name, f"[{way.argument}]" if way.argument else ""]
    return f"`{' '.join(part for part in parts if part)}`"


def welcome() -> Card:
    """The answer to thanks."""
    return Card(say("You're welcome."))


def unknown(nearest: str, direct: bool) -> Card:
    """Not understood, kindly: the nearest command, and where help is."""
    if nearest:
        command = nearest if direct else f"/grove {nearest}"
        words = say("I did not get that. Did you mean `{command}`?", command=command)
    else:
        words = say("I did not get that.")
    return Card(
        markdown.plain(words),
        (
            Text(
                say("`help` shows what you can do here.")
                if direct
                else say("`/grove help` shows what you can do here.")
            ),
            Buttons((Button(say("Help"), ShowHelp().write()),)),
        ),
    )
