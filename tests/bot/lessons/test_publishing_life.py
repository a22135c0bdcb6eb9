"""Any sequence of edits, publications and answers: no history is lost, one version is in force."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.lessons import approving, content, identity, publishing
from bot.lessons.content import Pack
from bot.terms import QuestionState
from storage.engine import Database
from storage.tables import Memory, Question, QuestionVersion, Review
from tests.bot.lessons.publishing_world import World, lesson, pack, question
from tests.workspaces import Workspace

SLUGS = ("one", "two", "three")
HOMES = ("first", "second")
EXAMPLES = count(1)
"""Each example has a workspace of its own in the one database."""

slugs = st.sampled_from(SLUGS)
flags = st.frozensets(slugs, max_size=2)
steps = st.one_of(
    st.tuples(st.just("reword"), slugs, st.integers(0, 2)),
    st.tuples(st.just("change"), slugs, st.integers(0, 2)),
    st.tuples(st.just("move"), slugs, st.sampled_from(HOMES)),
    st.tuples(st.just("turn"), slugs, st.booleans()),
    st.tuples(st.just("publish"), flags, flags),
    st.tuples(st.just("publish"), st.just(frozenset()), st.just(frozenset())),
    st.tuples(st.just("approve"), flags, st.none()),
    st.tuples(st.just("answer"), slugs, st.none()),
)


@dataclass(slots=True)
class Author:
    """What the author has written so far."""

    words: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SLUGS, 0))
    rights: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SLUGS, 0))
    homes: dict[str, str] = field(default_factory=lambda: dict.fromkeys(SLUGS, "first"))
    held: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(SLUGS, True))

    def pack(self) -> Pack:
        """The pack as it stands."""
        return pack(*(lesson(home, *self._in(home)) for home in HOMES))

    def _in(self, home: str) -> Any:
        for slug in SLUGS:
            if self.held[slug] and self.homes[slug] == home:
                stem, right = f"Way {self.words[slug]}?", f"Answer {self.rights[slug]}"
                yield question(slug, stem=stem, right=right)


@given(st.lists(steps, max_size=12))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_sequence_of_edits_loses_history(
    database: Database, life: list[tuple[str, Any, Any]]
) -> None:
    """What was answered stays, what is in force is one, who waits is aside, who is gone is retired."""
    home = Workspace(database, name=f"example-{next(EXAMPLES)}")
    world = World(database, home.id)
    sam = home.member("sam")
    author, published = Author(), Author().pack()
    world.publish(published)
    answered: list[tuple[int, int]] = []

    for deed, subject, how in life:
        match deed:
            case "reword":
                author.words[subject] = how
            case "change":
                author.rights[subject] = how
            case "move":
                author.homes[subject] = how
            case "turn":
                author.held[subject] = how
            case "publish":
                published = author.pack()
                there = frozenset(each.slug for one in published.lessons for each in one.questions)
                world.publish(published, wording_only=subject & there, new_meaning=how & there)
            case "approve":
                database.run_now(
                    approving.approve, world.workspace, "incidents", subject, by="Omar"
                )
            case "answer":
                row = world.question(subject)
                world.learned(sam, subject, due=date(2026, 5, 1))
                answered.append((row.id or 0, row.version_id))

        check(world, published, answered)


def check(world: World, published: Pack, answered: list[tuple[int, int]]) -> None:
    """Everything that must hold at any time."""
    kept = [(row.question_id, row.version_id) for row in world.own(Review)]
    there = {each.slug: each for one in published.lessons for each in one.questions}
    versions = world.own(QuestionVersion)

    assert sorted(kept) == sorted(answered)
    assert {question_id for question_id, _ in answered} <= {
        row.question_id for row in world.own(Memory)
    }
    assert world.database.read_now(publishing.published, world.workspace, "incidents") == published
    for row in world.own(Question):
        own = [version for version in versions if version.question_id == row.id]
        _check_question(row, own, there.get(row.slug))


def _check_question(
    row: Question, versions: list[QuestionVersion], wanted: content.Question | None
) -> None:
    [in_force] = [each for each in versions if each.id == row.version_id]
    later = [each for each in versions if each.number > in_force.number]

    assert (row.wording, row.meaning) == (in_force.wording, in_force.meaning)
    if wanted is None:
        assert (row.state, later) == (QuestionState.RETIRED, [])
    elif later:
        assert row.state is QuestionState.ASIDE
        assert [each.wording for each in later] == [identity.wording(wanted)]
    else:
        assert row.state is QuestionState.LIVE
        assert in_force.wording == identity.wording(wanted)
