"""The web server around the pages: its socket, its health, its end."""

import errno
import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from storage.problems import Problem

log = logging.getLogger(__name__)

CLOSING_SECONDS = 5
"""How long open requests may take to end once Grove is told to stop."""


class CannotListen(Problem):
    """The address cannot be listened on; the words say why and what to do."""


@dataclass(frozen=True, slots=True)
class Door:
    """A socket that listens, and what to do once somebody answers behind it."""

    socket: socket.socket
    announce: Callable[[], None]


@contextmanager
def bound(host: str, port: int) -> Iterator[socket.socket]:
    """A socket on this address. Raises CannotListen."""
    try:
        family, kind, proto, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
    except OSError as wrong:
        raise CannotListen(
            f"There is no address {host}: set GROVE_HOST to one of this machine."
        ) from wrong
    with socket.socket(family, kind, proto) as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind(address)
            opened.listen(128)
        except OSError as wrong:
            raise CannotListen(_why(wrong, host, port)) from wrong
        yield opened


def _why(wrong: OSError, host: str, port: int) -> str:
    match wrong.errno:
        case errno.EADDRINUSE:
            other = port + 1 if port < 65535 else port - 1
            return f"Port {port} is in use: stop what uses it, or choose another with GROVE_PORT={other}."
        case errno.EACCES:
            return f"Port {port} needs more rights: choose one above 1023 with GROVE_PORT."
        case _:
            return f"{host} is not an address of this machine: set GROVE_HOST to one that is."


def with_health(app: ASGIApp, ready: Callable[[], Awaitable[bool]]) -> Starlette:
    """The pages, with `/healthz` (the process lives) and `/readyz` (it can work) for whoever watches over it."""

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readiness(_request: Request) -> Response:
        return PlainTextResponse("ready") if await ready() else PlainTextResponse("not ready", 503)

    return Starlette(
        routes=[Route("/healthz", health), Route("/readyz", readiness), Mount("/", app)]
    )


class _Server(uvicorn.Server):
    """Says when it listens, and is told to stop in a way that ends open streams too."""

    def __init__(self, config: uvicorn.Config, door: Door, stopping: Callable[[], None]) -> None:
        super().__init__(config)
        self._door = door
        self._stopping = stopping

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._door.announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stopping()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A first signal ends gracefully and is then done with; a second one hurries."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


async def serve(app: ASGIApp, door: Door, *, stopping: Callable[[], None]) -> None:
    """Answer until SIGTERM or Ctrl-C."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=CLOSING_SECONDS,
    )
    await _Server(config, door, stopping).serve([door.socket])
