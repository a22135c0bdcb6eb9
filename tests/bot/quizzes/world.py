"""A small company that learns: packs made by hand, people who read and press, a platform that records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot import ui
from bot.lessons import publishing
from bot.lessons.content import Lesson, Option, Pack, Question, Topic
from bot.outbox import Outbox, Parcel, Tally
from bot.quizzes.planning import plan
from bot.terms import EnrolmentState, PlatformName, QuestionForm
from storage import content, enrolments, people
from storage.engine import Database, Tx
from storage.tables import Member
from tests.workspaces import Workspace


def single(slug: str, *, right: str = "SEV2", variant_of: str = "") -> Question:
    """A single choice that keeps its order: SEV1, SEV2, SEV3."""
    options = tuple(
        Option(text, text == right, "" if text == right else f"Not {text}.")
        for text in ("SEV1", "SEV2", "SEV3")
    )
    return Question(
        slug,
        QuestionForm.SINGLE,
        f"How bad is {slug}?",
        f"Because of {slug}.",
        options,
        variant_of=variant_of,
    )


def several(slug: str) -> Question:
    """All that apply: one and three of four."""
    options = (
        Option("one", True),
        Option("two", False, "Two is even."),
        Option("three", True),
        Option("four", False),
    )
    return Question(
        slug,
        QuestionForm.SEVERAL,
        f"Which are odd ({slug})?",
        "Odd numbers leave one over.",
        options,
    )


def typed(slug: str) -> Question:
    """One word."""
    return Question(
        slug,
        QuestionForm.TYPED,
        f"Name it ({slug}).",
        "That is its name.",
        accepted=("workaround", "work around"),
    )


def gap(slug: str) -> Question:
    """Two gaps."""
    stem = f"A ___ is told every ___ minutes ({slug})."
    return Question(
        slug, QuestionForm.GAP, stem, "Often and short.", gaps=(("customer",), ("thirty", "30"))
    )


def order(slug: str) -> Question:
    """Three steps."""
    return Question(
        slug,
        QuestionForm.ORDER,
        f"In which order ({slug})?",
        "First things first.",
        steps=("look", "tell", "mend"),
    )


FORMS = (single, several, typed, gap, order)


def pack(
    slug: str = "incidents", *, lessons: Sequence[Sequence[Question]] | int = 3, topics: int = 1
) -> Pack:
    """A pack; with a number, so many lessons of three single choices each."""
    inside = (
        [[single(f"{slug}-{at}-{n}") for n in range(3)] for at in range(lessons)]
        if isinstance(lessons, int)
        else lessons
    )
    names = [f"topic-{at}" for at in range(topics)]
    return Pack(
        slug=slug,
        title=slug.capitalize(),
        summary="What to do.",
        version="1.0.0",
        language="en",
        owners=("ana",),
        reviewers=("ben",),
        licence="CC-BY-4.0",
        review_days=180,
        recall_target=0.9,
        topics=tuple(Topic(name, name.replace("-", " ").capitalize()) for name in names),
        lessons=tuple(
            Lesson(
                slug=f"{slug}-lesson-{at}",
                topic=names[at % topics],
                title=f"Lesson {at} of {slug}",
                objective=f"Know {slug} {at}.",
                minutes=1,
                body=f"**Words of lesson {at}.**",
                questions=tuple(questions),
                sources=("https://wiki.example.com/page",),
                reviewed=date(2026, 1, 1),
            )
            for at, questions in enumerate(inside)
        ),
        answers=(),
    )


def publish(tx: Tx, workspace: int, what: Pack, *, approve: frozenset[str] = frozenset()) -> int:
    """Publish a pack, approving named new meanings; its id."""
    publishing.publish(tx, workspace, what, by="test", new_meaning=approve, approve=approve)
    row = content.pack(tx, workspace, what.slug)
    assert row is not None
    assert row.id is not None
    return row.id


def enrol(
    tx: Tx, member_id: int, pack_id: int, state: EnrolmentState = EnrolmentState.ACTIVE
) -> int:
    """Let a member learn a pack from now on; the enrolment's id."""
    member = people.member(tx, member_id)
    assert member is not None
    row = enrolments.enrol(tx, member, pack_id, state)
    enrolments.replan(tx, member)
    assert row.id is not None
    return row.id


@dataclass(slots=True)
class Recorder:
    """A platform where everything arrives, in order."""

    arrived: list[tuple[str, ui.Card]] = field(default_factory=list)

    async def send(self, parcel: Parcel) -> str:
        """Keep it."""
        self.arrived.append((parcel.address, parcel.card))
        return f"message-{len(self.arrived)}"

    async def find(self, parcel: Parcel) -> str | None:
        """Nothing is ever in doubt here."""
        del parcel
        return None


@dataclass(slots=True)
class Company:
    """A workspace whose people get messages."""

    database: Database
    workspace: Workspace
    recorder: Recorder = field(default_factory=Recorder)

    async def beat(self) -> Tally:
        """What the metronome does: plan, then send."""
        while await self.database.run(plan):
            pass
        return await Outbox(self.database, {PlatformName.LOCAL: self.recorder}).drain()

    def publish(self, what: Pack, *, approve: frozenset[str] = frozenset()) -> int:
        """Publish a pack here."""
        return self.database.run_now(publish, self.workspace.id, what, approve=approve)

    def learner(self, name: str, *packs: int, zone: str = "UTC") -> "Learner":
        """Somebody who learns these packs."""
        member = self.workspace.member(name, zone=zone)
        for one in packs:
            self.database.run_now(enrol, member, one)
        return Learner(self, name, member)

    def member(self, member_id: int) -> Member:
        """The member's row as it is now."""
        row = self.database.read_now(people.member, member_id)
        assert row is not None
        return row


@dataclass(slots=True)
class Learner:
    """Somebody who looks at the newest message and does something with it."""

    company: Company
    name: str
    id: int
    shown: ui.Card | None = None
    outcome: ui.Outcome | None = None

    @property
    def messages(self) -> list[ui.Card]:
        """What arrived by itself, oldest first."""
        return [card for address, card in self.company.recorder.arrived if address == self.name]

    @property
    def card(self) -> ui.Card:
        """What is before them."""
        assert self.shown is not None
        return self.shown

    def look(self) -> ui.Card:
        """Look at the newest message."""
        self.shown = self.messages[-1]
        return self.shown

    @property
    def text(self) -> str:
        """Everything the card before them says."""
        return said(self.card)

    @property
    def labels(self) -> list[str]:
        """The buttons on the card before them."""
        return [button.label for button in buttons(self.card)]

    def act(self, label: str) -> str:
        """What a button of the card before them does."""
        return next(button.act for button in buttons(self.card) if button.label == label)

    async def press(self, label: str, *, key: str = "") -> ui.Outcome:
        """Press a button of the card before them."""
        return await self.do(self.act(label), key=key)

    async def do(self, act: str, *values: str, key: str = "") -> ui.Outcome:
        """Do what some button says, however old."""
        return self._see(await self.company.workspace.press(self.name, act, *values, key=key))

    async def submit(self, entries: Mapping[str, ui.Entry]) -> ui.Outcome:
        """Hand in the form before them."""
        assert isinstance(self.outcome, ui.Open | ui.Fix)
        return self._see(
            await self.company.workspace.submit(self.name, self.outcome.form.act, entries)
        )

    async def say(self, text: str) -> ui.Outcome:
        """Plain words."""
        return self._see(await self.company.workspace.write(self.name, text))

    async def command(self, name: str, text: str = "") -> ui.Outcome:
        """A command."""
        return self._see(await self.company.workspace.command(self.name, name, text))

    async def work_through(self, *, right: bool = True) -> int:
        """Answer what comes until nothing does; how many questions."""
        number = 0
        for _ in range(40):
            labels = self.labels
            if "B" in labels:
                await self.press("B" if right else "A")
                number += 1
            elif "Next" in labels:
                await self.press("Next")
            elif "Read it" in labels:
                await self.press("Read it")
            elif "Ask me" in labels:
                await self.press("Ask me")
            else:
                return number
        raise AssertionError("this set has no end")

    def _see(self, outcome: ui.Outcome) -> ui.Outcome:
        self.outcome = outcome
        if isinstance(outcome, ui.Say):
            self.shown = outcome.card
        return outcome


def buttons(card: ui.Card) -> list[ui.Button]:
    """Every button of a card that does something."""
    rows = [block for block in card.blocks if isinstance(block, ui.Buttons)]
    return [item for row in rows for item in row.items if isinstance(item, ui.Button)]


def menu(card: ui.Card) -> ui.Menu:
    """The card's menu."""
    return next(block for block in card.blocks if isinstance(block, ui.Menu))


def said(card: ui.Card) -> str:
    """Everything a card says."""
    words = [block.markdown for block in card.blocks if isinstance(block, ui.Text | ui.Note)]
    return "\n".join([card.title, *words])
