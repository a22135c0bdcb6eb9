"""Keyed draws: the same key draws the same, today and after a restart."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
Key = str | int | float


def bits(*key: Key) -> int:
    """A uniform 64-bit number for this key. Parts are told apart: ("a", "bc") is not ("ab", "c")."""
    text = "\x1f".join(f"{type(part).__name__}:{part}" for part in key)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def draw(*key: Key) -> float:
    """A uniform number in [0, 1) for this key."""
    return (bits(*key) >> 11) / (1 << 53)


def shuffled(items: Sequence[T], *key: Key) -> tuple[T, ...]:
    """The items in an order that depends on the key alone."""
    ranks = sorted(range(len(items)), key=lambda at: bits(*key, at))
    return tuple(items[at] for at in ranks)
