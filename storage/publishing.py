"""Published content, written: whole packs at a time, in bulk, by slug.

Nothing here deletes what a learner can have met: topics, lessons, articles and questions are retired.
The one row that goes is a version that waited and was never asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import col

from bot import days
from bot.lessons.fate import Place, Standing, Waiting
from bot.terms import EnrolmentState, QuestionState
from storage.engine import Tx
from storage.shelves import Row
from storage.tables import (
    Article,
    Audit,
    Enrolment,
    Lesson,
    LessonDone,
    Member,
    Memory,
    Pack,
    Question,
    QuestionVersion,
    Topic,
    Workspace,
)

PACKS: sa.Table = Pack.__table__  # type: ignore[attr-defined]
TOPICS: sa.Table = Topic.__table__  # type: ignore[attr-defined]
LESSONS: sa.Table = Lesson.__table__  # type: ignore[attr-defined]
ARTICLES: sa.Table = Article.__table__  # type: ignore[attr-defined]
QUESTIONS: sa.Table = Question.__table__  # type: ignore[attr-defined]
VERSIONS: sa.Table = QuestionVersion.__table__  # type: ignore[attr-defined]
MEMORIES: sa.Table = Memory.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Touch:
    """How many people a change of one question touches: who answered it, who has it due soon."""

    learned: int = 0
    due: int = 0


def lock(tx: Tx, workspace_id: int) -> None:
    """Let one publisher at a time into a workspace, until the transaction ends."""
    tx.session.execute(sa.select(col(Workspace.id)).where(col(Workspace.id) == workspace_id).with_for_update())


def write_pack(tx: Tx, workspace_id: int, slug: str, values: Row) -> int:
    """Write what pack.md says; the pack's id."""
    here = sa.and_(PACKS.c.workspace_id == workspace_id, PACKS.c.slug == slug)
    known = tx.session.execute(sa.update(PACKS).where(here).values(values).returning(PACKS.c.id)).scalar()
    if known is not None:
        return int(known)
    row = {"workspace_id": workspace_id, "slug": slug, **values}
    return int(tx.session.execute(sa.insert(PACKS).values(row).returning(PACKS.c.id)).scalar_one())


def shelve(tx: Tx, table: sa.Table, workspace_id: int, pack_id: int, wanted: Sequence[Row]) -> dict[str, int]:
    """Make a pack's topics, lessons or articles be these, and retire the rest; their ids by slug."""
    held = {row["slug"]: row for row in _all_of(tx, table, pack_id)}
    rows = [{**row, "retired": False} for row in wanted]
    new = [row for row in rows if row["slug"] not in held]
    edited = [row for row in rows if row["slug"] in held and _differs(held[row["slug"]], row)]
    gone = held.keys() - {row["slug"] for row in rows}
    _update(tx, table, [{"id": held[row["slug"]]["id"], **row} for row in edited])
    _update(tx, table, [{"id": held[slug]["id"], "retired": True} for slug in sorted(gone)])
    added = _add(tx, table, [{"workspace_id": workspace_id, "pack_id": pack_id, **row} for row in new])
    return {slug: row["id"] for slug, row in held.items()} | added


def prints(tx: Tx, table: sa.Table, pack_id: int) -> list[tuple[int, str, str, bool]]:
    """Id, slug, fingerprint and whether it is retired, of every lesson or article a pack ever had, in order."""
    C = table.c
    query = sa.select(C.id, C.slug, C.fingerprint, C.retired).where(C.pack_id == pack_id)
    return list(tx.session.execute(query.order_by(C.position, C.id)).tuples())


def standings(tx: Tx, pack_id: int) -> dict[str, Standing]:
    """Every question a pack ever had, as it stands, by slug."""
    newest = _newest(tx, pack_id)
    query = sa.select(QUESTIONS).where(QUESTIONS.c.pack_id == pack_id).order_by(QUESTIONS.c.id)
    rows = tx.session.execute(query).mappings()
    return {row["slug"]: _standing(row, newest[row["id"]]) for row in rows}


def add_questions(tx: Tx, rows: Sequence[Row]) -> dict[str, int]:
    """Write new questions; their ids by slug. The version in force is set by `place`."""
    return _add(tx, QUESTIONS, [{"version_id": 0, **row} for row in rows])


def add_versions(tx: Tx, rows: Sequence[Row]) -> dict[int, int]:
    """Write versions, one for a question at most; their ids by the question's."""
    if not rows:
        return {}
    written = sa.insert(VERSIONS).returning(VERSIONS.c.question_id, VERSIONS.c.id)
    return dict(tx.session.execute(written, list(rows)).tuples().all())


def drop_versions(tx: Tx, ids: Sequence[int]) -> None:
    """Take away versions that waited and never came into force: nobody was asked them."""
    for some in _pages(ids):
        tx.session.execute(sa.delete(VERSIONS).where(VERSIONS.c.id.in_(some)))


def place(tx: Tx, rows: Sequence[Row]) -> None:
    """Write where questions stand now; each row holds the `id` and the same columns."""
    _update(tx, QUESTIONS, rows)


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


def record(tx: Tx, workspace_id: int, by: str, action: str, facts: Row) -> None:
    """Remember who changed what."""
    tx.add(Audit(workspace_id=workspace_id, by=by, at=tx.now, action=action, facts=facts))


@dataclass(frozen=True, slots=True)
class _NextDay:
    """The next working day of those people who share a zone and working days."""

    day: date
    people: sa.Select[tuple[int]]
    number: int


def _next_days(tx: Tx, people: sa.Select[tuple[int]]) -> list[_NextDay]:
    among = col(Member.id).in_(people)
    shared = sa.select(col(Member.zone), col(Member.days), sa.func.count()).where(among)
    rows = tx.session.execute(shared.group_by(col(Member.zone), col(Member.days))).tuples().all()
    return [
        _NextDay(
            _next_day(tx, zone, mask),
            sa.select(col(Member.id)).where(among, col(Member.zone) == zone, col(Member.days) == mask),
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
        .values(**anew, due_day=sa.case((due < next_day.day, due), else_=sa.literal(next_day.day, sa.Date()))),
        execution_options={"synchronize_session": False},
    )
    return next_day.number


def _meet(tx: Tx, questions: Sequence[int], next_day: _NextDay) -> int:
    known = sa.exists().where(
        col(Memory.member_id) == col(LessonDone.member_id), col(Memory.question_id) == col(Question.id)
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
    tx.session.execute(sa.insert(MEMORIES).from_select(columns, unmet))
    return next_day.number


def _newest(tx: Tx, pack_id: int) -> dict[int, sa.RowMapping]:
    """The version with the highest number of each question of a pack."""
    V = VERSIONS.c
    query = (
        sa.select(V.question_id, V.id, V.number, V.wording, V.meaning)
        .join(QUESTIONS, QUESTIONS.c.id == V.question_id)
        .where(QUESTIONS.c.pack_id == pack_id)
        .order_by(V.number)
    )
    return {row["question_id"]: row for row in tx.session.execute(query).mappings()}


def _standing(row: sa.RowMapping, newest: sa.RowMapping) -> Standing:
    waits = newest["id"] != row["version_id"]
    return Standing(
        id=row["id"],
        slug=row["slug"],
        state=row["state"],
        place=Place(row["topic_id"], row["lesson_id"], row["position"], row["variant_of"]),
        version_id=row["version_id"],
        wording=row["wording"],
        meaning=row["meaning"],
        newest=newest["number"],
        waiting=Waiting(newest["id"], newest["wording"], newest["meaning"]) if waits else None,
    )


def _all_of(tx: Tx, table: sa.Table, pack_id: int) -> Sequence[sa.RowMapping]:
    query = sa.select(table).where(table.c.pack_id == pack_id).order_by(table.c.id)
    return tx.session.execute(query).mappings().all()


def _differs(held: sa.RowMapping, row: Row) -> bool:
    return any(held[name] != value for name, value in row.items())


def _add(tx: Tx, table: sa.Table, rows: Sequence[Row]) -> dict[str, int]:
    if not rows:
        return {}
    written = sa.insert(table).returning(table.c.slug, table.c.id)
    return dict(tx.session.execute(written, list(rows)).tuples().all())


def _update(tx: Tx, table: sa.Table, rows: Sequence[Row]) -> None:
    """One prepared statement for all rows; all hold the same columns."""
    if not rows:
        return
    names = [name for name in rows[0] if name not in {"id", "slug"}]
    changed = sa.update(table).where(table.c.id == sa.bindparam("this_id"))
    changed = changed.values({name: sa.bindparam(f"new_{name}") for name in names})
    tx.session.execute(
        changed, [{"this_id": row["id"], **{f"new_{name}": row[name] for name in names}} for row in rows]
    )


def _pages(ids: Sequence[int], size: int = 500) -> list[Sequence[int]]:
    return [ids[at : at + size] for at in range(0, len(ids), size)]
