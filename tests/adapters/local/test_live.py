"""The stream: who learns of what, and what a page gets that was away."""

import asyncio
from collections.abc import AsyncGenerator

from adapters.local.live import KEPT, Hint, Live


async def events(stream: AsyncGenerator[str, None], number: int) -> list[str]:
    """The next events, without their places."""
    found: list[str] = []
    while len(found) < number:
        text = await asyncio.wait_for(anext(stream), 2)
        if "event: " in text:
            found.append(text[text.index("event: ") :].strip())
    return found


async def opened(live: Live, person: str, *rooms: str, last: str = "") -> AsyncGenerator[str, None]:
    """A stream that listens already."""
    stream = live.stream(person, rooms, last)
    await anext(stream)
    return stream


async def test_a_page_learns_of_messages_in_its_rooms() -> None:
    live = Live()
    stream = await opened(live, "sam", "@sam", "incidents")

    live.tell(Hint("message", "leads", 1))
    live.tell(Hint("message", "incidents", 2))

    assert await events(stream, 1) == ['event: message\ndata: {"room": "incidents", "id": 2}']


async def test_what_only_one_may_see_is_told_to_nobody_else() -> None:
    live = Live()
    sam, ana = await opened(live, "sam", "incidents"), await opened(live, "ana", "incidents")

    live.tell(Hint("message", "incidents", 1, only_for="ana"))
    live.tell(Hint("message", "incidents", 2))

    assert '"id": 2' in (await events(sam, 1))[0]
    assert '"id": 1' in (await events(ana, 1))[0]


async def test_a_page_that_comes_back_gets_what_it_missed() -> None:
    live = Live()
    live.tell(Hint("message", "@sam", 1))
    left = live.place
    live.tell(Hint("message", "@ana", 2))
    live.tell(Hint("message", "@sam", 3))

    stream = await opened(live, "sam", "@sam", last=left)

    assert await events(stream, 1) == ['event: message\ndata: {"room": "@sam", "id": 3}']


async def test_a_page_away_for_too_long_looks_at_everything_again() -> None:
    live = Live()
    left = live.place
    for number in range(KEPT + 1):
        live.tell(Hint("message", "@ana", number))

    stream = await opened(live, "sam", "@sam", last=left)

    assert await events(stream, 1) == ["event: resync\ndata: {}"]


async def test_after_a_restart_a_page_looks_at_everything_again() -> None:
    before, live = Live(), Live()

    stream = await opened(live, "sam", "@sam", last=before.place)

    assert await events(stream, 1) == ["event: resync\ndata: {}"]


async def test_a_place_nobody_gave_out_means_everything_again() -> None:
    live = Live()
    start = live.place.partition("-")[0]

    for last in (f"{start}-99", f"{start}-x", "nonsense"):
        stream = await opened(live, "sam", "@sam", last=last)
        assert await events(stream, 1) == ["event: resync\ndata: {}"]


async def test_closing_ends_every_stream_so_that_the_server_can_stop() -> None:
    live = Live()
    stream = await opened(live, "sam", "@sam")

    live.close()

    assert [text async for text in stream] == []


async def test_a_page_that_went_away_is_forgotten() -> None:
    live = Live()
    stream = live.stream("sam", ["@sam"], "")
    await anext(stream)

    await stream.aclose()

    assert live.listening == 0
