"""Facts about this installation: the local clock's offset, when it was restored, what was set up."""

from datetime import timedelta
from typing import Any

from storage.engine import Tx
from storage.tables import Fact


def fact(tx: Tx, name: str) -> dict[str, Any] | None:
    """What is known under this name."""
    row = tx.session.get(Fact, name)
    return None if row is None else row.value


def keep(tx: Tx, name: str, value: dict[str, Any]) -> None:
    """Know this from now on."""
    tx.session.merge(Fact(name=name, value=value))


def clock_offset(tx: Tx) -> timedelta:
    """How far the local workspace's clock was moved ahead of the wall clock."""
    held = fact(tx, "clock") or {}
    return timedelta(seconds=held.get("ahead_seconds", 0))


def keep_clock_offset(tx: Tx, ahead: timedelta) -> None:
    """Know how far the local workspace's clock is ahead."""
    keep(tx, "clock", {"ahead_seconds": ahead.total_seconds()})
