"""What the page shows, as values: people with their local time, and a room's messages between day lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_datetime, get_timezone_location

from adapters.local.directory import GROVE, Directory
from adapters.local.errors import broke
from adapters.local.team import TEAM
from bot import days, ui, words
from bot.terms import Role
from bot.words import say
from storage.local import Person
from storage.tables import LocalMessage

HUES = 10
"""How many colours faces come in; the stylesheet holds as many."""

WORK = {mate.slug: mate.work for mate in TEAM}
"""What the invented people do all day."""

TOGETHER = timedelta(minutes=5)
"""Messages of one author this close stand under one name."""


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody as others see them."""

    slug: str
    name: str
    initials: str
    hue: int
    zone: str = ""
    city: str = ""
    roles: str = ""
    clock: str = ""

    @property
    def is_grove(self) -> bool:
        """Whether this is Grove itself."""
        return self.slug == GROVE


@dataclass(frozen=True, slots=True)
class Line:
    """A day begins."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """There are older messages; asking for `limit` of them shows more."""

    limit: int
    key: str = "earlier"


@dataclass(frozen=True, slots=True)
class Welcome:
    """Nothing was said here yet."""

    name: str
    purpose: str = ""
    key: str = "welcome"


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message; `follows` when it stands under the name of the one before."""

    id: int
    author: Face
    at: str
    iso: str
    text: str
    card: ui.Card | None
    file: dict[str, Any] | None
    private: bool
    follows: bool
    broken: str = ""

    @property
    def key(self) -> str:
        """Its identity in the list."""
        return f"m{self.id}"

    @property
    def is_command(self) -> bool:
        """Whether it was a slash command."""
        return self.text.startswith("/grove")


OURSELVES = Face(GROVE, "Grove", "", 0)

Item = Welcome | Earlier | Line | Bubble
"""One thing in the list of messages."""


def faces(directory: Directory, now: datetime) -> dict[str, Face]:
    """Everybody by slug, with their time of day; neighbours differ in colour."""
    return {
        person.slug: _face(person, at % HUES, now) for at, person in enumerate(directory.people)
    }


def _face(person: Person, hue: int, now: datetime) -> Face:
    work = [WORK[person.slug]] if person.slug in WORK else []
    return Face(
        person.slug,
        person.name,
        initials(person.name),
        hue,
        person.zone,
        city(person.zone),
        ", ".join([*work, *roles(person)]) or say("learner"),
        wall(now, person.zone),
    )


def city(zone: str) -> str:
    """The city a zone is named for, in the reader's language."""
    return str(get_timezone_location(zone, locale=words.language(), return_city=True))


def initials(name: str) -> str:
    """The first letters of the first and the last name."""
    parts = name.split() or ["?"]
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()


def roles(person: Person) -> list[str]:
    """What a person does beyond learning, in the reader's words."""
    names = {
        Role.ADMIN: say("admin"),
        Role.LEAD: say("lead"),
        Role.AUTHOR: say("author"),
        Role.REVIEWER: say("reviewer"),
        Role.MENTOR: say("mentor"),
    }
    return [name for role, name in names.items() if role in person.roles]


def wall(now: datetime, zone: str) -> str:
    """The weekday and the time on that zone's wall: Tue 09:24."""
    return str(format_datetime(days.local(now, zone), "EEE HH:mm", locale=words.language()))


def wall_and_day(now: datetime, zone: str) -> str:
    """The day and the time on that zone's wall: Tue 3 Mar 09:24."""
    return str(format_datetime(days.local(now, zone), "EEE d MMM HH:mm", locale=words.language()))


def listed(
    rows: Sequence[LocalMessage], directory: Directory, reader: Person, now: datetime
) -> list[Line | Bubble]:
    """A room's messages, oldest first, with a line where a day of the reader begins."""
    everybody = faces(directory, now)
    today = days.local(now, reader.zone).date()
    items: list[Line | Bubble] = []
    before: LocalMessage | None = None
    for row in rows:
        day = days.local(row.at, reader.zone).date()
        if before is None or days.local(before.at, reader.zone).date() != day:
            items.append(Line(f"d{day}", _day(day, today)))
            before = None
        items.append(bubble(row, _author(row, everybody), reader, follows=_follows(row, before)))
        before = row
    return items


def bubble(row: LocalMessage, author: Face, reader: Person, *, follows: bool = False) -> Bubble:
    """A message as this reader sees it; one that cannot be read says so in its place."""
    assert row.id is not None
    card, broken = None, ""
    try:
        card = ui.load_card(row.card) if row.card else None
    except (KeyError, TypeError, ValueError):
        broken = broke("local.card")
    at = days.local(row.at, reader.zone)
    file = row.card.get("file") if row.card else None
    return Bubble(
        row.id,
        author,
        words.at_time(at),
        at.isoformat(timespec="minutes"),
        row.text,
        card,
        file,
        bool(row.only_for),
        follows,
        broken,
    )


def _author(row: LocalMessage, everybody: dict[str, Face]) -> Face:
    if row.author == GROVE:
        return OURSELVES
    return everybody.get(row.author) or Face(row.author, say("Somebody who left"), "?", 0)


def _follows(row: LocalMessage, before: LocalMessage | None) -> bool:
    if before is None or before.author != row.author or before.only_for != row.only_for:
        return False
    return row.at - before.at < TOGETHER


def _day(day: date, today: date) -> str:
    if day == today - timedelta(days=1):
        return say("Yesterday")
    named = words.on_day(day, today=today)
    return named[:1].upper() + named[1:]
