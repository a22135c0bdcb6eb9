"""`/grove learn`: the packs open to a learner, joining one, and its next lesson."""

import difflib
from collections.abc import Sequence

from bot import days
from bot.errors import Refusal
from bot.lessons import acts, views
from bot.lessons.views import Page
from bot.people.rules import minutes, weekdays
from bot.routes import Routes, Who
from bot.teams.invitations import welcome, welcome_back
from bot.ui import Outcome, Say
from bot.words import on_day_at, say
from storage import content, enrolments, learning, people
from storage.engine import Tx
from storage.tables import Pack


def learn(tx: Tx, who: Who, text: str) -> Outcome:
    """The packs, or the next lesson of the one that is named."""
    if not text:
        return show_packs(tx, who, acts.ShowPacks())
    packs = content.packs(tx, who.workspace)
    named = find(text, [(pack.slug, pack.title) for pack in packs])
    if named is None:
        return _packs_card(tx, who, say("I found no pack of that name. These are here:"))
    return _open(tx, who, packs[named])


def find(text: str, names: Sequence[tuple[str, str]]) -> int | None:
    """The index of the pack meant by a slug or title, in whole, in part, or nearly."""
    wanted = _plain(text)
    plain = [(_plain(slug), _plain(title)) for slug, title in names]
    tests = (
        lambda name: name == wanted,
        lambda name: name.startswith(wanted),
        lambda name: wanted in name,
        lambda name: bool(difflib.get_close_matches(wanted, [name], cutoff=0.75)),
    )
    for meets in tests:
        hits = [at for at, pair in enumerate(plain) if any(meets(name) for name in pair)]
        if hits:
            return hits[0]
    return None


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())


def show_packs(tx: Tx, who: Who, _act: acts.ShowPacks, _values: object = ()) -> Outcome:
    """The packs open to somebody, with their progress."""
    return _packs_card(tx, who, "")


def _packs_card(tx: Tx, who: Who, notice: str) -> Outcome:
    member = people.locked(tx, who.id)
    a_week = minutes(member.daily_limit) * len(weekdays(member.days))
    shelves = learning.shelves(tx, who.id, content.packs(tx, who.workspace))
    return Say(views.packs(shelves, minutes_a_week=a_week, notice=notice))


def open_pack(tx: Tx, who: Who, act: acts.OpenPack, values: Sequence[str] = ()) -> Outcome:
    """A pack's next lesson; from a menu, the pack picked there."""
    chosen = values[0] if values else ""
    picked = int(chosen) if chosen.isdecimal() and len(chosen) < 19 else act.pack
    return _open(tx, who, _pack(tx, who, picked))


def _open(tx: Tx, who: Who, pack: Pack) -> Outcome:
    shelf = learning.shelves(tx, who.id, [pack])[0]
    if not shelf.active:
        return Say(views.pack(shelf))
    row = learning.next_lesson(tx, who.id, shelf.pack)
    if row is None:
        today = days.learning_day(tx.now, who.zone)
        return Say(views.all_read(shelf, learning.next_due_day(tx, who.id, shelf.pack), today))
    page = Page(row.id or 0, row.title, row.body, row.minutes, tuple(row.sources))
    place = 1 + [lesson.id for lesson in content.lessons(tx, shelf.pack)].index(row.id)
    return Say(views.lesson(page, place=place, total=shelf.lessons, enrolment=shelf.enrolment))


def join(tx: Tx, who: Who, act: acts.Join, _values: object = ()) -> Outcome:
    """Begin to learn a pack, or come back to it; pressed twice it says the same."""
    pack = _pack(tx, who, act.pack)
    member = people.locked(tx, who.id)
    begun = bool(learning.shelves(tx, who.id, [pack])[0].done)
    at = enrolments.begin(tx, member, [act.pack])
    when = "" if at is None else on_day_at(at, now=tx.now, zone=member.zone)
    if begun:
        return Say(welcome_back(pack.title, pack=act.pack, next_at=when))
    return Say(welcome([pack.title], first_pack=act.pack, next_at=when))


def _pack(tx: Tx, who: Who, pack_id: int) -> Pack:
    pack = content.pack_of(tx, who.workspace, pack_id)
    if pack is None:
        raise Refusal(
            say("That pack is no longer here. /grove learn shows the packs."), code="no_pack"
        )
    return pack


ROUTES = Routes(
    commands={"learn": learn},
    presses={acts.ShowPacks: show_packs, acts.OpenPack: open_pack, acts.Join: join},
    submits={},
)
