"""A pack as the files an author would have written, in one canonical form.

What is written reads back as the same pack: `parse(write(pack))` equals `pack` for every pack that
was ever read without errors.
"""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, zip_longest

from bot.lessons import example, patterns
from bot.lessons.content import Answer, Lesson, Option, Pack, Question, Topic
from bot.lessons.parsing import PACK, inside
from bot.lessons.questions import GAP

_BARE = re.compile(r"[^\W\d_][\w .,;?!\-/'()%+]*(?<! )|[0-9]+\.[0-9]+\.[0-9]+")
"""Texts that need no quotes behind a key: words, and version numbers."""

_BARE_ITEM = re.compile(r"[^\W\d_][\w .\-/'()%+]*(?<! )")
"""Texts that need no quotes inside `[…]` either."""

_NOT_TEXTS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""Words that YAML 1.1 readers take for something else than a text."""


def write(pack: Pack) -> dict[str, str]:
    """The Markdown files of the pack by path; its media stay where they are."""
    files = {PACK: _file(_pack(pack), pack.summary)}
    for path, lesson in zip(_paths("lessons", pack.lessons), pack.lessons, strict=True):
        files[path] = _file(_lesson(lesson), lesson.body, *_questions(lesson))
    for path, answer in zip(_paths("answers", pack.answers), pack.answers, strict=True):
        files[path] = _file(_answer(answer), answer.body)
    return files


def new_pack(slug: str, title: str, today: date) -> dict[str, str]:
    """The files of a small pack to begin from: it checks without a warning and shows every form."""
    return write(example.pack(slug, title, today))


def _file(front: Sequence[str], *parts: str) -> str:
    head = "\n".join(["---", *front, "---"])
    return "\n\n".join([head, *(part for part in parts if part)]) + "\n"


def _paths(folder: str, items: Sequence[Lesson | Answer]) -> list[str]:
    """The items' own paths where they keep the order, else paths that begin with a number."""
    own = [item.path for item in items]
    if len(set(own)) == len(own) and own == inside(own, folder):
        return own
    width = max(2, len(str(len(items))))
    return [f"{folder}/{at:0{width}}-{item.slug}.md" for at, item in enumerate(items, 1)]


def _pack(pack: Pack) -> list[str]:
    return [
        *_texts(("kind", "pack"), ("id", pack.slug), ("title", pack.title)),
        *_texts(("version", pack.version), ("language", pack.language)),
        *_lists(("owners", pack.owners), ("reviewers", pack.reviewers)),
        *_texts(("licence", pack.licence)),
        f"review_days: {pack.review_days}",
        f"recall_target: {_number(pack.recall_target)}",
        *(["topics:"] if pack.topics else []),
        *chain.from_iterable(_topic(topic) for topic in pack.topics),
        f"mentor: {{mastery: {_number(pack.mentor_mastery)}, questions: {pack.mentor_questions}}}",
    ]


def _topic(topic: Topic) -> list[str]:
    named = _texts(("id", topic.slug), ("title", topic.title))
    lines = [*named, *_lists(("needs", topic.needs))] or ["{}"]
    return [f"  {'-' if at == 0 else ' '} {line}" for at, line in enumerate(lines)]


def _lesson(lesson: Lesson) -> list[str]:
    return [
        *_texts(("kind", "lesson"), ("id", lesson.slug), ("topic", lesson.topic)),
        *_texts(("title", lesson.title), ("objective", lesson.objective)),
        f"minutes: {lesson.minutes}",
        *_lists(("aliases", lesson.aliases), ("sources", lesson.sources)),
        *_day(lesson.reviewed),
    ]


def _answer(answer: Answer) -> list[str]:
    return [
        *_texts(("kind", "answer"), ("id", answer.slug), ("topic", answer.topic)),
        *_texts(("title", answer.title)),
        *_lists(("aliases", answer.aliases), ("sources", answer.sources)),
        *_texts(("owner", answer.owner)),
        *_day(answer.reviewed),
    ]


def _questions(lesson: Lesson) -> Iterator[str]:
    if lesson.questions:
        yield "## Questions"
    for question in lesson.questions:
        yield f"### {question.slug}\n{_stem(question)}".rstrip("\n")
        if question.variant_of:
            yield f"variant-of: {question.variant_of}"
        yield from _answers(question)
        if question.explanation:
            yield "\n".join(
                f"> {line}" if line else ">" for line in question.explanation.split("\n")
            )


def _stem(question: Question) -> str:
    if not question.gaps:
        return question.stem
    gaps = [f"{{{{{patterns.join_closely(gap)}}}}}" for gap in question.gaps]
    pieces = question.stem.split(GAP)
    return "".join(chain.from_iterable(zip_longest(pieces, gaps, fillvalue="")))


def _answers(question: Question) -> Iterator[str]:
    if question.options:
        yield "\n".join(_option(option, _bullet(question)) for option in question.options)
    if question.accepted:
        yield f"= {patterns.join(question.accepted)}"
    if question.steps:
        yield "\n".join(f"{at}. {step}" for at, step in enumerate(question.steps, 1))


def _bullet(question: Question) -> str:
    """A sign that no list in the stem uses, so that the options do not continue that list."""
    used = {line.lstrip()[:1] for line in question.stem.split("\n")}
    return next((sign for sign in "-*+" if sign not in used), "-")


def _option(option: Option, bullet: str) -> str:
    box = f"{bullet} [{'x' if option.right else ' '}]"
    mark = f"#misconception:{option.misconception}" if option.misconception else ""
    line = " ".join(part for part in (box, option.text, mark) if part)
    return f"{line}\n  > {option.feedback}" if option.feedback else line


def _texts(*pairs: tuple[str, str]) -> list[str]:
    return [f"{key}: {_scalar(value)}" for key, value in pairs if value]


def _lists(*pairs: tuple[str, tuple[str, ...]]) -> list[str]:
    items = [(key, [_scalar(text, _BARE_ITEM) for text in texts]) for key, texts in pairs if texts]
    return [f"{key}: [{', '.join(texts)}]" for key, texts in items]


def _day(reviewed: date | None) -> list[str]:
    return [f"reviewed: {reviewed.isoformat()}"] if reviewed else []


def _number(value: float) -> str:
    return f"{value:.2f}" if float(f"{value:.2f}") == value else repr(value)


def _scalar(text: str, bare: re.Pattern[str] = _BARE) -> str:
    """The text in YAML: bare where every reader takes it for a text, else in double quotes."""
    is_bare = bare.fullmatch(text) and text.casefold() not in _NOT_TEXTS
    return text if is_bare else _quoted(text)


def _quoted(text: str) -> str:
    """JSON's quotes are YAML's, but for signs that YAML wants written out."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in quoted)


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
