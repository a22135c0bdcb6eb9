"""What Grove holds of a person can be had as a file and erased, all of it, and nobody else's."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from bot.lessons.acts import Join
from bot.people.acts import Erase
from bot.terms import (
    DeliveryKind,
    LessonMark,
    PlatformName,
    Role,
    SetKind,
    Verdict,
)
from bot.ui import File
from storage import (
    batches,
    decisions,
    deliveries,
    enrolments,
    exporting,
    memories,
    people,
    sets,
    teams,
)
from storage.batches import NewAsking, NewSet
from storage.engine import Database, Tx
from storage.tables import Flag, Forgotten, LocalMessage, Member, Question, Review, Seen
from tests.bot.teams.content import publish
from tests.bot.teams.office import Office, acts_of, card, text_of
from tests.clock import Clock
from tests.workspaces import Workspace

PERSONAL = {table.name for table in SQLModel.metadata.sorted_tables if "member_id" in table.columns}
"""Every table that holds something of a member."""


def live(tx: Tx, workspace: int, pack: int, member_id: int, other: int) -> None:
    """A row of a member in every table there is."""
    member = people.locked(tx, member_id)
    question = tx.session.exec(select(Question).where(Question.pack_id == pack)).first()
    assert question is not None
    assert question.id is not None
    channel = teams.found_channel(tx, workspace, "C-ops", "ops")
    teams.enter(tx, channel, member_id)
    people.grant(tx, member, Role.LEAD, channel.id)
    enrolments.begin(tx, member, [pack])
    memories.meet(tx, member, {question.id: tx.now.date()})
    memories.finish_lesson(tx, member, question.lesson_id, LessonMark.READ)
    made = batches.make(
        tx,
        [
            NewSet(
                f"daily:{member_id}",
                workspace,
                member_id,
                SetKind.DAILY,
                tx.now.date(),
                (NewAsking(question.id, question.version_id, (0, 1)),),
            )
        ],
    )
    asking = sets.askings(tx, made[f"daily:{member_id}"])[0]
    tx.add(
        Review(
            workspace_id=workspace,
            member_id=member_id,
            question_id=question.id,
            version_id=question.version_id,
            asking_id=asking.id,
            at=tx.now,
            day=tx.now.date(),
            verdict=Verdict.RIGHT,
            given=["SEV2"],
            target=0.9,
            due_day=tx.now.date(),
        )
    )
    tx.add(
        Flag(
            workspace_id=workspace,
            member_id=member_id,
            question_id=question.id,
            version_id=question.version_id,
            at=tx.now,
            note=f"note of {member.external_id}",
        )
    )
    decisions.record(tx, member, "planned", {"set": 1, "mentor": other})
    teams.record(tx, workspace, member_id, "channel.setup", {"channel": channel.id})
    deliveries.post(
        tx,
        key=f"set:{member_id}",
        workspace=workspace,
        platform=PlatformName.LOCAL,
        kind=DeliveryKind.SET,
        address=member.external_id,
        card={"title": f"secret of {member.external_id}"},
        due_at=tx.now,
        valid_until=tx.now + timedelta(hours=4),
        member=member_id,
    )
    for room, author, only_for in (
        ("C-ops", member.external_id, ""),
        (f"@{member.external_id}", "grove", ""),
        ("C-ops", "grove", member.external_id),
    ):
        tx.add(
            LocalMessage(
                workspace_id=workspace,
                room=room,
                author=author,
                only_for=only_for,
                text=f"words of {member.external_id}",
                at=tx.now,
            )
        )


def rows_of(database: Database, member_id: int) -> dict[str, int]:
    """How many rows of a member each table has."""

    def look(tx: Tx) -> dict[str, int]:
        tables = [table for table in SQLModel.metadata.sorted_tables if table.name in PERSONAL]
        held = {}
        for table in tables:
            query = (
                sa.select(sa.func.count()).select_from(table).where(table.c.member_id == member_id)
            )
            held[table.name] = int(tx.session.execute(query).scalar_one())
        return held

    return database.read_now(look)


@pytest.fixture
def sam(database: Database, workspace: Workspace) -> int:
    """Sam, who did everything there is to do; and so did Ana."""
    member, other = workspace.member("sam"), workspace.member("ana")
    pack = database.run_now(publish, workspace.id)
    database.run_now(live, workspace.id, pack, member, other)
    database.run_now(live, workspace.id, pack, other, member)
    return member


def everything(database: Database) -> str:
    """All rows of all tables, as text."""

    def look(tx: Tx) -> str:
        return "\n".join(
            str(tx.session.execute(sa.select(table)).all())
            for table in SQLModel.metadata.sorted_tables
        )

    return database.read_now(look)


def test_every_table_with_something_of_a_member_is_a_section_of_the_file() -> None:
    exported: set[str] = {str(table.__tablename__) for table in exporting.SECTIONS.values()}

    assert exported == PERSONAL


async def test_the_file_holds_something_of_every_section(
    database: Database, workspace: Workspace, sam: int
) -> None:
    outcome = await workspace.command("sam", "me", "export")

    assert isinstance(outcome, File)
    held: dict[str, Any] = json.loads(outcome.content)
    assert outcome.name == "grove-2026-03-02.json"
    assert outcome.media_type == "application/json"
    assert held["schema"] == 1
    assert held["you"]["name"] == "Sam"
    assert held["settings"]["zone"] == "UTC"
    assert [name for name in exporting.SECTIONS if not held[name]] == []
    assert held["answers"][0]["question"] == "question-1"
    assert held["answers"][0]["at"] == "2026-03-02T08:00:00+00:00"
    assert held["beliefs"][0]["question_text"] == "What of question-1?"
    assert held["packs"][0]["pack"] == "incidents"
    assert held["messages_you_wrote"] == [
        {"at": "2026-03-02T08:00:00+00:00", "room": "C-ops", "text": "words of sam"}
    ]


async def test_the_file_names_nobody_else(workspace: Workspace, sam: int) -> None:
    outcome = await workspace.command("sam", "me", "export")

    assert isinstance(outcome, File)
    text = outcome.content.decode()
    assert "ana" not in text
    assert "mentor" not in text
    assert "member_id" not in text


async def test_me_says_how_much_is_held_and_offers_the_file_and_the_way_out(
    workspace: Workspace, sam: int
) -> None:
    shown = card(await workspace.command("sam", "me"))

    assert list(acts_of(shown)) == ["Get it as a file", "Leave mine out", "Erase it"]
    assert "('Answers you gave', '1')" in text_of(shown)


async def test_answers_can_be_left_out_of_figures_and_counted_again(
    database: Database, workspace: Workspace, sam: int
) -> None:
    shown = card(await workspace.command("sam", "me"))
    await workspace.press("sam", acts_of(shown)["Leave mine out"])

    row = database.read_now(people.member, sam)
    assert row is not None
    assert not row.counted
    assert "Count mine too" in acts_of(card(await workspace.command("sam", "me")))


async def test_forgetting_asks_once_and_keep_keeps(
    database: Database, workspace: Workspace, sam: int
) -> None:
    before = rows_of(database, sam)

    asked = card(await workspace.command("sam", "me", "forget"))
    kept = card(await workspace.press("sam", acts_of(asked)["Keep"]))

    assert kept.title == "Everything is as it was."
    assert rows_of(database, sam) == before


async def test_erasing_leaves_nothing_of_the_person_in_any_table(
    database: Database, workspace: Workspace, sam: int
) -> None:
    asked = card(await workspace.command("sam", "me", "forget"))
    done = card(await workspace.press("sam", acts_of(asked)["Erase everything"]))

    assert done.title == "Everything is erased"
    assert set(rows_of(database, sam).values()) == {0}
    assert "words of sam" not in everything(database)
    assert "secret of sam" not in everything(database)
    assert "note of sam" not in everything(database)
    assert "Sam" not in everything(database)


async def test_erasing_leaves_others_whole(
    database: Database, workspace: Workspace, sam: int
) -> None:
    ana = workspace.member("ana")
    before = rows_of(database, ana)

    await workspace.press("sam", Erase().write())

    assert rows_of(database, ana) == before
    assert {"words of ana", "secret of ana", "note of ana"} <= set(_words(everything(database)))


def _words(text: str) -> list[str]:
    return [part for part in text.split("'") if "of ana" in part]


async def test_what_they_wrote_in_a_channel_is_blanked_and_their_own_room_is_gone(
    database: Database, workspace: Workspace, sam: int
) -> None:
    await workspace.press("sam", Erase().write())

    def theirs(tx: Tx) -> list[tuple[str, str, str]]:
        rows = tx.session.exec(select(LocalMessage).order_by(col(LocalMessage.id))).all()
        return [(row.room, row.author, row.text) for row in rows if "ana" not in row.text]

    assert database.read_now(theirs) == [("C-ops", "sam", "")]


async def test_what_remains_is_a_keyed_hash_and_no_key_of_a_deed(
    database: Database, workspace: Workspace, sam: int
) -> None:
    await workspace.press("sam", Erase().write())

    def look(tx: Tx) -> tuple[list[str], list[str]]:
        marks = [row.digest for row in tx.session.exec(select(Forgotten)).all()]
        deeds = [row.key for row in tx.session.exec(select(Seen)).all()]
        return marks, deeds

    marks, deeds = database.read_now(look)
    assert [len(mark) for mark in marks] == [64]
    assert not [key for key in deeds if ":sam:" in key]


async def test_erasing_twice_is_harmless(
    database: Database, workspace: Workspace, sam: int
) -> None:
    await workspace.press("sam", Erase().write())
    again = card(await workspace.press("sam", Erase().write()))

    assert again.title == "Everything is erased"
    assert "Sam" not in everything(database)


async def test_a_person_who_was_forgotten_is_invited_by_nobody_until_they_come_themselves(
    database: Database, workspace: Workspace
) -> None:
    pack = database.run_now(publish, workspace.id)
    await workspace.press("sam", Erase().write())
    office = Office(database, workspace, "sam")
    await office.set_up(pack)
    await office.invite()
    assert office.states("sam") == []

    await workspace.press("sam", Join(pack).write())
    await workspace.press("sam", Erase().write())
    assert database.read_now(_marks) == 1

    office.people["sam"] = workspace.member("sam")
    await workspace.press("sam", Join(pack).write())
    assert database.read_now(_marks) == 0


def _marks(tx: Tx) -> int:
    return len(tx.session.exec(select(Forgotten)).all())


async def test_a_name_alike_in_another_workspace_is_left_alone(
    database: Database, workspace: Workspace, sam: int
) -> None:
    elsewhere = Workspace(database, "T2", PlatformName.SLACK)
    namesake = elsewhere.member("sam")

    await workspace.press("sam", Erase().write())

    row: Member | None = database.read_now(people.member, namesake)
    assert row is not None
    assert row.joined_at == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


async def test_on_sqlite_not_even_the_bytes_remain(sqlite_url: str, clock: Clock) -> None:
    database = Database(sqlite_url, clock=clock)
    workspace = Workspace(database)
    pack = database.run_now(publish, workspace.id)
    database.run_now(live, workspace.id, pack, workspace.member("sam"), workspace.member("ana"))

    await workspace.press("sam", Erase().write())

    database.close()
    left = Path(sqlite_url.removeprefix("sqlite:///")).read_bytes()
    assert b"Ana" in left
    assert b"words of sam" not in left
    assert b"note of sam" not in left
