"""What a lesson looks like on its way through a set: offered, then read."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.quizzes import acts
from bot.quizzes.views import greeting, how_to_change
from bot.ui import Block, Button, Buttons, Card, Note, Style, Text
from bot.words import count, say


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as it is shown."""

    id: int
    title: str
    objective: str
    minutes: int
    body: str
    sources: tuple[str, ...]


def todays_lesson(lesson: Lesson, questions: int) -> Card:
    """The day's message when a lesson is first in it."""
    holds = greeting(questions, lesson=True)
    offered = offer(lesson)
    return Card(
        say("Two minutes?"),
        (Text(f"{holds}\n\n**{offered.title}**"), *offered.blocks, how_to_change()),
        summary=f"{say('Two minutes?')} {holds}",
    )


def offer(lesson: Lesson, before: tuple[Block, ...] = ()) -> Card:
    """A lesson that can be read, or tested first."""
    length = count("About {n} minute.", "About {n} minutes.", lesson.minutes)
    buttons = (
        Button(say("Read it"), acts.ReadLesson(lesson.id).write(), Style.PRIMARY),
        Button(
            say("Test me first"),
            acts.TestFirst(lesson.id).write(),
            hint=say("Skip the lesson if you know it"),
        ),
        Button(say("Another day"), acts.SkipLesson(lesson.id).write()),
    )
    return Card(
        say("New: {title}", title=lesson.title),
        (*before, Text(lesson.objective), Note(length), Buttons(buttons)),
    )


def read(lesson: Lesson, *, tested: bool) -> Card:
    """The lesson itself. `tested`: its questions were asked before."""
    label = say("Done") if tested else say("Ask me")
    blocks: list[Block] = [Text(lesson.body)]
    if lesson.sources:
        links = ", ".join(f"[{urlsplit(url).hostname or url}]({url})" for url in lesson.sources)
        blocks.append(Note(say("Sources: {links}", links=links)))
    buttons = [Button(label, acts.Check(lesson.id).write(), Style.PRIMARY)]
    if not tested:
        buttons.append(Button(say("Test me first"), acts.TestFirst(lesson.id).write()))
    return Card(lesson.title, (*blocks, Buttons(tuple(buttons))))


def reread(lesson: Lesson) -> Card:
    """A lesson that was read before."""
    return Card(lesson.title, (Text(lesson.body),))
