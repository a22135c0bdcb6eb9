"""Parcels as the outbox hands them over."""

from bot.outbox import Parcel
from bot.ui import Card


def parcel(key: str, address: str, card: Card) -> Parcel:
    """A parcel for the local workspace."""
    return Parcel(key, 1, address, card)
