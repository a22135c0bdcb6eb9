"""Publishing: a parsed pack becomes what is taught in a workspace, whole or not at all.

The same pack again changes nothing; what happens to each question is decided in `diffing` and `fate`.
Nothing is sent: a changed question comes with the next sets of those whom it concerns.
Packs given here have passed `checking.check`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.errors import Refusal
from bot.lessons import diffing, fate, identity
from bot.lessons.content import Lesson, Pack, Question
from bot.lessons.diffing import Changes
from bot.lessons.fate import Fate, Standing, Writes
from bot.terms import QuestionState
from bot.words import listed, say
from storage import content, shelves
from storage import publishing as store
from storage.engine import Tx
from storage.publishing import Touch
from storage.shelves import Row
from storage.tables import Pack as PackRow

ALL = frozenset({"all"})
"""Approve whatever waits in the pack."""

NONE: frozenset[str] = frozenset()

SOON = timedelta(days=7)
"""How far ahead a plan looks for people who have a question due."""


@dataclass(frozen=True, slots=True)
class Approved:
    """Questions whose new meaning is asked from now on, and how many people meet them as new."""

    questions: tuple[str, ...] = ()
    people: int = 0


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing changed; `aside` are all questions of the pack that wait for approval now."""

    pack: str
    version: str
    changes: Changes
    aside: tuple[str, ...]
    approved: Approved


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing would change, and whom: by question, and how many people learn the pack.

    `before` is the published version, empty when there is none.
    """

    pack: str
    version: str
    before: str
    changes: Changes
    touches: tuple[tuple[str, Touch], ...]
    learners: int


def publish(
    tx: Tx,
    workspace_id: int,
    pack: Pack,
    *,
    by: str,
    wording_only: frozenset[str] = NONE,
    new_meaning: frozenset[str] = NONE,
    approve: frozenset[str] = NONE,
) -> Published:
    """Make the workspace teach this pack; Refusal when a question named here is not in it.

    `wording_only` and `new_meaning` overrule what the right answers tell; `approve` puts new meanings in force.
    """
    _require(wording_only | new_meaning | (approve - ALL), {question.slug for _, _, question in _all(pack)})
    store.lock(tx, workspace_id)
    row = content.pack(tx, workspace_id, pack.slug)
    changes = _changes(tx, row, pack, wording_only, new_meaning)
    if changes:
        _write(tx, workspace_id, pack, changes)
        store.record(tx, workspace_id, by, "pack.published", _facts(pack, changes))
    approved = _approve(tx, workspace_id, pack.slug, approve, by)
    return Published(pack.slug, pack.version, changes, waiting(tx, workspace_id, pack.slug), approved)


def plan_publish(
    tx: Tx, workspace_id: int, pack: Pack, *, wording_only: frozenset[str] = NONE, new_meaning: frozenset[str] = NONE
) -> Plan:
    """What `publish` would do with the same arguments, and whom it touches; nothing is written."""
    _require(wording_only | new_meaning, {question.slug for _, _, question in _all(pack)})
    row = content.pack(tx, workspace_id, pack.slug)
    changes = _changes(tx, row, pack, wording_only, new_meaning)
    if row is None or row.id is None:
        return Plan(pack.slug, pack.version, "", changes, (), 0)
    ids = {standing.slug: standing.id for standing in store.standings(tx, row.id).values()}
    touched = store.touches(tx, row.id, until=(tx.now + SOON).date())
    touches = tuple((slug, touched.get(ids[slug], Touch())) for slug in _touched(changes) if slug in ids)
    return Plan(pack.slug, pack.version, row.version, changes, touches, store.learners(tx, row.id))


def approve(tx: Tx, workspace_id: int, slug: str, questions: frozenset[str], *, by: str) -> Approved:
    """Put new meanings in force in the name of a person; a question that does not wait is left as it is."""
    store.lock(tx, workspace_id)
    _require(questions - ALL, store.standings(tx, _known(tx, workspace_id, slug)))
    return _approve(tx, workspace_id, slug, questions, by)


def waiting(tx: Tx, workspace_id: int, slug: str) -> tuple[str, ...]:
    """The questions of a pack whose new meaning waits for approval."""
    standings = store.standings(tx, _known(tx, workspace_id, slug))
    return tuple(each.slug for each in standings.values() if each.waiting is not None)


def published(tx: Tx, workspace_id: int, slug: str) -> Pack:
    """The pack as it was published last, new meanings that wait included; Refusal when there is none."""
    row = content.pack(tx, workspace_id, slug)
    if row is None:
        raise _no_pack(slug)
    return shelves.whole(tx, row)


def _changes(
    tx: Tx, row: PackRow | None, pack: Pack, wording_only: frozenset[str], new_meaning: frozenset[str]
) -> Changes:
    if row is None or row.id is None:
        return diffing.diff(diffing.Published(), pack)
    if row.fingerprint == identity.fingerprint(pack) and not wording_only and not new_meaning:
        return Changes()
    before = _before(tx, row, row.id, wording_only)
    return diffing.diff(before, pack, wording_only=wording_only, new_meaning=new_meaning)


def _before(tx: Tx, row: PackRow, pack_id: int, wording_only: frozenset[str]) -> diffing.Published:
    lessons = store.prints(tx, store.LESSONS, pack_id)
    articles = store.prints(tx, store.ARTICLES, pack_id)
    homes = {held.id: (at, held.slug) for at, held in enumerate(lessons)}
    standings = store.standings(tx, pack_id).values()
    in_order = sorted(standings, key=lambda each: (homes[each.place.lesson_id], each.place.position))
    return diffing.Published(
        questions=tuple(each.before(homes[each.place.lesson_id][1], wording_only) for each in in_order),
        lessons=tuple((held.slug, held.fingerprint) for held in lessons if not held.retired),
        answers=tuple((held.slug, held.fingerprint) for held in articles if not held.retired),
        fields=identity.fields(shelves.head(tx, row)),
    )


@dataclass(frozen=True, slots=True)
class _Next:
    """A question of the pack: where it will stand, how it stands, and what becomes of it."""

    question: Question
    place: fate.Place
    was: Standing | None
    words: Row
    fate: Fate


def _write(tx: Tx, workspace_id: int, pack: Pack, changes: Changes) -> None:
    values = {**shelves.pack_row(pack), "published_at": tx.now}
    pack_id = store.write_pack(tx, workspace_id, pack.slug, values)
    topics = store.shelve(tx, store.TOPICS, workspace_id, pack_id, shelves.topic_rows(pack))
    lessons = store.shelve(tx, store.LESSONS, workspace_id, pack_id, shelves.lesson_rows(pack, topics))
    store.shelve(tx, store.ARTICLES, workspace_id, pack_id, shelves.article_rows(pack, topics))
    standings = store.standings(tx, pack_id)
    nexts = list(_nexts(pack, changes, standings, topics, lessons))
    gone = [standings[slug] for slug in changes.questions.retired]
    store.drop_versions(tx, _dropped(nexts, gone))
    ids = _add_questions(tx, workspace_id, pack_id, nexts)
    versions = _add_versions(tx, workspace_id, nexts, ids)
    store.place(tx, [row for each in nexts if (row := _row(each, ids, versions))])
    store.retire(tx, [each.id for each in gone])
    store.reach(tx, [ids[slug] for slug in _arrived(changes)])


def _nexts(
    pack: Pack,
    changes: Changes,
    standings: dict[str, Standing],
    topics: dict[str, int],
    lessons: dict[str, int],
) -> Iterator[_Next]:
    for lesson, at, question in _all(pack):
        place = fate.Place(topics[lesson.topic], lessons[lesson.slug], at, question.variant_of)
        was = standings.get(question.slug)
        words = shelves.version_row(question)
        fated = fate.decide(was, question.slug, words["wording"], changes.questions)
        yield _Next(question, place, was, words, fated)
