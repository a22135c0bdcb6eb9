"""A pack that is edited and published, and people who learn it: for the tests of publishing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, select

from bot.lessons import publishing
from bot.lessons.content import Answer, Lesson, Option, Pack, Question, Topic
from bot.lessons.publishing import Published
from bot.terms import EnrolmentState, LessonMark, QuestionForm, SetKind, Verdict
from storage import batches, content, enrolments, memories, people
from storage.engine import Database, Tx
from storage.tables import Memory, Review
from storage.tables import Question as QuestionRow


def question(
    slug: str, *, stem: str = "What now?", right: str = "Ask", wrong: str = "Wait"
) -> Question:
    """A single choice."""
    options = (Option(right, True), Option(wrong, False))
    return Question(slug, QuestionForm.SINGLE, stem, "Because.", options=options)


def lesson(slug: str, *questions: Question, topic: str = "basics") -> Lesson:
    """A lesson with these questions."""
    return Lesson(
        slug,
        topic,
        slug.title(),
        "Do it.",
        2,
        f"About {slug}.",
        questions,
        path=f"lessons/{slug}.md",
    )


def pack(*lessons: Lesson, slug: str = "incidents", version: str = "1.0.0") -> Pack:
    """A pack with these lessons and one ready answer."""
    return Pack(
        slug=slug,
        title="Incidents",
        summary="What to do.",
        version=version,
        language="en",
        owners=("ana",),
        reviewers=("omar",),
        licence="CC-BY-4.0",
        review_days=180,
        recall_target=0.9,
        topics=(Topic("basics", "Basics"), Topic("more", "More", ("basics",))),
        lessons=lessons,
        answers=(Answer("who", "basics", "Who decides?", "You.", path="answers/who.md"),),
    )


PACK = pack(lesson("first", question("one"), question("two")), lesson("second", question("three")))
"""Three questions in two lessons."""


def edited(before: Pack, *questions: Question, without: str = "") -> Pack:
    """The pack with these questions in place of those of the same id, or without one."""
    new = {each.slug: each for each in questions}
    lessons = tuple(
        replace(
            one, questions=tuple(new.get(q.slug, q) for q in one.questions if q.slug != without)
        )
        for one in before.lessons
    )
    return replace(before, lessons=lessons)


@dataclass(slots=True)
class World:
    """One workspace, what is published in it, and what its people do."""

    database: Database
    workspace: int
    members: dict[str, int] = field(default_factory=dict)

    def publish(self, what: Pack, **named: Any) -> Published:
        """Publish as Ana."""
        return self.database.run_now(publishing.publish, self.workspace, what, by="Ana", **named)

    def question(self, slug: str, pack_slug: str = "incidents") -> QuestionRow:
        """The question's row."""
        return self.database.read_now(_question, self.workspace, pack_slug, slug)

    def says(self, slug: str) -> str:
        """The stem of the version in force."""
        row = self.question(slug)
        version = self.database.read_now(content.versions, [row.version_id])[row.version_id]
        return str(version.body["stem"])

    def learned(self, member: int, slug: str, *, due: date) -> None:
        """The member read the lesson, answered the question, and has it due on a day."""
        self.database.run_now(_learn, member, self.question(slug), due)

    def memory(self, member: int, slug: str) -> Memory | None:
        """What is believed of a member and a question."""
        question_id = self.question(slug).id
        return self.database.read_now(lambda tx: tx.session.get(Memory, (member, question_id)))

    def rows(self) -> dict[str, list[Mapping[str, Any]]]:
        """Every row of every table."""
        return self.database.read_now(_rows)

    def own(self, table: type[SQLModel]) -> list[Any]:
        """This workspace's rows of a table."""
        query = select(table).where(table.workspace_id == self.workspace)  # type: ignore[attr-defined]
        return self.database.read_now(lambda tx: list(tx.session.exec(query)))


def _question(tx: Tx, workspace: int, pack_slug: str, slug: str) -> QuestionRow:
    held = content.pack(tx, workspace, pack_slug)
    assert held is not None
    query = select(QuestionRow).where(QuestionRow.pack_id == held.id, QuestionRow.slug == slug)
    return tx.session.exec(query).one()


def _learn(tx: Tx, member_id: int, row: QuestionRow, due: date) -> None:
    member = people.member(tx, member_id)
    assert member is not None
    assert row.id is not None
    memories.finish_lesson(tx, member, row.lesson_id, LessonMark.READ)
    enrolments.enrol(tx, member, row.pack_id, EnrolmentState.ACTIVE)
    today = tx.now.date()
    key = f"{member_id}:{row.id}:{tx.now}"
    shown = batches.NewAsking(row.id, row.version_id, (0, 1))
    batches.make(
        tx,
        [batches.NewSet(key, member.workspace_id, member_id, SetKind.DAILY, today, (shown,))],
    )
    review = Review(
        workspace_id=member.workspace_id,
        member_id=member_id,
        question_id=row.id,
        version_id=row.version_id,
        at=tx.now,
        day=today,
        verdict=Verdict.RIGHT,
        given=["0"],
        target=0.9,
        due_day=due,
    )
    tx.add(review)
    memory = Memory(
        workspace_id=member.workspace_id,
        member_id=member_id,
        question_id=row.id,
        stability=9.0,
        difficulty=5.0,
        last_day=today,
        due_day=due,
        count=1,
    )
    tx.session.merge(memory)


def _rows(tx: Tx) -> dict[str, list[Mapping[str, Any]]]:
    return {
        table.name: [
            dict(row)
            for row in tx.session.execute(sa.select(table).order_by(*table.primary_key)).mappings()
        ]
        for table in SQLModel.metadata.sorted_tables
    }
