"""A pack as rows and back: what is published of it, exactly as its author wrote it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from bot.lessons import identity, values
from bot.lessons.content import Answer, Lesson, Pack, Question, Topic
from bot.terms import QuestionState
from storage import content
from storage.engine import Tx
from storage.tables import Article, QuestionVersion
from storage.tables import Lesson as LessonRow
from storage.tables import Pack as PackRow
from storage.tables import Question as QuestionRow

Row = dict[str, Any]
"""Column values of one row."""


def pack_row(pack: Pack) -> Row:
    """What pack.md says, but for its id and its topics."""
    return {
        "title": pack.title,
        "summary": pack.summary,
        "version": pack.version,
        "language": pack.language,
        "licence": pack.licence,
        "owners": list(pack.owners),
        "reviewers": list(pack.reviewers),
        "media": list(pack.media),
        "review_days": pack.review_days,
        "recall_target": pack.recall_target,
        "mentor_mastery": pack.mentor_mastery,
        "mentor_questions": pack.mentor_questions,
        "fingerprint": identity.fingerprint(pack),
    }


def topic_rows(pack: Pack) -> list[Row]:
    """The topics in the pack's order."""
    return [
        {"slug": topic.slug, "title": topic.title, "needs": list(topic.needs), "position": at}
        for at, topic in enumerate(pack.topics)
    ]


def lesson_rows(pack: Pack, topics: Mapping[str, int]) -> list[Row]:
    """The lessons in teaching order; `topics` are ids by slug."""
    return [
        {
            **_item_row(lesson, at, topics),
            "objective": lesson.objective,
            "minutes": lesson.minutes,
        }
        for at, lesson in enumerate(pack.lessons)
    ]


def article_rows(pack: Pack, topics: Mapping[str, int]) -> list[Row]:
    """The ready answers in the pack's order; `topics` are ids by slug."""
    return [
        {**_item_row(answer, at, topics), "owner": answer.owner}
        for at, answer in enumerate(pack.answers)
    ]


def head(tx: Tx, row: PackRow) -> Pack:
    """What pack.md said when the pack was published; no lessons, no answers."""
    assert row.id is not None
    topics = content.topics(tx, row.id)
    return Pack(
        slug=row.slug,
        title=row.title,
        summary=row.summary,
        version=row.version,
        language=row.language,
        owners=tuple(row.owners),
        reviewers=tuple(row.reviewers),
        licence=row.licence,
        review_days=row.review_days,
        recall_target=row.recall_target,
        topics=tuple(Topic(topic.slug, topic.title, tuple(topic.needs)) for topic in topics),
        lessons=(),
        answers=(),
        media=tuple(row.media),
        mentor_mastery=row.mentor_mastery,
        mentor_questions=row.mentor_questions,
    )


def whole(tx: Tx, row: PackRow) -> Pack:
    """The pack as it was published last, versions that wait for approval included."""
    assert row.id is not None
    topics = {topic.id: topic.slug for topic in content.topics(tx, row.id)}
    questions = _questions(tx, row.id)
    lessons = [
        _lesson(lesson, topics[lesson.topic_id], questions.get(lesson.id or 0, []))
        for lesson in content.lessons(tx, row.id)
    ]
    articles = sorted(content.articles(tx, row.id), key=lambda article: article.position)
    answers = [_answer(article, topics[article.topic_id]) for article in articles]
    return replace(head(tx, row), lessons=tuple(lessons), answers=tuple(answers))


def _questions(tx: Tx, pack_id: int) -> dict[int, list[Question]]:
    """What the pack says of its questions, by the lesson's id, in its order."""
    V, Q = QuestionVersion, QuestionRow
    here = sa.and_(
        col(V.question_id) == col(Q.id),
        col(Q.pack_id) == pack_id,
        col(Q.state) != QuestionState.RETIRED,
    )
    query = sa.select(col(Q.lesson_id), col(Q.id), col(V.body)).join(Q, here)
    newest: dict[int, dict[int, Question]] = {}
    for lesson_id, question_id, body in tx.session.execute(
        query.order_by(col(Q.position), col(V.number))
    ):
        newest.setdefault(lesson_id, {})[question_id] = values.load(body)
    return {lesson_id: list(questions.values()) for lesson_id, questions in newest.items()}


def _lesson(row: LessonRow, topic: str, questions: Sequence[Question]) -> Lesson:
    return Lesson(
        slug=row.slug,
        topic=topic,
        title=row.title,
        objective=row.objective,
        minutes=row.minutes,
        body=row.body,
        questions=tuple(questions),
        aliases=tuple(row.aliases),
        sources=tuple(row.sources),
        reviewed=row.reviewed,
        path=row.path,
    )


def _answer(row: Article, topic: str) -> Answer:
    return Answer(
        slug=row.slug,
        topic=topic,
        title=row.title,
        body=row.body,
        aliases=tuple(row.aliases),
        sources=tuple(row.sources),
        owner=row.owner,
        reviewed=row.reviewed,
        path=row.path,
    )


def _item_row(item: Lesson | Answer, position: int, topics: Mapping[str, int]) -> Row:
    return {
        "slug": item.slug,
        "topic_id": topics[item.topic],
        "title": item.title,
        "body": item.body,
        "aliases": list(item.aliases),
        "sources": list(item.sources),
        "reviewed": item.reviewed,
        "position": position,
        "fingerprint": identity.fingerprint(item),
        "path": item.path,
    }
