"""Published content, written: whole packs at a time, in bulk, by slug.

Nothing here deletes what a learner can have met: topics, lessons, articles and questions are retired.
The one row that goes is a version that waited and was never asked.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlmodel import col

from bot.lessons import values
from bot.lessons.fate import Next, Place, Placed, Standing, Waiting
from bot.terms import QuestionState
from storage.engine import Tx
from storage.shelves import Row
from storage.tables import (
    Article,
    Audit,
    Lesson,
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


@dataclass(frozen=True, slots=True)
class Print:
    """A lesson or an article as it was published last."""

    id: int
    slug: str
    fingerprint: str
    retired: bool


def lock(tx: Tx, workspace_id: int) -> None:
    """Let one publisher at a time into a workspace, until the transaction ends."""
    tx.session.execute(
        sa.select(col(Workspace.id)).where(col(Workspace.id) == workspace_id).with_for_update()
    )


def write_pack(tx: Tx, workspace_id: int, slug: str, values: Row) -> int:
    """Write what pack.md says; the pack's id."""
    here = sa.and_(PACKS.c.workspace_id == workspace_id, PACKS.c.slug == slug)
    known = tx.session.execute(
        sa.update(PACKS).where(here).values(values).returning(PACKS.c.id)
    ).scalar()
    if known is not None:
        return int(known)
    row = {"workspace_id": workspace_id, "slug": slug, **values}
    return int(tx.session.execute(sa.insert(PACKS).values(row).returning(PACKS.c.id)).scalar_one())


def shelve(
    tx: Tx, table: sa.Table, workspace_id: int, pack_id: int, wanted: Sequence[Row]
) -> dict[str, int]:
    """Make a pack's topics, lessons or articles be these, and retire the rest; their ids by slug."""
    held = {row["slug"]: row for row in _all_of(tx, table, pack_id)}
    rows = [{**row, "retired": False} for row in wanted]
    new = [row for row in rows if row["slug"] not in held]
    edited = [row for row in rows if row["slug"] in held and _differs(held[row["slug"]], row)]
    gone = held.keys() - {row["slug"] for row in rows}
    _update(tx, table, [{"id": held[row["slug"]]["id"], **row} for row in edited])
    _update(tx, table, [{"id": held[slug]["id"], "retired": True} for slug in sorted(gone)])
    added = _add(
        tx, table, [{"workspace_id": workspace_id, "pack_id": pack_id, **row} for row in new]
    )
    return {slug: row["id"] for slug, row in held.items()} | added


def prints(tx: Tx, table: sa.Table, pack_id: int) -> list[Print]:
    """Every lesson or article a pack ever had, in its order."""
    C = table.c
    query = sa.select(C.id, C.slug, C.fingerprint, C.retired).where(C.pack_id == pack_id)
    return [Print(*row) for row in tx.session.execute(query.order_by(C.position, C.id))]


def standings(tx: Tx, pack_id: int) -> dict[str, Standing]:
    """Every question a pack ever had, as it stands, by slug."""
    newest = _newest(tx, pack_id)
    query = sa.select(QUESTIONS).where(QUESTIONS.c.pack_id == pack_id).order_by(QUESTIONS.c.id)
    rows = tx.session.execute(query).mappings()
    return {row["slug"]: _standing(row, newest[row["id"]]) for row in rows}


def add_questions(tx: Tx, workspace_id: int, pack_id: int, new: Sequence[Next]) -> dict[str, int]:
    """Write new questions; their ids by slug. `place` sets the version in force."""
    here = {"workspace_id": workspace_id, "pack_id": pack_id, "version_id": 0}
    return _add(
        tx,
        QUESTIONS,
        [
            {
                **here,
                **asdict(each.place),
                "slug": each.question.slug,
                "state": each.fate.state,
                "wording": each.wording,
                "meaning": each.meaning,
            }
            for each in new
        ],
    )


def add_versions(tx: Tx, workspace_id: int, written: Sequence[tuple[int, Next]]) -> dict[int, int]:
    """Write a version of each of these questions, given with their ids; the versions' ids by the questions'."""
    here = {"workspace_id": workspace_id, "published_at": tx.now}
    rows = [
        {
            **here,
            "question_id": question_id,
            "number": each.number,
            "form": each.question.form,
            "body": values.dump(each.question),
            "wording": each.wording,
            "meaning": each.meaning,
        }
        for question_id, each in written
    ]
    if not rows:
        return {}
    adding = sa.insert(VERSIONS).returning(VERSIONS.c.question_id, VERSIONS.c.id)
    return dict(tx.session.execute(adding, rows).all())


def drop_versions(tx: Tx, of: Sequence[Standing]) -> None:
    """Take away the versions of these questions that waited and never came into force: nobody was asked them."""
    ids = [each.waiting.version_id for each in of if each.waiting]
    tx.session.execute(sa.delete(VERSIONS).where(VERSIONS.c.id.in_(ids)))


def place(tx: Tx, placed: Sequence[Placed]) -> None:
    """Write how questions stand from now on."""
    rows = [
        {
            **asdict(each.place),
            "id": each.id,
            "state": each.state,
            "version_id": each.version_id,
            "wording": each.wording,
            "meaning": each.meaning,
        }
        for each in placed
    ]
    _update(tx, QUESTIONS, rows)


def retire(tx: Tx, ids: Sequence[int]) -> None:
    """These questions are no longer in the pack."""
    _update(tx, QUESTIONS, [{"id": question, "state": QuestionState.RETIRED} for question in ids])


def settle(tx: Tx) -> None:
    """Let rows that were read before be read anew: bulk statements go past them."""
    tx.session.expire_all()


def record(tx: Tx, workspace_id: int, by: str, action: str, facts: Row) -> None:
    """Remember who changed what."""
    tx.add(Audit(workspace_id=workspace_id, by=by, at=tx.now, action=action, facts=facts))


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
    return dict(tx.session.execute(written, list(rows)).all())


def _update(tx: Tx, table: sa.Table, rows: Sequence[Row]) -> None:
    """One prepared statement for all rows; all hold the same columns."""
    if not rows:
        return
    names = [name for name in rows[0] if name not in {"id", "slug"}]
    changed = sa.update(table).where(table.c.id == sa.bindparam("this_id"))
    changed = changed.values({name: sa.bindparam(f"new_{name}") for name in names})
    tx.session.execute(
        changed,
        [{"this_id": row["id"], **{f"new_{name}": row[name] for name in names}} for row in rows],
    )
