"""What people do, as every door tells it to the engine."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.terms import PlatformName
from bot.ui import Entries


class Where(StrEnum):
    """In a direct message with Grove, or in a channel among others."""

    DIRECT = "direct"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Source:
    """Who did it and where, in the platform's own ids.

    `key` is unique per thing done: the same key twice is the same deed delivered twice.
    `name`, `zone` and `language` are what the platform tells of the person, empty where it tells nothing.
    """

    platform: PlatformName
    workspace: str
    person: str
    key: str
    where: Where = Where.DIRECT
    channel: str = ""
    name: str = ""
    zone: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """`/grove <name> <text>`; an empty name is home."""

    source: Source
    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A button, or a menu with the values chosen."""

    source: Source
    act: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Submit:
    """A form sent off."""

    source: Source
    act: str
    entries: Entries = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """Plain words in a direct message."""

    source: Source
    text: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A person came into a workspace or, with a channel, into that channel."""

    source: Source


@dataclass(frozen=True, slots=True)
class Left:
    """A person left a workspace or, with a channel, that channel."""

    source: Source


Event = Command | Press | Submit | Message | Joined | Left
