"""Every table. No relationships: a query is a function with a name, in the module of its subject.

Long on purpose: the whole schema is read in one place, table after table.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from bot.terms import (
    AskingState,
    ChannelState,
    DeliveryKind,
    DeliveryState,
    EnrolmentState,
    LessonMark,
    PlatformName,
    QuestionForm,
    QuestionState,
    Role,
    SetKind,
    SetState,
    Verdict,
)

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
"""Small structured values; assign a new one, changes in place are not saved."""


def one_of(kind: type[StrEnum]) -> sa.Enum:
    """A column type that stores the member's value as text and checks it."""
    return sa.Enum(
        kind,
        native_enum=False,
        length=16,
        create_constraint=True,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
    )


def to(column: str) -> Any:
    """A required reference that goes with the row it points to."""
    return Field(foreign_key=column, ondelete="CASCADE")


class Workspace(SQLModel, table=True):
    """A Slack workspace, a Discord server or the local workspace; nothing crosses between two."""

    __table_args__ = (sa.UniqueConstraint("platform", "external_id"),)
    id: int | None = Field(default=None, primary_key=True)
    platform: PlatformName = Field(sa_type=one_of(PlatformName))
    external_id: str
    name: str
    created_at: datetime


class Member(SQLModel, table=True):
    """A person in a workspace, with when and how they want to hear from Grove.

    `days` is a bit mask, Monday 1. `next_set_at` is a cache of the next slot, None when nothing is to come.
    `unanswered` counts sets in a row without any answer; at three Grove asks once and falls silent (`silent`).
    `chose_rhythm` is true once the person set their own hour or days; a channel's rhythm no longer applies.
    """

    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "external_id"),
        sa.Index(None, "next_set_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    external_id: str
    name: str
    zone: str = "UTC"
    language: str = "en"
    minute: int = 9 * 60 + 30
    days: int = 0b0011111
    daily_limit: int = 5
    chose_rhythm: bool = False
    counted: bool = True
    joined_at: datetime
    left_at: datetime | None = None
    paused_until: date | None = None
    silent: bool = False
    unanswered: int = 0
    last_set_at: datetime | None = None
    last_set_day: date | None = None
    next_set_at: datetime | None = None


class RoleHeld(SQLModel, table=True):
    """A role of a member, in one channel or (channel_id None) in the whole workspace."""

    __tablename__ = "role_held"
    __table_args__ = (sa.Index(None, "member_id"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    member_id: int = to("member.id")
    role: Role = Field(sa_type=one_of(Role))
    channel_id: int | None = Field(default=None, foreign_key="channel.id", ondelete="CASCADE")
    granted_at: datetime


class Channel(SQLModel, table=True):
    """The unit a team lead configures. `minute`, `days`, `daily_limit` suggest a rhythm to its learners."""

    __table_args__ = (sa.UniqueConstraint("workspace_id", "external_id"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    external_id: str
    name: str
    purpose: str = ""
    state: ChannelState = Field(default=ChannelState.ACTIVE, sa_type=one_of(ChannelState))
    goal: str = ""
    minute: int = 9 * 60 + 30
    days: int = 0b0011111
    daily_limit: int = 5
    created_at: datetime


class ChannelMember(SQLModel, table=True):
    """Who is in a channel, as the platform tells."""

    __tablename__ = "channel_member"
    channel_id: int = Field(foreign_key="channel.id", primary_key=True, ondelete="CASCADE")
    member_id: int = Field(
        foreign_key="member.id", primary_key=True, ondelete="CASCADE", index=True
    )
    workspace_id: int = to("workspace.id")


class ChannelPack(SQLModel, table=True):
    """A pack a lead chose for a channel; `recall_target` None means the pack's own."""

    __tablename__ = "channel_pack"
    channel_id: int = Field(foreign_key="channel.id", primary_key=True, ondelete="CASCADE")
    pack_id: int = Field(foreign_key="pack.id", primary_key=True, ondelete="CASCADE")
    workspace_id: int = to("workspace.id")
    starts_on: date
    recall_target: float | None = None


class Enrolment(SQLModel, table=True):
    """One member and one pack. `channel_id` says through which channel, None when by themselves."""

    __table_args__ = (
        sa.UniqueConstraint("member_id", "pack_id"),
        sa.Index(None, "channel_id"),
        sa.Index(None, "pack_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    member_id: int = to("member.id")
    pack_id: int = to("pack.id")
    channel_id: int | None = Field(default=None, foreign_key="channel.id", ondelete="SET NULL")
    state: EnrolmentState = Field(sa_type=one_of(EnrolmentState))
    changed_at: datetime
    starts_on: date | None = None


class Pack(SQLModel, table=True):
    """A published pack. `fingerprint` covers all of it: the same content published again changes nothing."""

    __table_args__ = (sa.UniqueConstraint("workspace_id", "slug"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    slug: str
    title: str
    summary: str
    version: str
    language: str
    licence: str
    owners: list[str] = Field(sa_type=JSON)
    reviewers: list[str] = Field(sa_type=JSON)
    media: list[str] = Field(sa_type=JSON)
    review_days: int
    recall_target: float
    mentor_mastery: float
    mentor_questions: int
    fingerprint: str
    published_at: datetime


class Topic(SQLModel, table=True):
    """A skill inside a pack."""

    __table_args__ = (sa.UniqueConstraint("pack_id", "slug"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    pack_id: int = to("pack.id")
    slug: str
    title: str
    needs: list[str] = Field(sa_type=JSON)
    position: int
    retired: bool = False


class Lesson(SQLModel, table=True):
    """A published lesson; retired when the pack no longer has it."""

    __table_args__ = (sa.UniqueConstraint("pack_id", "slug"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    pack_id: int = to("pack.id")
    topic_id: int = to("topic.id")
    slug: str
    title: str
    objective: str
    minutes: int
    body: str
    aliases: list[str] = Field(sa_type=JSON)
    sources: list[str] = Field(sa_type=JSON)
    reviewed: date | None = None
    position: int
    fingerprint: str
    path: str
    retired: bool = False


class Question(SQLModel, table=True):
    """A question's identity and state. Its words are in the version `version_id` points to."""

    __table_args__ = (
        sa.UniqueConstraint("pack_id", "slug"),
        sa.Index(None, "lesson_id"),
        sa.Index(None, "topic_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    pack_id: int = to("pack.id")
    topic_id: int = to("topic.id")
    lesson_id: int = to("lesson.id")
    slug: str
    variant_of: str = ""
    position: int
    state: QuestionState = Field(default=QuestionState.LIVE, sa_type=one_of(QuestionState))
    version_id: int = 0
    wording: str
    meaning: str


class QuestionVersion(SQLModel, table=True):
    """What a question said at one time; an answer is graded by the version that was shown."""

    __tablename__ = "question_version"
    __table_args__ = (sa.UniqueConstraint("question_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    question_id: int = to("question.id")
    number: int
    form: QuestionForm = Field(sa_type=one_of(QuestionForm))
    body: dict[str, Any] = Field(sa_type=JSON)
    wording: str
    meaning: str
    published_at: datetime


class Article(SQLModel, table=True):
    """A ready answer of a pack, for the moment of need."""

    __table_args__ = (sa.UniqueConstraint("pack_id", "slug"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    pack_id: int = to("pack.id")
    topic_id: int = to("topic.id")
    slug: str
    title: str
    body: str
    aliases: list[str] = Field(sa_type=JSON)
    sources: list[str] = Field(sa_type=JSON)
    owner: str
    reviewed: date | None = None
    position: int = 0
    fingerprint: str
    path: str
    retired: bool = False


class Memory(SQLModel, table=True):
    """What Grove believes of one learner and one question; None stability: met in a lesson, never answered.

    Days are the learner's. `stability` is in days, `difficulty` 1 to 10 (FSRS-6).
    """

    __table_args__ = (sa.Index(None, "member_id", "due_day"), sa.Index(None, "question_id"))
    member_id: int = Field(foreign_key="member.id", primary_key=True, ondelete="CASCADE")
    question_id: int = Field(foreign_key="question.id", primary_key=True, ondelete="CASCADE")
    workspace_id: int = to("workspace.id")
    stability: float | None = None
    difficulty: float | None = None
    last_day: date | None = None
    due_day: date
    count: int = 0
    lapses: int = 0


class Review(SQLModel, table=True):
    """One answer, with what was believed before it, so that belief can be scored later.

    `grade` is the FSRS rating (1 again, 3 good), None when the answer was practice and not rated.
    """

    __table_args__ = (sa.Index(None, "member_id", "question_id"), sa.Index(None, "question_id"))
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    member_id: int = to("member.id")
    question_id: int = to("question.id")
    version_id: int = to("question_version.id")
    asking_id: int | None = Field(default=None, foreign_key="asking.id", ondelete="CASCADE")
    at: datetime
    day: date
    verdict: Verdict = Field(sa_type=one_of(Verdict))
    given: list[str] = Field(sa_type=JSON)
    typo: bool = False
    misconception: str = ""
    grade: int | None = None
    recall_before: float | None = None
    stability_before: float | None = None
    difficulty_before: float | None = None
    stability_after: float | None = None
    difficulty_after: float | None = None
    target: float
    due_day: date


class QuizSet(SQLModel, table=True):
    """Questions put together for one learner: the day's set, practice, a level check or a taster.

    `key` makes planning twice harmless (`daily:<member>:<day>`). `lesson_id` is the one new lesson in it.
    """

    __tablename__ = "quiz_set"
    __table_args__ = (sa.UniqueConstraint("key"), sa.Index(None, "member_id", "state"))
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    member_id: int = to("member.id")
    kind: SetKind = Field(sa_type=one_of(SetKind))
    key: str
    day: date
    state: SetState = Field(default=SetState.OPEN, sa_type=one_of(SetState))
    pack_id: int | None = Field(default=None, foreign_key="pack.id", ondelete="CASCADE")
    lesson_id: int | None = Field(default=None, foreign_key="lesson.id", ondelete="CASCADE")
    created_at: datetime
    ended_at: datetime | None = None


class Asking(SQLModel, table=True):
    """One question put to one learner. `layout` is the order in which its parts are shown."""

    __table_args__ = (
        sa.Index(None, "set_id", "position"),
        sa.Index(None, "member_id", "question_id"),
        sa.Index(None, "member_id", "state"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    set_id: int = to("quiz_set.id")
    member_id: int = to("member.id")
    question_id: int = to("question.id")
    version_id: int = to("question_version.id")
    position: int
    state: AskingState = Field(default=AskingState.WAITING, sa_type=one_of(AskingState))
    layout: list[int] = Field(sa_type=JSON)
    after_lesson: bool = False
    shown_at: datetime | None = None
    answered_at: datetime | None = None
    verdict: Verdict | None = Field(default=None, sa_type=one_of(Verdict))
    given: list[str] = Field(sa_type=JSON, default=[])


class LessonDone(SQLModel, table=True):
    """A learner is done with a lesson: read it, or knew it already."""

    __tablename__ = "lesson_done"
    member_id: int = Field(foreign_key="member.id", primary_key=True, ondelete="CASCADE")
    lesson_id: int = Field(foreign_key="lesson.id", primary_key=True, ondelete="CASCADE")
    workspace_id: int = to("workspace.id")
    mark: LessonMark = Field(sa_type=one_of(LessonMark))
    at: datetime


class Flag(SQLModel, table=True):
    """A learner says that a question is wrong or unclear."""

    __table_args__ = (
        sa.UniqueConstraint("member_id", "question_id"),
        sa.Index(None, "question_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    member_id: int = to("member.id")
    question_id: int = to("question.id")
    version_id: int = to("question_version.id")
    at: datetime
    note: str = ""


class Decision(SQLModel, table=True):
    """What Grove decided about a member and from what, so that `why` can say it. Facts hold ids and numbers."""

    __table_args__ = (sa.Index(None, "member_id", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    member_id: int = to("member.id")
    at: datetime
    kind: str
    facts: dict[str, Any] = Field(sa_type=JSON)


class Audit(SQLModel, table=True):
    """Who changed what: publishing, approving, roles, channel settings."""

    __table_args__ = (sa.Index(None, "workspace_id", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    member_id: int | None = Field(default=None, foreign_key="member.id", ondelete="SET NULL")
    by: str = ""
    at: datetime
    action: str
    facts: dict[str, Any] = Field(sa_type=JSON)


class Delivery(SQLModel, table=True):
    """One message Grove owes somebody; its life is drawn in bot/outbox.py.

    `address` is the person's (or channel's) id on the platform. `about` is the set or enrolment it carries.
    `unsure_since` holds the doubt: set when a send begins, cleared only by proof.
    """

    __table_args__ = (
        sa.UniqueConstraint("key"),
        sa.Index(None, "platform", "state", "due_at"),
        sa.Index(None, "state", "lease_until"),
        sa.Index(None, "member_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    member_id: int | None = Field(default=None, foreign_key="member.id", ondelete="CASCADE")
    platform: PlatformName = Field(sa_type=one_of(PlatformName))
    kind: DeliveryKind = Field(sa_type=one_of(DeliveryKind))
    key: str
    address: str
    about: int | None = None
    card: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    state: DeliveryState = Field(default=DeliveryState.READY, sa_type=one_of(DeliveryState))
    due_at: datetime
    valid_until: datetime
    token: str | None = None
    lease_until: datetime | None = None
    unsure_since: datetime | None = None
    attempts: int = 0
    platform_ref: str = ""
    reason: str = ""
    created_at: datetime
    settled_at: datetime | None = None


class Seen(SQLModel, table=True):
    """A deed already dealt with: the same key again has no effect."""

    key: str = Field(primary_key=True)
    at: datetime = Field(index=True)


class Forgotten(SQLModel, table=True):
    """A person who asked to be erased, as a keyed hash: not invited again unless they come themselves."""

    workspace_id: int = Field(foreign_key="workspace.id", primary_key=True, ondelete="CASCADE")
    digest: str = Field(primary_key=True)
    at: datetime


class Fact(SQLModel, table=True):
    """A few facts about this installation: the local clock's offset, the tz data seen, what was set up."""

    name: str = Field(primary_key=True)
    value: dict[str, Any] = Field(sa_type=JSON)


class LocalMessage(SQLModel, table=True):
    """A message of the local workspace. `room` is a channel's id or `@person`; `only_for` one reader in a channel."""

    __tablename__ = "local_message"
    __table_args__ = (sa.Index(None, "workspace_id", "room", "id"), sa.UniqueConstraint("key"))
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace.id")
    room: str
    author: str
    only_for: str = ""
    text: str = ""
    card: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    key: str | None = None
    at: datetime
    edited_at: datetime | None = None
