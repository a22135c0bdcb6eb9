"""`/grove` and `/grove help`: what today holds, and what one can do here."""

import difflib
from datetime import date

from bot import days
from bot.events import Where
from bot.home import acts, views
from bot.home.views import Day, Way
from bot.people.views import until_words
from bot.routes import COMMANDS, Routes, Who
from bot.terms import AskingState
from bot.ui import Outcome, Say
from bot.words import on_day_at, say
from storage import content, enrolments, learning, memories, people, sets, teams
from storage.engine import Tx
from storage.tables import Member

THANKS = frozenset({"thanks", "thank you", "thx", "danke", "danke schön", "vielen dank"})
"""Words that want no more than a kind one back."""

MOST_SHOWN = 40
"""Characters of a word that may be a mistyped command."""


def home(tx: Tx, who: Who, _text: str = "") -> Outcome:
    """Today, the next lesson, when Grove writes next; for somebody new, the packs."""
    member = people.member(tx, who.id)
    assert member is not None
    shelves = learning.shelves(tx, who.id, content.packs(tx, who.workspace))
    channels = tuple((row.id or 0, row.name) for row in teams.led(tx, who.workspace, who.id))
    mine = [shelf for shelf in shelves if shelf.active]
    if not mine:
        invited_first = sorted(shelves, key=lambda shelf: not shelf.invited)
        return Say(views.first_time(who.name, invited_first, channels))
    if member.next_set_at is None:
        enrolments.replan(tx, member)
    lesson, lesson_pack = _next_lesson(tx, who, [shelf.pack for shelf in mine])
    questions, begun = _questions_today(tx, member)
    return Say(
        views.home(
            Day(
                name=who.name,
                questions=questions,
                begun=begun,
                lesson=lesson,
                lesson_pack=lesson_pack,
                next_at=_next_words(tx, member),
                paused=_paused(tx, member),
                silent=member.silent,
                channels=channels,
            )
        )
    )


def _next_lesson(tx: Tx, who: Who, packs: list[int]) -> tuple[str, int]:
    """The title and the pack of the next lesson, in the first pack that has one left."""
    for pack_id in packs:
        row = learning.next_lesson(tx, who.id, pack_id)
        if row is not None:
            return row.title, pack_id
    return "", 0


def _questions_today(tx: Tx, member: Member) -> tuple[int, bool]:
    """How many questions today's set has left, and whether it was begun; without a set, what is due."""
    assert member.id is not None
    row = sets.open_daily(tx, member.id)
    if row is not None and row.id is not None:
        askings = sets.askings(tx, row.id)
        left = sum(asking.state in sets.UNANSWERED for asking in askings)
        if left:
            return left, any(asking.state is AskingState.ANSWERED for asking in askings)
    due = memories.due_counts(tx, member.id, date.min, days.learning_day(tx.now, member.zone))
    return min(sum(due.values()), member.daily_limit), False


def _next_words(tx: Tx, member: Member) -> str:
    if member.next_set_at is None:
        return ""
    return on_day_at(member.next_set_at, now=tx.now, zone=member.zone)


def _paused(tx: Tx, member: Member) -> str:
    today = days.learning_day(tx.now, member.zone)
    until = member.paused_until
    return "" if until is None or until <= today else until_words(until, today)


def show_home(tx: Tx, who: Who, _act: acts.ShowHome, _values: object = ()) -> Outcome:
    """Home, by a button."""
    return home(tx, who)


def show_help(_tx: Tx, who: Who, _text: object = "", _values: object = ()) -> Outcome:
    """The commands one may use."""
    ways = [
        Way(spec.name, spec.argument.name if spec.argument else "", say(spec.help))
        for spec in COMMANDS
        if who.may_use(spec.audience)
    ]
    return Say(views.help_card(ways))


def unknown(_tx: Tx, who: Who, text: str) -> Outcome:
    """Not understood: the nearest command this person may use, and where help is."""
    if text.casefold().strip(" .!") in THANKS:
        return Say(views.welcome())
    known = [spec.name for spec in COMMANDS if spec.name and who.may_use(spec.audience)]
    word = text.strip().removeprefix("/grove").strip().partition(" ")[0].casefold()[:MOST_SHOWN]
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return Say(views.unknown(near[0] if near else "", who.source.where is Where.DIRECT))


ROUTES = Routes(
    commands={"": home, "help": show_help},
    presses={acts.ShowHome: show_home, acts.ShowHelp: show_help},
    submits={},
)
