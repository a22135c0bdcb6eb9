"""The packs of a workspace as one member sees them: how far they are, what comes next, what comes back."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from bot.lessons.steps import Shelf, Step, next_step
from bot.terms import EnrolmentState, QuestionState
from storage import content, enrolments, memories
from storage.engine import Tx
from storage.tables import Lesson, Memory, Pack, Question


def shelves(tx: Tx, member_id: int, packs: Sequence[Pack]) -> list[Shelf]:
    """These packs as the member sees them."""
    taken = {one.enrolment.pack_id: one.enrolment for one in enrolments.of_member(tx, member_id)}
    lessons = memories.lessons_of(tx, [pack.id or 0 for pack in packs])
    done = memories.lessons_done(tx, [member_id]).get(member_id, set())
    found = []
    for pack in packs:
        mine = taken.get(pack.id or 0)
        inside = lessons.get(pack.id or 0, [])
        shelf = Shelf(
            pack=pack.id or 0,
            title=pack.title,
            summary=pack.summary,
            lessons=len(inside),
            done=sum(lesson.id in done for lesson in inside),
            enrolment=0 if mine is None else mine.id or 0,
            active=mine is not None and mine.state is EnrolmentState.ACTIVE,
            invited=mine is not None and mine.state is EnrolmentState.INVITED,
        )
        found.append(shelf)
    return found


def next_lesson(tx: Tx, member_id: int, pack_id: int) -> Lesson | None:
    """The lesson of a pack a member takes next, None when they are done with all."""
    rows = {row.id or 0: row for row in content.lessons(tx, pack_id)}
    topics = {topic.id: topic for topic in content.topics(tx, pack_id)}
    steps = [
        Step(lesson_id, topics[row.topic_id].slug if row.topic_id in topics else "")
        for lesson_id, row in rows.items()
    ]
    done = memories.lessons_done(tx, [member_id]).get(member_id, set())
    step = next_step(steps, {topic.slug: topic.needs for topic in topics.values()}, done)
    return None if step is None else rows[step.id]


def next_due_day(tx: Tx, member_id: int, pack_id: int) -> date | None:
    """The first day on which a question of one pack comes back to a member."""
    query = (
        sa.select(sa.func.min(col(Memory.due_day)))
        .join(Question, col(Question.id) == col(Memory.question_id))
        .where(col(Memory.member_id) == member_id, col(Question.pack_id) == pack_id)
        .where(col(Question.state) == QuestionState.LIVE)
    )
    day: date | None = tx.session.execute(query).scalar()
    return day
