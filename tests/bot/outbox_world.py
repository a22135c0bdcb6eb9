"""Two workers, one platform and a clock, each stepped by hand: every order of events an outbox can meet.

A worker stops ("parks") before and after each transaction and while a request is under way.
There it can go on, stand still while time passes, or die. A request can land before, after or without its answer.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot import outbox as box
from bot import ui
from bot.errors import Unavailable, Uncertain
from bot.terms import DeliveryKind, DeliveryState, PlatformName
from storage import deliveries, people
from storage.engine import Database, Tx
from storage.tables import Delivery
from tests.clock import Clock

LATEST_LANDING = timedelta(seconds=79)
"""How long after it left a request may still land: less than the grace the outbox waits."""


@dataclass(slots=True)
class Request:
    """A message on its way to the platform."""

    key: str
    left_at: datetime


@dataclass(slots=True)
class Worker:
    """One process that drains the outbox; `parked` is where it stands, to be resumed with an answer."""

    world: "World"
    name: str
    task: asyncio.Task[Any] | None = None
    at: str = ""
    parked: asyncio.Future[str] | None = None
    request: Request | None = None
    tokens: int = 0

    @property
    def clock(self) -> Clock:
        """The outbox reads the time through its database."""
        return self.world.clock

    async def run(self, work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """What the outbox sees as its database."""
        await self._park("before")
        result = self.world.database.run_now(work, *arguments, **named)
        await self._park("after")
        return result

    async def send(self, parcel: box.Parcel) -> str:
        """What it sees as its platform."""
        self.request = Request(parcel.key, self.world.clock())
        self.world.under_way.append(self.request)
        answer = await self._park("sending")
        if answer == "accept":
            return self.world.land(self.request)
        if answer == "refuse":
            self.world.under_way.remove(self.request)
            raise Unavailable("busy")
        raise Uncertain

    async def find(self, parcel: box.Parcel) -> str | None:
        """The platform's own record, read truly."""
        await self._park("finding")
        return self.world.arrived.get(parcel.key, [None])[0]

    async def _park(self, at: str) -> str:
        self.at = at
        self.parked = asyncio.get_running_loop().create_future()
        return await self.parked

    def next_token(self) -> str:
        """A token nobody had before."""
        self.tokens += 1
        return f"{self.name}{self.tokens}"

    @property
    def waits_too_long(self) -> bool:
        """Whether its request is under way for longer than it waits."""
        if not self.parked or self.at != "sending" or not self.request:
            return False
        return self.clock.now - self.request.left_at > timedelta(seconds=box.SEND_SECONDS)

    @property
    def idle(self) -> bool:
        """Whether it has nothing to do."""
        return self.task is None


@dataclass(slots=True)
class World:
    """Everything at one moment."""

    database: Database
    clock: Clock
    loop: asyncio.AbstractEventLoop
    workers: list[Worker] = field(default_factory=list)
    under_way: list[Request] = field(default_factory=list)
    arrived: dict[str, list[str]] = field(default_factory=dict)

    def begin(self, keys: int) -> None:
        """So many messages are owed, due now, worth sending for a month."""
        self.database.run_now(_owe, keys, self.clock.now + timedelta(days=30))
        self.workers = [Worker(self, name) for name in "ab"]

    def start(self, worker: Worker) -> None:
        """A worker begins to drain, one message at a time."""
        outbox = box.Outbox(worker, {PlatformName.LOCAL: worker}, token=worker.next_token)  # type: ignore[arg-type]
        worker.task = self.loop.create_task(outbox.drain(batch=1))
        self._settle(worker)

    def resume(self, worker: Worker, answer: str = "go") -> None:
        """A parked worker goes on to where it parks next."""
        assert worker.parked is not None
        worker.parked.set_result(answer)
        worker.parked = None
        self._settle(worker)

    def until(self, worker: Worker, at: str, answer: str = "go") -> None:
        """A worker works until it parks there."""
        if worker.idle:
            self.start(worker)
        else:
            self.resume(worker, answer)
        while worker.parked and worker.at != at:
            self.resume(worker)
        assert worker.at == at

    def let_go_on(self, worker: Worker) -> None:
        """A worker works until it has nothing left to do, and the platform takes what it sends."""
        if worker.idle:
            self.start(worker)
        while worker.parked:
            self.resume(worker, "accept")

    def kill(self, worker: Worker) -> None:
        """A worker dies; what it had sent stays under way."""
        assert worker.task is not None
        worker.task.cancel()
        self.loop.run_until_complete(asyncio.gather(worker.task, return_exceptions=True))
        worker.task, worker.parked = None, None

    def land(self, request: Request) -> str:
        """The platform takes a request; its answer is the message's id."""
        if request in self.under_way:
            self.under_way.remove(request)
            known = self.arrived.setdefault(request.key, [])
            known.append(f"{request.key}#{len(known)}")
        return self.arrived[request.key][-1]

    def wait(self, seconds: int) -> None:
        """Time passes for everybody; a request that took too long is given up, and some day cannot land any more."""
        self.clock.forward(seconds=seconds)
        self.under_way = [
            one for one in self.under_way if self.clock.now - one.left_at < LATEST_LANDING
        ]
        for worker in self.workers:
            if worker.waits_too_long:
                self.resume(worker, "lose")

    def rescue(self) -> None:
        """What dead workers held is free again."""
        self.database.run_now(deliveries.rescue)

    def finish(self) -> None:
        """All that lived dies, and one healthy worker has all the time it needs."""
        for worker in self.workers:
            if not worker.idle:
                self.kill(worker)
        healthy = Worker(self, "healthy")
        for _ in range(12):
            if all(state is DeliveryState.SENT for _key, state, _reference in self.rows()):
                return
            self.wait(3600)
            self.rescue()
            self.let_go_on(healthy)

    def doubled(self) -> list[str]:
        """Messages that arrived more than once."""
        return [key for key, times in self.arrived.items() if len(times) > 1]

    def rows(self) -> list[tuple[str, DeliveryState, str]]:
        """Key, state and the platform's id of every message."""
        found = self.database.run_now(deliveries.listed)
        return [(row.key, row.state, row.platform_ref) for row in found]

    def _settle(self, worker: Worker) -> None:
        async def until_parked() -> None:
            assert worker.task is not None
            while worker.parked is None and not worker.task.done():
                await asyncio.sleep(0)

        self.loop.run_until_complete(until_parked())
        if worker.task is not None and worker.task.done():
            worker.task.result()
            worker.task = None


def _owe(tx: Tx, keys: int, valid_until: datetime) -> None:
    for row in deliveries.listed(tx):
        tx.session.delete(row)
    tx.session.flush()
    home = people.found_workspace(tx, PlatformName.LOCAL, "local")
    for number in range(keys):
        tx.add(
            Delivery(
                workspace_id=home.id or 0,
                platform=PlatformName.LOCAL,
                kind=DeliveryKind.NOTICE,
                key=f"message-{number}",
                address="@sam",
                card=ui.dump(ui.Card("Hello")),
                state=DeliveryState.READY,
                due_at=tx.now,
                valid_until=valid_until,
                created_at=tx.now,
            )
        )
