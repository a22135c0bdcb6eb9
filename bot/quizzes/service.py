"""The learner's day: what every button, form and word about questions and lessons does."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot import days
from bot.quizzes import acts, answering, feedback, lessons, practice, replies, rules, showing, tasting, views
from bot.quizzes.planning import plan
from bot.quizzes.replies import Chosen, Filled, Given, NotSure, Ordered, Typed
from bot.routes import Routes, Who
from bot.terms import AskingState, QuestionForm, SetState
from bot.ui import Card, Entries, Fix, Open, Outcome, Say, Text
from bot.words import say
from storage import decisions, enrolments, memories, people, sets
from storage.engine import Tx

__all__ = ["ROUTES", "answer_words", "plan"]

UNANSWERED = (AskingState.WAITING, AskingState.SHOWN)


def quiz(tx: Tx, who: Who, text: str) -> Outcome:
    """`/grove quiz [topic]`."""
    answering.show_life(tx, people.locked(tx, who.id))
    return practice.topic_named(tx, who, text) if text else practice.today(tx, who, replace=False)


def begin(tx: Tx, who: Who, _act: acts.Begin, _values: object = ()) -> Outcome:
    """Today's set, by a button."""
    answering.show_life(tx, people.locked(tx, who.id))
    return practice.today(tx, who, replace=True)


def answer(tx: Tx, who: Who, act: acts.Answer, _values: object = ()) -> Outcome:
    """A letter was pressed."""
    mine = answering.put(tx, who, act.asking)
    return answering.answer(tx, who, act.asking, Chosen(_parts(mine, [act.choice])))


def choose(tx: Tx, who: Who, act: acts.Choose, values: Sequence[str] = ()) -> Outcome:
    """All that apply were picked."""
    mine = answering.put(tx, who, act.asking)
    places = [int(value) for value in values if value.isdecimal()]
    return answering.answer(tx, who, act.asking, Chosen(tuple(sorted(_parts(mine, places)))))


def _parts(mine: answering.Put, places: Sequence[int]) -> tuple[int, ...]:
    """The options at these places, counted as authored."""
    return tuple(mine.layout[place] for place in places if 0 <= place < len(mine.layout))


def reply(tx: Tx, who: Who, act: acts.Reply, _values: object = ()) -> Outcome:
    """Open the form to answer in."""
    mine = answering.put(tx, who, act.asking)
    if mine.asking.state not in UNANSWERED:
        return answering.answer(tx, who, act.asking, NotSure())
    return Open(views.reply_form(showing.as_asked(tx, mine.asking)))
