"""How long publishing a pack takes, the first time and again."""

from functools import partial

from benchmarks import texts, world
from benchmarks.measure import Result, timed
from bot.lessons import checking, publishing
from bot.lessons.content import Pack
from bot.lessons.parsing import parse
from bot.terms import PlatformName
from storage import people
from storage.engine import Tx

QUESTION = "How long does publishing a pack of so many lessons take?"
SIZES = (100, 1_000)


def run(*, quick: bool = False) -> Result:
    """One line per size: reading, checking, publishing, publishing the same again."""
    result = Result("publish", QUESTION, "python -m benchmarks publish", quick=quick)
    for lessons in (20,) if quick else SIZES:
        pack = texts.pack(lessons)
        with world.opened() as (database, _clock):
            publish = partial(database.run_now, _publish, pack)
            seconds = [
                round(timed(work), 2)
                for work in (
                    partial(parse, texts.files(lessons)),
                    partial(checking.check, pack, world.NOW.date()),
                    publish,
                    publish,
                )
            ]
        result.add(
            lessons=lessons,
            questions=lessons * texts.QUESTIONS,
            read_s=seconds[0],
            check_s=seconds[1],
            publish_s=seconds[2],
            all_s=round(sum(seconds[:3]), 2),
            again_s=seconds[3],
        )
    return result


def _publish(tx: Tx, pack: Pack) -> None:
    home = people.found_workspace(tx, PlatformName.LOCAL, world.WORKSPACE)
    assert home.id is not None
    publishing.publish(tx, home.id, pack, by="bench")
