"""What comes next in a set, shown: a question, the lesson, or how it ended."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from bot import days
from bot.lessons import values
from bot.lessons.acts import Join, OpenPack
from bot.people.acts import OpenSettings
from bot.quizzes import feedback, lesson_views, messages, rules, teaching, views
from bot.quizzes.feedback import Ending
from bot.quizzes.layout import layout
from bot.quizzes.rules import Ask, Finish, Offer, Part, Teach
from bot.teams.acts import Accept, Decline
from bot.terms import (
    AskingState,
    EnrolmentState,
    LessonMark,
    QuestionId,
    QuestionState,
    SetKind,
    SetState,
    Verdict,
)
from bot.ui import Block, Button, Buttons, Card, Outcome, Say, Style, Text
from bot.words import on_day_at, say
from storage import askings, decisions, enrolments, memories, people, sets
from storage import teaching as shelves
from storage.engine import Tx
from storage.tables import Asking, Member, QuizSet


def go_on(tx: Tx, member: Member, row: QuizSet, *, replace: bool) -> Outcome:
    """What comes next in an open set."""
    return Say(next_card(tx, member, row), replace)


def next_card(tx: Tx, member: Member, row: QuizSet) -> Card:
    """The card of what comes next; the set is done when nothing does."""
    match rules.next_step(parts(tx, row), lesson_left=lesson_left(tx, member, row)):
        case Ask(asking_id):
            return _ask(tx, member, row, asking_id)
        case Offer():
            return lesson_views.offer(_lesson(tx, row))
        case Teach():
            return lesson_views.read(_lesson(tx, row), tested=True)
        case Finish():
            finish(tx, row)
            return Card(say("That's it for now"), ending_blocks(tx, member, row))


def after_answer(tx: Tx, member: Member, row: QuizSet) -> Sequence[Block]:
    """What stands under an answer's feedback: on to the next, or how the set ended."""
    inside = parts(tx, row)
    left = lesson_left(tx, member, row)
    if left and rules.passed(inside):
        know_lesson(tx, member, row.lesson_id or 0, LessonMark.KNOWN, row)
        left = False
    if row.state is not SetState.OPEN or not isinstance(
        rules.next_step(inside, lesson_left=left), Finish
    ):
        return (feedback.next_button(row.id or 0),)
    finish(tx, row)
    if row.kind is SetKind.LEVEL:
        _find_level(tx, member, row)
    return ending_blocks(tx, member, row)


def _find_level(tx: Tx, member: Member, row: QuizSet) -> None:
    """Who knew two questions of the first lesson, and missed none, can go on to the second."""
    lesson = next(iter(shelves.lessons(tx, [row.pack_id or 0]).get(row.pack_id or 0, ())), None)
    if lesson is None:
        return
    keys = [f"{kind.value}:{member.id}:{row.pack_id}" for kind in (SetKind.TASTER, SetKind.LEVEL)]
    of_first = {one.question for one in lesson.questions}
    found = [
        verdict for question, verdict in askings.verdicts(tx, keys).items() if question in of_first
    ]
    if len(found) >= 2 and all(verdict is Verdict.RIGHT for verdict in found):
        know_lesson(tx, member, lesson.id, LessonMark.KNOWN, row)


def after_again(row: QuizSet) -> Sequence[Block]:
    """What stands under feedback that is told once more."""
    return (feedback.next_button(row.id or 0),) if row.state is not SetState.DONE else ()


def parts(tx: Tx, row: QuizSet) -> list[Part]:
    """Where the questions of a set stand."""
    return [
        Part(one.id or 0, one.state, one.after_lesson, one.verdict)
        for one in sets.askings(tx, row.id or 0)
    ]


def lesson_left(tx: Tx, member: Member, row: QuizSet) -> bool:
    """Whether the set holds a lesson that the member is not done with."""
    if row.lesson_id is None:
        return False
    return row.lesson_id not in memories.lessons_done(tx, [member.id or 0]).get(
        member.id or 0, set()
    )


def finish(tx: Tx, row: QuizSet) -> None:
    """The set is done."""
    if row.state is SetState.OPEN:
        row.state, row.ended_at = SetState.DONE, tx.now
        tx.session.flush()


def _ask(tx: Tx, member: Member, row: QuizSet, asking_id: int) -> Card:
    asking = askings.asking(tx, asking_id)
    assert asking is not None
    _, question, version = askings.asked(tx, asking)
    if question.state is not QuestionState.LIVE:
        asking.state = AskingState.EXPIRED
        tx.session.flush()
        return next_card(tx, member, row)
    if (
        asking.state is AskingState.WAITING
        and asking.position
        and version.id != question.version_id
    ):
        asking.version_id = question.version_id
        tx.session.flush()
        _, _, version = askings.asked(tx, asking)
        asking.layout = list(layout(values.load(version.body), row.key, question.id or 0))
    asking.state, asking.shown_at = AskingState.SHOWN, tx.now
    tx.session.flush()
    return views.question_card(as_asked(tx, asking))


def as_asked(tx: Tx, asking: Asking) -> views.Asked:
    """An asking as its views want it."""
    _, question, version = askings.asked(tx, asking)
    titles = shelves.topic_titles(tx, [question.topic_id])
    return views.Asked(
        asking.id or 0,
        values.load(version.body),
        tuple(asking.layout),
        titles.get(question.topic_id, ""),
        asking.position + 1,
        len(sets.askings(tx, asking.set_id)),
    )


def _lesson(tx: Tx, row: QuizSet) -> lesson_views.Lesson:
    return messages.as_shown(shelves.lesson_rows(tx, [row.lesson_id or 0])[row.lesson_id or 0])


def know_lesson(tx: Tx, member: Member, lesson_id: int, mark: LessonMark, row: QuizSet) -> None:
    """The member is done with a lesson: what this set does not ask comes back, one a working day.

    What the set asks but gets no answer to is due on the next working day.
    """
    lesson = shelves.lesson(tx, member.workspace_id, lesson_id)
    if lesson is None or not memories.finish_lesson(tx, member, lesson_id, mark):
        return
    today = days.learning_day(tx.now, member.zone)
    working = people.rhythm(member).days
    begin = today + timedelta(days=rules.KNOWN_AGAIN_DAYS) if mark is LessonMark.KNOWN else today
    asked = {one.question_id for one in sets.askings(tx, row.id or 0)}
    questions = [QuestionId(one.question) for one in lesson.questions]
    known = memories.met(tx, member.id or 0, questions) | asked
    others = teaching.one_by_one(
        [one for one in questions if one not in known], learned=begin, working_days=working
    )
    tomorrow = days.next_working_day(today + timedelta(days=1), working)
    memories.meet(
        tx, member, {**{one: tomorrow for one in questions if one in asked}, **dict(others)}
    )
    decisions.record(
        tx, member, "lesson", {"lesson": lesson_id, "pack": lesson.pack, "mark": mark.value}
    )


def ending_blocks(tx: Tx, member: Member, row: QuizSet) -> tuple[Block, ...]:
    """How a set ended, and what one can do now."""
    if row.kind is SetKind.TASTER:
        return _after_taster(tx, member, row)
    blocks = feedback.ending_blocks(_ending(tx, member, row))
    if row.kind is SetKind.LEVEL:
        button = Button(say("First lesson"), OpenPack(row.pack_id or 0).write(), Style.PRIMARY)
        return (*blocks, Buttons((button,)))
    return blocks


def _ending(tx: Tx, member: Member, row: QuizSet) -> Ending:
    today = days.learning_day(tx.now, member.zone)
    answered = [one for one in sets.askings(tx, row.id or 0) if one.state is AskingState.ANSWERED]
    wrong = next((one for one in answered if one.verdict is not Verdict.RIGHT), None)
    tip = askings.asked(tx, wrong)[1].lesson_id if wrong is not None else None
    titles = shelves.lesson_rows(tx, [tip] if tip else [])
    due_days = memories.due_days(tx, member.id or 0, [one.question_id for one in answered])
    return Ending(
        right=sum(one.verdict is Verdict.RIGHT for one in answered),
        answered=len(answered),
        back=Counter(day for day in due_days if day > today),
        today=today,
        week_days=len(sets.answered_days(tx, member.id or 0, rules.week_start(today))),
        week_goal=rules.WEEK_GOAL,
        tip_lesson=tip,
        tip_title=titles[tip].title if tip else "",
        next_at=on_day_at(member.next_set_at, now=tx.now, zone=member.zone)
        if member.next_set_at
        else "",
    )


def _after_taster(tx: Tx, member: Member, row: QuizSet) -> tuple[Block, ...]:
    """After the taster: join, another hour, or no thanks."""
    taken = enrolments.held(tx, member.id or 0, row.pack_id or 0)
    if taken is not None and taken.state is EnrolmentState.ACTIVE:
        button = Button(say("Next lesson"), OpenPack(row.pack_id or 0).write(), Style.PRIMARY)
        return (Buttons((button,)),)
    time = Button(say("Change time"), OpenSettings().write())
    text = Text(
        say("That is how it works: a question or a few a day, back just before you would forget.")
    )
    if taken is None or taken.state is not EnrolmentState.INVITED:
        return text, Buttons(
            (Button(say("Join"), Join(row.pack_id or 0).write(), Style.PRIMARY), time)
        )
    join = Button(say("Join"), Accept(taken.id or 0).write(), Style.PRIMARY)
    return text, Buttons((join, time, Button(say("No thanks"), Decline(taken.id or 0).write())))
