"""Unprompted messages: claim -> send -> settle, so that each arrives once, at its hour, or ends with a reason.

    ready --claim--> claimed --intend--> sending --> sent
      ^                 |                   |
      |                 +-- unwanted, too late --> skipped
      +--- not accepted (429, no connection) ---+  undeliverable, too often --> failed
      +--- lease ran out: ready again, with its doubt (`unsure_since`) --> reconcile before any new attempt

A doubt is set with the intent and cleared only by proof, so a crash between send and settle is found again.
One request runs under 20 seconds; a claim lasts 120; nothing is sent with less than 25 seconds of it left.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

from bot import ui, wanted
from bot.chance import draw
from bot.errors import Unavailable, Uncertain, Undeliverable
from bot.terms import DeliveryKind, DeliveryState, PlatformName
from storage import deliveries, sets
from storage.deliveries import Claimed
from storage.engine import Database, Tx

log = logging.getLogger(__name__)

SEND_SECONDS = 20
"""The longest one request to a platform may take."""

MARGIN = timedelta(seconds=25)
"""A send begins only with this much of the lease left."""

GRACE = timedelta(seconds=80)
"""How long after an attempt its message may still land; reconciling waits for it."""

STALL = timedelta(seconds=20)
"""How late after its intent a request may leave; a process that stood still for longer gives the message back."""

MAX_ATTEMPTS = 8
MAX_DELAY = timedelta(hours=6)
"""Delays grow as 15 s, 30 s, 1 min … up to this, each times 0.5 to 1.5."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a platform is given to send. `key` is opaque and the same on every attempt."""

    key: str
    workspace: int
    address: str
    card: ui.Card
    attempted_at: datetime | None = None


class Platform(Protocol):
    """A place that takes messages."""

    async def send(self, parcel: Parcel) -> str:
        """Its id there. Raises Unavailable, Undeliverable, or Uncertain; any other error counts as uncertain."""

    async def find(self, parcel: Parcel) -> str | None:
        """The id of this parcel if it did arrive, None if it surely did not; Uncertain when nobody can tell."""


@dataclass(slots=True)
class Tally:
    """What one drain did."""

    sent: int = 0
    skipped: int = 0
    failed: int = 0
    put_back: int = 0


class Outbox:
    """Sends what is owed through the platforms it was given."""

    def __init__(
        self,
        database: Database,
        platforms: Mapping[PlatformName, Platform],
        *,
        token: Callable[[], str] = lambda: uuid4().hex,
    ) -> None:
        self._database = database
        self._platforms = platforms
        self._token = token

    async def drain(self, *, batch: int = 100) -> Tally:
        """Send everything that is due; calling it twice at once is harmless."""
        tally = Tally()
        while claims := await self._database.run(
            deliveries.claim, platforms=list(self._platforms), token=self._token(), limit=batch
        ):
            await asyncio.gather(*(self._safely(claimed, tally) for claimed in claims))
        return tally

    async def rescue(self) -> int:
        """Take back claims whose worker died."""
        rescued = await self._database.run(deliveries.rescue)
        if rescued:
            log.warning("claims rescued", extra={"action": "outbox.rescue", "count": rescued})
        return rescued

    async def _safely(self, claimed: Claimed, tally: Tally) -> None:
        """One delivery that breaks holds up no other; its lease runs out and it is looked into again."""
        try:
            await self._deal_with(claimed, tally)
        except Exception:
            log.exception(
                "delivery broke", extra={"action": "outbox.broken", "delivery": claimed.id}
            )

    async def _deal_with(self, claimed: Claimed, tally: Tally) -> None:
        platform = self._platforms[claimed.platform]
        parcel = Parcel(
            claimed.key,
            claimed.workspace,
            claimed.address,
            ui.load_card(claimed.card),
            claimed.unsure_since,
        )
        if claimed.unsure_since is not None:
            if not await self._proven_absent(platform, claimed, parcel, tally):
                return
            claimed = replace(claimed, unsure_since=None)
        begun = self._database.clock()
        if await self._database.run(begin, claimed):
            if self._database.clock() - begun > STALL:
                await self._put_back(
                    claimed, Unavailable("stood still before sending", retry_after=timedelta(0))
                )
                tally.put_back += 1
                return
            await self._send(platform, claimed, parcel, tally)
        else:
            tally.skipped += 1

    async def _proven_absent(
        self, platform: Platform, claimed: Claimed, parcel: Parcel, tally: Tally
    ) -> bool:
        """Whether a doubtful send surely did not arrive; settles the claim when it did or cannot be told."""
        assert claimed.unsure_since is not None
        safe_at = claimed.unsure_since + GRACE
        if self._database.clock() < safe_at:
            return await self._ask_again(
                claimed, safe_at, "waiting to learn whether it arrived", tally
            )
        try:
            async with asyncio.timeout(SEND_SECONDS):
                found = await platform.find(parcel)
        except (Uncertain, TimeoutError):
            return await self._never_known(claimed, tally)
        except Unavailable as later:
            if self._database.clock() > claimed.valid_until:
                return await self._never_known(claimed, tally)
            wait = later.retry_after or delay(claimed.key, claimed.attempts)
            return await self._ask_again(
                claimed, self._database.clock() + wait, later.reason, tally
            )
        if found is not None:
            await self._database.run(deliveries.sent, claimed.id, found)
            tally.sent += 1
            return False
        return await self._database.run(deliveries.absent, claimed)

    async def _ask_again(
        self, claimed: Claimed, due_at: datetime, reason: str, tally: Tally
    ) -> bool:
        """Look for it later; this is no attempt to send it."""
        await self._database.run(deliveries.wait, claimed, due_at=due_at, reason=reason)
        tally.put_back += 1
        return False

    async def _never_known(self, claimed: Claimed, tally: Tally) -> bool:
        """It may be there, so it is not sent again."""
        await self._end(claimed, DeliveryState.SKIPPED, "nobody can tell whether it arrived")
        tally.skipped += 1
        return False

    async def _send(
        self, platform: Platform, claimed: Claimed, parcel: Parcel, tally: Tally
    ) -> None:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                reference = await platform.send(parcel)
        except Unavailable as later:
            tally.put_back += 1
            await self._put_back(claimed, later)
        except Undeliverable as never:
            tally.failed += 1
            await self._end(claimed, DeliveryState.FAILED, never.reason)
        except (Uncertain, TimeoutError):
            log.warning(
                "outcome unknown", extra={"action": "outbox.uncertain", "delivery": claimed.id}
            )
        except Exception:
            log.exception("send broke", extra={"action": "outbox.broken", "delivery": claimed.id})
        else:
            tally.sent += 1
            await self._database.run(deliveries.sent, claimed.id, reference)
            log.info(
                "sent",
                extra={"action": "outbox.sent", "delivery": claimed.id, "kind": claimed.kind},
            )

    async def _put_back(self, claimed: Claimed, later: Unavailable) -> None:
        if claimed.attempts + 1 >= MAX_ATTEMPTS and later.retry_after is None:
            await self._end(claimed, DeliveryState.FAILED, later.reason)
            return
        wait = later.retry_after or delay(claimed.key, claimed.attempts)
        due = self._database.clock() + wait
        counts = later.retry_after is None
        await self._database.run(
            deliveries.put_back, claimed, due_at=due, reason=later.reason, counts=counts
        )

    async def _end(self, claimed: Claimed, state: DeliveryState, reason: str) -> None:
        await self._database.run(end, claimed, state, reason)
        log.info(
            "not sent",
            extra={
                "action": f"outbox.{state.value}",
                "delivery": claimed.id,
                "kind": claimed.kind,
                "reason": reason,
            },
        )


def delay(key: str, attempts: int) -> timedelta:
    """How long to wait before the next attempt: 15 s doubled each time, capped, spread by a keyed draw."""
    capped: timedelta = min(MAX_DELAY, timedelta(seconds=15) * 2**attempts)
    return capped * (0.5 + draw("delay", key, attempts))


def begin(tx: Tx, claimed: Claimed) -> bool:
    """Check once more that the message is wanted, then write the intent; False ends or waits the claim."""
    reason = wanted.unwanted(tx, claimed)
    if reason:
        end(tx, claimed, DeliveryState.SKIPPED, reason)
        _let_go(tx, claimed)
        return False
    wake = wanted.too_early(tx, claimed)
    if wake is not None:
        deliveries.wait(tx, claimed, due_at=wake, reason="not the hour")
        return False
    return deliveries.intend(tx, claimed, margin=MARGIN)


def end(tx: Tx, claimed: Claimed, state: DeliveryState, reason: str) -> None:
    """Settle a claim that is not sent."""
    if deliveries.bury(tx, claimed, state, reason) and state is DeliveryState.FAILED:
        _let_go(tx, claimed)


def _let_go(tx: Tx, claimed: Claimed) -> None:
    """The questions of a set that surely did not arrive join the next one."""
    if claimed.kind is DeliveryKind.SET and claimed.about is not None:
        sets.release(tx, claimed.about)
