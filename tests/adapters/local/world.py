"""A small local workspace to try things in: three people, two channels, a clock, pictures."""

import zlib
from dataclasses import dataclass, field
from datetime import timedelta
from struct import pack

import httpx
from starlette.applications import Starlette

from adapters.local.app import create_app
from adapters.local.live import Live
from adapters.local.platform import LocalPlatform
from bot.events import Source
from bot.terms import PlatformName, Role
from storage import people
from storage.engine import Database, Tx
from storage.tables import Channel, ChannelMember
from tests.adapters.local.stand_in import StandIn
from tests.clock import Clock

PEOPLE = (
    ("sam", "Sam Rivera", "Europe/Berlin"),
    ("ana", "Ana Kovač", "Europe/Zagreb"),
    ("priya", "Priya Raman", "Asia/Kolkata"),
)


def seed(tx: Tx) -> None:
    """Three people; everybody is in #incidents, Sam is not in #leads. Ana leads."""
    home = people.found_workspace(tx, PlatformName.LOCAL, "local", "Local")
    assert home.id is not None
    for slug, name, zone in PEOPLE:
        source = Source(PlatformName.LOCAL, "local", slug, "", name=name, zone=zone)
        member = people.recognise(tx, source)
        if slug == "ana":
            people.grant(tx, member, Role.LEAD)
    for name, inside in (("incidents", ("sam", "ana", "priya")), ("leads", ("ana", "priya"))):
        channel = Channel(
            workspace_id=home.id,
            external_id=name,
            name=name,
            purpose="When something is down: who does what, and what we tell people",
            created_at=tx.now,
        )
        tx.add(channel)
        assert channel.id is not None
        for slug in inside:
            member_row = people.member_at(tx, home.id, slug)
            assert member_row is not None
            assert member_row.id is not None
            tx.add(
                ChannelMember(channel_id=channel.id, member_id=member_row.id, workspace_id=home.id)
            )


@dataclass(slots=True)
class World:
    """The application with everything it stands on."""

    database: Database
    clock: Clock
    inbox: StandIn = field(default_factory=StandIn)
    live: Live = field(default_factory=Live)
    app: Starlette = field(init=False)
    platform: LocalPlatform = field(init=False)
    fails_to_move: bool = False

    def __post_init__(self) -> None:
        self.database.run_now(seed)
        self.platform = LocalPlatform(self.database, self.live)
        self.app = create_app(
            inbox=self.inbox,
            database=self.database,
            moves=self.move,
            picture=picture,
            now=self.clock,
            live=self.live,
        )

    async def move(self, by: timedelta) -> None:
        """Move the clock, in steps."""
        if self.fails_to_move:
            raise RuntimeError("a bug")
        for _ in range(4):
            self.clock.forward(by / 4)

    def browser(self) -> httpx.AsyncClient:
        """Something that asks as a page of this server does."""
        headers = {"Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"}
        transport = httpx.ASGITransport(app=self.app)
        return httpx.AsyncClient(
            transport=transport, base_url="http://localhost:8000", headers=headers
        )

    def script(self) -> httpx.AsyncClient:
        """Something on this machine that is no browser."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.app), base_url="http://127.0.0.1:8000"
        )


async def picture(source: str, theme: str) -> bytes | None:
    """A plain PNG for `progress:1`, none for anything else."""
    if source != "progress:1":
        return None
    shade = b"\x1b\x38\x2a" if theme == "dark" else b"\xe5\xf3\xea"
    row = b"\x00" + shade * 480
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, body)
        for kind, body in (
            (b"IHDR", pack(">IIBBBBB", 480, 160, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(row * 160)),
            (b"IEND", b""),
        )
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body))
