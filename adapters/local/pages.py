"""The web page: a room drawn on the server, what is done in it, and the fragments that are swapped in."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route

from adapters.local import directory, fields, palette, seats, views
from adapters.local.clock import Clock
from adapters.local.desk import Desk, Done
from adapters.local.directory import Directory, Place
from adapters.local.drawing import Drawing
from adapters.local.errors import Wrong
from adapters.local.live import Live
from adapters.local.seats import Seat
from adapters.local.views import Face
from bot import ui, words
from bot.words import say
from storage import local
from storage.engine import Database, Tx
from storage.tables import LocalMessage

SHOWN = 80
"""How many messages a room shows at first; *Show earlier* adds as many."""

DEEPEST = 2000
"""How many messages a room shows at most."""


class Pages:
    """Answers a browser."""

    def __init__(
        self, desk: Desk, database: Database, live: Live, clock: Clock, drawing: Drawing
    ) -> None:
        self._desk = desk
        self._database = database
        self._live = live
        self._clock = clock
        self._drawing = drawing

    def routes(self) -> list[Route]:
        """Every address of the page."""
        room = "/as/{person}/rooms/{room}"
        return [
            Route("/", self.who),
            Route("/as/{person}", self.enter),
            Route("/as/{person}/grove", self.look),
            Route("/as/{person}/channels/{room}", self.look),
            Route("/as/{person}/stream", self.stream),
            Route(f"{room}/messages", self.messages),
            Route(f"{room}/palette", self.palette),
            Route(f"{room}/files/{{message}}", self.file),
            Route(f"{room}/say", self.say, methods=["POST"]),
            Route(f"{room}/press", self.press, methods=["POST"]),
            Route(f"{room}/submit", self.submit, methods=["POST"]),
            Route(f"{room}/dismiss", self.dismiss, methods=["POST"]),
            Route(f"{room}/clock", self.clock, methods=["POST"]),
        ]

    async def who(self, request: Request) -> Response:
        """Choose who you are."""
        found = await self._database.read(directory.read)
        return HTMLResponse(
            self._drawing.page("who.html", faces=self._faces(found), now=self._clock.now)
        )

    async def enter(self, request: Request) -> Response:
        """A person's first room: the direct message with Grove."""
        return RedirectResponse(f"/as/{request.path_params['person']}/grove")

    async def look(self, request: Request) -> Response:
        """A room, whole."""
        seat = await self._seat(request)
        with words.speaking(seat.me.language):
            return HTMLResponse(await self._page(seat))

    async def _page(self, seat: Seat, dialog: Markup | str = "", notice: str = "") -> str:
        stream = self._live.place
        me, place, now = seat.me, seat.place, self._clock.now
        places = seat.directory.places(me)
        latest = await self._database.read(
            local.latest, seat.directory.workspace, [other.address for other in places], me.slug
        )
        faces = views.faces(seat.directory, now)
        return self._drawing.page(
            "page.html",
            me=faces[me.slug],
            grove=views.OURSELVES,
            place=place,
            places=places,
            latest=latest,
            faces=list(faces.values()),
            messages=await self._list(seat, SHOWN),
            limit=SHOWN,
            hint=_hint(place),
            now=now,
            wall=views.wall_and_day(now, me.zone),
            stream=stream,
            dialog=dialog,
            notice=notice,
        )

    def _faces(self, found: Directory) -> list[Face]:
        return list(views.faces(found, self._clock.now).values())

    async def messages(self, request: Request) -> Response:
        """A room's messages as they are now, as a fragment."""
        seat = await self._seat(request)
        wanted = request.query_params.get("limit", "")
        limit = min(int(wanted), DEEPEST) if wanted.isdecimal() and len(wanted) < 6 else SHOWN
        with words.speaking(seat.me.language):
            return HTMLResponse(await self._list(seat, limit))

    async def _list(self, seat: Seat, limit: int) -> Markup:
        rows = await self._database.read(_rows, seat, limit + 1)
        items: list[views.Item] = [
            *views.listed(rows[-limit:], seat.directory, seat.me, self._clock.now)
        ]
        if not rows:
            channel = seat.place.channel
            items = [views.Welcome(seat.place.name, channel.purpose if channel else "")]
        if len(rows) > limit < DEEPEST:
            items.insert(0, views.Earlier(min(limit + SHOWN, DEEPEST)))
        return self._drawing.messages(items, base=seat.base, alone=seat.place.channel is None)

    async def palette(self, request: Request) -> Response:
        """What completes the command being typed, as a fragment."""
        seat = await self._seat(request)
        typed = request.query_params.get("text", "")[:200]
        with words.speaking(seat.me.language):
            found = await self._database.read(
                palette.suggest, seat.me, seat.directory.workspace, typed
            )
            return HTMLResponse(self._drawing.palette(found))

    async def file(self, request: Request) -> Response:
        """The file that came with a message this person sees."""
        seat = await self._seat(request)
        message = fields.whole("message", request.path_params["message"])
        file = await self._desk.file(seat.deed("", message))
        named = {"Content-Disposition": f'attachment; filename="{fields.filename(file.name)}"'}
        return Response(file.content, media_type=file.media_type, headers=named)

    async def stream(self, request: Request) -> Response:
        """What changes, as it changes."""
        return seats.streaming(self._live, await self._seat(request), request)

    async def say(self, request: Request) -> Response:
        """What was written into the composer: a command, words for Grove, or words for the channel."""

        async def deal(seat: Seat, held: fields.Sent) -> Done:
            text = fields.last(held, "text").strip()
            deed = seat.deed(fields.last(held, "key"))
            if not text:
                raise Wrong("text", say("Write something first."))
            first, _, rest = text.partition(" ")
            if first == "/grove":
                name, _, argument = rest.strip().partition(" ")
                return await self._desk.command(deed, name, argument.strip())
            if text.startswith("/"):
                raise Wrong("text", say("Commands begin with /grove; type / to see them."))
            return await self._desk.write(deed, text)

        return await self._deal(request, deal)

    async def press(self, request: Request) -> Response:
        """A button or a menu of a message."""

        async def deal(seat: Seat, held: fields.Sent) -> Done:
            deed = seat.deed(fields.last(held, "key"), fields.number(held, "message"))
            values = tuple(value for value in held.get("values", []) if value)
            return await self._desk.press(deed, fields.last(held, "act"), values)

        return await self._deal(request, deal)

    async def submit(self, request: Request) -> Response:
        """A form sent off."""

        async def deal(seat: Seat, held: fields.Sent) -> Done:
            deed = seat.deed(fields.last(held, "key"), fields.number(held, "message"))
            return await self._desk.submit(deed, fields.last(held, "act"), fields.entries(held))

        return await self._deal(request, deal)

    async def dismiss(self, request: Request) -> Response:
        """A private message taken away."""

        async def deal(seat: Seat, held: fields.Sent) -> Done:
            await self._desk.dismiss(seat.deed("", fields.number(held, "message")))
            return Done(ui.Nothing())

        return await self._deal(request, deal)

    async def clock(self, request: Request) -> Response:
        """Time moved forward by some hours."""

        async def deal(seat: Seat, held: fields.Sent) -> Done:
            await self._clock.forward(timedelta(hours=min(fields.number(held, "hours"), 24 * 1000)))
            return Done(ui.Nothing())

        return await self._deal(request, deal)

    async def _deal(
        self, request: Request, deal: Callable[[Seat, fields.Sent], Awaitable[Done]]
    ) -> Response:
        """Do it, then answer a script with what to show, a browser without one with the room again."""
        seat = await self._seat(request)
        held = await fields.sent(request)
        notice, dialog = "", Markup("")
        with words.speaking(seat.me.language):
            swaps = "application/json" in request.headers.get("accept", "")
            try:
                done = await deal(seat, held)
            except Wrong as wrong:
                notice = wrong.words
            else:
                dialog = self._dialog(
                    seat, done.outcome, fields.number(held, "message"), open_now=not swaps
                )
            if swaps:
                return JSONResponse({"dialog": dialog, "notice": notice}, 422 if notice else 200)
            if notice or dialog:
                return HTMLResponse(await self._page(seat, dialog, notice))
        return RedirectResponse(seat.page, 303)

    async def _seat(self, request: Request) -> Seat:
        asked = request.path_params
        return await seats.take(self._database, asked["person"], asked.get("room", ""))

    def _dialog(self, seat: Seat, outcome: ui.Outcome, message: int, *, open_now: bool) -> Markup:
        problems = outcome.problems if isinstance(outcome, ui.Fix) else ()
        if not isinstance(outcome, ui.Open | ui.Fix):
            return Markup("")
        return self._drawing.dialog(
            outcome.form,
            self._faces(seat.directory),
            problems,
            base=seat.base,
            message=message,
            open=open_now,
        )


def _rows(tx: Tx, seat: Seat, limit: int) -> list[LocalMessage]:
    return local.visible(
        tx, seat.directory.workspace, seat.place.address, seat.me.slug, limit=limit
    )


def _hint(place: Place) -> str:
    if place.channel is None:
        return say("Message Grove, or type / for commands")
    return say("Message #{room}, or type / for commands", room=place.name)
