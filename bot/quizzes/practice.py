"""Questions a person asks for: today's set, a topic to practise, a taster, a level."""

from collections.abc import Sequence
from datetime import date

from bot import days
from bot.errors import Refusal
from bot.quizzes import acts, composing, laying, memory, practice_views, rules, showing
from bot.routes import Who
from bot.terms import SetKind, SetState
from bot.ui import Card, Outcome, Say, Text
from bot.words import on_day_at, say
from storage import batches, content, decisions, memories, people, sets
from storage import teaching as shelves
from storage.batches import NewSet
from storage.engine import Tx
from storage.memories import Askable
from storage.tables import Member, QuizSet, Topic
from storage.teaching import Shown

MOST_PRACTISED = 5
"""Questions of one go of practice."""


def today(tx: Tx, who: Who, *, replace: bool) -> Outcome:
    """Go on with today's set, or make it from what is due."""
    member = people.locked(tx, who.id)
    if not memories.learning(tx, [who.id]).get(who.id):
        return Say(practice_views.nothing_to_learn(), replace)
    day = days.learning_day(tx.now, member.zone)
    row = sets.by_key(tx, sets.daily_key(who.id, day)) or _make(tx, member)
    if row is None or row.state is SetState.DONE:
        return Say(_nothing_due(tx, member, done=row is not None), replace)
    if row.state is SetState.FOLDED:
        sets.reopen(tx, row)
    return showing.go_on(tx, member, row, replace=replace)


def _make(tx: Tx, member: Member) -> QuizSet | None:
    """The day's set, made by hand; what was left of earlier ones goes into it."""
    assert member.id is not None
    day = days.learning_day(tx.now, member.zone)
    batch = composing.read(tx, [member], {member.id: day})
    earlier = batch.open_sets.get(member.id, ())
    composed = composing.compose(
        batch, member, day, [question for one in earlier for question in one.left]
    )
    if not composed.picked:
        return None
    sets.fold(tx, [one.id for one in earlier])
    batches.make(tx, [laying.as_new(composed, laying.bodies(tx, composed.wanted()))])
    member.last_set_day = day
    decisions.record(tx, member, "planned", composed.facts)
    return sets.by_key(tx, sets.daily_key(member.id, day))


def _nothing_due(tx: Tx, member: Member, *, done: bool) -> Card:
    next_at = (
        on_day_at(member.next_set_at, now=tx.now, zone=member.zone) if member.next_set_at else ""
    )
    return practice_views.nothing_due(next_at, _titles(_topics(tx, member)), done=done)


def topic_named(tx: Tx, who: Who, text: str) -> Outcome:
    """Practise the topic that is meant; the topics one has when it is not clear which."""
    member = people.locked(tx, who.id)
    topics = _topics(tx, member)
    named = {topic.id or 0: (topic.slug, topic.title) for topic in topics}
    found = rules.match_topic(text, named)
    if found is None:
        return Say(practice_views.which_topic(_titles(topics)))
    return _practise(tx, member, found, replace=False)


def practise(tx: Tx, who: Who, act: acts.Practise, _values: object = ()) -> Outcome:
    """Practise a topic, by a button."""
    member = people.locked(tx, who.id)
    return _practise(tx, member, act.topic, replace=True)


def _topics(tx: Tx, member: Member) -> list[Topic]:
    """The topics of the packs a member learns; of all packs when they learn none."""
    mine = [one.pack for one in memories.learning(tx, [member.id or 0]).get(member.id or 0, [])]
    packs = mine or [pack.id or 0 for pack in content.packs(tx, member.workspace_id)]
    return [topic for pack in packs for topic in content.topics(tx, pack)]


def _titles(topics: Sequence[Topic]) -> list[tuple[int, str]]:
    return [(topic.id or 0, topic.title) for topic in topics]


def _practise(tx: Tx, member: Member, topic_id: int, *, replace: bool) -> Outcome:
    topic = shelves.topic(tx, member.workspace_id, topic_id)
    if topic is None:
        raise Refusal(
            say("That topic is no longer here. Write `quiz` for what is due."), code="no_topic"
        )
    day = days.learning_day(tx.now, member.zone)
    earlier = [one for one in sets.of_day(tx, member.id or 0, day) if one.kind is SetKind.PRACTICE]
    key = f"practice:{member.id}:{topic_id}:{day.isoformat()}"
    row = next(
        (one for one in earlier if one.key.startswith(key) and one.state is SetState.OPEN), None
    )
    row = row or _make_practice(tx, member, topic, f"{key}:{len(earlier)}")
    if row is None:
        return Say(
            Card(
                topic.title,
                (
                    Text(
                        say(
                            "You have been through this topic today. Tomorrow is a good day for more."
                        )
                    ),
                ),
            ),
            replace,
        )
    return showing.go_on(tx, member, row, replace=replace)


def _make_practice(tx: Tx, member: Member, topic: Topic, key: str) -> QuizSet | None:
    """Some questions of a topic: met ones first, the weakest of them first, none dealt with today."""
    day = days.learning_day(tx.now, member.zone)
    asked = sets.asked_on(tx, member.id or 0, day)
    askable = [
        one
        for one in memories.of_topic(tx, member.id or 0, topic.id or 0)
        if one.question not in asked and (one.last_day is None or one.last_day < day)
    ]
    met = [one for one in askable if one.due_day is not None]
    chosen = sorted(met or askable, key=lambda one: _strength(one, day))[:MOST_PRACTISED]
    shown = [
        Shown(one.question, one.lesson, one.slug, one.variant_of, one.version) for one in chosen
    ]
    return make_set(tx, member, SetKind.PRACTICE, key, shown, topic.pack_id)


def _strength(one: Askable, day: date) -> float:
    if one.stability is None or one.last_day is None:
        return 0.0
    return memory.recall(one.stability, (day - one.last_day).days)


def make_set(
    tx: Tx, member: Member, kind: SetKind, key: str, shown: Sequence[Shown], pack: int
) -> QuizSet | None:
    """A set of these questions; None when there are none."""
    if not shown:
        return None
    questions = laying.bodies(tx, [one.version for one in shown])
    askings = tuple(laying.new_asking(key, one.question, one.version, questions) for one in shown)
    day = days.learning_day(tx.now, member.zone)
    batches.make(tx, [NewSet(key, member.workspace_id, member.id or 0, kind, day, askings, pack)])
    return sets.by_key(tx, key)
