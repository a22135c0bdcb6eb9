"""What the gallery is made of: examples, each a card or a form that Grove can show."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.ui import Card, Fix, Form

Shown: TypeAlias = Card | Form | Fix
"""What can be looked at."""

Makes = dict[str, Callable[[], Shown]]
"""Examples of one feature by their names."""


class Feature(StrEnum):
    """The groups of the gallery, in the order in which people meet them."""

    HOME = "Home and help"
    JOINING = "Packs and invitations"
    ASKING = "Questions"
    ANSWERED = "Answers"
    LESSONS = "Lessons"
    DAYS = "A day's end, and quiet days"
    PROGRESS = "Progress and reasons"
    PEOPLE = "Settings, breaks and one's own data"
    TEAMS = "Channels"
    REFUSALS = "Refusals"
    LARGEST = "The largest"
    AWKWARD = "Awkward texts"


@dataclass(frozen=True, slots=True)
class Example:
    """Something Grove shows; `name` is its snapshot's file. `answer` may not stand in its notification."""

    name: str
    feature: Feature
    make: Callable[[], Shown]
    answer: str = ""
