"""A pack from the texts of its files, with everything that is wrong with how it is written."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePosixPath

from bot.lessons import frontmatter, markdown, questions
from bot.lessons.content import Answer, Lesson, Pack, Problem, Question, Topic, error
from bot.lessons.entries import shortened
from bot.lessons.frontmatter import Matter
from bot.lessons.markdown import Block, Page

PACK = "pack.md"
"""The file that makes a folder a pack."""

_QUESTIONS = "questions"
_NUMBERED = re.compile(r"[0-9]+-(?=.)")
_DIGITS = re.compile(r"([0-9]+)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def parse(
    texts: Mapping[str, str], media: Collection[str] = ()
) -> tuple[Pack | None, tuple[Problem, ...]]:
    """The pack and all problems, pack.md's first; no pack when pack.md cannot be read.

    `texts` are Markdown files by their path in the pack, `media` the paths of its other files.
    Never raises; what is wrong is reported and left out or replaced by something harmless.
    """
    found: list[Problem] = []
    files = {path: markdown.clean(text) for path, text in texts.items()}
    usable = {path: text for path, text in files.items() if _is_text(path, text, found)}
    pack = _pack(usable, tuple(sorted(media)), found)
    return pack, ordered(found)


def ordered(problems: Collection[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file and line, pack.md first."""
    return tuple(sorted(set(problems), key=_place))


def _place(problem: Problem) -> tuple[bool, str, int, str, str]:
    return problem.path != PACK, problem.path, problem.line, problem.code, problem.message


def inside(texts: Collection[str], folder: str) -> list[str]:
    """The Markdown files directly in the folder, 2 before 10."""
    paths = [path for path in texts if re.fullmatch(rf"{folder}/[^/]+\.md", path)]
    return sorted(paths, key=_in_number_order)


def _is_text(path: str, text: str, found: list[Problem]) -> bool:
    """Whether a file holds nothing but signs that can be shown and stored."""
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        message = f"a control character U+{ord(control.group()):04X}; take it out"
        found.append(error(path, line, "control-character", message))
    return control is None


@dataclass(frozen=True, slots=True)
class _File:
    """One file taken apart: its lines, its front matter, and the blocks below it from `start`."""

    page: Page
    matter: Matter
    start: int
    blocks: list[Block]


def _pack(texts: Mapping[str, str], media: tuple[str, ...], found: list[Problem]) -> Pack | None:
    lessons = [_lesson(_opened(path, texts[path], found)) for path in inside(texts, "lessons")]
    answers = [_answer(_opened(path, texts[path], found)) for path in inside(texts, "answers")]
    _report_strays(texts, found)
    if PACK not in texts:
        message = "pack.md is missing or not readable; add it with id, title, version and owners"
        found.append(error(PACK, 0, "no-pack", message))
        return None
    file = _opened(PACK, texts[PACK], found)
    if not file.matter.values:
        return None
    pack = _described(file)
    return replace(pack, lessons=tuple(lessons), answers=tuple(answers), media=media)


def _opened(path: str, text: str, found: list[Problem]) -> _File:
    """The file taken apart; without readable front matter, nothing of it is reported missing."""
    blocks = markdown.blocks(text)
    if blocks and blocks[0].kind == "front_matter":
        head, *blocks = blocks
        matter = frontmatter.read(path, head.tokens[0].content, found)
        start = head.end
    else:
        message = "no front matter; begin the file with '---', 'key: value' lines and '---'"
        found.append(error(path, 1, "front-matter", message))
        matter, start = None, 0
    page = Page(path, text.split("\n"), found)
    for block in (each for each in blocks if each.is_unclosed(page.lines)):
        message = "a code block that never ends; close it with the same signs"
        page.report(block.first, "unclosed-code", message)
    return _File(page, matter or Matter(path, 1, {}, []), start, blocks)


def _described(file: _File) -> Pack:
    matter = file.matter
    mentor = matter.mapping("mentor")
    mentor.only("mastery", "questions")
    matter.only(
        *("kind", "id", "title", "version", "language", "owners", "reviewers", "licence"),
        *("review_days", "recall_target", "topics", "mentor"),
    )
    _expect_kind(matter, "pack")
    return Pack(
        slug=matter.text("id"),
        title=matter.text("title"),
        summary=file.page.between(file.start, len(file.page.lines)),
        version=matter.text("version"),
        language=matter.text("language"),
        owners=matter.texts("owners"),
        reviewers=matter.texts("reviewers"),
        licence=matter.text("licence", ""),
        review_days=matter.whole("review_days", 180),
        recall_target=matter.number("recall_target", 0.90),
        topics=tuple(_topic(topic) for topic in matter.mappings("topics")),
        lessons=(),
        answers=(),
        mentor_mastery=mentor.number("mastery", 0.85),
        mentor_questions=mentor.whole("questions", 6),
        lines=(*matter.lines(), ("body", _first_line(file))),
    )


def _topic(matter: Matter) -> Topic:
    matter.only("id", "title", "needs")
    return Topic(matter.text("id"), matter.text("title"), matter.texts("needs"), matter.line)


def _lesson(file: _File) -> Lesson:
    matter = file.matter
    matter.only(
        *("kind", "id", "topic", "title", "objective", "minutes"),
        *("aliases", "sources", "reviewed"),
    )
    _expect_kind(matter, "lesson")
    end = next((at for at, block in enumerate(file.blocks) if _opens_questions(block)), None)
    below = [] if end is None else file.blocks[end + 1 :]
    stop = len(file.page.lines) if end is None else file.blocks[end].first
    if end is None:
        _report_lost_questions(file)
    return Lesson(
        slug=matter.text("id") or _slug(file.page.path),
        topic=matter.text("topic"),
        title=matter.text("title"),
        objective=matter.text("objective"),
        minutes=matter.whole("minutes", 2),
        body=file.page.between(file.start, stop),
        questions=tuple(_questions(file, below)),
        aliases=matter.texts("aliases"),
        sources=matter.texts("sources"),
        reviewed=matter.day("reviewed"),
        path=file.page.path,
        lines=(*matter.lines(), ("body", _first_line(file))),
    )


def _answer(file: _File) -> Answer:
    matter = file.matter
    matter.only("kind", "id", "topic", "title", "aliases", "sources", "owner", "reviewed")
    _expect_kind(matter, "answer")
    return Answer(
        slug=matter.text("id") or _slug(file.page.path),
        topic=matter.text("topic"),
        title=matter.text("title"),
        body=file.page.between(file.start, len(file.page.lines)),
        aliases=matter.texts("aliases"),
        sources=matter.texts("sources"),
        owner=matter.text("owner", ""),
        reviewed=matter.day("reviewed"),
        path=file.page.path,
        lines=(*matter.lines(), ("body", _first_line(file))),
    )


def _questions(file: _File, below: list[Block]) -> Iterator[Question]:
    starts = [at for at, block in enumerate(below) if _level(block) in {1, 2, 3}]
    for block in below[: starts[0]] if starts else below:
        file.page.report(
            block.first, "stray-text", "text before the first question; begin with '### id'"
        )
    for start, end in pairwise([*starts, len(below)]):
        heading = below[start]
        if _level(heading) < 3:
            message = "another part after '## Questions'; a question begins with '### id'"
            file.page.report(heading.first, "heading", message)
            continue
        under = below[start + 1 : end]
        question = questions.read(file.page, heading, under)
        if question:
            yield question


def _report_lost_questions(file: _File) -> None:
    for block in file.blocks:
        if _level(block) and block.text.strip().casefold().rstrip(":") in {_QUESTIONS, "question"}:
            file.page.report(
                block.first, "heading", "questions begin with '## Questions'; write it like that"
            )


def _report_strays(texts: Mapping[str, str], found: list[Problem]) -> None:
    known = {PACK, *inside(texts, "lessons"), *inside(texts, "answers")}
    for path in sorted(texts.keys() - known):
        message = "Markdown is read in lessons/ and answers/ only; move or remove this file"
        found.append(error(path, 0, "stray-file", message))


def _expect_kind(matter: Matter, kind: str) -> None:
    written = matter.text("kind")
    if written and written != kind:
        line = matter.values["kind"].line
        message = f"'kind: {shortened(written)}' is not for this place; write 'kind: {kind}'"
        matter.found.append(error(matter.path, line, "kind", message))


def _opens_questions(block: Block) -> bool:
    return _level(block) == 2 and block.text.strip().casefold() == _QUESTIONS


def _level(block: Block) -> int:
    """1 to 6 for a heading, 0 for anything else."""
    return int(block.tokens[0].tag[1:]) if block.kind == "heading" else 0


def _first_line(file: _File) -> int:
    """The line on which the first text below the front matter stands."""
    below = range(file.start, len(file.page.lines))
    return next((at for at in below if file.page.lines[at].strip()), file.start) + 1


def _in_number_order(path: str) -> tuple[list[tuple[int, str]], str]:
    """A sorting key that puts 2 before 10, and `01` before `1`."""
    parts = [part.lstrip("0") for part in _DIGITS.split(path)]
    return [(at % 2 * len(part), part) for at, part in enumerate(parts)], path


def _slug(path: str) -> str:
    return _NUMBERED.sub("", PurePosixPath(path).stem)
