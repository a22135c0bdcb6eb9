"""The local workspace as the outbox sees it: a place that takes messages, each once."""

from typing import TYPE_CHECKING

from adapters.local.directory import GROVE
from adapters.local.live import Hint, Live
from bot import ui
from bot.errors import Undeliverable
from storage import local
from storage.engine import Database, Tx

if TYPE_CHECKING:
    from bot.outbox import Parcel


class LocalPlatform:
    """Puts Grove's unprompted messages into the rooms of the local workspace."""

    def __init__(self, database: Database, live: Live) -> None:
        self._database = database
        self._live = live

    async def send(self, parcel: "Parcel") -> str:
        """The message's id; the same parcel twice is one message. Undeliverable when the address is nobody's."""
        hint = await self._database.run(_put, parcel)
        self._live.tell(hint)
        return str(hint.id)

    async def find(self, parcel: "Parcel") -> str | None:
        """The id of this parcel's message, None when it did not arrive: here that is always known."""
        return await self._database.read(_found, parcel.key)


def _put(tx: Tx, parcel: "Parcel") -> Hint:
    room = _room(tx, parcel)
    row = local.post(
        tx,
        workspace=parcel.workspace,
        room=room,
        author=GROVE,
        key=f"parcel:{parcel.key}",
        card=ui.dump(parcel.card),
    )
    assert row.id is not None
    return Hint("message", room, row.id)


def _room(tx: Tx, parcel: "Parcel") -> str:
    slug = parcel.address.removeprefix("@")
    if any(person.slug == slug for person in local.people(tx, parcel.workspace)):
        return f"@{slug}"
    if any(room.slug == parcel.address for room in local.rooms(tx, parcel.workspace)):
        return parcel.address
    raise Undeliverable("nobody has this address in the local workspace")


def _found(tx: Tx, key: str) -> str | None:
    row = local.by_key(tx, f"parcel:{key}")
    return None if row is None else str(row.id)
