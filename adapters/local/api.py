"""The same workspace for scripts: JSON under `/local/api`, described in `openapi.py`."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.local import directory, seats
from adapters.local.clock import Clock, duration
from adapters.local.desk import Deed, Desk, Done
from adapters.local.errors import Wrong
from adapters.local.fields import LONGEST, NUL
from adapters.local.live import Live
from adapters.local.openapi import DOCUMENT
from adapters.local.seats import Seat
from bot import days, ui, words
from bot.words import say
from storage import local
from storage.engine import Database
from storage.local import Person
from storage.tables import LocalMessage

PAGE = 50
"""How many messages are listed at once unless asked otherwise."""


class Api:
    """Answers scripts."""

    def __init__(self, desk: Desk, database: Database, live: Live, clock: Clock) -> None:
        self._desk = desk
        self._database = database
        self._live = live
        self._clock = clock

    def routes(self) -> list[Route]:
        """Every address, below `/local/api`."""
        return [
            Route("/openapi.json", self.document),
            Route("/members", self.members),
            Route("/channels", self.channels),
            Route("/rooms/{room}/messages", self.messages),
            Route("/events", self.events, methods=["POST"]),
            Route("/clock", self.time, methods=["GET"]),
            Route("/clock", self.forward, methods=["POST"]),
            Route("/stream", self.stream),
        ]

    async def document(self, request: Request) -> Response:
        """What can be asked here."""
        return JSONResponse(DOCUMENT)

    async def members(self, request: Request) -> Response:
        """Everybody in the workspace."""
        found = await self._database.read(directory.read)
        return JSONResponse({"members": [_member(person, self._clock) for person in found.people]})

    async def channels(self, request: Request) -> Response:
        """Every channel and who is in it."""
        found = await self._database.read(directory.read)
        return JSONResponse(
            {
                "channels": [
                    {
                        "id": room.slug,
                        "name": room.name,
                        "purpose": room.purpose,
                        "members": sorted(room.people),
                    }
                    for room in found.channels
                ]
            }
        )

    async def messages(self, request: Request) -> Response:
        """The newest messages of a room that one person sees."""
        seat = await self._seat(request.query_params.get("as"), request.path_params["room"])
        limit = _limit(request.query_params.get("limit", str(PAGE)))
        rows = await self._database.read(
            local.visible,
            seat.directory.workspace,
            seat.place.address,
            seat.me.slug,
            limit=limit,
        )
        return JSONResponse({"messages": [_message(row) for row in rows]})

    async def events(self, request: Request) -> Response:
        """Do what a person would do, and see what came of it."""
        body = await _body(request)
        seat = await self._seat(_text(body, "as"), _text(body, "room", ""))
        deed = seat.deed(_text(body, "key", ""), _number(body, "message"))
        with words.speaking(seat.me.language):
            done = await self._do(deed, body)
        row = None
        if done.message is not None:
            row = await self._database.read(local.message, seat.directory.workspace, done.message)
        return JSONResponse(_outcome(done) | {"message": None if row is None else _message(row)})

    async def _do(self, deed: Deed, body: Mapping[str, Any]) -> Done:
        match _text(body, "kind"):
            case "command":
                return await self._desk.command(
                    deed, _text(body, "name", ""), _text(body, "text", "")
                )
            case "message":
                return await self._desk.write(deed, _text(body, "text"))
            case "press":
                return await self._desk.press(deed, _text(body, "act"), _texts(body, "values"))
            case "submit":
                return await self._desk.submit(deed, _text(body, "act"), _entries(body))
            case _:
                raise Wrong("kind", say("kind: one of command, message, press or submit."))

    async def time(self, request: Request) -> Response:
        """The workspace's time."""
        return JSONResponse({"now": self._clock.now.isoformat(), "moving": self._clock.moving})

    async def forward(self, request: Request) -> Response:
        """Move time forward; answers when everything due in between is dealt with."""
        body = await _body(request)
        if "forward" in body:
            await self._clock.forward(duration(_text(body, "forward")))
        else:
            await self._clock.forward(timedelta(hours=min(_number(body, "hours"), 24 * 1000)))
        return await self.time(request)

    async def stream(self, request: Request) -> Response:
        """Hints of what changes for one person, as server-sent events."""
        seat = await self._seat(request.query_params.get("as"))
        return seats.streaming(self._live, seat, request)

    async def _seat(self, slug: str | None, room: str = "") -> Seat:
        if not slug:
            raise Wrong("as", say("as: say who you are, with the id of a member."))
        return await seats.take(self._database, slug, room)


def _member(person: Person, clock: Clock) -> dict[str, Any]:
    now = clock.now
    return {
        "id": person.slug,
        "name": person.name,
        "zone": person.zone,
        "language": person.language,
        "roles": sorted(role.value for role in person.roles),
        "local_time": days.local(now, person.zone).isoformat(timespec="seconds"),
    }


def _message(row: LocalMessage) -> dict[str, Any]:
    return {
        "id": row.id,
        "room": row.room,
        "author": row.author,
        "only_for": row.only_for or None,
        "text": row.text,
        "card": row.card,
        "at": row.at.isoformat(),
        "edited_at": row.edited_at.isoformat() if row.edited_at else None,
    }


def _outcome(done: Done) -> dict[str, Any]:
    form, problems = None, {}
    if isinstance(done.outcome, ui.Open | ui.Fix):
        form = _form(done.outcome.form)
    if isinstance(done.outcome, ui.Fix):
        problems = dict(done.outcome.problems)
    return {"outcome": type(done.outcome).__name__.lower(), "form": form, "problems": problems}


def _form(form: ui.Form) -> Any:
    """A form as JSON; dates and times as ISO 8601."""
    return json.loads(json.dumps(ui.dump(form), default=lambda value: value.isoformat()))


def _limit(text: str) -> int:
    if not (text.isdecimal() and len(text) < 4 and 1 <= int(text) <= 500):
        raise Wrong("limit", say("limit: a number from 1 to 500."))
    return int(text)


async def _body(request: Request) -> Mapping[str, Any]:
    try:
        body = json.loads(await request.body())
        json.dumps(body, ensure_ascii=False).encode()  # half a character cannot be written down
    except (ValueError, RecursionError) as wrong:
        raise Wrong("body", say("body: a JSON object, please.")) from wrong
    if not isinstance(body, dict):
        raise Wrong("body", say("body: a JSON object, please."))
    return body


def _text(body: Mapping[str, Any], field: str, default: str | None = None) -> str:
    value = body.get(field, default)
    is_fit = isinstance(value, str) and len(value) <= LONGEST and NUL not in value
    if not isinstance(value, str) or not is_fit or (default is None and not value.strip()):
        raise Wrong(field, say("{field}: a text of at most 4,000 characters.", field=field))
    return value


def _number(body: Mapping[str, Any], field: str) -> int:
    value = body.get(field, 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 62:
        raise Wrong(field, say("{field}: a whole number, please.", field=field))
    return value


def _texts(body: Mapping[str, Any], field: str) -> tuple[str, ...]:
    value = body.get(field, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Wrong(field, say("{field}: a list of texts, please.", field=field))
    return tuple(_text({field: item}, field, "") for item in value)


def _entries(body: Mapping[str, Any]) -> ui.Entries:
    held = body.get("entries", {})
    if not isinstance(held, dict):
        raise Wrong("entries", say("entries: an object with a text or a list of texts per field."))
    return {
        name: _text(held, name, "") if isinstance(value, str) else _texts(held, name)
        for name, value in held.items()
    }
