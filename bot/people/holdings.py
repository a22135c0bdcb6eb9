"""What one's own data looks like: what is held, who can see it, the file, the way out."""

from dataclasses import dataclass

from bot.people import acts
from bot.ui import Button, Buttons, Card, Facts, Note, Style, Text
from bot.words import count, say


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many of each Grove holds of a member."""

    packs: int
    questions: int
    answers: int
    messages: int


def me(held: Holdings, counted: bool) -> Card:
    """What is held, who can see what, the file, the way out."""
    facts = (
        (say("Packs you joined or were asked to"), str(held.packs)),
        (say("Questions you have met"), str(held.questions)),
        (say("Answers you gave"), str(held.answers)),
        (say("Messages Grove sent or planned for you"), str(held.messages)),
    )
    seen = say(
        "**You** see all of it. **Leads** see groups of five or more, never one person's answers."
    )
    part = (
        say("Your answers count in those figures.")
        if counted
        else say("Your answers are left out of those figures.")
    )
    switch = (
        Button(say("Leave mine out"), acts.Count(0).write())
        if counted
        else Button(say("Count mine too"), acts.Count(1).write())
    )
    return Card(
        say("What Grove holds of you"),
        (
            Facts(facts),
            Text(f"{seen} {part}"),
            Buttons(
                (
                    Button(say("Get it as a file"), acts.Export().write()),
                    switch,
                    Button(say("Erase it"), acts.ShowForget().write()),
                )
            ),
        ),
    )


def exported() -> Card:
    """The file and what is in it."""
    return Card(
        say("Everything Grove holds of you"),
        (
            Text(
                say(
                    "Your settings, packs, answers and what Grove believes you remember, as JSON. "
                    "Nobody else's data is in it."
                )
            ),
            Note(say("The file is yours: keep it where only you can read it.")),
        ),
    )


def confirm_erasing(held: Holdings) -> Card:
    """What would be gone; one button does it."""
    answers = count("{n} answer", "{n} answers", held.answers)
    questions = count("{n} question", "{n} questions", held.questions)
    return Card(
        say("Erase everything?"),
        (
            Text(
                say(
                    "This erases your settings, your packs, {answers}, what Grove believes you remember "
                    "of {questions}, your roles here, and every message owed to you. It cannot be undone.",
                    answers=answers,
                    questions=questions,
                )
            ),
            Note(
                say(
                    "A scrambled mark stays, so that nobody invites you again. "
                    "Messages already in your chat stay there; copies in backups go when those expire."
                )
            ),
            Buttons(
                (
                    Button(say("Erase everything"), acts.Erase().write(), Style.DANGER),
                    Button(say("Keep"), acts.Keep().write()),
                    Button(say("Get it as a file"), acts.Export().write()),
                )
            ),
        ),
    )


def erased() -> Card:
    """It is done."""
    return Card(
        say("Everything is erased"),
        (
            Text(
                say(
                    "Grove does not know you any more and won't write. Should you ever come back, /grove begins anew."
                )
            ),
        ),
    )


def kept() -> Card:
    """Nothing was erased."""
    return Card(say("Everything is as it was."))


def counting(counted: bool) -> Card:
    """Whether answers count in figures from now on."""
    return Card(
        say("Your answers count in your group's figures.")
        if counted
        else say("Your answers are left out of your group's figures.")
    )
