"""The whole of Grove put together: first start, the moving clock, its pictures and its health."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from adapters import main, serving
from adapters.local.live import Live
from adapters.local.platform import LocalPlatform
from adapters.main import Grove
from adapters.opening import NotReady, looking, opened
from adapters.settings import Settings
from adapters.travel import MovingClock
from bot.insights import charts
from bot.terms import DeliveryState, PlatformName
from storage import deliveries, facts, migrate, people
from storage.engine import Database
from storage.lock import Running
from storage.overview import overview
from tests.clock import MONDAY, Clock


def quiet(_step: str) -> None:
    """Nobody listens to the progress."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path}/data/grove.db", data=tmp_path / "data")


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A first start's database, made once."""
    path = tmp_path_factory.mktemp("seeded") / "grove.db"
    migrate.upgrade(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}", clock=Clock(), durable=False)
    main.seed_once(database, quiet)
    database.close()
    return path


@pytest.fixture
def database(seeded: Path, tmp_path: Path) -> Iterator[Database]:
    copied = tmp_path / "grove.db"
    copied.write_bytes(seeded.read_bytes())
    made = Database(f"sqlite:///{copied}", clock=MovingClock(wall=Clock()))
    yield made
    made.close()


@pytest.fixture
def grove(database: Database) -> Grove:
    assert isinstance(database.clock, MovingClock)
    return Grove(database, database.clock, {PlatformName.LOCAL: LocalPlatform(database, Live())})


def test_the_first_start_fills_the_workspace_and_later_ones_leave_it(settings: Settings) -> None:
    steps: list[str] = []
    for _ in range(2):
        with opened(settings, steps.append) as (database, _clock):
            main.seed_once(database, steps.append)
            found = database.read_now(overview)

    assert (found.workspaces, found.packs) == (1, 5)
    assert found.members >= 10
    assert steps == [
        "Making the tables.",
        "Filling the local workspace with an invented team and the starter packs.",
    ]


def test_two_groves_never_share_a_database(settings: Settings) -> None:
    with (
        opened(settings, quiet),
        pytest.raises(Running, match="Stop it first"),
        opened(settings, quiet),
    ):
        pass


def test_looking_needs_something_to_look_at(settings: Settings) -> None:
    with pytest.raises(NotReady, match="start Grove once"), looking(settings):
        pass


async def test_moving_the_clock_delivers_what_falls_due_at_its_own_hour(grove: Grove) -> None:
    began = grove.clock()

    await grove.forward(timedelta(days=3))

    sent = [
        row
        for row in await grove.database.read(deliveries.listed)
        if row.state is DeliveryState.SENT
    ]
    by_member = {
        row.member_id: [one.due_at for one in sent if one.member_id == row.member_id]
        for row in sent
    }
    assert len(by_member) >= 8
    for row in sent:
        member = await grove.database.read(people.member, row.member_id or 0)
        assert member is not None
        assert row.settled_at is not None
        if row.due_at > began:
            assert timedelta(0) <= row.settled_at - row.due_at < timedelta(minutes=1)
    assert began + timedelta(days=3) <= grove.clock() < began + timedelta(days=3, seconds=5)


async def test_a_moved_clock_stays_moved_after_a_restart(grove: Grove) -> None:
    await grove.forward(timedelta(days=1))

    assert await grove.database.read(facts.clock_offset) >= timedelta(days=1)


async def test_a_move_and_the_beat_do_not_get_in_each_others_way(grove: Grove) -> None:
    await grove.start()

    await asyncio.gather(*(grove.forward(timedelta(days=1)) for _ in range(2)))

    counts = await grove.database.read(deliveries.counts)
    assert set(counts) == {DeliveryState.SENT}
    await grove.stop()


async def test_it_is_ready_while_it_beats(grove: Grove) -> None:
    assert not await grove.ready()

    await grove.start()
    assert await grove.ready()
    await grove.stop()

    assert not await grove.ready()


async def test_tidying_forgets_old_deeds(grove: Grove) -> None:
    assert await grove.database.run(people.first_time, "deed")

    await grove.forward(timedelta(days=4))
    await grove.tidy()

    assert await grove.database.run(people.first_time, "deed")


async def test_a_picture_is_drawn_from_its_source_alone() -> None:
    source = charts.write(charts.Chart("de", (charts.Bar("Störungen", 0.9, 0.8, 0.7, 1.0),)))

    png = await main.draw(source, "dark")

    assert png is not None
    assert png.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "source", ["progress:x", "progress:", "else:1", "", "progress:" + "9" * 30]
)
async def test_no_picture_of_anything_else(source: str) -> None:
    assert await main.draw(source, "light") is None


async def test_health_is_asked_for_without_a_name(grove: Grove, settings: Settings) -> None:
    app = serving.with_health(main.local_app(grove, Live(), settings), grove.ready)
    transport = httpx.ASGITransport(app=app)

    async with httpx.AsyncClient(transport=transport, base_url="http://10.0.0.7") as client:
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/readyz")).status_code == 503
        assert (await client.get("/")).status_code == 421
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        assert (await client.get("/", follow_redirects=True)).status_code == 200


def test_a_port_in_use_is_said_with_another() -> None:
    with serving.bound("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(serving.CannotListen, match=f"choose another with GROVE_PORT={port + 1}"),
            serving.bound("127.0.0.1", port),
        ):
            pass


@pytest.mark.parametrize("host", ["not-a-host.invalid", "192.0.2.1"])
def test_an_address_of_nobody_is_said(host: str) -> None:
    with pytest.raises(serving.CannotListen, match="GROVE_HOST"), serving.bound(host, 0):
        pass


def test_the_clock_only_moves_ahead() -> None:
    clock = MovingClock(wall=Clock())

    clock.jump(MONDAY + timedelta(hours=5))
    clock.jump(MONDAY)

    assert clock() == MONDAY + timedelta(hours=5)
