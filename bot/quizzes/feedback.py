"""What an answer is told: what is right and why, when it comes back, and how the set ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.chance import bits
from bot.lessons.content import Question
from bot.quizzes import acts
from bot.quizzes.grading import Graded
from bot.quizzes.layout import LETTERS, letter
from bot.terms import QuestionForm, Verdict
from bot.ui import Block, Button, Buttons, Card, Note, Style, Text
from bot.words import count, later, listed, on_day, say

PRAISE = (
    later("Right."),
    later("Yes."),
    later("Exactly."),
    later("That's it."),
    later("Well remembered."),
)

LONGEST_HEADING = 60
"""Characters of an answer that fit into a heading; a longer one stands in the text."""


class Remark(StrEnum):
    """What else is to be said of an answer."""

    NONE = "none"
    BEFORE = "before"
    PRACTICE = "practice"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as it is told. `back_on` None: it does not come back by itself."""

    asking: int
    question: Question
    layout: tuple[int, ...]
    graded: Graded
    remark: Remark
    back_on: date | None
    today: date


@dataclass(frozen=True, slots=True)
class Ending:
    """How a set ended: how many right of how many, what comes back when, the lesson to look at again."""

    right: int
    answered: int
    back: Mapping[date, int]
    today: date
    week_days: int
    week_goal: int
    tip_lesson: int | None = None
    tip_title: str = ""
    next_at: str = ""


def told_card(told: Told, after: Sequence[Block]) -> Card:
    """The answer's feedback, and what comes after it."""
    blocks: list[Block] = []
    if told.remark is Remark.BEFORE:
        blocks.append(Note(say("You answered this already.")))
    blocks.append(Text(_text(told)))
    if back := _back(told):
        blocks.append(Note(back))
    return Card(_heading(told), (*blocks, *after), summary=say("Answered"))


def next_button(set_id: int) -> Buttons:
    """On to what comes next."""
    return Buttons((Button(say("Next"), acts.Next(set_id).write(), Style.PRIMARY),))


def _heading(told: Told) -> str:
    match told.graded.verdict:
        case Verdict.RIGHT:
            return say(PRAISE[bits("praise", told.asking) % len(PRAISE)])
        case Verdict.PARTLY:
            return (
                say("Partly right.")
                if _is_long(told)
                else say("Partly: it's {answer}.", answer=_short(told))
            )
        case Verdict.NOT_SURE:
            return (
                say("Good to know.")
                if _is_long(told)
                else say("It's {answer}.", answer=_short(told))
            )
        case Verdict.WRONG:
            return (
                say("Not quite.") if _is_long(told) else say("It's {answer}.", answer=_short(told))
            )


def _short(told: Told) -> str:
    """The right answer in a few words: its letter and text, or the text."""
    question = told.question
    if question.form is QuestionForm.SINGLE:
        at = next(at for at, option in enumerate(question.options) if option.right)
        return f"{letter(told.layout, at)}, {question.options[at].text.rstrip('.')}"
    if question.form is QuestionForm.SEVERAL:
        places = sorted(
            told.layout.index(at) for at, option in enumerate(question.options) if option.right
        )
        return listed([LETTERS[place] for place in places])
    return told.graded.right_text.rstrip(".")


def _is_long(told: Told) -> bool:
    short = _short(told)
    return (
        not short
        or told.question.form is QuestionForm.ORDER
        or len(short) > LONGEST_HEADING
        or "`" in short
    )


def _text(told: Told) -> str:
    graded = told.graded
    parts = [*graded.feedback] if graded.verdict is not Verdict.RIGHT else []
    if graded.verdict is not Verdict.RIGHT and _is_long(told) and graded.right_text:
        parts.insert(0, _full(told))
    if graded.typo and graded.right_text:
        parts.append(say("Spelled {answer}.", answer=f"**{graded.right_text}**"))
    parts.append(told.question.explanation)
    apart = "\n\n" if told.question.form is QuestionForm.ORDER else " "
    return apart.join(part for part in parts if part)


def _full(told: Told) -> str:
    if told.question.form is QuestionForm.ORDER:
        return say("In this order:") + "\n\n" + told.graded.right_text
    if told.question.form is QuestionForm.SINGLE:
        return say("It's {answer}.", answer=f"**{_short(told)}**")
    return f"**{told.graded.right_text}**."


def _back(told: Told) -> str:
    if told.remark is Remark.CHANGED:
        return say("This question has changed since you were asked, so it doesn't count.")
    if told.back_on is None:
        return ""
    practice = told.remark is Remark.PRACTICE
    return (
        f"{say('That was extra practice.')} {back_on(told.back_on, told.today)}"
        if practice
        else back_on(told.back_on, told.today)
    )


def back_on(day: date, today: date) -> str:
    """When a question comes back."""
    if (day - today).days == 1:
        return say("Back tomorrow.")
    return say("Back on {day}.", day=on_day(day, today=today))


def ending_blocks(ending: Ending) -> tuple[Block, ...]:
    """How the set ended, in three lines: right, what comes back when, one tip; then the week."""
    lines = [_score(ending), _coming_back(ending), _tip(ending)]
    week = count("{n} day this week", "{n} days this week", ending.week_days)
    goal = (
        say("the goal is {goal}", goal=ending.week_goal)
        if ending.week_days < ending.week_goal
        else say("goal reached")
    )
    notes = [f"{week}, {goal}."]
    if ending.next_at:
        notes.append(say("Next: {when}.", when=ending.next_at))
    blocks: list[Block] = [Text("  \n".join(line for line in lines if line)), Note(" ".join(notes))]
    if ending.tip_lesson is not None:
        button = Button(say("Read it again"), acts.ReadLesson(ending.tip_lesson).write())
        blocks.append(Buttons((button,)))
    return tuple(blocks)


def _score(ending: Ending) -> str:
    if not ending.answered:
        return say("**Done for today.**")
    return (
        "**"
        + count(
            "{right} of {n} right.", "{right} of {n} right.", ending.answered, right=ending.right
        )
        + "**"
    )


def _coming_back(ending: Ending) -> str:
    if not ending.back:
        return say("Nothing comes back soon.") if ending.answered else ""
    days = sorted(ending.back)
    named = [
        say("{n} on {day}", n=ending.back[day], day=on_day(day, today=ending.today))
        if (day - ending.today).days > 1
        else say("{n} tomorrow", n=ending.back[day])
        for day in days[:2]
    ]
    rest = sum(ending.back[day] for day in days[2:])
    if rest:
        named.append(say("{n} later", n=rest))
    return say("Coming back: {list}.", list=listed(named))


def _tip(ending: Ending) -> str:
    if ending.tip_title:
        return say("One tip: look at *{lesson}* once more.", lesson=ending.tip_title)
    return say("One tip: tell somebody what you knew today. It sticks even better.")
