"""The JSON interface: does what it says, says what it does."""

from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from starlette.routing import Mount, Route

from adapters.local.openapi import DOCUMENT
from tests.adapters.local.world import World

API = "/local/api"


def fits(path: str, method: str, answer: Any) -> None:
    """Fail when an answer is not what the document promises."""
    promised = DOCUMENT["paths"][path][method]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    OAS31Validator({**promised, "components": DOCUMENT["components"]}).validate(answer)


def test_the_document_is_valid() -> None:
    validate(DOCUMENT)


async def test_the_document_names_every_address_and_method(here: World) -> None:
    mount = next(
        route for route in here.app.routes if isinstance(route, Mount) and route.path == API
    )
    served = {
        (route.path, method.lower())
        for route in mount.routes
        if isinstance(route, Route) and route.path != "/openapi.json"
        for method in (route.methods or set()) - {"HEAD"}
    }
    declared = {(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods}

    assert served == declared
    async with here.script() as script:
        assert (await script.get(f"{API}/openapi.json")).json() == DOCUMENT


async def test_members_and_channels_are_listed(world: World) -> None:
    async with world.script() as script:
        members = (await script.get(f"{API}/members")).json()
        channels = (await script.get(f"{API}/channels")).json()

    fits("/members", "get", members)
    fits("/channels", "get", channels)
    assert members["members"][1] == {
        "id": "ana",
        "name": "Ana Kovač",
        "zone": "Europe/Zagreb",
        "language": "en",
        "roles": ["lead"],
        "local_time": "2026-03-02T09:00:00+01:00",
    }
    assert [(channel["id"], channel["members"]) for channel in channels["channels"]] == [
        ("incidents", ["ana", "priya", "sam"]),
        ("leads", ["ana", "priya"]),
    ]


async def test_a_script_can_live_a_learners_day(world: World) -> None:
    async with world.script() as script:
        asked = (
            await script.post(
                f"{API}/events", json={"as": "sam", "kind": "command", "name": "quiz"}
            )
        ).json()
        press = {"as": "sam", "kind": "press", "act": "qa:2", "message": asked["message"]["id"]}
        answered = (await script.post(f"{API}/events", json=press)).json()
        listed = (await script.get(f"{API}/rooms/@sam/messages", params={"as": "sam"})).json()

    for outcome in (asked, answered):
        fits("/events", "post", outcome)
    fits("/rooms/{room}/messages", "get", listed)
    assert answered["message"]["id"] == asked["message"]["id"]
    assert [(message["author"], message["text"]) for message in listed["messages"]] == [
        ("sam", "/grove quiz"),
        ("grove", ""),
    ]
    assert listed["messages"][1]["card"]["title"] == "It’s B, SEV2."


async def test_a_form_can_be_opened_fixed_and_sent(here: World) -> None:
    async with here.script() as script:
        opened = (
            await script.post(
                f"{API}/events", json={"as": "sam", "kind": "message", "text": "settings"}
            )
        ).json()
        form = opened["form"]
        send = {
            "as": "sam",
            "kind": "submit",
            "act": form["act"],
            "entries": {"goal": "", "days": ["0"]},
        }
        fix = (await script.post(f"{API}/events", json=send)).json()
        send["entries"] = {"goal": "Three days", "days": ["0"]}
        kept = (await script.post(f"{API}/events", json=send)).json()

    for outcome in (opened, fix, kept):
        fits("/events", "post", outcome)
    assert [opened["outcome"], fix["outcome"], kept["outcome"]] == ["open", "fix", "say"]
    assert fix["problems"]["goal"] == "A goal needs at least one word."
    assert kept["message"]["card"]["title"] == "Kept."


async def test_time_moves_by_a_duration_or_by_hours(here: World) -> None:
    async with here.script() as script:
        before = (await script.get(f"{API}/clock")).json()
        day = (await script.post(f"{API}/clock", json={"forward": "P1D"})).json()
        hours = (await script.post(f"{API}/clock", json={"hours": 3})).json()

    for answer in (before, day, hours):
        fits("/clock", "get", answer)
    assert before["now"] == "2026-03-02T08:00:00+00:00"
    assert day["now"] == "2026-03-03T08:00:00+00:00"
    assert hours["now"] == "2026-03-03T11:00:00+00:00"


@pytest.mark.parametrize(
    ("path", "body", "field", "status"),
    [
        ("/events", "not json", "body", 422),
        ("/events", [], "body", 422),
        ("/events", "[" * 50_000, "body", 422),
        (
            "/events",
            '{"as": "sam", "kind": "message", "text": "half a pair: \\ud800"}',
            "body",
            422,
        ),
        ("/events", '{"as": "sam", "kind": "message", "text": "nothing: \\u0000"}', "text", 422),
        ("/events", {"kind": "message"}, "as", 422),
        ("/events", {"as": "nobody", "kind": "message", "text": "x"}, "person", 404),
        ("/events", {"as": "sam", "room": "leads", "kind": "message", "text": "x"}, "room", 404),
        ("/events", {"as": "sam", "kind": "dance"}, "kind", 422),
        ("/events", {"as": "sam", "kind": "message", "text": ""}, "text", 422),
        ("/events", {"as": "sam", "kind": "message", "text": "x" * 4001}, "text", 422),
        ("/events", {"as": "sam", "kind": "press", "act": "a", "values": "b"}, "values", 422),
        ("/events", {"as": "sam", "kind": "press", "act": "a", "message": "1"}, "message", 422),
        (
            "/events",
            {"as": "sam", "kind": "submit", "act": "a", "entries": {"days": [1]}},
            "days",
            422,
        ),
        ("/events", {"as": "sam", "kind": "submit", "act": "a", "entries": []}, "entries", 422),
        (
            "/events",
            {"as": "sam", "kind": "submit", "act": "a", "entries": {"goal": "9" * 4001}},
            "goal",
            422,
        ),
        (
            "/events",
            {"as": "sam", "kind": "press", "act": "a", "values": ["9" * 4001]},
            "values",
            422,
        ),
        ("/clock", {"forward": "tomorrow"}, "forward", 422),
        ("/clock", {"hours": 0}, "forward", 422),
        ("/clock", {"hours": 1.5}, "hours", 422),
    ],
)
async def test_bad_input_is_named_in_one_sentence(
    here: World, path: str, body: Any, field: str, status: int
) -> None:
    async with here.script() as script:
        sent = {"content": body} if isinstance(body, str) else {"json": body}
        answer = await script.post(API + path, **sent)

    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["field"] == field
    assert error["message"].endswith(".")
    OAS31Validator({**DOCUMENT["components"]["schemas"]["Error"]}).validate(answer.json())


@pytest.mark.parametrize(
    "query",
    ["", "?as=nobody", "?as=sam&limit=0", "?as=sam&limit=many", f"?as=sam&limit={'9' * 5000}"],
)
async def test_a_bad_question_is_answered_kindly(here: World, query: str) -> None:
    async with here.script() as script:
        answer = await script.get(f"{API}/rooms/@sam/messages{query}")

    assert answer.status_code in {404, 422}
    assert answer.json()["error"]["message"]


async def test_a_bug_has_a_reference_here_too(here: World) -> None:
    async with here.script() as script:
        answer = await script.post(
            f"{API}/events", json={"as": "sam", "kind": "message", "text": "break"}
        )

    assert answer.status_code == 500
    assert answer.json()["error"]["message"].startswith("Something broke, reference ")
