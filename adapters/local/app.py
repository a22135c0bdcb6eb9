"""The local workspace as one web application, put together by hand."""

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.local.api import Api
from adapters.local.clock import Clock, Moves
from adapters.local.desk import Desk, Inbox
from adapters.local.drawing import HERE, Drawing
from adapters.local.errors import Wrong, broke
from adapters.local.guard import Guard
from adapters.local.live import Live
from adapters.local.pages import Pages
from bot.words import say
from storage.engine import Database

Draws = Callable[[str, str], Awaitable[bytes | None]]
"""A picture by its source and theme (`light` or `dark`) as PNG, None when there is none."""


def create_app(
    *,
    inbox: Inbox,
    database: Database,
    moves: Moves,
    picture: Draws,
    now: Callable[[], datetime],
    live: Live | None = None,
    hosts: Collection[str] = (),
) -> Starlette:
    """The application. Give `live` the same hub as the LocalPlatform; `hosts` are names besides loopback.

    Call `live.close()` when the server is told to stop: open streams end, and it can.
    """
    live = live or Live()
    drawing = Drawing()
    desk = Desk(inbox, database, live)
    clock = Clock(now, moves, live)

    async def draw(request: Request) -> Response:
        theme = "dark" if request.query_params.get("theme") == "dark" else "light"
        png = await picture(request.path_params["source"], theme)
        if png is None:
            raise HTTPException(404)
        return Response(png, media_type="image/png", headers={"Cache-Control": "no-store"})

    async def wrong(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, Wrong)
        return _explained(drawing, request, problem)

    async def not_here(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, HTTPException)
        words = (
            say("This is not here.")
            if problem.status_code == 404
            else say("This cannot be done here.")
        )
        return _explained(drawing, request, Wrong("address", words, problem.status_code))

    app = Starlette(
        routes=[
            *Pages(desk, database, live, clock, drawing).routes(),
            Mount("/local/api", routes=Api(desk, database, live, clock).routes()),
            Mount("/local/static", StaticFiles(directory=HERE / "static")),
            Route("/local/picture/{source:path}", draw),
        ],
        middleware=[Middleware(Guard, hosts=hosts), Middleware(CatchAll, drawing=drawing)],
        exception_handlers={Wrong: wrong, HTTPException: not_here},
    )
    app.state.live = live
    return app


class CatchAll:
    """Whatever else goes wrong: logged with a reference, and said with it."""

    def __init__(self, app: ASGIApp, drawing: Drawing) -> None:
        self._app = app
        self._drawing = drawing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; an answer that had begun simply ends."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:
            words = broke("local.request")
            if scope["type"] == "http" and not begun:
                answer = _explained(self._drawing, Request(scope), Wrong("", words, 500))
                await answer(scope, receive, send)


def _explained(drawing: Drawing, request: Request, problem: Wrong) -> Response:
    """One sentence, as JSON for scripts and as a page for people."""
    if request.url.path.startswith("/local/api"):
        error = {"field": problem.field, "message": problem.words}
        return JSONResponse({"error": error}, problem.status)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"notice": problem.words, "dialog": ""}, problem.status)
    return HTMLResponse(drawing.page("error.html", words=problem.words), problem.status)
