"""A small workspace to begin from: members, roles, and what they do."""

from dataclasses import dataclass, field
from itertools import count

from bot.events import Command, Message, Press, Source, Submit, Where
from bot.inbox import Inbox
from bot.terms import MemberId, PlatformName, Role, WorkspaceId
from bot.ui import Entries, Outcome
from storage import people
from storage.engine import Database, Tx


@dataclass(slots=True)
class Workspace:
    """One workspace in a database, and people doing things in it through the inbox."""

    database: Database
    name: str = "local"
    platform: PlatformName = PlatformName.LOCAL
    id: WorkspaceId = field(init=False)
    _keys: "count[int]" = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.id = WorkspaceId(self.database.run_now(_found, self.platform, self.name))

    def source(self, person: str, *, zone: str = "UTC", channel: str = "", key: str = "") -> Source:
        """Who does something; each deed has its own key unless one is given."""
        return Source(
            platform=self.platform,
            workspace=self.name,
            person=person,
            key=key or f"deed-{next(self._keys)}",
            where=Where.CHANNEL if channel else Where.DIRECT,
            channel=channel,
            name=person.capitalize(),
            zone=zone,
        )

    def member(self, person: str, *, zone: str = "UTC", roles: tuple[Role, ...] = ()) -> MemberId:
        """A member with these roles in the whole workspace, made on first sight."""
        return MemberId(self.database.run_now(_member, self.source(person, zone=zone), roles))

    async def command(
        self, person: str, name: str = "", text: str = "", *, channel: str = ""
    ) -> Outcome:
        """`/grove <name> <text>`."""
        return await self._inbox().handle(Command(self.source(person, channel=channel), name, text))

    async def press(self, person: str, act: str, *values: str, key: str = "") -> Outcome:
        """A button, or a menu with the values chosen."""
        return await self._inbox().handle(Press(self.source(person, key=key), act, values))

    async def submit(self, person: str, act: str, entries: Entries) -> Outcome:
        """A form sent off."""
        return await self._inbox().handle(Submit(self.source(person), act, entries))

    async def write(self, person: str, text: str) -> Outcome:
        """Plain words in a direct message."""
        return await self._inbox().handle(Message(self.source(person), text))

    def _inbox(self) -> Inbox:
        return Inbox(self.database)


def _found(tx: Tx, platform: PlatformName, name: str) -> int:
    row = people.found_workspace(tx, platform, name)
    assert row.id is not None
    return row.id


def _member(tx: Tx, source: Source, roles: tuple[Role, ...]) -> int:
    row = people.recognise(tx, source)
    for role in roles:
        people.grant(tx, row, role)
    assert row.id is not None
    return row.id
