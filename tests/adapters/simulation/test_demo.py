"""The demo begins with a past, and with something to do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from adapters.cli.demo import prepare_demo
from adapters.simulation.demo import NEWCOMER, ends_at
from bot import ui
from bot.quizzes.acts import Answer, Choose, ReadLesson, Reply
from bot.teams.acts import Accept
from bot.terms import PlatformName
from storage import ledger, local, people
from storage.engine import Database, Tx
from storage.tables import LocalMessage

WEDNESDAY = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Three days, up to a Wednesday noon in Berlin."""
    folder = tmp_path_factory.mktemp("demo")
    days: list[int] = []
    prepare_demo(folder, days=3, seed=1, now=WEDNESDAY, progress=days.append)
    assert days == sorted(days)
    opened = Database(f"sqlite:///{folder}/grove.db", clock=lambda: WEDNESDAY)
    yield opened
    opened.close()


def newest(tx: Tx, slug: str) -> LocalMessage:
    home = people.workspace(tx, PlatformName.LOCAL, "local")
    assert home is not None
    return local.visible(tx, home.id or 0, f"@{slug}", slug, limit=1)[0]


def acts_on(message: LocalMessage) -> str:
    card = ui.load_card(message.card)
    written = [
        b.act
        for block in card.blocks
        if isinstance(block, ui.Buttons)
        for b in block.items
        if isinstance(b, ui.Button)
    ]
    menus = [block.act for block in card.blocks if isinstance(block, ui.Menu)]
    return " ".join([*written, *menus])


def test_todays_set_waits_for_sam(demo: Database) -> None:
    message = demo.read_now(newest, "sam")

    assert message.at.date() == date(2026, 3, 4)
    assert message.edited_at is None
    answerable = {kind.code for kind in (Answer, Choose, Reply, ReadLesson)}
    assert answerable & {act.split(":")[0] for act in acts_on(message).split()}


def test_an_invitation_waits_for_the_newcomer(demo: Database) -> None:
    message = demo.read_now(newest, NEWCOMER.person)

    assert Accept.code in {act.split(":")[0] for act in acts_on(message).split()}


def test_sam_and_others_have_answered_before(demo: Database) -> None:
    answers = demo.read_now(ledger.answers)

    assert len([answer for answer in answers if answer.person == "sam"]) >= 3
    assert len({answer.person for answer in answers}) >= 4


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("2026-03-04T10:30", "2026-03-04T10:30"),
        ("2026-03-04T02:00", "2026-03-04T09:00"),
        ("2026-03-04T19:00", "2026-03-05T09:00"),
        ("2026-03-06T19:00", "2026-03-09T09:00"),
        ("2026-07-04T12:00", "2026-07-06T08:00"),
    ],
)
def test_a_demo_begins_on_a_working_morning_of_sams(now: str, begins: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)

    assert ends_at(at, "Europe/Berlin") == datetime.fromisoformat(begins).replace(tzinfo=UTC)
