"""What a question looks like before it is answered: its card, its form, the day's greeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.lessons import markdown
from bot.lessons.content import Question
from bot.people.acts import PauseUntil
from bot.quizzes import acts
from bot.quizzes.layout import LETTERS
from bot.terms import QuestionForm
from bot.ui import (
    Block,
    Button,
    Buttons,
    Card,
    Choice,
    Menu,
    Note,
    Style,
    Text,
)
from bot.words import count, say


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is put to somebody: which asking, in which order, at which place of how many."""

    asking: int
    question: Question
    layout: tuple[int, ...]
    topic: str
    place: int
    total: int


def greeting(questions: int, lesson: bool) -> str:
    """What the day's set holds: "3 questions and one short lesson."."""
    if not questions:
        return say("One short lesson.")
    number = count("{n} question", "{n} questions", questions)
    return say("{questions} and one short lesson.", questions=number) if lesson else f"{number}."


def first_card(asked: Asked, lesson: bool) -> Card:
    """The day's message: what is in it, and the first question."""
    holds = greeting(asked.total, lesson)
    return Card(
        say("Two minutes?"),
        (Text(f"{holds}\n\n{_place(asked)}"), *_body(asked), how_to_change()),
        summary=f"{say('Two minutes?')} {holds}",
    )


def question_card(asked: Asked) -> Card:
    """A question on its own."""
    return Card(_heading(asked), _body(asked))


def how_to_change() -> Note:
    """How to change or stop what Grove sends."""
    return Note(say("Change the hour: `settings`. Take a break: `pause`. Why this: `why`."))


def stopping_card(today: date) -> Card:
    """Asked once, after three sets without any answer."""
    two_weeks = today + timedelta(days=14)
    return Card(
        say("Keep going, or take a break?"),
        (
            Text(
                say(
                    "The last sets stayed unanswered. That is fine: say what suits you, and until then it stays quiet."
                )
            ),
            Buttons(
                (
                    Button(say("Keep going"), acts.KeepGoing().write(), Style.PRIMARY),
                    Button(say("Pause two weeks"), PauseUntil(two_weeks.isoformat()).write()),
                    Button(say("Stop"), PauseUntil("open").write()),
                )
            ),
        ),
    )


def kept_going(next_at: str) -> Card:
    """After yes: when Grove writes next."""
    when = say("Next: {when}.", when=next_at) if next_at else say("Your next set comes by itself.")
    return Card(say("Good. On we go."), (Text(when),))


def _place(asked: Asked) -> str:
    at = say("{at} of {total}", at=asked.place, total=asked.total)
    return f"**{at}** · *{asked.topic}*"


def _heading(asked: Asked) -> str:
    return say("{at} of {total} · {topic}", at=asked.place, total=asked.total, topic=asked.topic)


def _body(asked: Asked) -> tuple[Block, ...]:
    question = asked.question
    parts = shown_parts(asked.question, asked.layout)
    lines = "  \n".join(
        f"**{letter}** {text}" for letter, text in zip(LETTERS, parts, strict=False)
    )
    text = f"{question.stem}\n\n{lines}" if lines else question.stem
    return (Text(text), *_answering(asked, parts), _aside(asked.asking))


def shown_parts(question: Question, layout: tuple[int, ...]) -> list[str]:
    """The options or steps, in the order in which they are shown."""
    parts = question.steps or [option.text for option in question.options]
    return [parts[at] for at in layout]


def _answering(asked: Asked, parts: list[str]) -> tuple[Block, ...]:
    match asked.question.form:
        case QuestionForm.SINGLE:
            buttons = [
                Button(LETTERS[at], acts.Answer(asked.asking, at).write(), hint=_plain(text))
                for at, text in enumerate(parts)
            ]
            return (Buttons(tuple(buttons)),)
        case QuestionForm.SEVERAL:
            choices = lettered(parts)
            label = say("Choose all that apply")
            return (Menu(label, acts.Choose(asked.asking).write(), choices, most=len(choices)),)
        case QuestionForm.ORDER:
            return (
                Buttons((_open(asked, say("Put in order")),)),
                Note(say("Or write the letters in their order.")),
            )
        case QuestionForm.TYPED | QuestionForm.GAP:
            return Buttons((_open(asked, say("Answer")),)), Note(say("Or just write it here."))


def lettered(parts: Sequence[str]) -> tuple[Choice, ...]:
    """The parts as entries of a menu, which shows no Markdown."""
    return tuple(Choice(f"{LETTERS[at]}: {_plain(text)}", str(at)) for at, text in enumerate(parts))


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return markdown.plain(text)


def _open(asked: Asked, label: str) -> Button:
    return Button(label, acts.Reply(asked.asking).write(), Style.PRIMARY)


def _aside(asking: int) -> Buttons:
    return Buttons(
        (
            Button(
                say("Not sure"),
                acts.NotSure(asking).write(),
                hint=say("Show the answer without guessing"),
            ),
            Button(say("Later"), acts.Later(asking).write(), hint=say("Ask me on another day")),
            Button(
                say("Flag"),
                acts.Flag(asking).write(),
                hint=say("Something is wrong with this question"),
            ),
        )
    )
