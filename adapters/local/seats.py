"""One person in one room: who asks, where, and what they may look into."""

from dataclasses import dataclass
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import StreamingResponse

from adapters.local import directory
from adapters.local.desk import Deed
from adapters.local.directory import Directory, Place
from adapters.local.live import Live
from bot import words
from storage.engine import Database
from storage.local import Person


@dataclass(frozen=True, slots=True)
class Seat:
    """One person in one room, with everything the page shows around it."""

    directory: Directory
    me: Person
    place: Place

    @property
    def base(self) -> str:
        """Where this room's deeds are posted."""
        return f"/as/{self.me.slug}/rooms/{self.place.address}"

    @property
    def page(self) -> str:
        """The room's own address."""
        inside = "grove" if self.place.channel is None else f"channels/{self.place.address}"
        return f"/as/{self.me.slug}/{inside}"

    def deed(self, key: str, on: int = 0) -> Deed:
        """Something done here; without a key it is a new one."""
        return Deed(self.me, self.place, key or uuid4().hex, on)


async def take(database: Database, person: str, room: str = "") -> Seat:
    """The seat of this person in a room of theirs, without one in their direct message."""
    found = await database.read(directory.read)
    me = found.person(person)
    with words.speaking(me.language):
        return Seat(found, me, found.place(me, room or f"@{person}"))


def streaming(live: Live, seat: Seat, request: Request) -> StreamingResponse:
    """The stream of what this person may know, from where they left off."""
    rooms = [place.address for place in seat.directory.places(seat.me)]
    last = request.headers.get("last-event-id") or request.query_params.get("from", "")
    return StreamingResponse(
        live.stream(seat.me.slug, rooms, last),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
