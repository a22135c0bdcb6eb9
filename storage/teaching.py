"""What the lessons of packs hold, read for many learners at once, and what each learner is done with."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from bot.terms import QuestionState
from storage.engine import Tx
from storage.tables import Lesson, LessonDone, Memory, Question, QuestionVersion, Topic


@dataclass(frozen=True, slots=True)
class Shown:
    """A question of a lesson that may be asked, and the version it is asked with."""

    question: int
    lesson: int
    slug: str
    variant_of: str
    version: int

    @property
    def family(self) -> str:
        """What variants of one another share."""
        return self.variant_of or self.slug


@dataclass(frozen=True, slots=True)
class Teachable:
    """A lesson of a pack, in teaching order, with its questions."""

    id: int
    pack: int
    topic: int
    title: str
    objective: str
    minutes: int
    questions: tuple[Shown, ...]


def lessons(tx: Tx, packs: Collection[int]) -> dict[int, list[Teachable]]:
    """The lessons each pack has now, in teaching order."""
    inside: dict[int, list[Shown]] = {}
    for row in tx.session.execute(
        sa.select(
            col(Question.id),
            col(Question.lesson_id),
            col(Question.slug),
            col(Question.variant_of),
            col(Question.version_id),
        )
        .where(col(Question.pack_id).in_(packs), col(Question.state) == QuestionState.LIVE)
        .order_by(col(Question.position), col(Question.id))
    ):
        inside.setdefault(row[1], []).append(Shown(*row))
    found: dict[int, list[Teachable]] = {}
    query = (
        sa.select(
            col(Lesson.id), col(Lesson.pack_id), col(Lesson.topic_id), col(Lesson.title), col(Lesson.objective),
            col(Lesson.minutes),
        )
        .where(col(Lesson.pack_id).in_(packs), col(Lesson.retired).is_(False))
        .order_by(col(Lesson.pack_id), col(Lesson.position), col(Lesson.id))
    )  # fmt: skip
    for lesson, pack, topic, title, objective, minutes in tx.session.execute(query):
        questions = tuple(inside.get(lesson, ()))
        found.setdefault(pack, []).append(
            Teachable(lesson, pack, topic, title, objective, minutes, questions)
        )
    return found


def needs(tx: Tx, packs: Collection[int]) -> dict[int, tuple[int, ...]]:
    """The topics to learn before each topic of these packs, by id."""
    rows = tx.session.execute(
        sa.select(col(Topic.id), col(Topic.pack_id), col(Topic.slug), col(Topic.needs)).where(
            col(Topic.pack_id).in_(packs), col(Topic.retired).is_(False)
        )
    ).all()
    ids = {(pack, slug): topic for topic, pack, slug, _ in rows}
    return {
        topic: tuple(ids[pack, slug] for slug in wanted if (pack, slug) in ids)
        for topic, pack, _, wanted in rows
    }


def done(tx: Tx, members: Collection[int]) -> dict[int, set[int]]:
    """The lessons each member is done with."""
    query = sa.select(col(LessonDone.member_id), col(LessonDone.lesson_id))
    found: dict[int, set[int]] = {}
    for member, lesson in tx.session.execute(query.where(col(LessonDone.member_id).in_(members))):
        found.setdefault(member, set()).add(lesson)
    return found


def taught_at(tx: Tx, members: Collection[int]) -> dict[int, dict[int, datetime]]:
    """When each member was done with a lesson of each pack last."""
    newest = sa.func.max(col(LessonDone.at)).label("newest")
    query = (
        sa.select(col(LessonDone.member_id), col(Lesson.pack_id), newest)
        .join(Lesson, col(Lesson.id) == col(LessonDone.lesson_id))
        .where(col(LessonDone.member_id).in_(members))
        .group_by(col(LessonDone.member_id), col(Lesson.pack_id))
    )
    found: dict[int, dict[int, datetime]] = {}
    for member, pack, at in tx.session.execute(query):
        found.setdefault(member, {})[pack] = at
    return found


def answered_since(tx: Tx, members: Collection[int], since: date) -> dict[int, dict[int, date]]:
    """The questions each member answered on one of their days from `since` on, with the last such day."""
    query = sa.select(col(Memory.member_id), col(Memory.question_id), col(Memory.last_day))
    found: dict[int, dict[int, date]] = {}
    for member, question, day in tx.session.execute(
        query.where(col(Memory.member_id).in_(members), col(Memory.last_day) >= since)
    ):
        found.setdefault(member, {})[question] = day
    return found


def lesson(tx: Tx, workspace_id: int, lesson_id: int) -> Teachable | None:
    """The lesson of this id with its questions, if it is of this workspace and still taught."""
    row = tx.session.get(Lesson, lesson_id)
    if row is None or row.workspace_id != workspace_id or row.retired:
        return None
    return next(
        (one for one in lessons(tx, [row.pack_id]).get(row.pack_id, []) if one.id == lesson_id),
        None,
    )


def lesson_rows(tx: Tx, ids: Collection[int]) -> dict[int, Lesson]:
    """These lessons, by id."""
    if not ids:
        return {}
    return {
        row.id: row
        for row in tx.session.exec(select(Lesson).where(col(Lesson.id).in_(ids)))
        if row.id
    }


def topic_titles(tx: Tx, ids: Collection[int]) -> dict[int, str]:
    """The titles of these topics, by id."""
    if not ids:
        return {}
    query = sa.select(col(Topic.id), col(Topic.title)).where(col(Topic.id).in_(ids))
    return {topic: title for topic, title in tx.session.execute(query)}


def topic(tx: Tx, workspace_id: int, topic_id: int) -> Topic | None:
    """The topic of this id, if it is of this workspace and still taught."""
    row = tx.session.get(Topic, topic_id)
    return row if row is not None and row.workspace_id == workspace_id and not row.retired else None


def bodies(tx: Tx, versions: Collection[int]) -> dict[int, dict[str, Any]]:
    """What these versions of questions say, as they are stored, by id."""
    if not versions:
        return {}
    query = sa.select(col(QuestionVersion.id), col(QuestionVersion.body))
    rows = tx.session.execute(query.where(col(QuestionVersion.id).in_(versions)))
    return {version: body for version, body in rows}
