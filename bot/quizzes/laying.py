"""A set as it is written down: each question in the version it is asked with, laid out for this set."""

from collections.abc import Collection, Mapping

from bot.lessons import values
from bot.lessons.content import Question
from bot.quizzes.composing import Composed
from bot.quizzes.layout import layout
from bot.terms import SetKind
from storage import sets, teaching
from storage.batches import NewAsking, NewSet
from storage.engine import Tx


def bodies(tx: Tx, versions: Collection[int]) -> dict[int, Question]:
    """What these versions ask."""
    return {
        version: values.load(body) for version, body in teaching.bodies(tx, set(versions)).items()
    }


def as_new(composed: Composed, questions: Mapping[int, Question]) -> NewSet:
    """The set as it is written down, each question laid out for this day."""
    member, picked = composed.member, composed.picked
    assert member.id is not None
    key = sets.daily_key(member.id, composed.day)
    put = [(one.question, False) for one in picked.questions] + [
        (one.question, True) for one in picked.checks
    ]
    return NewSet(
        key=key,
        workspace=member.workspace_id,
        member=member.id,
        kind=SetKind.DAILY,
        day=composed.day,
        askings=tuple(
            new_asking(key, question, composed.versions[question], questions, after)
            for question, after in put
        ),
        pack=picked.lesson.pack if picked.lesson else None,
        lesson=picked.lesson.lesson if picked.lesson else None,
    )


def new_asking(
    key: str,
    question: int,
    version: int,
    questions: Mapping[int, Question],
    after_lesson: bool = False,
) -> NewAsking:
    """A question as it will be shown; the same set shows it the same way."""
    return NewAsking(question, version, layout(questions[version], key, question), after_lesson)
