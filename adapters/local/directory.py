"""Who is in the local workspace and which rooms they may look into, read once per request."""

from dataclasses import dataclass

from adapters.local.errors import missing
from adapters.local.team import TEAM, Teammate
from bot.events import Where
from bot.terms import MemberId, PlatformName
from bot.words import say
from storage import local, people
from storage.engine import Tx
from storage.local import Person, Room

WORKSPACE = "local"
"""The one workspace this door serves, as the platform's own id."""

GROVE = "grove"
"""The author of what Grove says."""


@dataclass(frozen=True, slots=True)
class Place:
    """A room as one person sees it: a channel, or (`channel` None) their direct message with Grove."""

    address: str
    channel: Room | None = None

    @property
    def where(self) -> Where:
        """Alone with Grove, or among others."""
        return Where.DIRECT if self.channel is None else Where.CHANNEL

    @property
    def name(self) -> str:
        """What stands above the messages."""
        return "Grove" if self.channel is None else self.channel.name


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody and every channel of the workspace."""

    workspace: int
    people: tuple[Person, ...]
    channels: tuple[Room, ...]

    def person(self, slug: str) -> Person:
        """The person of this name in the address."""
        for person in self.people:
            if person.slug == slug:
                return person
        raise missing(
            "person", say("There is nobody called “{name}” in this workspace.", name=slug)
        )

    def places(self, person: Person) -> tuple[Place, ...]:
        """The rooms this person may look into, the direct message first."""
        joined = [room for room in self.channels if person.slug in room.people]
        return (Place(f"@{person.slug}"), *(Place(room.slug, room) for room in joined))

    def place(self, person: Person, address: str) -> Place:
        """The room of this address, if it is one of theirs."""
        for place in self.places(person):
            if place.address == address:
                return place
        raise missing("room", say("There is no room “{name}” for you here.", name=address))


def read(tx: Tx) -> Directory:
    """The directory as it stands; of the invented team also those who have not met Grove, or were erased."""
    home = people.workspace(tx, PlatformName.LOCAL, WORKSPACE)
    if home is None or home.id is None:
        return Directory(0, tuple(_stranger(teammate) for teammate in TEAM), ())
    known = local.people(tx, home.id)
    met = {person.slug for person in known}
    strangers = [_stranger(teammate) for teammate in TEAM if teammate.slug not in met]
    return Directory(home.id, (*known, *strangers), tuple(local.rooms(tx, home.id)))


def _stranger(mate: Teammate) -> Person:
    return Person(
        MemberId(0), mate.slug, mate.name, mate.zone, mate.language, frozenset(), frozenset()
    )
