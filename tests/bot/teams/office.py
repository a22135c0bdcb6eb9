"""A channel with its lead and some people, as most stories of members and channels begin; and how cards are read."""

from datetime import datetime

from bot.events import Joined, Left
from bot.inbox import Inbox
from bot.teams.acts import Invite, SetUp
from bot.terms import DeliveryKind, EnrolmentState, Role
from bot.ui import Button, Buttons, Card, Outcome, Say, load_card
from storage import deliveries, enrolments, people, teams
from storage.engine import Database, Tx
from storage.tables import Delivery
from tests.workspaces import Workspace


def card(outcome: Outcome) -> Card:
    """The card an outcome says."""
    assert isinstance(outcome, Say)
    return outcome.card


def acts_of(shown: Card) -> dict[str, str]:
    """What each button of a card does, by its label."""
    rows = [block for block in shown.blocks if isinstance(block, Buttons)]
    return {item.label: item.act for row in rows for item in row.items if isinstance(item, Button)}


def text_of(shown: Card) -> str:
    """All words of a card."""
    return str(shown)


def next_set_at(database: Database, member: int) -> datetime | None:
    """When Grove plans to write to a member next."""

    def look(tx: Tx) -> datetime | None:
        row = people.member(tx, member)
        assert row is not None
        return row.next_set_at

    return database.read_now(look)


async def arrive(workspace: Workspace, person: str, channel: str = "") -> Outcome:
    """A person comes into the workspace, or into a channel."""
    return await Inbox(workspace.database).handle(Joined(workspace.source(person, channel=channel)))


async def depart(workspace: Workspace, person: str, channel: str = "") -> Outcome:
    """A person leaves the workspace, or a channel."""
    return await Inbox(workspace.database).handle(Left(workspace.source(person, channel=channel)))


class Office:
    """A channel with its lead and some people, as most stories begin."""

    def __init__(
        self, database: Database, workspace: Workspace, *people_in: str, name: str = "ops"
    ) -> None:
        self.database, self.workspace, self.name = database, workspace, name
        self.lead = workspace.member("lena")
        self.people = {person: workspace.member(person) for person in people_in}
        self.channel = database.run_now(self._open)

    def _open(self, tx: Tx) -> int:
        channel = teams.found_channel(tx, self.workspace.id, f"C-{self.name}", self.name)
        lead = people.member(tx, self.lead)
        assert lead is not None
        people.grant(tx, lead, Role.LEAD, channel.id)
        for member_id in (self.lead, *self.people.values()):
            teams.enter(tx, channel, member_id)
        return channel.id or 0

    async def set_up(self, *packs: int, **entries: str) -> Card:
        """The lead chooses these packs; the preview."""
        chosen: dict[str, str | tuple[str, ...]] = {
            "packs": tuple(str(pack) for pack in packs),
            "starts_on": "2026-03-02",
            **entries,
        }
        return card(await self.workspace.submit("lena", SetUp(self.channel).write(), chosen))

    async def invite(self) -> Card:
        """The lead presses Invite."""
        return card(await self.workspace.press("lena", Invite(self.channel).write()))

    def owed(self) -> list[Delivery]:
        """Every invitation there is, oldest first."""
        return [
            row
            for row in reversed(self.database.read_now(deliveries.listed))
            if row.kind is DeliveryKind.INVITATION
        ]

    def states(self, person: str) -> list[EnrolmentState]:
        """How a person stands to each pack, by its title."""
        taken = self.database.read_now(enrolments.of_member, self.people[person])
        return [one.enrolment.state for one in taken]

    def buttons(self, person: str) -> dict[str, str]:
        """The buttons of the newest invitation to a person."""
        cards = [row.card for row in self.owed() if row.member_id == self.people[person]]
        assert cards[-1] is not None
        return acts_of(load_card(cards[-1]))
