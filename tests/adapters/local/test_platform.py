"""The outbox's messages in the local workspace."""

import pytest

from bot.errors import Undeliverable
from bot.ui import Card
from tests.adapters.local.parcels import parcel
from tests.adapters.local.world import World


async def test_a_parcel_sent_twice_is_one_message(world: World) -> None:
    owed = parcel("set:1:2026-03-02", "sam", Card("Two minutes?"))

    first, second = await world.platform.send(owed), await world.platform.send(owed)

    assert first == second
    async with world.browser() as browser:
        html = (await browser.get("/as/sam/rooms/@sam/messages")).text
    assert html.count("Two minutes?") == 1


async def test_whether_a_parcel_arrived_is_always_known(world: World) -> None:
    owed = parcel("set:1:2026-03-02", "sam", Card("Two minutes?"))

    before = await world.platform.find(owed)
    sent = await world.platform.send(owed)

    assert before is None
    assert await world.platform.find(owed) == sent


async def test_a_parcel_may_go_to_a_channel(world: World) -> None:
    await world.platform.send(parcel("notice:1", "incidents", Card("A new pack is open to you")))

    async with world.browser() as browser:
        assert "A new pack" in (await browser.get("/as/priya/rooms/incidents/messages")).text


async def test_an_address_of_nobody_is_undeliverable(world: World) -> None:
    with pytest.raises(Undeliverable):
        await world.platform.send(parcel("set:2:2026-03-02", "nobody", Card("Two minutes?")))


async def test_a_new_message_marks_the_room_as_unread(world: World) -> None:
    sent = await world.platform.send(parcel("set:1:2026-03-02", "sam", Card("Two minutes?")))

    async with world.browser() as browser:
        page = (await browser.get("/as/sam/channels/incidents")).text
    assert f'data-goes="@sam" data-latest="{sent}"' in page
    assert 'data-goes="incidents" data-latest="0"' in page
