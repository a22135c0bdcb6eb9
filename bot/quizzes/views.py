"""What a question looks like before it is answered: its card, its form, the day's greeting."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from bot.lessons import markdown
from bot.lessons.content import Question
from bot.people.acts import PauseUntil
from bot.quizzes import acts
from bot.quizzes.layout import LETTERS
from bot.quizzes.replies import Filled, Given, Ordered, Typed
from bot.terms import QuestionForm
from bot.ui import Block, Button, Buttons, Card, Choice, Entries, Field, Form, Line, Menu, Note, Pick, Style, Text
from bot.words import count, say

MOST_TYPED = 200
"""Characters of a typed answer; more is not compared."""

MOST_NOTE = 500
"""Characters of a note on a flagged question."""


@dataclass(frozen=True, slots=True)
class Problems:
    """What needs a look in a form: field name and one sentence each."""

    found: tuple[tuple[str, str], ...]


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


def reply_form(asked: Asked) -> Form:
    """The form in which a question is answered in words or put in order."""
    question = asked.question
    match question.form:
        case QuestionForm.GAP:
            fields = _gap_fields(question)
        case QuestionForm.ORDER:
            fields = _order_fields(asked)
        case _:
            fields = (Line("answer", say("Your answer"), most=MOST_TYPED),)
    return Form(say("Your answer"), fields, acts.Hand(asked.asking).write(), intro=question.stem, submit=say("Answer"))


def read_reply(question: Question, layout: tuple[int, ...], entries: Entries) -> Given | Problems:
    """The answer in a form that was handed in, or what is missing."""
    match question.form:
        case QuestionForm.GAP:
            names = [f"gap{at}" for at in range(len(question.gaps))]
        case QuestionForm.ORDER:
            return _read_order(layout, entries)
        case _:
            names = ["answer"]
    texts = {name: _entered(entries, name) for name in names}
    empty = tuple((name, say("Write an answer; a guess is fine.")) for name, text in texts.items() if not text)
    if empty:
        return Problems(empty)
    return Filled(tuple(texts.values())) if question.form is QuestionForm.GAP else Typed(texts["answer"])


def _read_order(layout: tuple[int, ...], entries: Entries) -> Given | Problems:
    places = [_entered(entries, f"place{at}") for at in range(len(layout))]
    problems = []
    for at, place in enumerate(places):
        if not place.isdecimal() or int(place) >= len(layout):
            problems.append((f"place{at}", say("Pick one for this place.")))
        elif place in places[:at]:
            problems.append((f"place{at}", say("This one has a place already.")))
    if problems:
        return Problems(tuple(problems))
    return Ordered(tuple(layout[int(place)] for place in places))


def _entered(entries: Entries, name: str) -> str:
    value = entries.get(name, "")
    return (value if isinstance(value, str) else "".join(value[:1])).strip()


def refilled(form: Form, entries: Entries) -> Form:
    """The form with what was entered."""
    filled: list[Field] = []
    for one in form.fields:
        if isinstance(one, Line):
            filled.append(replace(one, value=_entered(entries, one.name)))
        elif isinstance(one, Pick):
            filled.append(replace(one, value=(_entered(entries, one.name),) if _entered(entries, one.name) else ()))
        else:
            filled.append(one)
    return replace(form, fields=tuple(filled))


def flag_form(asking: int) -> Form:
    """The form in which a question is said to be wrong or unclear."""
    note = Line(
        "note",
        say("What is wrong or unclear?"),
        hint=say("The pack's authors read it, without your name."),
        required=False,
        long=True,
        most=MOST_NOTE,
    )
    return Form(say("Flag this question"), (note,), acts.Report(asking).write(), submit=say("Send"))


def stopping_card(today: date) -> Card:
    """Asked once, after three sets without any answer."""
    two_weeks = today + timedelta(days=14)
    return Card(
        say("Keep going, or take a break?"),
        (
            Text(say("The last sets stayed unanswered. That is fine: say what suits you, and until then it stays quiet.")),
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
    lines = "  \n".join(f"**{letter}** {text}" for letter, text in zip(LETTERS, parts, strict=False))
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
            choices = _choices(parts)
            label = say("Choose all that apply")
            return (Menu(label, acts.Choose(asked.asking).write(), choices, most=len(choices)),)
        case QuestionForm.ORDER:
            return (
                Buttons((_open(asked, say("Put in order")),)),
                Note(say("Or write the letters in their order.")),
            )
        case QuestionForm.TYPED | QuestionForm.GAP:
            return Buttons((_open(asked, say("Answer")),)), Note(say("Or just write it here."))


def _choices(parts: Sequence[str]) -> tuple[Choice, ...]:
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
            Button(say("Not sure"), acts.NotSure(asking).write(), hint=say("Show the answer without guessing")),
            Button(say("Later"), acts.Later(asking).write(), hint=say("Ask me on another day")),
            Button(say("Flag"), acts.Flag(asking).write(), hint=say("Something is wrong with this question")),
        )
    )


def _gap_fields(question: Question) -> tuple[Field, ...]:
    if len(question.gaps) == 1:
        return (Line("gap0", say("What goes into the gap?"), most=MOST_TYPED),)
    return tuple(
        Line(f"gap{at}", say("Gap {number}", number=at + 1), most=MOST_TYPED) for at in range(len(question.gaps))
    )


def _order_fields(asked: Asked) -> tuple[Field, ...]:
    parts = shown_parts(asked.question, asked.layout)
    choices = _choices(parts)
    return tuple(Pick(f"place{at}", say("Place {number}", number=at + 1), choices) for at in range(len(parts)))


