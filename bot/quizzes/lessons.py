"""A lesson on its way through a set or by itself: read, tested first, done, or left for another day."""

from bot import days
from bot.errors import Refusal
from bot.lessons.acts import Join
from bot.quizzes import (
    acts,
    answering,
    laying,
    lesson_views,
    messages,
    showing,
    teaching,
)
from bot.quizzes.composing import as_fresh
from bot.routes import Who
from bot.terms import AskingState, EnrolmentState, LessonMark, SetKind
from bot.ui import Button, Buttons, Card, Outcome, Say, Style, Text
from bot.words import say
from storage import batches, enrolments, memories, people, sets
from storage import teaching as shelves
from storage.batches import NewSet
from storage.engine import Tx
from storage.tables import Member, QuizSet
from storage.teaching import Teachable

MOST_CHECKS = 2
"""Questions that follow a lesson at once."""


def read(tx: Tx, who: Who, act: acts.ReadLesson, _values: object = ()) -> Outcome:
    """The lesson's words."""
    lesson = _lesson(tx, who, act.lesson)
    member = people.locked(tx, who.id)
    answering.show_life(tx, member)
    page = messages.as_shown(shelves.lesson_rows(tx, [lesson.id])[lesson.id])
    if lesson.id in memories.lessons_done(tx, [who.id]).get(who.id, set()):
        return Say(lesson_views.reread(page), replace=True)
    row = _open_set(tx, member, lesson)
    tested = row is not None and any(
        one.after_lesson and one.state is not AskingState.WAITING
        for one in sets.askings(tx, row.id or 0)
    )
    return Say(lesson_views.read(page, tested=tested), replace=True)


def try_first(tx: Tx, who: Who, act: acts.TestFirst, _values: object = ()) -> Outcome:
    """The lesson's questions before the lesson; all right means that it is known."""
    member, lesson, refused = _learner(tx, who, act.lesson)
    if refused is not None:
        return refused
    row = _set_with(tx, member, lesson)
    if lesson.id in memories.lessons_done(tx, [who.id]).get(who.id, set()):
        return showing.go_on(tx, member, row, replace=True)
    first = next((one for one in sets.askings(tx, row.id or 0) if one.after_lesson), None)
    if first is not None and first.state is AskingState.WAITING:
        first.state = AskingState.SHOWN
        tx.session.flush()
    if first is None:
        return read(tx, who, acts.ReadLesson(lesson.id))
    return showing.go_on(tx, member, row, replace=True)


def check(tx: Tx, who: Who, act: acts.Check, _values: object = ()) -> Outcome:
    """The lesson is read: its questions, now and on the next working days."""
    member, lesson, refused = _learner(tx, who, act.lesson)
    if refused is not None:
        return refused
    row = _set_with(tx, member, lesson)
    showing.know_lesson(tx, member, lesson.id, LessonMark.READ, row)
    return showing.go_on(tx, member, row, replace=True)


def skip(tx: Tx, who: Who, act: acts.SkipLesson, _values: object = ()) -> Outcome:
    """Not this lesson today."""
    member = people.locked(tx, who.id)
    lesson = _lesson(tx, who, act.lesson)
    answering.show_life(tx, member)
    row = _open_set(tx, member, lesson)
    if row is None:
        return Say(
            Card(say("Another day, then"), (Text(say("The lesson waits for you.")),)), replace=True
        )
    row.lesson_id = None
    for one in sets.askings(tx, row.id or 0):
        if one.after_lesson and one.state in sets.UNANSWERED:
            one.state = AskingState.EXPIRED
    tx.session.flush()
    return showing.go_on(tx, member, row, replace=True)


def _lesson(tx: Tx, who: Who, lesson_id: int) -> Teachable:
    lesson = shelves.lesson(tx, who.workspace, lesson_id)
    if lesson is None:
        raise Refusal(
            say("That lesson is no longer here. Write `learn` to see what is."), code="no_lesson"
        )
    return lesson


def _learner(tx: Tx, who: Who, lesson_id: int) -> tuple[Member, Teachable, Outcome | None]:
    """Who learns the lesson's pack may be asked; anybody else is shown how to join."""
    lesson = _lesson(tx, who, lesson_id)
    member = people.locked(tx, who.id)
    answering.show_life(tx, member)
    held = enrolments.held(tx, who.id, lesson.pack)
    if held is not None and held.state is EnrolmentState.ACTIVE:
        return member, lesson, None
    join = Button(say("Join"), Join(lesson.pack).write(), Style.PRIMARY)
    words = Text(say("Join this pack first; then its questions are yours."))
    return member, lesson, Say(Card(lesson.title, (words, Buttons((join,)))), replace=True)


def _open_set(tx: Tx, member: Member, lesson: Teachable) -> QuizSet | None:
    return sets.open_with_lesson(tx, member.id or 0, lesson.id)


def _set_with(tx: Tx, member: Member, lesson: Teachable) -> QuizSet:
    """The open set that holds the lesson, or one made for it alone; its questions are in it."""
    today = days.learning_day(tx.now, member.zone)
    row = _open_set(tx, member, lesson)
    if row is None:
        key = f"lesson:{member.id}:{lesson.id}:{today.isoformat()}"
        new = NewSet(
            key,
            member.workspace_id,
            member.id or 0,
            SetKind.PRACTICE,
            today,
            (),
            lesson.pack,
            lesson.id,
        )
        batches.make(tx, [new])
        row = sets.by_key(tx, key)
        assert row is not None
    if not any(one.after_lesson for one in sets.askings(tx, row.id or 0)):
        _add_checks(tx, member, lesson, row)
    return row


def _add_checks(tx: Tx, member: Member, lesson: Teachable, row: QuizSet) -> None:
    today = days.learning_day(tx.now, member.zone)
    asked = sets.asked_on(tx, member.id or 0, today)
    fresh = as_fresh(lesson)
    left = tuple(check for check in fresh.questions if check.question not in asked)
    picked = teaching.checks(
        teaching.Fresh(fresh.lesson, fresh.topic, fresh.pack, fresh.minutes, left),
        today,
        MOST_CHECKS,
    )
    versions = {one.question: one.version for one in lesson.questions}
    questions = laying.bodies(tx, [versions[check.question] for check in picked])
    batches.add_askings(
        tx,
        row,
        [
            laying.new_asking(
                row.key, check.question, versions[check.question], questions, after_lesson=True
            )
            for check in picked
        ],
    )
