"""A person gets one message a working day, whatever comes together on it."""

from datetime import timedelta

import pytest

from bot.terms import Role
from storage import people
from storage.engine import Database, Tx
from storage.tables import Channel, ChannelMember, ChannelPack
from tests.bot.quizzes.world import Company, Learner, pack
from tests.clock import Clock
from tests.workspaces import Workspace


@pytest.fixture
def company(database: Database, workspace: Workspace) -> Company:
    """A workspace with nobody in it yet."""
    return Company(database, workspace)


def channel_with(tx: Tx, workspace: int, pack_id: int, lead: int, member: int) -> int:
    """A channel that learns a pack, with its lead and one member."""
    row = Channel(workspace_id=workspace, external_id="C1", name="security", created_at=tx.now)
    tx.add(row)
    assert row.id is not None
    tx.add(
        ChannelPack(
            channel_id=row.id, pack_id=pack_id, workspace_id=workspace, starts_on=tx.now.date()
        )
    )
    for one in (lead, member):
        tx.add(ChannelMember(channel_id=row.id, member_id=one, workspace_id=workspace))
    found = people.member(tx, lead)
    assert found is not None
    people.grant(tx, found, Role.LEAD, row.id)
    return row.id


async def invited_while_learning(company: Company, clock: Clock) -> Learner:
    """Sam learns one pack already and had today's set; Ana invites to another."""
    sam = company.learner("sam", company.publish(pack("incidents")))
    ana = company.learner("ana")
    other = company.publish(pack("security"))
    company.database.run_now(channel_with, company.workspace.id, other, ana.id, sam.id)
    clock.forward(timedelta(minutes=90))
    await company.beat()
    await company.workspace.command("ana", "team", "invite", channel="C1")
    return sam


async def test_an_invitation_waits_for_a_day_without_a_set(company: Company, clock: Clock) -> None:
    sam = await invited_while_learning(company, clock)

    await company.beat()

    assert len(sam.messages) == 1


async def test_an_invitation_takes_the_place_of_the_next_days_set(
    company: Company, clock: Clock
) -> None:
    sam = await invited_while_learning(company, clock)

    await company.beat()
    clock.forward(timedelta(days=1) - timedelta(minutes=5))
    await company.beat()
    clock.forward(timedelta(minutes=5))
    await company.beat()

    assert len(sam.messages) == 2
    sam.look()
    assert "Join" in sam.labels

    await sam.command("why")
    assert "An invitation was your one message today" in sam.text


async def test_the_day_after_an_invitation_has_its_set_again(
    company: Company, clock: Clock
) -> None:
    sam = await invited_while_learning(company, clock)
    await company.beat()
    clock.forward(timedelta(days=1) - timedelta(minutes=5))
    await company.beat()

    clock.forward(timedelta(minutes=5))
    await company.beat()
    clock.forward(timedelta(days=1))
    await company.beat()

    assert len(sam.messages) == 3
    assert sam.look().title == "Two minutes?"
