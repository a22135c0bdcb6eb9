"""The learner's day: what every button, form and word about questions and lessons does."""

from collections.abc import Sequence
from datetime import timedelta

from bot import days
from bot.errors import Refusal
from bot.quizzes import acts, answering, forms, lessons, practice, showing, tasting, views
from bot.quizzes.asked import Put, put
from bot.quizzes.planning import plan
from bot.quizzes.reading import understand
from bot.quizzes.replies import Chosen, NotSure
from bot.routes import Routes, Who
from bot.terms import AskingState, SetState
from bot.ui import Entries, Fix, Open, Outcome, Say
from bot.words import on_day_at, say
from storage import askings, decisions, enrolments, memories, people, sets
from storage.engine import Tx

__all__ = ["ROUTES", "answer_words", "plan"]

LATER_WORDS = frozenset({"later", "skip", "not now", "später"})
"""Words that put a question off."""


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
    mine = put(tx, who, act.asking)
    return answering.answer(tx, who, act.asking, Chosen(_parts(mine, [act.choice])))


def choose(tx: Tx, who: Who, act: acts.Choose, values: Sequence[str] = ()) -> Outcome:
    """All that apply were picked."""
    mine = put(tx, who, act.asking)
    places = [int(value) for value in values if value.isdecimal()]
    return answering.answer(tx, who, act.asking, Chosen(tuple(sorted(_parts(mine, places)))))


def _parts(mine: Put, places: Sequence[int]) -> tuple[int, ...]:
    """The options at these places, counted as authored."""
    return tuple(mine.layout[place] for place in places if 0 <= place < len(mine.layout))


def reply(tx: Tx, who: Who, act: acts.Reply, _values: object = ()) -> Outcome:
    """Open the form to answer in."""
    mine = put(tx, who, act.asking)
    closed = answering.closed(tx, mine)
    return closed or Open(forms.reply_form(showing.as_asked(tx, mine.asking)))


def hand(tx: Tx, who: Who, act: acts.Hand, entries: Entries) -> Outcome:
    """The form was handed in."""
    mine = put(tx, who, act.asking)
    form = forms.reply_form(showing.as_asked(tx, mine.asking))
    given = forms.read_reply(mine.content, mine.layout, entries)
    if isinstance(given, forms.Problems):
        return Fix(given.found, forms.refilled(form, entries))
    return answering.answer(tx, who, act.asking, given)


def not_sure(tx: Tx, who: Who, act: acts.NotSure, _values: object = ()) -> Outcome:
    """No guessing: the answer."""
    return answering.answer(tx, who, act.asking, NotSure())


def later(
    tx: Tx, who: Who, act: acts.Later, _values: object = (), *, replace: bool = True
) -> Outcome:
    """Another day: nothing is rated, the next working day asks again."""
    mine = put(tx, who, act.asking)
    if (closed := answering.closed(tx, mine, replace=replace)) is not None:
        return closed
    today = days.learning_day(tx.now, mine.member.zone)
    due_day = days.next_working_day(today + timedelta(days=1), people.rhythm(mine.member).days)
    memories.put_off(tx, mine.member, mine.asking.question_id, due_day)
    mine.asking.state = AskingState.LATER
    tx.session.flush()
    decisions.record(
        tx, mine.member, "later", {"question": mine.asking.question_id, "due": due_day.isoformat()}
    )
    return _on(tx, who, mine.inside.id or 0, replace=replace)


def flag(tx: Tx, who: Who, act: acts.Flag, _values: object = ()) -> Outcome:
    """Open the form to say what is wrong."""
    mine = put(tx, who, act.asking)
    return Open(forms.flag_form(mine.asking.id or 0))


def report(tx: Tx, who: Who, act: acts.Report, entries: Entries) -> Outcome:
    """The flag is kept; the question is not put to this person again until it has changed."""
    mine = put(tx, who, act.asking)
    note = str(entries.get("note", "")).strip()[: forms.MOST_NOTE]
    askings.flag(tx, mine.asking, note)
    if mine.asking.state is not AskingState.ANSWERED:
        mine.asking.state = AskingState.FLAGGED
    tx.session.flush()
    decisions.record(tx, mine.member, "flagged", {"question": mine.asking.question_id})
    return _on(tx, who, mine.inside.id or 0, replace=True)


def go_on(tx: Tx, who: Who, act: acts.Next, _values: object = ()) -> Outcome:
    """On in a set; from an old one to today's."""
    return _on(tx, who, act.set, replace=True)


def _on(tx: Tx, who: Who, set_id: int, *, replace: bool) -> Outcome:
    member = people.locked(tx, who.id)
    row = sets.quiz_set(tx, set_id)
    if row is None or row.member_id != who.id:
        raise Refusal(
            say("These questions were not put to you. Write `quiz` for yours."), code="not_yours"
        )
    answering.show_life(tx, member)
    if row.state is SetState.FOLDED:
        return practice.today(tx, who, replace=replace)
    return showing.go_on(tx, member, row, replace=replace)


def keep_going(tx: Tx, who: Who, _act: acts.KeepGoing, _values: object = ()) -> Outcome:
    """Yes, write again."""
    member = people.locked(tx, who.id)
    answering.show_life(tx, member)
    if member.next_set_at is None:
        enrolments.replan(tx, member)
    next_at = (
        on_day_at(member.next_set_at, now=tx.now, zone=member.zone) if member.next_set_at else ""
    )
    return Say(views.kept_going(next_at), replace=True)


def answer_words(tx: Tx, who: Who, text: str) -> Outcome | None:
    """Plain words as an answer to the question somebody has before them; None when they are none."""
    asking = sets.latest_shown(tx, who.id)
    if asking is None or asking.id is None:
        return None
    if text.strip().casefold() in LATER_WORDS:
        return later(tx, who, acts.Later(asking.id), replace=False)
    if len(text.strip()) > 1 and text.strip().endswith("?"):
        return None
    mine = put(tx, who, asking.id)
    given = understand(mine.content, mine.layout, text)
    return None if given is None else answering.answer(tx, who, asking.id, given, replace=False)


ROUTES = Routes(
    commands={"quiz": quiz},
    presses={
        acts.Begin: begin,
        acts.Answer: answer,
        acts.Choose: choose,
        acts.Reply: reply,
        acts.NotSure: not_sure,
        acts.Later: later,
        acts.Flag: flag,
        acts.Next: go_on,
        acts.ReadLesson: lessons.read,
        acts.TestFirst: lessons.try_first,
        acts.Check: lessons.check,
        acts.SkipLesson: lessons.skip,
        acts.Practise: practice.practise,
        acts.Try: tasting.taste,
        acts.Level: tasting.level,
        acts.KeepGoing: keep_going,
    },
    submits={acts.Hand: hand, acts.Report: report},
)
