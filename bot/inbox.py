"""What people do: an event goes in, one transaction happens, one outcome comes out."""

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import NoReturn, TypeVar

from bot import ui, words
from bot.errors import Refusal
from bot.events import Command, Event, Joined, Left, Message, Press, Submit
from bot.home import service as home
from bot.insights import service as insights
from bot.lessons import service as lessons
from bot.lessons.markdown import plain
from bot.people import service as people_service
from bot.quizzes import service as quizzes
from bot.routes import Routes, Who, spec
from bot.teams import service as teams
from bot.terms import MemberId, WorkspaceId
from bot.words import say
from storage import people
from storage.engine import Database, Tx
from storage.tables import Member

log = logging.getLogger(__name__)

Key = TypeVar("Key")
Handler = Callable[..., ui.Outcome]

FEATURES: tuple[Routes, ...] = (
    home.ROUTES,
    quizzes.ROUTES,
    lessons.ROUTES,
    people_service.ROUTES,
    teams.ROUTES,
    insights.ROUTES,
)


PLAIN_WORDS = {
    "stop": ("pause", ""),
    "stopp": ("pause", ""),
    "weiter": ("pause", "off"),
    "hallo": ("", ""),
    "leave": ("pause", ""),
    "quit": ("pause", ""),
    "unsubscribe": ("pause", ""),
    "resume": ("pause", "off"),
    "fortsetzen": ("pause", "off"),
    "hilfe": ("help", ""),
    "warum": ("why", ""),
    "lernen": ("learn", ""),
    "fortschritt": ("progress", ""),
    "einstellungen": ("settings", ""),
    "hi": ("", ""),
    "hello": ("", ""),
    "home": ("", ""),
}
"""Words that, alone, mean a command with a text; with more words after them they are an answer."""


def merged(features: Iterable[Routes]) -> Routes:
    """All features' routes as one; ValueError when two claim the same command or act."""
    parts = list(features)
    return Routes(
        commands=_together([part.commands for part in parts]),
        presses=_together([part.presses for part in parts]),
        submits=_together([part.submits for part in parts]),
    )


def _together(tables: Iterable[Mapping[Key, Handler]]) -> dict[Key, Handler]:
    whole: dict[Key, Handler] = {}
    for table in tables:
        if twice := whole.keys() & table.keys():
            raise ValueError(f"routed twice: {twice}")
        whole |= table
    return whole


class Inbox:
    """Hands every event to the feature it is for."""

    def __init__(self, database: Database, features: Iterable[Routes] = FEATURES) -> None:
        self._database = database
        self._routes = merged(features)
        acts = (*self._routes.presses, *self._routes.submits)
        self._acts: dict[str, type[ui.Act]] = {act.code: act for act in acts}

    async def handle(self, event: Event) -> ui.Outcome:
        """The outcome of an event; a refusal becomes a private card. The same event key twice has one effect."""
        try:
            outcome = await self._database.run(self.transact, event)
        except Refusal as no:
            log.info("refused", extra={"action": "inbox.refused", "code": no.code})
            return ui.Say(ui.Card(plain(no.words)))
        log.info(
            "handled",
            extra={
                "action": "inbox.handled",
                "event": type(event).__name__,
                "outcome": type(outcome).__name__,
            },
        )
        return outcome

    def transact(self, tx: Tx, event: Event) -> ui.Outcome:
        """One event in an open transaction. Raises Refusal, in the person's language."""
        member = people.recognise(tx, event.source)
        who = actor(tx, member, event)
        with words.speaking(member.language):
            if not people.first_time(tx, _deed(event)):
                return ui.Nothing()
            return self._route(tx, who, event)

    def _route(self, tx: Tx, who: Who, event: Event) -> ui.Outcome:
        match event:
            case Command():
                return self._command(tx, who, event.name, event.text)
            case Message():
                return self._message(tx, who, event.text)
            case Press():
                act = self._read(event.act)
                handler = self._routes.presses.get(type(act)) or _outdated()
                return handler(tx, who, act, event.values)
            case Submit():
                act = self._read(event.act)
                handler = self._routes.submits.get(type(act)) or _outdated()
                return handler(tx, who, act, event.entries)
            case Joined():
                return teams.joined(tx, who)
            case Left():
                return teams.left(tx, who)

    def _command(self, tx: Tx, who: Who, name: str, text: str) -> ui.Outcome:
        declared = spec(name)
        if declared is None or name not in self._routes.commands:
            return home.unknown(tx, who, name)
        return self._routes.commands[name](tx, who, text.strip())

    def _message(self, tx: Tx, who: Who, text: str) -> ui.Outcome:
        """Plain words: a command, else an answer to the open question, else a kind word about what works."""
        if (command := plain_command(text)) is not None:
            return self._command(tx, who, *command)
        answered = quizzes.answer_words(tx, who, text)
        return home.unknown(tx, who, text) if answered is None else answered

    def _read(self, written: str) -> ui.Act:
        code, *parts = written.split(":")
        kind = self._acts.get(code)
        try:
            return kind.read(parts) if kind else _outdated()
        except ValueError:
            return _outdated()


def actor(tx: Tx, member: Member, event: Event) -> Who:
    """The member as handlers need them."""
    assert member.id is not None
    held = people.roles(tx, member.id)
    return Who(
        id=MemberId(member.id),
        workspace=WorkspaceId(member.workspace_id),
        platform=event.source.platform,
        address=member.external_id,
        name=member.name,
        zone=member.zone,
        language=member.language,
        roles=frozenset(role.role for role in held),
        source=event.source,
    )


def plain_command(text: str) -> tuple[str, str] | None:
    """The command and its text that plain words mean; None when they rather mean an answer.

    "me too" is no command, for `me` knows only its own words after it; "pause until friday" is one.
    """
    first, _, rest = text.strip().removeprefix("/grove").strip().partition(" ")
    rest = rest.strip()
    name, rest = (not rest and PLAIN_WORDS.get(first.lower())) or (first.lower(), rest)
    declared = spec(name)
    if declared is None or (not first and not text.strip()):
        return None
    argument = declared.argument
    if rest and argument is None:
        return None
    if rest and argument is not None and argument.only and rest.lower() not in argument.words:
        return None
    return name, rest


def _deed(event: Event) -> str:
    source = event.source
    return f"{source.platform}:{source.workspace}:{source.person}:{source.key}"


def _outdated() -> NoReturn:
    raise Refusal(
        say("This button is from an older version of Grove. Write /grove to go on from here."),
        code="outdated",
    )
