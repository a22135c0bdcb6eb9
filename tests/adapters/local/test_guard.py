"""Only pages of this server, under its own name, may do things in it."""

import httpx
import pytest

from adapters.local.app import create_app
from tests.adapters.local.world import World, picture

SAY = "/as/sam/rooms/incidents/say"


async def post(world: World, **headers: str) -> int:
    """The status of a post with these headers."""
    async with world.script() as script:
        answer = await script.post(SAY, data={"text": "Hello"}, headers=headers)
    return answer.status_code


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:8000"},
    ],
)
async def test_another_site_cannot_post_in_your_name(here: World, headers: dict[str, str]) -> None:
    assert await post(here, **headers) == 403


async def test_a_page_of_ours_and_a_script_can(here: World) -> None:
    assert await post(here, Origin="http://127.0.0.1:8000") == 303
    assert await post(here) == 303


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "10.0.0.7:8000", "", "[::1"]
)
async def test_a_foreign_name_for_this_machine_is_not_answered(here: World, host: str) -> None:
    async with here.script() as script:
        answer = await script.get("/", headers={"Host": host})

    assert answer.status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:1"])
async def test_loopback_is_answered(here: World, host: str) -> None:
    async with here.script() as script:
        assert (await script.get("/", headers={"Host": host})).status_code == 200


async def test_a_configured_name_is_answered(here: World) -> None:
    app = create_app(
        inbox=here.inbox,
        database=here.database,
        moves=here.move,
        picture=picture,
        now=here.clock,
        hosts=["grove.example"],
    )
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://grove.example") as client:
        assert (await client.get("/")).status_code == 200


async def test_a_post_larger_than_any_form_is_refused(here: World) -> None:
    async with here.script() as script:
        answer = await script.post(SAY, data={"text": "x" * 70_000})

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "path", ["/", "/as/sam/grove", "/nowhere", "/local/static/page.js", "/local/api/members"]
)
async def test_every_answer_keeps_scripts_and_frames_of_others_out(here: World, path: str) -> None:
    async with here.script() as script:
        headers = (await script.get(path)).headers

    assert headers["content-security-policy"].startswith("default-src 'self'; object-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


async def test_no_page_holds_a_script_or_style_of_its_own(here: World) -> None:
    async with here.script() as script:
        pages = [(await script.get(path)).text for path in ("/", "/as/sam/grove", "/nowhere")]

    for page in pages:
        assert "<style" not in page
        assert " style=" not in page
        assert "<script>" not in page
        assert "javascript:" not in page
