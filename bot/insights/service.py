"""`/grove progress` and `/grove why`: a learner's own numbers and the reasons behind what happened."""

from datetime import timedelta

from bot.days import learning_day
from bot.insights import acts, charts, views
from bot.insights.rules import AHEAD_DAYS, Mastery, mastery
from bot.quizzes import memory, reasons
from bot.routes import Routes, Who
from bot.ui import Outcome, Say
from storage import decisions, insights
from storage.engine import Tx

SHOWN_REASONS = 5
"""How many decisions `why` goes back."""


def progress(tx: Tx, who: Who, text: str) -> Outcome:
    """Mastery per topic, or one topic in detail when the text names one."""
    topics = masteries(tx, who.id, who.zone)
    wanted = text.casefold().strip()
    rows = insights.topics(tx, who.id)
    for row, topic in zip(rows, topics, strict=True):
        if wanted and wanted in (row.slug, row.title.casefold()):
            due = min(
                (met.due_day for met in insights.met(tx, who.id) if met.topic == row.id),
                default=None,
            )
            return Say(views.one_topic(topic, due, learning_day(tx.now, who.zone)))
    today = learning_day(tx.now, who.zone)
    week = insights.days_answered(tx, who.id, today - timedelta(days=today.weekday()))
    return Say(
        views.progress(
            topics, picture=charts.write(charts.of(topics, who.language)), days_this_week=len(week)
        )
    )


def show(tx: Tx, who: Who, _act: acts.ShowProgress, _values: tuple[str, ...]) -> Outcome:
    """The same from a button."""
    return progress(tx, who, "")


def masteries(tx: Tx, member_id: int, zone: str) -> list[Mastery]:
    """The mastery of every topic a member learns, in the packs' order."""
    today = learning_day(tx.now, zone)
    met: dict[int, list[tuple[float, int]]] = {}
    for row in insights.met(tx, member_id):
        met.setdefault(row.topic, []).append((row.stability, max(0, (today - row.last_day).days)))
    return [
        mastery(
            title=row.title,
            pack=row.pack,
            target=row.target,
            questions=row.questions,
            now=[memory.recall(stability, days) for stability, days in met.get(row.id, [])],
            in_a_week=[
                memory.recall(stability, days + AHEAD_DAYS)
                for stability, days in met.get(row.id, [])
            ],
        )
        for row in insights.topics(tx, member_id)
    ]


def why(tx: Tx, who: Who, _text: str) -> Outcome:
    """The last decisions about this member, newest first, from what was stored when they were made."""
    today = learning_day(tx.now, who.zone)
    made = decisions.latest(tx, who.id, limit=SHOWN_REASONS)
    return Say(views.reasons([reasons.explain(one.kind, one.facts, today=today) for one in made]))


ROUTES = Routes(
    commands={"progress": progress, "why": why}, presses={acts.ShowProgress: show}, submits={}
)
