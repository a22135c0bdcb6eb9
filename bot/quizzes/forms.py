"""The forms in which a question is answered or flagged, and what was put into them."""

from dataclasses import dataclass, replace

from bot.lessons.content import Question
from bot.quizzes import acts
from bot.quizzes.replies import Filled, Given, Ordered, Typed
from bot.quizzes.views import Asked, lettered, shown_parts
from bot.terms import QuestionForm
from bot.ui import Entries, Field, Form, Line, Pick
from bot.words import say

MOST_TYPED = 200
"""Characters of a typed answer; more is not compared."""

MOST_NOTE = 500
"""Characters of a note on a flagged question."""


@dataclass(frozen=True, slots=True)
class Problems:
    """What needs a look in a form: field name and one sentence each."""

    found: tuple[tuple[str, str], ...]


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
    return Form(
        say("Your answer"),
        fields,
        acts.Hand(asked.asking).write(),
        intro=question.stem,
        submit=say("Answer"),
    )


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
    empty = tuple(
        (name, say("Write an answer; a guess is fine.")) for name, text in texts.items() if not text
    )
    if empty:
        return Problems(empty)
    return (
        Filled(tuple(texts.values()))
        if question.form is QuestionForm.GAP
        else Typed(texts["answer"])
    )


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
            filled.append(
                replace(
                    one, value=(_entered(entries, one.name),) if _entered(entries, one.name) else ()
                )
            )
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


def _gap_fields(question: Question) -> tuple[Field, ...]:
    if len(question.gaps) == 1:
        return (Line("gap0", say("What goes into the gap?"), most=MOST_TYPED),)
    return tuple(
        Line(f"gap{at}", say("Gap {number}", number=at + 1), most=MOST_TYPED)
        for at in range(len(question.gaps))
    )


def _order_fields(asked: Asked) -> tuple[Field, ...]:
    parts = shown_parts(asked.question, asked.layout)
    choices = lettered(parts)
    return tuple(
        Pick(f"place{at}", say("Place {number}", number=at + 1), choices)
        for at in range(len(parts))
    )
