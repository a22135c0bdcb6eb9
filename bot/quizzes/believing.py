"""What an answer changes: the log gets a line and, once a day, belief moves on and sets the day to come back."""

from datetime import date, timedelta

from bot import days
from bot.quizzes import memory
from bot.quizzes.asked import Put
from bot.quizzes.grading import Graded
from bot.quizzes.memory import Answered, Belief, Standing
from bot.quizzes.replies import Given, NotSure, to_texts
from bot.terms import VersionId
from storage import decisions, memories, people
from storage.engine import Tx
from storage.tables import Memory, Review


def believe(
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
