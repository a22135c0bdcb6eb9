"""Whether a pack may be published, and what would make it better: all rules on a parsed pack.

The rules of one question are in `soundness` (it cannot be asked) and `quality` (it is weak), those
of links, pictures and sources in `references`; here are the rules of packs, topics and lessons.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

from bot.lessons import quality, references, soundness
from bot.lessons.content import Answer, Lesson, Pack, Problem, error, warning
from bot.lessons.parsing import PACK, ordered

LONGEST_LESSON = 1_200
"""Characters of a lesson without its questions: a minute or two of reading (product.md)."""

_VERSION = re.compile(r"[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


def check(pack: Pack, today: date) -> tuple[Problem, ...]:
    """Everything to mend in the pack, by file and line; `today` decides whether a review is due."""
    found = [problem for rule in _PACK_RULES for problem in rule(pack)]
    found += references.check(pack)
    found += quality.misconceptions(pack)
    for lesson in pack.lessons:
        found += [problem for rule in _LESSON_RULES for problem in rule(lesson)]
        for question in lesson.questions:
            found += soundness.check(question, lesson.path, lesson)
            found += quality.check(pack, lesson, question)
    for item in pack.items:
        found += _text(item)
        found += _topic(pack, item)
        found += _review(pack, item, today)
    return ordered(found)


def is_publishable(problems: tuple[Problem, ...]) -> bool:
    """Whether there is nothing worse than a warning."""
    return not any(problem.severity == "error" for problem in problems)


def _owners(pack: Pack) -> Iterator[Problem]:
    if not pack.owners:
        message = "the pack has no owner; add 'owners: [name]'"
        yield error(PACK, _line(pack, "owners"), "no-owner", message)


def _identity(pack: Pack) -> Iterator[Problem]:
    if pack.version and not _VERSION.fullmatch(pack.version):
        message = f"the version '{pack.version}' is not three numbers; write 1.0.0"
        yield error(PACK, _line(pack, "version"), "version", message)
    if pack.language and not _LANGUAGE.fullmatch(pack.language):
        message = f"the language '{pack.language}' is no language tag; write en, de or pt-BR"
        yield error(PACK, _line(pack, "language"), "language", message)


def _settings(pack: Pack) -> Iterator[Problem]:
    if not 0.80 <= pack.recall_target <= 0.95:
        message = "the recall target is between 0.80 and 0.95; 0.90 suits most packs"
        yield error(PACK, _line(pack, "recall_target"), "recall-target", message)
    if not 1 <= pack.review_days <= 3_650:
        message = "the review interval is 1 to 3650 days; 180 suits most packs"
        yield error(PACK, _line(pack, "review_days"), "review-days", message)
    if not 0 < pack.mentor_mastery < 1 or not 1 <= pack.mentor_questions <= 100:
        message = "a mastery below 1 and 1 to 100 questions; write {mastery: 0.85, questions: 6}"
        yield error(PACK, _line(pack, "mentor"), "mentor", message)


def _ids(pack: Pack) -> Iterator[Problem]:
    """Every id can be typed, put into a button and kept for ever."""
    for slug, path, line in _all_ids(pack):
        if slug and not soundness.is_kebab(slug):
            message = f"'{slug[:60]}' is no id; use small letters, digits and '-', at most 48"
            yield error(path, line, "id", message)


def _repeated_ids(pack: Pack) -> Iterator[Problem]:
    for ids in (_topic_ids(pack), _lesson_ids(pack), _question_ids(pack), _answer_ids(pack)):
        first: dict[str, tuple[str, int]] = {}
        for slug, path, line in ids:
            if slug in first:
                where = "{}:{}".format(*first[slug])
                message = f"the id '{slug[:60]}' is taken by {where}; choose another"
                yield error(path, line, "duplicate-id", message)
            first.setdefault(slug, (path, line))


def _topics(pack: Pack) -> Iterator[Problem]:
    slugs = {topic.slug for topic in pack.topics}
    if not pack.topics:
        message = "the pack has no topics; add 'topics:' with an id and a title each"
        yield error(PACK, _line(pack, "topics"), "no-topics", message)
    for topic in pack.topics:
        for need in topic.needs:
            if need not in slugs:
                message = f"'needs: {need[:60]}' names no topic of this pack; mend the id"
                yield error(PACK, topic.line, "unknown-topic", message)


def _circular_topics(pack: Pack) -> Iterator[Problem]:
    """Topics that can never be begun: take away what needs nothing, then what nothing needs."""
    needs = {topic.slug: set(topic.needs) for topic in pack.topics}
    needs = {slug: wanted & needs.keys() for slug, wanted in needs.items()}
    while free := {slug for slug, wanted in needs.items() if not wanted}:
        needs = {slug: wanted - free for slug, wanted in needs.items() if slug not in free}
    while loose := needs.keys() - set().union(*needs.values()):
        needs = {slug: wanted for slug, wanted in needs.items() if slug not in loose}
    if needs:
        line = next(topic.line for topic in pack.topics if topic.slug in needs)
        names = ", ".join(sorted(needs))[:120]
        message = f"these topics need each other or themselves: {names}; take out one of the needs"
        yield error(PACK, line, "circular-topics", message)


def _size(lesson: Lesson) -> Iterator[Problem]:
    line = _line(lesson, "body")
    if (length := len(lesson.body)) > LONGEST_LESSON:
        message = f"the lesson has {length} characters; shorten it to {LONGEST_LESSON} or split it"
        yield error(lesson.path, line, "long-lesson", message)
    if not 1 <= lesson.minutes <= 5:
        message = "a lesson takes 1 to 5 minutes; split a longer one"
        yield error(lesson.path, _line(lesson, "minutes"), "minutes", message)


def _questions(lesson: Lesson) -> Iterator[Problem]:
    line = _line(lesson, "objective")
    if not lesson.questions:
        message = "the lesson has no questions, so it will be forgotten; add two or more"
        yield warning(lesson.path, line, "no-questions", message)
    if len(lesson.questions) == 1:
        message = "one question only for this objective; add a second or a variant"
        yield warning(lesson.path, line, "one-question", message)


def _text(item: Lesson | Answer) -> Iterator[Problem]:
    if not item.body:
        message = "no text; write the idea or the answer below the front matter"
        yield error(item.path, _line(item, "body"), "no-text", message)


def _topic(pack: Pack, item: Lesson | Answer) -> Iterator[Problem]:
    if item.topic and item.topic not in {topic.slug for topic in pack.topics}:
        message = f"the topic '{item.topic[:60]}' is not in pack.md; add it there or mend its name"
        yield error(item.path, _line(item, "topic"), "unknown-topic", message)


def _review(pack: Pack, item: Lesson | Answer, today: date) -> Iterator[Problem]:
    """Sources and the last look at them; not where the front matter could not be read at all."""
    if not item.title and not item.topic:
        return
    if not item.sources:
        message = "no source; add 'sources: [https://…]' so that a reader can check it"
        yield warning(item.path, _line(item, "sources"), "no-source", message)
    line = _line(item, "reviewed")
    if item.reviewed is None:
        message = "never reviewed; add 'reviewed:' with the date somebody checked it"
        yield warning(item.path, line, "not-reviewed", message)
    elif (today - item.reviewed).days > pack.review_days > 0:
        message = f"last reviewed on {item.reviewed}, more than {pack.review_days} days ago;"
        yield warning(item.path, line, "review-due", f"{message} check it and set the date")


_PACK_RULES: tuple[Callable[[Pack], Iterator[Problem]], ...] = (
    _owners,
    _identity,
    _settings,
    _ids,
    _repeated_ids,
    _topics,
    _circular_topics,
)
_LESSON_RULES: tuple[Callable[[Lesson], Iterator[Problem]], ...] = (_size, _questions)


def _all_ids(pack: Pack) -> Iterator[tuple[str, str, int]]:
    yield pack.slug, PACK, _line(pack, "id")
    yield from _topic_ids(pack)
    yield from _lesson_ids(pack)
    yield from _question_ids(pack)
    yield from _answer_ids(pack)


def _topic_ids(pack: Pack) -> Iterator[tuple[str, str, int]]:
    return ((topic.slug, PACK, topic.line) for topic in pack.topics)


def _lesson_ids(pack: Pack) -> Iterator[tuple[str, str, int]]:
    return ((lesson.slug, lesson.path, _line(lesson, "id")) for lesson in pack.lessons)


def _answer_ids(pack: Pack) -> Iterator[tuple[str, str, int]]:
    return ((answer.slug, answer.path, _line(answer, "id")) for answer in pack.answers)


def _question_ids(pack: Pack) -> Iterator[tuple[str, str, int]]:
    for lesson in pack.lessons:
        for question in lesson.questions:
            yield question.slug, lesson.path, question.line


def _line(thing: Pack | Lesson | Answer, key: str) -> int:
    return dict(thing.lines).get(key, 1)
