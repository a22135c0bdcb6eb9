"""What publishing a pack would change, from what is published and what its folder now says.

published   in the pack   wording   meaning   then
-           yes                               added
live,aside  yes           other     same      reworded
live,aside  yes           other     other     meaning changed, unless the author says reworded
live,aside  no                                retired
retired     yes                               restored, and reworded or meaning changed as above
"""

from collections.abc import Collection
from dataclasses import dataclass

from bot.lessons import identity
from bot.lessons.content import Pack
from bot.terms import QuestionState

Prints = tuple[tuple[str, str], ...]
"""Fingerprints by slug or by the name of a field, in the order of the pack."""


@dataclass(frozen=True, slots=True)
class PublishedQuestion:
    """What is known of a question that was published before."""

    slug: str
    lesson: str
    wording: str
    meaning: str
    state: QuestionState = QuestionState.LIVE


@dataclass(frozen=True, slots=True)
class Published:
    """What is published of a pack; questions include retired ones, lessons and answers do not."""

    questions: tuple[PublishedQuestion, ...] = ()
    lessons: Prints = ()
    answers: Prints = ()
    fields: Prints = ()


@dataclass(frozen=True, slots=True)
class QuestionChanges:
    """Slugs of questions by what happens to them; one slug may stand in several."""

    added: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    meaning_changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether any question is touched."""
        return self != QuestionChanges()


@dataclass(frozen=True, slots=True)
class ItemChanges:
    """Slugs of lessons or of answers by what happens to them."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether any of them is touched."""
        return self != ItemChanges()


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that publishing would change; false when there is nothing."""

    questions: QuestionChanges = QuestionChanges()
    lessons: ItemChanges = ItemChanges()
    answers: ItemChanges = ItemChanges()
    fields: tuple[str, ...] = ()
    """Names of what changed in pack.md, and `order` when lessons or questions changed places."""

    def __bool__(self) -> bool:
        """Whether there is anything to publish."""
        return self != Changes()


def published(pack: Pack) -> Published:
    """The pack as it counts right after it was published for the first time."""
    questions = tuple(
        PublishedQuestion(
            slug=question.slug,
            lesson=lesson.slug,
            wording=identity.wording(question),
            meaning=identity.meaning(question),
        )
        for lesson in pack.lessons
        for question in lesson.questions
    )
    lessons = tuple((lesson.slug, identity.fingerprint(lesson)) for lesson in pack.lessons)
    answers = tuple((answer.slug, identity.fingerprint(answer)) for answer in pack.answers)
    return Published(questions, lessons, answers, identity.fields(pack))


def diff(
    before: Published,
    pack: Pack,
    *,
    wording_only: Collection[str] = (),
    new_meaning: Collection[str] = (),
) -> Changes:
    """What publishing the pack would change.

    The author may say of a changed question that its meaning stayed (`wording_only`), and of any
    question that its meaning is new; a slug in both counts as new, which is the careful choice.
    """
    after = published(pack)
    return Changes(
        questions=_questions(before, after, set(wording_only) - set(new_meaning), set(new_meaning)),
        lessons=_items(before.lessons, after.lessons),
        answers=_items(before.answers, after.answers),
        fields=_fields(before, after),
    )


def _questions(
    before: Published, after: Published, wording_only: set[str], new_meaning: set[str]
) -> QuestionChanges:
    old = {question.slug: question for question in before.questions}
    now = {question.slug: question for question in after.questions}
    kept = [slug for slug in now if slug in old]
    changed = {slug for slug in kept if old[slug].wording != now[slug].wording}
    renewed = {slug for slug in changed if old[slug].meaning != now[slug].meaning}
    renewed = (renewed - wording_only) | (new_meaning & set(kept))
    gone = {QuestionState.RETIRED}
    return QuestionChanges(
        added=tuple(slug for slug in now if slug not in old),
        reworded=tuple(slug for slug in kept if slug in changed - renewed),
        meaning_changed=tuple(slug for slug in kept if slug in renewed),
        retired=tuple(slug for slug in old if slug not in now and old[slug].state not in gone),
        restored=tuple(slug for slug in kept if old[slug].state in gone),
        moved=tuple(slug for slug in kept if old[slug].lesson != now[slug].lesson),
    )


def _items(before: Prints, after: Prints) -> ItemChanges:
    old, now = dict(before), dict(after)
    return ItemChanges(
        added=tuple(slug for slug in now if slug not in old),
        changed=tuple(slug for slug in now if slug in old and old[slug] != now[slug]),
        retired=tuple(slug for slug in old if slug not in now),
    )


def _fields(before: Published, after: Published) -> tuple[str, ...]:
    old = dict(before.fields)
    changed = tuple(name for name, value in after.fields if old.get(name) != value)
    return (*changed, "order") if _is_reordered(before, after) else changed


def _is_reordered(before: Published, after: Published) -> bool:
    """Whether what stayed stands in another order; what came, went or moved does not count."""
    lessons = {slug for slug, _ in before.lessons} & {slug for slug, _ in after.lessons}
    questions = _homes(before) & _homes(after)
    return _order(before, lessons, questions) != _order(after, lessons, questions)


def _homes(one: Published) -> set[tuple[str, str]]:
    return {
        (question.slug, question.lesson)
        for question in one.questions
        if question.state is not QuestionState.RETIRED
    }


def _order(
    one: Published, lessons: set[str], questions: set[tuple[str, str]]
) -> tuple[list[str], dict[str, list[str]]]:
    """The lessons and, by lesson, the questions, of those given."""
    by_lesson: dict[str, list[str]] = {lesson: [] for _, lesson in questions}
    for question in one.questions:
        if (question.slug, question.lesson) in questions:
            by_lesson[question.lesson].append(question.slug)
    return [slug for slug, _ in one.lessons if slug in lessons], by_lesson
