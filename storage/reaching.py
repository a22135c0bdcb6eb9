"""Whom published content concerns: who learned a question, who begins it anew, who meets it later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from bot import days
from bot.terms import EnrolmentState, QuestionState
from storage.engine import Tx
from storage.tables import Enrolment, LessonDone, Member, Memory, Question

People = sa.Select[Any]
"""A query for members' ids."""


@dataclass(frozen=True, slots=True)
class Touch:
    """How many people a change of one question touches: who answered it, who has it due soon."""

    learned: int = 0
    due: int = 0


def touches(tx: Tx, pack_id: int, *, until: date) -> dict[int, Touch]:
    """Whom each question of a pack touches: those who answered it, those who have it due by a date."""
    answered = sa.func.sum(sa.case((col(Memory.stability).is_not(None), 1), else_=0))
    due = sa.func.sum(sa.case((col(Memory.due_day) <= until, 1), else_=0))
    query = (
        sa.select(col(Memory.question_id), answered, due)
        .join(Question, col(Question.id) == col(Memory.question_id))
        .join(Member, col(Member.id) == col(Memory.member_id))
        .where(col(Question.pack_id) == pack_id, col(Member.left_at).is_(None))
        .group_by(col(Memory.question_id))
    )
    return {question: Touch(int(a), int(d)) for question, a, d in tx.session.execute(query)}


def learners(tx: Tx, pack_id: int) -> int:
    """How many people learn a pack now."""
    query = (
        sa.select(sa.func.count())
        .select_from(Enrolment)
        .join(Member, col(Member.id) == col(Enrolment.member_id))
        .where(col(Enrolment.pack_id) == pack_id, col(Enrolment.state) == EnrolmentState.ACTIVE)
        .where(col(Member.left_at).is_(None))
    )
    return int(tx.session.execute(query).scalar_one())


def bring_forward(tx: Tx, questions: Sequence[int]) -> int:
    """Begin the belief in these questions anew for everybody who has one; how many people.

    Due on each person's next working day, or when it was due if that is sooner.
    The log of answers stays; a belief in the old answer says nothing of the new one.
    """
    met = sa.select(col(Memory.member_id)).where(col(Memory.question_id).in_(questions))
    return sum(_begin_anew(tx, questions, next_day) for next_day in _next_days(tx, met))


def reach(tx: Tx, questions: Sequence[int]) -> int:
    """Let everybody who is done with the lesson of one of these live questions meet it; how many people.

    Due on each person's next working day; who met it before is left alone.
    """
    done = (
        sa.select(col(LessonDone.member_id))
        .join(Question, col(Question.lesson_id) == col(LessonDone.lesson_id))
        .where(col(Question.id).in_(questions))
    )
    return sum(_meet(tx, questions, next_day) for next_day in _next_days(tx, done))


@dataclass(frozen=True, slots=True)
class _NextDay:
    """The next working day of those people who share a zone and working days."""

    day: date
    people: People
    number: int


def _next_days(tx: Tx, people: People) -> list[_NextDay]:
    among = col(Member.id).in_(people)
    shared = sa.select(col(Member.zone), col(Member.days), sa.func.count()).where(among)
    rows = tx.session.execute(shared.group_by(col(Member.zone), col(Member.days))).all()
    return [
        _NextDay(
            _next_day(tx, zone, mask),
            sa.select(col(Member.id)).where(
                among, col(Member.zone) == zone, col(Member.days) == mask
            ),
            number,
        )
        for zone, mask, number in rows
    ]


def _next_day(tx: Tx, zone: str, mask: int) -> date:
    working = [day for day in range(7) if mask >> day & 1] or days.WORKWEEK
    return days.next_working_day(days.learning_day(tx.now, zone) + timedelta(days=1), working)


def _begin_anew(tx: Tx, questions: Sequence[int], next_day: _NextDay) -> int:
    due = col(Memory.due_day)
    anew = {"stability": None, "difficulty": None, "last_day": None, "count": 0, "lapses": 0}
    tx.session.execute(
        sa.update(Memory)
        .where(col(Memory.question_id).in_(questions), col(Memory.member_id).in_(next_day.people))
        .values(
            **anew,
            due_day=sa.case((due < next_day.day, due), else_=sa.literal(next_day.day, sa.Date())),
        ),
        execution_options={"synchronize_session": False},
    )
    return next_day.number


def _meet(tx: Tx, questions: Sequence[int], next_day: _NextDay) -> int:
    known = sa.exists().where(
        col(Memory.member_id) == col(LessonDone.member_id),
        col(Memory.question_id) == col(Question.id),
    )
    unmet = (
        sa.select(
            col(LessonDone.member_id), col(Question.id), col(Question.workspace_id),
            sa.literal(next_day.day, sa.Date()), sa.literal(0), sa.literal(0),
        )
        .join(Question, col(Question.lesson_id) == col(LessonDone.lesson_id))
        .where(col(Question.id).in_(questions), col(Question.state) == QuestionState.LIVE)
        .where(col(LessonDone.member_id).in_(next_day.people), ~known)
    )  # fmt: skip
    columns = ["member_id", "question_id", "workspace_id", "due_day", "count", "lapses"]
    tx.session.execute(sa.insert(Memory).from_select(columns, unmet))
    return next_day.number
