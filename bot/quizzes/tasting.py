"""The way into a pack: one real question before any form, two more to find the level."""

from bot.errors import Refusal
from bot.lessons.acts import Join, OpenPack
from bot.quizzes import acts, practice, showing
from bot.routes import Who
from bot.terms import EnrolmentState, SetKind
from bot.ui import Button, Buttons, Card, Outcome, Say, Style, Text
from bot.words import say
from storage import content, enrolments, memories, people, sets
from storage import teaching as shelves
from storage.engine import Tx
from storage.tables import Member, Pack, QuizSet
from storage.teaching import Shown, Teachable


def taste(tx: Tx, who: Who, act: acts.Try, _values: object = ()) -> Outcome:
    """One real question of a pack; answered before, what one can do now."""
    member = people.locked(tx, who.id)
    pack = _pack(tx, who, act.pack)
    row = _set(tx, member, pack, SetKind.TASTER)
    if row is None:
        return Say(
            Card(pack.title, (Text(say("This pack has no question to try yet.")),)), replace=True
        )
    return showing.go_on(tx, member, row, replace=True)


def level(tx: Tx, who: Who, act: acts.Level, _values: object = ()) -> Outcome:
    """Two questions of a pack just joined; then its first lesson."""
    member = people.locked(tx, who.id)
    pack = _pack(tx, who, act.pack)
    held = enrolments.held(tx, who.id, act.pack)
    if held is None or held.state is not EnrolmentState.ACTIVE:
        join = Button(say("Join"), Join(act.pack).write(), Style.PRIMARY)
        return Say(
            Card(
                pack.title,
                (Text(say("Join first; then two questions find your level.")), Buttons((join,))),
            ),
            replace=True,
        )
    row = _set(tx, member, pack, SetKind.LEVEL)
    if row is None:
        lesson = Button(say("First lesson"), OpenPack(act.pack).write(), Style.PRIMARY)
        return Say(
            Card(pack.title, (Text(say("Let's begin with the first lesson.")), Buttons((lesson,)))),
            replace=True,
        )
    return showing.go_on(tx, member, row, replace=True)


def _pack(tx: Tx, who: Who, pack_id: int) -> Pack:
    pack = content.pack_of(tx, who.workspace, pack_id)
    if pack is None:
        raise Refusal(
            say("That pack is no longer here. Write `learn` to see what is."), code="no_pack"
        )
    return pack


def _set(tx: Tx, member: Member, pack: Pack, kind: SetKind) -> QuizSet | None:
    """The one taster, or level, of a member and a pack; begun again where it was left."""
    key = f"{kind.value}:{member.id}:{pack.id}"
    row = sets.by_key(tx, key)
    if row is not None:
        return row
    lessons = shelves.lessons(tx, [pack.id or 0]).get(pack.id or 0, [])
    met = memories.met(
        tx, member.id or 0, [one.question for lesson in lessons for one in lesson.questions]
    )
    shown = _taster(lessons, met) if kind is SetKind.TASTER else _level(lessons, met)
    return practice.make_set(tx, member, kind, key, shown, pack.id or 0)


def _taster(lessons: list[Teachable], met: set[int]) -> list[Shown]:
    """The first question of the pack that was not met."""
    return [one for lesson in lessons for one in lesson.questions if one.question not in met][:1]


def _level(lessons: list[Teachable], met: set[int]) -> list[Shown]:
    """One question of the first lesson and one from the middle of the pack, none met before."""
    middle = lessons[len(lessons) // 2 :]
    found: list[Shown] = []
    for where in (lessons, middle):
        left = [
            one
            for lesson in where
            for one in lesson.questions
            if one.question not in met and one not in found
        ]
        found += left[:1]
    return found
