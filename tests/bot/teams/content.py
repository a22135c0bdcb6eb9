"""A published pack for the tests of members and channels, written as rows."""

from bot.lessons import values
from bot.lessons.content import Option
from bot.lessons.content import Question as Asked
from bot.terms import QuestionForm
from storage.engine import Tx
from storage.tables import Lesson, Pack, Question, QuestionVersion, Topic


def publish(
    tx: Tx,
    workspace: int,
    slug: str = "incidents",
    title: str = "Incident basics",
    lessons: int = 3,
) -> int:
    """A pack of two topics: all lessons but the last in `triage`; the last in `writing`, which needs it."""
    pack = Pack(
        workspace_id=workspace,
        slug=slug,
        title=title,
        summary="For everyone who may be around. Afterwards you can act.",
        version="1.0.0",
        language="en",
        licence="CC-BY-4.0",
        owners=["ana"],
        reviewers=["sam"],
        media=[],
        review_days=180,
        recall_target=0.9,
        mentor_mastery=0.85,
        mentor_questions=6,
        fingerprint="1",
        published_at=tx.now,
    )
    tx.add(pack)
    triage = _topic(tx, pack, "triage", [], 0)
    writing = _topic(tx, pack, "writing", ["triage"], 1)
    for at in range(lessons):
        _lesson(tx, pack, writing if at == lessons - 1 and lessons > 1 else triage, at)
    return pack.id or 0


def _topic(tx: Tx, pack: Pack, slug: str, needs: list[str], position: int) -> int:
    row = Topic(
        workspace_id=pack.workspace_id,
        pack_id=pack.id or 0,
        slug=slug,
        title=slug.capitalize(),
        needs=needs,
        position=position,
    )
    tx.add(row)
    return row.id or 0


def _lesson(tx: Tx, pack: Pack, topic: int, at: int) -> None:
    row = Lesson(
        workspace_id=pack.workspace_id,
        pack_id=pack.id or 0,
        topic_id=topic,
        slug=f"lesson-{at + 1}",
        title=f"Lesson {at + 1}",
        objective="Do it.",
        minutes=2,
        body=f"**Idea {at + 1}.**",
        aliases=[],
        sources=["https://wiki.example.com/severity"],
        position=at,
        fingerprint="1",
        path=f"lessons/{at + 1}.md",
    )
    tx.add(row)
    question = Question(
        workspace_id=pack.workspace_id,
        pack_id=pack.id or 0,
        topic_id=topic,
        lesson_id=row.id or 0,
        slug=f"question-{at + 1}",
        position=0,
        wording="1",
        meaning="1",
    )
    tx.add(question)
    question.version_id = _version(tx, question)
    tx.session.flush()


def _version(tx: Tx, question: Question) -> int:
    asked = Asked(
        slug=question.slug,
        form=QuestionForm.SINGLE,
        stem=f"What of {question.slug}?",
        explanation="It is so.",
        options=(Option("SEV1", right=False), Option("SEV2", right=True)),
    )
    row = QuestionVersion(
        workspace_id=question.workspace_id,
        question_id=question.id or 0,
        number=1,
        form=QuestionForm.SINGLE,
        body=values.dump(asked),
        wording="1",
        meaning="1",
        published_at=tx.now,
    )
    tx.add(row)
    return row.id or 0
