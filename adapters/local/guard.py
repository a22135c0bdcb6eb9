"""Who may talk to this server: only pages of its own, only under its own name, only so much at once."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names under which a browser reaches its own machine."""

LARGEST = 64 * 1024
"""Bytes of a request's body; the longest form is far below."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """Turns foreign requests away and puts the safety headers on every answer.

    A foreign page can make a browser post to loopback: such a request carries another `Origin`.
    It can also point its own name at loopback (DNS rebinding): then the `Host` is not ours.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] = ()) -> None:
        self._app = app
        self._hosts = LOOPBACK | {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal:
            status, words = refusal
            await PlainTextResponse(words, status)(scope, receive, safely)
        else:
            await self._app(scope, receive, safely)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if hostname(host) not in self._hosts:
            return 421, "This server does not answer under this name."
        if method in {"GET", "HEAD", "OPTIONS"}:
            return None
        if not _same_origin(host, headers):
            return 403, "This request comes from another site."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST or "transfer-encoding" in headers:
            return 413, "This request is too large."
        return None


def hostname(host: str) -> str:
    """The name in a Host header, without its port and brackets; empty when it is not one."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _same_origin(host: str, headers: Headers) -> bool:
    """Whether a page of ours sent it, or no page at all (a script on this machine)."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    return origin is None or _place(origin) == host


def _place(origin: str) -> str:
    """The host and port of an Origin header; empty when it is not one."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
