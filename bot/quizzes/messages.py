"""The messages planning owes: the day's set with its first question, and the question whether to go on."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot import days, ui, words
from bot.days import Slot
from bot.lessons.content import Question
from bot.quizzes import laying, lesson_views, views
from bot.quizzes.composing import Composed
from bot.terms import DeliveryKind
from storage import batches, deliveries, people, sets, teaching
from storage.batches import NewSet
from storage.deliveries import Owed
from storage.engine import Tx
from storage.tables import Lesson, Member

STOPPING_KEPT = timedelta(days=2)
"""How long the question whether to go on stays worth asking."""


def send_sets(tx: Tx, planned: Sequence[tuple[Composed, Slot]]) -> None:
    """Make these sets and owe a message for each that is new."""
    if not planned:
        return
    composed = [one for one, _ in planned]
    questions = laying.bodies(tx, {version for one in composed for version in one.wanted()})
    new = {one.member.id: laying.as_new(one, questions) for one in composed}
    made = batches.make(tx, list(new.values()))
    firsts = batches.first_askings(tx, list(made.values()))
    topics = teaching.topic_titles(tx, {topic for one in composed for topic in one.topics.values()})
    lessons = teaching.lesson_rows(tx, {one.lesson for one in new.values() if one.lesson})
    platforms = people.platforms(tx, {one.member.workspace_id for one in composed})
    owed = []
    for one, slot in planned:
        put = new[one.member.id]
        if put.key not in made:
            continue
        set_id = made[put.key]
        with words.speaking(one.member.language):
            card = _card(one, put, firsts.get(set_id, 0), questions, topics, lessons)
        owed.append(
            Owed(
                key=sets.message_key(put.member, put.day),
                workspace=put.workspace,
                platform=platforms[put.workspace],
                kind=DeliveryKind.SET,
                address=one.member.external_id,
                card=ui.dump(card),
                due_at=tx.now,
                valid_until=days.may_arrive_until(slot, one.member.zone),
                member=put.member,
                about=set_id,
            )
        )
    deliveries.post_all(tx, owed)


def _card(
    composed: Composed,
    put: NewSet,
    asking: int,
    questions: Mapping[int, Question],
    topics: Mapping[int, str],
    lessons: Mapping[int, Lesson],
) -> ui.Card:
    if not composed.picked.questions:
        return lesson_views.todays_lesson(as_shown(lessons[put.lesson or 0]), len(put.askings))
    first = put.askings[0]
    topic = topics.get(composed.topics[first.question], "")
    asked = views.Asked(asking, questions[first.version], first.layout, topic, 1, len(put.askings))
    return views.first_card(asked, put.lesson is not None)


def as_shown(row: Lesson) -> lesson_views.Lesson:
    """A lesson's row as its views want it."""
    assert row.id is not None
    return lesson_views.Lesson(
        row.id, row.title, row.objective, row.minutes, row.body, tuple(row.sources)
    )


def send_stopping(tx: Tx, planned: Sequence[tuple[Member, Slot]]) -> None:
    """Ask these members once whether to go on."""
    platforms = people.platforms(tx, {member.workspace_id for member, _ in planned})
    owed = []
    for member, slot in planned:
        with words.speaking(member.language):
            card = views.stopping_card(days.learning_day(tx.now, member.zone))
        owed.append(
            Owed(
                key=f"stopping:{member.id}:{slot.day.isoformat()}",
                workspace=member.workspace_id,
                platform=platforms[member.workspace_id],
                kind=DeliveryKind.STOPPING,
                address=member.external_id,
                card=ui.dump(card),
                due_at=tx.now,
                valid_until=_kept_until(slot.at),
                member=member.id,
            )
        )
    deliveries.post_all(tx, owed)


def _kept_until(at: datetime) -> datetime:
    return at + STOPPING_KEPT
