"""What packs and lessons look like to a learner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from bot.lessons import acts
from bot.lessons.steps import Shelf
from bot.quizzes.acts import Check, TestFirst, Try
from bot.teams.acts import Accept, Leave
from bot.ui import Block, Button, Buttons, Card, Choice, Menu, Note, Style, Text
from bot.words import count, say, when

MOST_SHOWN = 5
"""Packs shown with their own buttons; the rest are in a menu."""


@dataclass(frozen=True, slots=True)
class Page:
    """A lesson as it is read."""

    id: int
    title: str
    body: str
    minutes: int
    sources: tuple[str, ...]


def packs(shelves: Sequence[Shelf], *, minutes_a_week: int, notice: str = "") -> Card:
    """The packs open to somebody, theirs first, and what learning costs a week."""
    if not shelves:
        return Card(
            say("No pack is here yet"),
            (Text(say("When your team adds one, it shows up here.")),),
        )
    blocks: list[Block] = [Text(notice)] if notice else []
    ordered = sorted(shelves, key=lambda shelf: (not shelf.active, not shelf.invited))
    for shelf in ordered[:MOST_SHOWN]:
        blocks += [Text(_about(shelf)), Buttons(ways(shelf))]
    if rest := ordered[MOST_SHOWN:]:
        choices = tuple(Choice(shelf.title, str(shelf.pack)) for shelf in rest)
        blocks.append(Menu(say("More packs"), acts.OpenPack(0).write(), choices))
    blocks.append(
        Note(
            count(
                "About {n} minute a week in all, however many packs you take.",
                "About {n} minutes a week in all, however many packs you take.",
                minutes_a_week,
            )
        )
    )
    return Card(say("What you can learn"), tuple(blocks))


def _about(shelf: Shelf) -> str:
    lessons = count("{n} lesson", "{n} lessons", shelf.lessons)
    if shelf.active:
        state = progress(shelf)
    elif shelf.invited:
        state = say("you are invited · {lessons}", lessons=lessons)
    else:
        state = lessons
    return f"**{shelf.title}** · {state}\n{first_sentence(shelf.summary)}"


def progress(shelf: Shelf) -> str:
    """5 of 12 lessons."""
    return count("{done} of {n} lesson", "{done} of {n} lessons", shelf.lessons, done=shelf.done)


def first_sentence(text: str) -> str:
    """A summary's first sentence."""
    head, dot, _ = text.partition(". ")
    return head + dot.strip()


def ways(shelf: Shelf) -> tuple[Button, ...]:
    """What one can do with a pack from outside its card."""
    if shelf.active:
        label = say("Next lesson") if shelf.done < shelf.lessons else say("Look")
        return (Button(label, acts.OpenPack(shelf.pack).write(), hint=shelf.title),)
    return (
        Button(
            say("Join"), _join(shelf), Style.PRIMARY, hint=say("Join {title}", title=shelf.title)
        ),
        Button(say("Try one question"), Try(shelf.pack).write(), hint=shelf.title),
    )


def _join(shelf: Shelf) -> str:
    return Accept(shelf.enrolment).write() if shelf.invited else acts.Join(shelf.pack).write()


def pack(shelf: Shelf) -> Card:
    """A pack somebody does not learn."""
    lessons = count("{n} short lesson", "{n} short lessons", shelf.lessons)
    return Card(shelf.title, (Text(shelf.summary), Note(lessons), Buttons(ways(shelf))))


def lesson(page: Page, *, place: int, total: int, enrolment: int) -> Card:
    """A lesson to read, its sources, and what to do with it."""
    blocks: list[Block] = [Text(page.body)]
    if page.sources:
        blocks.append(
            Note(say("Sources: {sources}", sources=", ".join(_link(url) for url in page.sources)))
        )
    where = say("Lesson {place} of {total}", place=place, total=total)
    length = count("about {n} minute", "about {n} minutes", page.minutes)
    blocks += [
        Buttons(
            (
                Button(
                    say("Ask me"),
                    Check(page.id).write(),
                    Style.PRIMARY,
                    say("I have read it: ask me"),
                ),
                Button(
                    say("Test me first"),
                    TestFirst(page.id).write(),
                    hint=say("Skip it if I know it"),
                ),
                leave_button(enrolment),
            )
        ),
        Note(f"{where} · {length}"),
    ]
    return Card(page.title, tuple(blocks))


def leave_button(enrolment: int) -> Button:
    """One tap, silent."""
    return Button(say("Leave this pack"), Leave(enrolment).write())


def all_read(shelf: Shelf, due: date | None, today: date) -> Card:
    """Every lesson is done: what comes back, and when."""
    if due is None:
        back = say("When a lesson is added, it comes to you.")
    elif due <= today:
        back = say("Some of its questions are due today. /grove quiz asks them.")
    else:
        back = say(
            "Its questions come back before they fade: the next {when}.",
            when=when(due, today=today),
        )
    words = say("You have been through every lesson of *{title}*.", title=shelf.title)
    return Card(
        say("All lessons done"),
        (Text(f"{words} {back}"), Buttons((leave_button(shelf.enrolment),))),
    )


def _link(url: str) -> str:
    return f"[{urlsplit(url).hostname or url}]({url})"
