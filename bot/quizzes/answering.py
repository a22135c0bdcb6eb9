"""An answer: graded by what was shown, believed once a day, told kindly; from any button, however old."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot import days
from bot.errors import Refusal
from bot.lessons import values
from bot.lessons.content import Question as Content
from bot.quizzes import feedback, grading, memory, showing
from bot.quizzes.feedback import Remark, Told
from bot.quizzes.grading import Graded
from bot.quizzes.memory import Answered, Belief, Standing
from bot.quizzes.replies import Given, NotSure, from_texts, to_texts
from bot.routes import Who
from bot.terms import AskingState, QuestionState, VersionId
from bot.ui import Card, Outcome, Say, Text
from bot.words import say
from storage import askings, decisions, enrolments, memories, people
from storage.engine import Tx
from storage.tables import Asking, Member, Memory, Question, QuestionVersion, QuizSet, Review


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it was put to a member: the asking, its set, the question, what it said then."""

    member: Member
    asking: Asking
    inside: QuizSet
    question: Question
    version: QuestionVersion
    content: Content

    @property
    def layout(self) -> tuple[int, ...]:
        """The order in which its parts were shown."""
        return tuple(self.asking.layout)

    @property
    def has_changed(self) -> bool:
        """Whether it means something else now, or is about to."""
        return (
            self.question.meaning != self.version.meaning
            or self.question.state is QuestionState.ASIDE
        )


def put(tx: Tx, who: Who, asking_id: int) -> Put:
    """The question behind a button, locked with its person; a Refusal when it was not put to them."""
    member = people.locked(tx, who.id)
    asking = askings.asking(tx, asking_id)
    if asking is None or asking.member_id != who.id:
        raise Refusal(
            say("This question was not put to you. Write `quiz` for yours."), code="not_yours"
        )
    found = askings.asked(tx, asking)
    return Put(member, asking, *found, values.load(found[2].body))


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
    due_day = _believe(tx, mine, given, graded, held, today, rated=remark is Remark.NONE)
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


def _believe(
    tx: Tx,
    mine: Put,
    given: Given | NotSure,
    graded: Graded,
    held: Memory | None,
    today: date,
    *,
    rated: bool,
) -> date | None:
    """Write the answer down and, when it is rated, what is believed now; the day it comes back."""
    target = memories.target(tx, mine.asking.member_id, mine.question.pack_id)
    before = _standing(held)
    line = Answered(today, memory.grade(graded.verdict, practice=not rated), target)
    after = memory.learn(before, line)
    due_day = _due_day(tx, mine, after, held, today, rated=rated)
    _log(tx, mine, given, graded, line, before, after, due_day)
    if rated:
        row = held or Memory(
            member_id=mine.asking.member_id, question_id=mine.asking.question_id,
            workspace_id=mine.asking.workspace_id, due_day=due_day,
        )  # fmt: skip
        assert after.belief is not None
        row.stability, row.difficulty = after.belief.stability, after.belief.difficulty
        row.last_day, row.due_day = after.last_day, due_day
        row.count, row.lapses = after.count, after.lapses
        tx.add(row)
    decisions.record(
        tx, mine.member, "answered", _facts(mine, graded, before, after, due_day, rated=rated)
    )
    return due_day if rated or held is not None else None


def _standing(held: Memory | None) -> Standing:
    if held is None:
        return Standing()
    known = held.stability is not None and held.difficulty is not None
    belief = Belief(held.stability or 0.0, held.difficulty or 0.0) if known else None
    return Standing(belief, held.last_day, None, held.count, held.lapses)


def _due_day(
    tx: Tx, mine: Put, after: Standing, held: Memory | None, today: date, *, rated: bool
) -> date:
    working = people.rhythm(mine.member).days
    if not rated or after.interval_days is None:
        return (
            held.due_day
            if held is not None
            else days.next_working_day(today + timedelta(days=1), working)
        )
    first, last = memory.window(after.interval_days)
    load = memories.due_counts(
        tx, mine.asking.member_id, today + timedelta(days=first), today + timedelta(days=last)
    )
    key = ("due", mine.asking.member_id, mine.asking.question_id, after.count)
    return memory.due_day(today, after.interval_days, working_days=working, key=key, load=load)


def _log(
    tx: Tx,
    mine: Put,
    given: Given | NotSure,
    graded: Graded,
    line: Answered,
    before: Standing,
    after: Standing,
    due_day: date,
) -> None:
    was, now = before.belief, after.belief if line.grade is not None else None
    since = (line.day - before.last_day).days if before.last_day else 0
    tx.add(
        Review(
            workspace_id=mine.asking.workspace_id,
            member_id=mine.asking.member_id,
            question_id=mine.asking.question_id,
            version_id=VersionId(mine.asking.version_id),
            asking_id=mine.asking.id,
            at=tx.now,
            day=line.day,
            verdict=graded.verdict,
            given=to_texts(given),
            typo=graded.typo,
            misconception=graded.misconceptions[0] if graded.misconceptions else "",
            grade=line.grade,
            recall_before=memory.recall(was.stability, since) if was else None,
            stability_before=was.stability if was else None,
            difficulty_before=was.difficulty if was else None,
            stability_after=now.stability if now else None,
            difficulty_after=now.difficulty if now else None,
            target=line.target,
            due_day=due_day,
        )
    )


def _facts(
    mine: Put, graded: Graded, before: Standing, after: Standing, due_day: date, *, rated: bool
) -> dict[str, object]:
    return {
        "question": mine.asking.question_id,
        "verdict": graded.verdict.value,
        "rated": rated,
        "changed": mine.has_changed,
        "from": round(before.belief.stability, 1) if before.belief else None,
        "to": round(after.belief.stability, 1) if after.belief else None,
        "due": due_day.isoformat(),
    }
