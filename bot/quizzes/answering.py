"""An answer: graded by what was shown, believed once a day, told kindly; from any button, however old."""

from bot import days
from bot.quizzes import feedback, grading, memory, showing
from bot.quizzes.asked import Put, put
from bot.quizzes.believing import believe
from bot.quizzes.feedback import Remark, Told
from bot.quizzes.grading import Graded
from bot.quizzes.replies import Given, NotSure, from_texts, to_texts
from bot.routes import Who
from bot.terms import AskingState
from bot.ui import Card, Outcome, Say, Text
from bot.words import say
from storage import askings, enrolments, memories
from storage.engine import Tx
from storage.tables import Member


def answer(
    tx: Tx, who: Who, asking_id: int, given: Given | NotSure, *, replace: bool = True
) -> Outcome:
    """Take an answer, or say what became of the question."""
    mine = put(tx, who, asking_id)
    if (outcome := closed(tx, mine, replace=replace)) is not None:
        return outcome
    told = _take(tx, mine, given)
    return Say(
        feedback.told_card(told, showing.after_answer(tx, mine.member, mine.inside)), replace
    )


def closed(tx: Tx, mine: Put, *, replace: bool = True) -> Outcome | None:
    """What became of a question that takes no answer any more; None when it still does."""
    match mine.asking.state:
        case AskingState.ANSWERED:
            return Say(_again(tx, mine), replace)
        case AskingState.FLAGGED:
            return Say(
                _aside(
                    say("You flagged this question. It comes back when it has been changed."), mine
                ),
                replace,
            )
        case AskingState.EXPIRED | AskingState.LATER if _answered_since(tx, mine):
            return Say(
                _aside(
                    say("You have answered this question since, so there is nothing left to do."),
                    mine,
                ),
                replace,
            )
    return None


def _answered_since(tx: Tx, mine: Put) -> bool:
    return askings.answered_since(
        tx, mine.asking.member_id, mine.asking.question_id, mine.inside.created_at
    )


def _aside(words: str, mine: Put) -> Card:
    assert mine.inside.id is not None
    return Card(say("Already dealt with"), (Text(words), feedback.next_button(mine.inside.id)))


def _again(tx: Tx, mine: Put) -> Card:
    """The feedback on the first answer, once more."""
    assert mine.asking.id is not None
    given = from_texts(mine.content.form, mine.asking.given)
    held = memories.held(tx, mine.asking.member_id, mine.asking.question_id)
    today = days.learning_day(tx.now, mine.member.zone)
    told = Told(
        asking=mine.asking.id,
        question=mine.content,
        layout=mine.layout,
        graded=grading.grade(mine.content, given),
        remark=Remark.BEFORE,
        back_on=held.due_day if held is not None and held.due_day > today else None,
        today=today,
    )
    return feedback.told_card(told, showing.after_again(mine.inside))


def _take(tx: Tx, mine: Put, given: Given | NotSure) -> Told:
    assert mine.asking.id is not None
    today = days.learning_day(tx.now, mine.member.zone)
    graded = grading.grade(mine.content, given)
    held = memories.held(tx, mine.asking.member_id, mine.asking.question_id)
    practice = memory.is_practice(held.last_day if held else None, today)
    remark = Remark.CHANGED if mine.has_changed else Remark.PRACTICE if practice else Remark.NONE
    due_day = believe(tx, mine, given, graded, held, today, rated=remark is Remark.NONE)
    _settle(tx, mine, given, graded)
    show_life(tx, mine.member)
    return Told(mine.asking.id, mine.content, mine.layout, graded, remark, due_day, today)


def _settle(tx: Tx, mine: Put, given: Given | NotSure, graded: Graded) -> None:
    """The asking is answered; the same question is not wanted anywhere else today."""
    mine.asking.state, mine.asking.verdict = AskingState.ANSWERED, graded.verdict
    mine.asking.given, mine.asking.answered_at = to_texts(given), tx.now
    tx.session.flush()
    for other in askings.others_open(tx, mine.asking.member_id, mine.asking.question_id):
        other.state = AskingState.EXPIRED
    tx.session.flush()


def show_life(tx: Tx, member: Member) -> None:
    """The person did something: earlier silence is forgotten."""
    member.unanswered = 0
    if member.silent:
        member.silent = False
        enrolments.replan(tx, member)
