"""A learner's days at random, beside a small model of them that says exactly what must be there."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlmodel import select

from bot.quizzes import acts
from bot.quizzes.planning import plan
from bot.terms import AskingState, LessonMark, SetKind, SetState
from storage.engine import Database, Tx
from storage.tables import Asking, LessonDone, Member, Memory, QuizSet, Review
from tests.bot.quizzes.world import Company, pack
from tests.clock import Clock
from tests.workspaces import Workspace

TURNS = timedelta(hours=4)
OPEN = (AskingState.WAITING, AskingState.SHOWN)
BUTTONS = ("Next", "Read it", "Test me first", "Ask me", "Keep going")


@dataclass
class Put:
    """A question as the model knows it: open, answered, later or given up."""

    question: int
    inside: int
    state: str = "open"


@dataclass
class Model:
    """What is true of one learner, by the rules a person would be told."""

    puts: dict[int, Put] = field(default_factory=dict)
    made: dict[int, datetime] = field(default_factory=dict)
    answers: list[tuple[int, datetime]] = field(default_factory=list)
    left: int = 0
    silent: bool = False

    def takes(self, asking: int) -> bool:
        """Whether a button still does something: always once, also late, unless the question was answered since."""
        put = self.puts[asking]
        since = any(q == put.question and at >= self.made[put.inside] for q, at in self.answers)
        return put.state == "open" or (put.state in ("later", "given up") and not since)

    def answer(self, asking: int, now: datetime) -> None:
        """A letter was pressed."""
        if self.takes(asking):
            self.answers.append((self.puts[asking].question, now))
            for put in self.puts.values():
                if put.question == self.puts[asking].question and put.state == "open":
                    put.state = "given up"
            self.puts[asking].state = "answered"
            self.lives()

    def later(self, asking: int) -> None:
        """Later was pressed."""
        if self.takes(asking):
            self.puts[asking].state = "later"
            self.lives()

    def fold(self, inside: int) -> None:
        """A set ended; the rest of it is given up."""
        for put in self.puts.values():
            if put.inside == inside and put.state == "open":
                put.state = "given up"

    def lives(self) -> None:
        """The learner did something."""
        self.left, self.silent = 0, False

    def rated(self) -> set[tuple[int, date]]:
        """What counts: the first answer to a question on a learning day."""
        return {(question, (at - TURNS).date()) for question, at in self.answers}


@dataclass(frozen=True)
class Rows:
    """Everything the database holds of the learner's days."""

    sets: dict[int, QuizSet]
    askings: dict[int, Asking]
    reviews: list[Review]
    memories: list[Memory]
    member: Member


def read(tx: Tx) -> Rows:
    """The rows as they are now."""
    return Rows(
        {row.id or 0: row for row in tx.session.exec(select(QuizSet))},
        {row.id or 0: row for row in tx.session.exec(select(Asking))},
        list(tx.session.exec(select(Review))),
        list(tx.session.exec(select(Memory))),
        tx.session.exec(select(Member)).one(),
    )


def know_two_lessons(tx: Tx, member: int, workspace: int) -> None:
    """Two lessons were read last week, and their questions are due."""
    for lesson in (1, 2):
        tx.session.add(
            LessonDone(
                member_id=member,
                lesson_id=lesson,
                workspace_id=workspace,
                mark=LessonMark.READ,
                at=tx.now,
            )
        )
    for question in range(1, 7):
        tx.session.add(
            Memory(
                member_id=member,
                question_id=question,
                workspace_id=workspace,
                due_day=date(2026, 3, 2),
            )
        )


class LearnersDays(RuleBasedStateMachine):
    """Slots pass, buttons old and new are pressed, sets are asked for."""

    template: Path
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        file = self.folder / "days.db"
        for suffix in ("", "-wal", "-shm"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.template, file)
        self.clock = Clock()
        self.database = Database(f"sqlite:///{file}", clock=self.clock, threads=1)
        self.loop = asyncio.new_event_loop()
        self.company = Company(self.database, Workspace(self.database))
        self.sam = self.company.learner("sam", self.company.publish(pack(lessons=4)))
        self.database.run_now(know_two_lessons, self.sam.id, self.company.workspace.id)
        self.model = Model()
        self.rows = self.database.read_now(read)
        self.arrived: set[int] = set()
        self.message_days: Counter[date] = Counter()

    def teardown(self) -> None:
        self.loop.close()
        self.database.close()

    @rule(days=st.integers(1, 4))
    def the_slot_of_a_day_comes(self, days: int) -> None:
        self.clock.at(f"{(self.clock.now.date() + timedelta(days=days)).isoformat()} 09:30")
        self.beat()

    @rule(hours=st.integers(1, 20))
    def time_passes(self, hours: int) -> None:
        self.clock.forward(hours=hours)
        self.beat()

    @rule()
    def nothing_can_be_sent_for_five_hours(self) -> None:
        self.clock.at(f"{(self.clock.now.date() + timedelta(days=1)).isoformat()} 09:30")
        untouched = self.untouched()
        folded = self.does(self.database.run(plan))
        self.model.left += len(folded & untouched & self.arrived)
        if self.model.left == 3:
            self.model.silent = True
        self.clock.forward(hours=5)
        self.does(self.company.beat())

    @rule()
    def sam_asks_for_the_set(self) -> None:
        self.does(self.sam.command("quiz"))
        self.model.lives()

    @rule(back=st.integers(0, 6), choice=st.integers(0, 2))
    def sam_answers(self, back: int, choice: int) -> None:
        if asking := self.recent(back):
            self.model.answer(asking, self.clock.now)
            self.does(self.sam.do(acts.Answer(asking, choice).write()))

    @rule(back=st.integers(0, 6))
    def sam_puts_off(self, back: int) -> None:
        if asking := self.recent(back):
            self.model.later(asking)
            self.does(self.sam.do(acts.Later(asking).write()))

    @rule(label=st.sampled_from(BUTTONS))
    def sam_goes_on(self, label: str) -> None:
        if self.sam.shown is not None and label in self.sam.labels:
            self.does(self.sam.press(label))
            self.model.lives()

    @rule()
    def sam_looks(self) -> None:
        if self.sam.messages:
            self.sam.look()

    def recent(self, back: int) -> int | None:
        known = sorted(self.model.puts, reverse=True)
        return known[back % min(len(known), 7)] if known else None

    def beat(self) -> None:
        """The metronome: at most one message, in its hours; a set that came and was not touched is left."""
        untouched = self.untouched()
        before = len(self.sam.messages)
        folded = self.does(self.company.beat())
        self.model.left += len(folded & untouched & self.arrived)
        if len(self.sam.messages) == before:
            return
        assert len(self.sam.messages) == before + 1
        self.message_days[self.clock.now.date()] += 1
        assert self.clock.now.weekday() < 5
        assert (9, 30) <= (self.clock.now.hour, self.clock.now.minute) <= (13, 30)
        if self.sam.messages[-1].title == "Two minutes?":
            self.arrived.add(max(self.model.made))
        else:
            assert self.model.left == 3
            self.model.silent = True

    def untouched(self) -> set[int]:
        touched = {
            row.set_id for row in self.rows.askings.values() if row.state is not AskingState.WAITING
        }
        return set(self.model.made) - touched

    def does(self, work: Coroutine[Any, Any, object]) -> set[int]:
        """Run it; the model takes over new sets, and sets that were folded or begun again."""
        was = {at: row.state for at, row in self.rows.sets.items()}
        self.loop.run_until_complete(work)
        self.rows = self.database.read_now(read)
        folded = set()
        for at, row in self.rows.sets.items():
            self.model.made.setdefault(at, row.created_at)
            if row.state is SetState.FOLDED and was.get(at) is not SetState.FOLDED:
                self.model.fold(at)
                folded.add(at)
            if row.state is SetState.OPEN and was.get(at) is SetState.FOLDED:
                self.begin_again(at)
        for at, asking in self.rows.askings.items():
            self.model.puts.setdefault(at, Put(asking.question_id, asking.set_id))
        return folded

    def begin_again(self, inside: int) -> None:
        for at, put in self.model.puts.items():
            if put.inside == inside and put.state == "given up" and self.model.takes(at):
                put.state = "open"

    @invariant()
    def every_question_stands_where_the_model_says(self) -> None:
        names = {
            AskingState.ANSWERED: "answered",
            AskingState.LATER: "later",
            AskingState.EXPIRED: "given up",
        }
        stands = {at: names.get(row.state, "open") for at, row in self.rows.askings.items()}
        assert stands == {at: put.state for at, put in self.model.puts.items()}

    @invariant()
    def every_answer_is_kept_once_and_counts_once_a_day(self) -> None:
        assert sorted((row.question_id, row.at) for row in self.rows.reviews) == sorted(
            self.model.answers
        )
        rated = [(row.question_id, row.day) for row in self.rows.reviews if row.grade is not None]
        assert len(rated) == len(set(rated))
        assert set(rated) == self.model.rated()

    @invariant()
    def silence_comes_after_three_sets_and_ends_with_any_deed(self) -> None:
        member = self.rows.member
        assert (member.unanswered, member.silent) == (self.model.left, self.model.silent)
        assert (member.next_set_at is None) == self.model.silent

    @invariant()
    def one_set_and_one_message_a_day(self) -> None:
        dailies = Counter(row.day for row in self.rows.sets.values() if row.kind is SetKind.DAILY)
        assert max([0, *dailies.values(), *self.message_days.values()]) <= 1

    @invariant()
    def what_was_answered_comes_back_on_a_later_working_day(self) -> None:
        for row in self.rows.memories:
            assert row.due_day.weekday() < 5
            assert row.last_day is None or row.last_day < row.due_day

    @invariant()
    def no_question_is_open_twice(self) -> None:
        wanted = Counter(row.question_id for row in self.rows.askings.values() if row.state in OPEN)
        assert max([0, *wanted.values()]) <= 1


def test_a_learners_days(sqlite_template: Path, tmp_path: Path) -> None:
    LearnersDays.template, LearnersDays.folder = sqlite_template, tmp_path
    run_state_machine_as_test(
        LearnersDays,
        settings=settings(
            max_examples=10,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
