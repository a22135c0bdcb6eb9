"""How long a press takes: an answer's button, until its feedback is committed."""

import asyncio
import time
from typing import Any

import sqlalchemy as sa

from benchmarks import world
from benchmarks.measure import Result, milliseconds, percentile
from bot import ui
from bot.chance import bits
from bot.events import Press, Source
from bot.inbox import Inbox
from bot.quizzes.acts import Answer
from bot.terms import AskingState, PlatformName, SetKind, SetState
from storage.engine import Database, Tx
from storage.tables import Asking, QuizSet

QUESTION = "How long does a press take, until its answer is committed, with so many learners?"
SIZES = (1_000, 10_000, 100_000)
PRESSES = 1_000


def run(*, quick: bool = False) -> Result:
    """One line per number of learners, each with 30 memories and yesterday's set."""
    result = Result("press", QUESTION, "python -m benchmarks press", quick=quick)
    for learners in (50, 200) if quick else SIZES:
        with world.opened() as (database, _clock):
            world.populate(database, learners)
            seconds = asyncio.run(measure(database, learners, presses=20 if quick else PRESSES))
        result.add(
            learners=learners,
            memories=learners * world.MEMORIES,
            p50_ms=milliseconds(percentile(seconds, 0.5)),
            p99_ms=milliseconds(percentile(seconds, 0.99)),
        )
    return result


async def measure(database: Database, learners: int, *, presses: int) -> list[float]:
    """Seconds of each of so many first answers, by people from all over the workspace, one after another."""
    chosen = sorted({bits("press", at) % learners for at in range(presses)})
    askings = await database.run(_put_questions, chosen)
    inbox = Inbox(database)
    await inbox.handle(_press(*askings[0]))  # the first press also loads what every later one has
    seconds = []
    for person, asking in askings[1:]:
        event = _press(person, asking)
        began = time.perf_counter()
        outcome = await inbox.handle(event)
        seconds.append(time.perf_counter() - began)
        assert isinstance(outcome, ui.Say), "the answer was not taken"
        assert outcome.replace, "the answer was refused"
    return seconds


def _press(person: int, asking: int) -> Press:
    source = Source(PlatformName.LOCAL, world.WORKSPACE, f"p{person}", key=f"press-{asking}")
    return Press(source, Answer(asking, asking % 4).write())


def _put_questions(tx: Tx, chosen: list[int]) -> list[tuple[int, int]]:
    """Today's set of three due questions for each of these people; (person, first asking)."""
    today = world.NOW.date()
    wanted = {f"p{at}": at for at in chosen}
    rows = tx.session.execute(sa.text("SELECT id, external_id, workspace_id FROM member")).all()
    members = [(row[0], wanted[row[1]], row[2]) for row in rows if row[1] in wanted]
    rows = tx.session.execute(sa.text("SELECT id, version_id FROM question")).all()
    versions = {row[0]: row[1] for row in rows}
    due = sorted(versions)[: world.MEMORIES : 10]
    put = []
    for member, person, workspace in members:
        made = QuizSet(
            workspace_id=workspace, member_id=member, kind=SetKind.DAILY, key=f"daily:{member}:{today}",
            day=today, state=SetState.OPEN, created_at=tx.now,
        )  # fmt: skip
        tx.add(made)
        askings: list[Any] = [
            Asking(
                workspace_id=workspace, set_id=made.id or 0, member_id=member, question_id=question,
                version_id=versions[question], position=at, state=AskingState.WAITING, layout=[0, 1, 2, 3],
            )
            for at, question in enumerate(due)
        ]  # fmt: skip
        tx.session.add_all(askings)
        tx.session.flush()
        put.append((person, askings[0].id))
    return put
