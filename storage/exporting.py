"""Everything Grove holds of one member, as sections for a file: nobody else's data, no ids of other people."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from storage.engine import Tx
from storage.tables import (
    Asking,
    Audit,
    Channel,
    ChannelMember,
    Decision,
    Delivery,
    Enrolment,
    Flag,
    Lesson,
    LessonDone,
    LocalMessage,
    Member,
    Memory,
    Pack,
    Question,
    QuestionVersion,
    QuizSet,
    Review,
    RoleHeld,
    Workspace,
)

SCHEMA = 1
"""The version of the file's shape; it grows when a reader of the file would have to change."""

OTHERS = frozenset({"member", "member_id", "members", "mentor", "mentee", "person", "people", "by"})
"""Facts that may name somebody else; they stay out of the file."""

INTERNAL = frozenset(
    {"id", "workspace_id", "member_id", "token", "lease_until", "unsure_since", "address", "card"}
)
"""Columns that say nothing about the person: keys, leases, and words that a message held about others too."""

Record = dict[str, Any]


def collect(tx: Tx, member: Member) -> Record:
    """The sections of the file, ready for JSON; times in ISO 8601."""
    names = _names(tx, member)
    sections: Record = {
        "schema": SCHEMA,
        "written_at": tx.now.isoformat(),
        "you": _you(tx, member),
        "settings": _row(member, leave_out={"external_id", "name", "joined_at", "left_at"}),
    }
    for name, table in SECTIONS.items():
        rows = tx.session.exec(_owned(table, member)).all()
        sections[name] = [_named(_row(row), names) for row in rows]
    sections["messages_you_wrote"] = _wrote(tx, member)
    return sections


SECTIONS: dict[str, type[SQLModel]] = {
    "roles": RoleHeld,
    "channels": ChannelMember,
    "packs": Enrolment,
    "lessons": LessonDone,
    "beliefs": Memory,
    "answers": Review,
    "sets": QuizSet,
    "askings": Asking,
    "flags": Flag,
    "deliveries": Delivery,
    "decisions": Decision,
    "changes_you_made": Audit,
}
"""Which table is which section; every table with a `member_id` is here (a test walks them)."""


def counts(tx: Tx, member_id: int) -> dict[str, int]:
    """How many rows each section has."""
    return {name: _count(tx, table, member_id) for name, table in SECTIONS.items()}


def _count(tx: Tx, table: type[SQLModel], member_id: int) -> int:
    held = (
        sa.select(sa.func.count()).select_from(table).where(_columns(table).member_id == member_id)
    )
    return int(tx.session.execute(held).scalar_one())


def _owned(table: type[SQLModel], member: Member) -> Any:
    columns = _columns(table)
    return select(table).where(columns.member_id == member.id).order_by(*_key(table))


def _key(table: type[SQLModel]) -> Any:
    return table.__table__.primary_key  # type: ignore[attr-defined]


def _columns(table: type[SQLModel]) -> Any:
    return table.__table__.c  # type: ignore[attr-defined]


def _you(tx: Tx, member: Member) -> Record:
    home = tx.session.get(Workspace, member.workspace_id)
    assert home is not None
    return {
        "name": member.name,
        "platform": home.platform.value,
        "platform_id": member.external_id,
        "workspace": home.name,
        "joined_at": _plain(member.joined_at),
        "left_at": _plain(member.left_at),
    }


def _wrote(tx: Tx, member: Member) -> list[Record]:
    """Their own words in the local workspace."""
    query = (
        select(LocalMessage)
        .where(
            LocalMessage.workspace_id == member.workspace_id,
            LocalMessage.author == member.external_id,
        )
        .order_by(col(LocalMessage.id))
    )
    return [
        {"at": _plain(row.at), "room": row.room, "text": row.text} for row in tx.session.exec(query)
    ]


Names = dict[str, dict[int, str]]
"""What an id is called, by the column that holds it."""


def _names(tx: Tx, member: Member) -> Names:
    """Slugs and titles in place of ids, so that the file reads without the database."""

    def called(table: Any, words: Any) -> dict[int, str]:
        query = sa.select(_columns(table).id, words).where(
            _columns(table).workspace_id == member.workspace_id
        )
        return {row_id: name for row_id, name in tx.session.execute(query)}

    return {
        "pack_id": called(Pack, col(Pack.slug)),
        "lesson_id": called(Lesson, col(Lesson.slug)),
        "question_id": called(Question, col(Question.slug)),
        "channel_id": called(Channel, col(Channel.name)),
        "stem": _stems(tx, member),
    }


def _stems(tx: Tx, member: Member) -> dict[int, str]:
    """What each question asks now."""
    query = (
        sa.select(col(Question.id), col(QuestionVersion.body))
        .join(QuestionVersion, col(QuestionVersion.id) == col(Question.version_id))
        .where(col(Question.workspace_id) == member.workspace_id)
    )
    return {question: str(body["stem"]) for question, body in tx.session.execute(query)}


def _named(row: Record, names: Names) -> Record:
    """The row with names for ids; `version_id` says nothing without the database."""
    read: Record = {}
    for column, value in row.items():
        if column == "question_id":
            read["question_text"] = names["stem"].get(value, "")
        if column in names:
            read[column.removesuffix("_id")] = names[column].get(value)
        elif column != "version_id":
            read[column] = value
    return read


def _row(row: SQLModel, *, leave_out: set[str] | frozenset[str] = frozenset()) -> Record:
    held = {name: getattr(row, name) for name in type(row).model_fields}
    return {name: _plain(value) for name, value in held.items() if name not in INTERNAL | leave_out}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items() if name not in OTHERS}
    return value
