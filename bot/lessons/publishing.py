"""Publishing: a parsed pack becomes what is taught in a workspace, whole or not at all.

The same pack again changes nothing; what happens to each question is decided in `diffing` and `fate`.
Nothing is sent: a changed question comes with the next sets of those whom it concerns.
Packs given here have passed `checking.check`.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta

from bot.lessons import approving, diffing, fate, identity
from bot.lessons.approving import Approved, pack_id_of, require
from bot.lessons.content import Lesson, Pack, Question
from bot.lessons.diffing import Changes
from bot.lessons.fate import Next, Place, Standing, Writes
from storage import content, reaching, shelves
from storage import publishing as store
from storage.engine import Tx
from storage.reaching import Touch
from storage.shelves import Row
from storage.tables import Pack as PackRow

NONE: frozenset[str] = frozenset()

SOON = timedelta(days=7)
"""How far ahead a plan looks for people who have a question due."""


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing changed; `aside` are all questions of the pack that wait for approval now.

    `before` is the version that was published until now, empty when there was none.
    """

    pack: str
    version: str
    before: str
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
    require(
        wording_only | new_meaning | (approve - approving.ALL),
        {question.slug for _, _, question in _all(pack)},
    )
    store.lock(tx, workspace_id)
    row = content.pack(tx, workspace_id, pack.slug)
    before = "" if row is None else row.version
    changes = _changes(tx, row, pack, wording_only, new_meaning)
    if changes or not _is_published(row, pack):
        _write(tx, workspace_id, pack, changes)
        store.record(tx, workspace_id, by, "pack.published", _facts(pack, changes))
        store.settle(tx)
    approved = Approved()
    if approve:
        approved = approving.approve(tx, workspace_id, pack.slug, approve, by=by)
    aside = approving.waiting(tx, workspace_id, pack.slug)
    return Published(pack.slug, pack.version, before, changes, aside, approved)


def plan_publish(
    tx: Tx,
    workspace_id: int,
    pack: Pack,
    *,
    wording_only: frozenset[str] = NONE,
    new_meaning: frozenset[str] = NONE,
) -> Plan:
    """What `publish` would do with the same arguments, and whom it touches; nothing is written."""
    require(wording_only | new_meaning, {question.slug for _, _, question in _all(pack)})
    row = content.pack(tx, workspace_id, pack.slug)
    changes = _changes(tx, row, pack, wording_only, new_meaning)
    if row is None or row.id is None:
        return Plan(pack.slug, pack.version, "", changes, (), 0)
    ids = {standing.slug: standing.id for standing in store.standings(tx, row.id).values()}
    touched = reaching.touches(tx, row.id, until=(tx.now + SOON).date())
    touches = tuple(
        (slug, touched.get(ids[slug], Touch())) for slug in _touched(changes) if slug in ids
    )
    return Plan(
        pack.slug, pack.version, row.version, changes, touches, reaching.learners(tx, row.id)
    )


def published(tx: Tx, workspace_id: int, slug: str) -> Pack:
    """The pack as it was published last, new meanings that wait included; Refusal when there is none."""
    row = content.pack_of(tx, workspace_id, pack_id_of(tx, workspace_id, slug))
    assert row is not None
    return shelves.whole(tx, row)


def _changes(
    tx: Tx,
    row: PackRow | None,
    pack: Pack,
    wording_only: frozenset[str],
    new_meaning: frozenset[str],
) -> Changes:
    if row is None or row.id is None:
        return diffing.diff(diffing.Published(), pack)
    if _is_published(row, pack) and not wording_only and not new_meaning:
        return Changes()
    before = _before(tx, row, row.id, wording_only)
    return diffing.diff(before, pack, wording_only=wording_only, new_meaning=new_meaning)


def _is_published(row: PackRow | None, pack: Pack) -> bool:
    return row is not None and row.fingerprint == identity.fingerprint(pack)


def _before(tx: Tx, row: PackRow, pack_id: int, wording_only: frozenset[str]) -> diffing.Published:
    lessons = store.prints(tx, store.LESSONS, pack_id)
    articles = store.prints(tx, store.ARTICLES, pack_id)
    homes = {held.id: (at, held.slug) for at, held in enumerate(lessons)}
    standings = store.standings(tx, pack_id).values()
    in_order = sorted(
        standings, key=lambda each: (homes[each.place.lesson_id], each.place.position)
    )
    return diffing.Published(
        questions=tuple(
            each.before(homes[each.place.lesson_id][1], wording_only) for each in in_order
        ),
        lessons=tuple((held.slug, held.fingerprint) for held in lessons if not held.retired),
        answers=tuple((held.slug, held.fingerprint) for held in articles if not held.retired),
        fields=identity.fields(shelves.head(tx, row)),
    )


def _write(tx: Tx, workspace_id: int, pack: Pack, changes: Changes) -> None:
    values = {**shelves.pack_row(pack), "published_at": tx.now}
    pack_id = store.write_pack(tx, workspace_id, pack.slug, values)
    topics = store.shelve(tx, store.TOPICS, workspace_id, pack_id, shelves.topic_rows(pack))
    lessons = store.shelve(
        tx, store.LESSONS, workspace_id, pack_id, shelves.lesson_rows(pack, topics)
    )
    store.shelve(tx, store.ARTICLES, workspace_id, pack_id, shelves.article_rows(pack, topics))
    standings = store.standings(tx, pack_id)
    nexts = list(_nexts(pack, changes, standings, topics, lessons))
    _write_questions(tx, workspace_id, pack_id, nexts)
    _retire(tx, [standings[slug] for slug in changes.questions.retired])


def _write_questions(tx: Tx, workspace_id: int, pack_id: int, nexts: list[Next]) -> None:
    new = [each for each in nexts if each.was is None]
    ids = {each.question.slug: each.was.id for each in nexts if each.was}
    ids |= store.add_questions(tx, workspace_id, pack_id, new)
    store.drop_versions(tx, [each.was for each in nexts if each.was and each.fate.drops])
    written = [
        (ids[each.question.slug], each) for each in nexts if each.fate.writes is not Writes.NOTHING
    ]
    versions = store.add_versions(tx, workspace_id, written)
    known = [(ids[each.question.slug], each) for each in nexts if each.is_touched]
    store.place(tx, [each.placed(question, versions.get(question)) for question, each in known])
    reaching.reach(tx, [ids[each.question.slug] for each in nexts if each.arrives])


def _retire(tx: Tx, gone: list[Standing]) -> None:
    store.drop_versions(tx, gone)
    store.retire(tx, [each.id for each in gone])


def _nexts(
    pack: Pack,
    changes: Changes,
    standings: dict[str, Standing],
    topics: dict[str, int],
    lessons: dict[str, int],
) -> Iterator[Next]:
    for lesson, at, question in _all(pack):
        place = Place(topics[lesson.topic], lessons[lesson.slug], at, question.variant_of)
        was = standings.get(question.slug)
        wording, meaning = identity.wording(question), identity.meaning(question)
        decided = fate.decide(was, question.slug, wording, changes.questions)
        yield Next(question, place, wording, meaning, was, decided)


def _all(pack: Pack) -> Iterator[tuple[Lesson, int, Question]]:
    """Every question with its lesson and its place in it."""
    for lesson in pack.lessons:
        for at, question in enumerate(lesson.questions):
            yield lesson, at, question


def _touched(changes: Changes) -> list[str]:
    """The slugs of questions that change, each once."""
    each = changes.questions
    return list(
        dict.fromkeys(
            (*each.reworded, *each.meaning_changed, *each.retired, *each.restored, *each.moved)
        )
    )


def _facts(pack: Pack, changes: Changes) -> Row:
    """How many of what changed, for the audit."""
    counts = {name: len(slugs) for name, slugs in asdict(changes.questions).items()}
    lessons = {f"lessons_{name}": len(slugs) for name, slugs in asdict(changes.lessons).items()}
    return {"pack": pack.slug, "version": pack.version, **counts, **lessons}
