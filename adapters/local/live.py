"""Who is looking, and what just changed: hints to every open page, and those a dropped stream missed.

A hint says only where to look again. Its place in the stream (`<start>-<number>`) lets a page that comes back
get what it missed; when that is no longer known it is told to look at everything again (`resync`).
"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncGenerator, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

KEPT = 512
"""How many hints are kept for pages that come back."""

QUIET_SECONDS = 15.0
"""A silent stream says something this often, so that a dead one is noticed."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Something changed. `room` and `id` say which message; `only_for` whose page may know, empty for all."""

    kind: str
    room: str = ""
    id: int = 0
    only_for: str = ""
    facts: tuple[tuple[str, str | float | bool], ...] = ()

    def data(self) -> str:
        """The hint as one line of JSON."""
        about = {"room": self.room, "id": self.id} if self.room else {}
        return json.dumps(about | dict(self.facts))


@dataclass(frozen=True, slots=True)
class Listener:
    """One open stream: whose it is, and the rooms they may look into."""

    person: str
    rooms: frozenset[str]
    queue: asyncio.Queue[tuple[str, Hint] | None]

    def may_know(self, hint: Hint) -> bool:
        """Whether this person may learn of it."""
        return hint.only_for in ("", self.person) and (not hint.room or hint.room in self.rooms)


class Live:
    """The hub between what happens and the pages that are open, inside one process."""

    def __init__(self) -> None:
        self._start = uuid4().hex[:8]
        self._number = 0
        self._kept: deque[tuple[str, Hint]] = deque(maxlen=KEPT)
        self._listeners: set[Listener] = set()

    @property
    def place(self) -> str:
        """Where the stream stands now; read it before reading rows."""
        return f"{self._start}-{self._number}"

    @property
    def listening(self) -> int:
        """How many streams are open."""
        return len(self._listeners)

    def tell(self, hint: Hint) -> None:
        """Let every page know that may."""
        self._number += 1
        self._kept.append((self.place, hint))
        for listener in self._listeners:
            if listener.may_know(hint):
                listener.queue.put_nowait((self.place, hint))

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        for listener in self._listeners:
            listener.queue.put_nowait(None)

    async def stream(
        self, person: str, rooms: Collection[str], last: str
    ) -> AsyncGenerator[str, None]:
        """Server-sent events for one person, from `last` on."""
        with self._listening(person, frozenset(rooms)) as listener:
            missed = self._missed(listener, last)
            yield "retry: 1500\n\n"
            for place, hint in missed:
                yield _event(place, hint)
            while True:
                try:
                    item = await asyncio.wait_for(listener.queue.get(), QUIET_SECONDS)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if item is None:
                    return
                yield _event(*item)

    @contextmanager
    def _listening(self, person: str, rooms: frozenset[str]) -> Iterator[Listener]:
        listener = Listener(person, rooms, asyncio.Queue())
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def _missed(self, listener: Listener, last: str) -> list[tuple[str, Hint]]:
        if last in ("", self.place):
            return []
        start, _, number = last.partition("-")
        since = int(number) if start == self._start and number.isdecimal() else -1
        if since < self._number - len(self._kept) or since > self._number:
            return [(self.place, Hint("resync"))]
        missed = list(self._kept)[len(self._kept) - (self._number - since) :]
        return [(place, hint) for place, hint in missed if listener.may_know(hint)]


def _event(place: str, hint: Hint) -> str:
    return f"id: {place}\nevent: {hint.kind}\ndata: {hint.data()}\n\n"
