"""What a person does in the local workspace, for the page and for scripts alike.

A deed goes to the inbox; what comes back is written into the room and told to every open page.
In a channel a reply is for the one who asked, unless it is public.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from adapters.local.directory import GROVE, WORKSPACE, Place
from adapters.local.errors import missing
from adapters.local.live import Hint, Live
from bot import ui
from bot.events import Command, Event, Message, Press, Source, Submit, Where
from bot.terms import PlatformName
from bot.words import say
from storage import local, people
from storage.engine import Database, Tx
from storage.local import Person
from storage.tables import LocalMessage

FILES = 32
"""How many files are kept for download; an older one is asked for again."""


class Inbox(Protocol):
    """Where deeds go."""

    async def handle(self, event: Event) -> ui.Outcome:
        """What comes of an event."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does something, where, and once: the same key again changes nothing. `on` is the message pressed."""

    person: Person
    place: Place
    key: str
    on: int = 0

    @property
    def source(self) -> Source:
        """The same for the engine."""
        return Source(
            platform=PlatformName.LOCAL,
            workspace=WORKSPACE,
            person=self.person.slug,
            key=self.key,
            where=self.place.where,
            channel=self.place.channel.slug if self.place.channel else "",
            name=self.person.name,
            zone=self.person.zone,
            language=self.person.language,
        )

    @property
    def only_for(self) -> str:
        """Who sees what is between this person and Grove: in a channel only they."""
        return "" if self.place.where is Where.DIRECT else self.person.slug


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a deed, and the message in which it shows."""

    outcome: ui.Outcome
    message: int | None = None


class Desk:
    """Takes deeds to the inbox and brings the answers into the room."""

    def __init__(self, inbox: Inbox, database: Database, live: Live) -> None:
        self._inbox = inbox
        self._database = database
        self._live = live
        self._files: OrderedDict[int, ui.File] = OrderedDict()

    async def write(self, deed: Deed, text: str) -> Done:
        """Words in a room: for Grove in a direct message, for everybody in a channel."""
        public = deed.place.where is Where.CHANNEL
        said = await self._say(deed, text, only_for="" if public else deed.only_for)
        if public:
            return Done(ui.Nothing(), said)
        return await self._hand(deed, Message(deed.source, text))

    async def command(self, deed: Deed, name: str, text: str) -> Done:
        """`/grove <name> <text>`; in a channel the others do not see it."""
        await self._say(deed, f"/grove {name} {text}".strip(), only_for=deed.only_for)
        return await self._hand(deed, Command(deed.source, name, text))

    async def press(self, deed: Deed, act: str, values: tuple[str, ...] = ()) -> Done:
        """A button, or a menu with the values chosen."""
        return await self._hand(deed, Press(deed.source, act, values))

    async def submit(self, deed: Deed, act: str, entries: ui.Entries) -> Done:
        """A form sent off."""
        return await self._hand(deed, Submit(deed.source, act, entries))

    async def dismiss(self, deed: Deed) -> None:
        """Take a message away that only this person sees."""
        hint = await self._database.run(_dismiss, deed)
        self._live.tell(hint)

    async def file(self, deed: Deed) -> ui.File:
        """The file that came with a message this person sees, while it is kept."""
        row = await self._database.run(_pressed, deed)
        if row is None or deed.on not in self._files:
            raise missing("file", say("This file is no longer kept here. Please ask for it again."))
        return self._files[deed.on]

    async def _say(self, deed: Deed, text: str, *, only_for: str) -> int:
        hint = await self._database.run(_said, deed, text, only_for)
        self._live.tell(hint)
        return hint.id

    async def _hand(self, deed: Deed, event: Event) -> Done:
        outcome = await self._inbox.handle(event)
        match outcome:
            case ui.Say() | ui.File():
                hints = await self._database.run(_answer, deed, outcome)
                message = hints[-1].id
                if isinstance(outcome, ui.File):
                    self._keep(message, outcome)
                for hint in hints:
                    self._live.tell(hint)
                return Done(outcome, message)
            case ui.Open() | ui.Fix() | ui.Nothing():
                return Done(outcome)

    def _keep(self, message: int, file: ui.File) -> None:
        self._files[message] = file
        while len(self._files) > FILES:
            self._files.popitem(last=False)


def _workspace(tx: Tx) -> int:
    home = people.found_workspace(tx, PlatformName.LOCAL, WORKSPACE)
    assert home.id is not None
    return home.id


def _hint(row: LocalMessage) -> Hint:
    assert row.id is not None
    return Hint("message", row.room, row.id, row.only_for)


def _said(tx: Tx, deed: Deed, text: str, only_for: str) -> Hint:
    row = local.post(
        tx,
        workspace=_workspace(tx),
        room=deed.place.address,
        author=deed.person.slug,
        key=f"said:{deed.person.slug}:{deed.key}",
        text=text,
        only_for=only_for,
    )
    return _hint(row)


def _answer(tx: Tx, deed: Deed, outcome: ui.Say | ui.File) -> list[Hint]:
    """Write Grove's answer: in place of the message pressed where that is asked for and fair, else as a new one."""
    card = _content(outcome)
    public = isinstance(outcome, ui.Say) and outcome.public
    only_for = "" if public else deed.only_for
    pressed = _pressed(tx, deed) if isinstance(outcome, ui.Say) and outcome.replace else None
    if pressed is not None and pressed.only_for == only_for:
        local.replace(tx, pressed, card)
        return [_hint(pressed)]
    hints = []
    if pressed is not None and public:
        hints.append(_hint(pressed))
        local.dismiss(tx, pressed)
    key = f"answer:{deed.person.slug}:{deed.key}"
    row = local.post(
        tx,
        workspace=_workspace(tx),
        room=deed.place.address,
        author=GROVE,
        key=key,
        card=card,
        only_for=only_for,
    )
    return [*hints, _hint(row)]


def _content(outcome: ui.Say | ui.File) -> Mapping[str, Any]:
    card: dict[str, Any] = ui.dump(outcome.card)
    if isinstance(outcome, ui.File):
        card["file"] = {"name": outcome.name, "bytes": len(outcome.content)}
    return card


def _pressed(tx: Tx, deed: Deed) -> LocalMessage | None:
    """The message of Grove's that was pressed, if this person sees it in this room."""
    row = local.message(tx, _workspace(tx), deed.on) if deed.on else None
    if row is None or row.room != deed.place.address or row.author != GROVE:
        return None
    return row if row.only_for in ("", deed.person.slug) else None


def _dismiss(tx: Tx, deed: Deed) -> Hint:
    row = local.message(tx, _workspace(tx), deed.on)
    if row is None or row.only_for != deed.person.slug or row.room != deed.place.address:
        raise missing("message", say("This message is not here any more."))
    hint = _hint(row)
    local.dismiss(tx, row)
    return hint
