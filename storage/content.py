"""Published packs, topics, lessons and questions, read."""

from collections.abc import Sequence

from sqlmodel import col, select

from bot.terms import QuestionState
from storage.engine import Tx
from storage.tables import Article, Lesson, Pack, Question, QuestionVersion, Topic


def packs(tx: Tx, workspace_id: int) -> Sequence[Pack]:
    """Every pack of a workspace, by title."""
    query = select(Pack).where(Pack.workspace_id == workspace_id).order_by(col(Pack.title))
    return tx.session.exec(query).all()


def pack(tx: Tx, workspace_id: int, slug: str) -> Pack | None:
    """The pack of this slug."""
    query = select(Pack).where(Pack.workspace_id == workspace_id, Pack.slug == slug)
    return tx.session.exec(query).first()


def pack_of(tx: Tx, workspace_id: int, pack_id: int) -> Pack | None:
    """The pack of this id, if it is of this workspace."""
    row = tx.session.get(Pack, pack_id)
    return row if row is not None and row.workspace_id == workspace_id else None


def topics(tx: Tx, pack_id: int) -> Sequence[Topic]:
    """The topics a pack has now, in its order."""
    query = select(Topic).where(Topic.pack_id == pack_id, col(Topic.retired).is_(False))
    return tx.session.exec(query.order_by(col(Topic.position))).all()


def lessons(tx: Tx, pack_id: int) -> Sequence[Lesson]:
    """The lessons a pack has now, in teaching order."""
    query = select(Lesson).where(Lesson.pack_id == pack_id, col(Lesson.retired).is_(False))
    return tx.session.exec(query.order_by(col(Lesson.position))).all()


def lesson_of(tx: Tx, workspace_id: int, lesson_id: int) -> Lesson | None:
    """The lesson of this id, if it is of this workspace."""
    row = tx.session.get(Lesson, lesson_id)
    return row if row is not None and row.workspace_id == workspace_id else None


def questions(tx: Tx, lesson_id: int) -> Sequence[Question]:
    """The questions of a lesson that may be asked, in its order."""
    query = select(Question).where(
        Question.lesson_id == lesson_id, Question.state == QuestionState.LIVE
    )
    return tx.session.exec(query.order_by(col(Question.position))).all()


def questions_of_topic(tx: Tx, topic_id: int) -> Sequence[Question]:
    """The questions of a topic that may be asked, in teaching order."""
    query = (
        select(Question)
        .join(Lesson, col(Lesson.id) == col(Question.lesson_id))
        .where(Question.topic_id == topic_id, Question.state == QuestionState.LIVE)
        .order_by(col(Lesson.position), col(Question.position))
    )
    return tx.session.exec(query).all()


def versions(tx: Tx, ids: Sequence[int]) -> dict[int, QuestionVersion]:
    """What those versions say, by id."""
    if not ids:
        return {}
    rows = tx.session.exec(select(QuestionVersion).where(col(QuestionVersion.id).in_(ids))).all()
    return {row.id: row for row in rows if row.id is not None}


def articles(tx: Tx, pack_id: int) -> Sequence[Article]:
    """The ready answers a pack has now."""
    query = select(Article).where(Article.pack_id == pack_id, col(Article.retired).is_(False))
    return tx.session.exec(query.order_by(col(Article.slug))).all()
