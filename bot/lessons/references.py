"""What a pack's Markdown points to: links, pictures, sources; and raw HTML, which is refused."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from bot.lessons import markdown
from bot.lessons.content import Answer, Lesson, Pack, Problem, Question, error, warning
from bot.lessons.markdown import Reference

Piece = tuple[str, int, str]
"""A piece of Markdown: its file, its first line (counted from 1), its text."""


def check(pack: Pack) -> Iterator[Problem]:
    """What is wrong with every link, picture and source of the pack."""
    for piece in _pieces(pack):
        path, line, text = piece
        for reference in markdown.references(text):
            yield from _fault(pack, path, line + reference.line, reference)
    for item in pack.items:
        yield from _sources(pack, item)


def is_web(url: str) -> bool:
    """Whether it is an http or https address with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in url
    except ValueError:
        return False


def _fault(pack: Pack, path: str, line: int, reference: Reference) -> Iterator[Problem]:
    if reference.kind == "html" and reference.target.startswith("</"):
        return
    if reference.kind == "html":
        message = f"raw HTML '{_short(reference.target)}' is not shown; put it in `…` or remove it"
        yield error(path, line, "raw-html", message)
        return
    if reference.kind == "image" and not reference.text.strip():
        message = "an image without alternative text; write ![what it shows](…)"
        yield warning(path, line, "no-alt", message)
    if is_web(reference.target) or _file(path, reference.target) in pack.media:
        return
    if ":" in reference.target or not _file(path, reference.target).startswith("media/"):
        message = f"'{_short(reference.target)}' is no http(s) address and not in media/; mend it"
        yield error(path, line, "link", message)
        return
    message = f"'{_short(reference.target)}' is not in media/; add the file or mend its name"
    yield error(path, line, "missing-media", message)


def _sources(pack: Pack, item: Lesson | Answer) -> Iterator[Problem]:
    known = {*pack.media, *(each.path for each in pack.items)}
    lines = dict(item.lines)
    for place, source in enumerate(item.sources):
        if not is_web(source) and not known & {source, _file(item.path, source)}:
            line = lines.get(f"sources.{place}", 1)
            message = f"'{_short(source)}' is no http(s) address and no file of the pack; mend it"
            yield error(item.path, line, "unknown-source", message)


def _pieces(pack: Pack) -> Iterator[Piece]:
    yield "pack.md", dict(pack.lines).get("body", 1), pack.summary
    for item in pack.items:
        yield item.path, dict(item.lines).get("body", 1), item.body
    for lesson in pack.lessons:
        for question in lesson.questions:
            yield from _pieces_of(question, lesson.path)


def _pieces_of(question: Question, path: str) -> Iterator[Piece]:
    for text in (question.stem, question.explanation, *question.steps):
        yield path, question.line, text
    for option in question.options:
        yield path, option.line or question.line, option.text
        yield path, option.line or question.line, option.feedback


def _file(path: str, target: str) -> str:
    """The path in the pack that a relative target means, seen from its file or from the top."""
    name = unquote(target)
    if name.startswith("media/"):
        return posixpath.normpath(name)
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), name))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
