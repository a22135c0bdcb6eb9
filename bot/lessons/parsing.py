"""A pack from the texts of its files, with everything that is wrong with how it is written."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath

from bot.lessons import frontmatter, markdown, questions
from bot.lessons.content import Answer, Lesson, Pack, Problem, Question, Topic, error
from bot.lessons.frontmatter import Matter
from bot.lessons.markdown import Block

PACK = "pack.md"
"""The file that makes a folder a pack."""

_QUESTIONS = "questions"
_CONTROL = frozenset(chr(code) for code in (*range(32), *range(127, 160))) - {"\t", "\n"}


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
    by_place = sorted(set(problems), key=lambda each: (each.path != PACK, each.path, each.line))
    return tuple(by_place)


def _is_text(path: str, text: str, found: list[Problem]) -> bool:
    """Whether a file holds nothing but signs that can be shown and stored."""
    for number, line in enumerate(text.split("\n"), 1):
        for sign in line:
            if sign in _CONTROL or "\ud800" <= sign <= "\udfff":
                message = f"a control character U+{ord(sign):04X}; take it out"
                found.append(error(path, number, "control-character", message))
                return False
    return True


def _pack(texts: Mapping[str, str], media: tuple[str, ...], found: list[Problem]) -> Pack | None:
    if PACK not in texts:
        message = "pack.md is missing or not readable; add it with title, version and owners"
        found.append(error(PACK, 0, "no-pack", message))
        return None
    matter, body, _ = _opened(PACK, texts[PACK], "pack", found)
    lessons = tuple(_lesson(path, texts[path], found) for path in _inside(texts, "lessons"))
    answers = tuple(_answer(path, texts[path], found) for path in _inside(texts, "answers"))
    _report_others(texts, found)
    if not matter:
        return None
    pack = _described(matter, markdown.tidy(body))
    return replace(pack, lessons=_kept(lessons), answers=_kept(answers), media=media)
