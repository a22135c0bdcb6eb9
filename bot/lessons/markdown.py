"""Markdown as blocks with line numbers, and the few things a pack does with a piece of it.

Structure always comes from markdown-it's tokens, so what a pack means is what a Git host shows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from bot.lessons.content import Problem, error

_BREAKS = frozenset({"softbreak", "hardbreak"})
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its kind (`paragraph`, `bullet_list`, …), its lines counted from 0, its tokens."""

    kind: str
    first: int
    end: int
    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The Markdown of the block's own line of text, without the marks of lists and quotes."""
        return next((token.content for token in self.tokens if token.type == "inline"), "")

    @property
    def inner(self) -> list["Block"]:
        """The blocks inside a list, a list item or a quote."""
        return _grouped(self.tokens[1:-1])

    def is_unclosed(self, lines: list[str]) -> bool:
        """Whether it is a code block that runs on to the end because nothing closes it."""
        if self.kind != "fence":
            return False
        last = lines[self.end - 1].strip()
        fence = self.tokens[0].markup
        is_closed = last.startswith(fence) and not last.strip(fence[0])
        return self.end - self.first < 2 or not is_closed


@dataclass(frozen=True, slots=True)
class Reference:
    """A link, an image or raw HTML in a piece of Markdown; `line` is counted from 0."""

    kind: str
    line: int
    target: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one file, and where to say what is wrong with them."""

    path: str
    lines: list[str]
    found: list[Problem]

    def between(self, first: int, end: int) -> str:
        """The Markdown from one line up to another, counted from 0."""
        return tidy("\n".join(self.lines[first:end]))

    def report(self, at: int, code: str, message: str) -> None:
        """Add a problem at a line, counted from 0."""
        self.found.append(error(self.path, at + 1, code, message))


def clean(text: str) -> str:
    """The text as markdown-it counts it: no byte order mark, `\\n` between lines, no NUL."""
    unmarked = text.removeprefix("\ufeff")
    return unmarked.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def blocks(text: str) -> list[Block]:
    """The top-level blocks of a cleaned file, its front matter first."""
    return _grouped(tuple(_reader(front_matter=True).parse(text)))


def tidy(text: str) -> str:
    """The same Markdown without blank lines around it and without spaces on blank lines."""
    lines = [line if line.strip(" \t") else "" for line in text.split("\n")]
    return "\n".join(lines).strip("\n").rstrip(" \t")


def one_line(text: str) -> str:
    """The lines of one paragraph, joined by spaces."""
    return " ".join(line.strip() for line in text.split("\n")).strip()


def unquote(lines: list[str]) -> str:
    """What stands inside a top-level quote, given its lines."""
    return tidy("\n".join(_unquoted(line) for line in lines))


def plain(text: str) -> str:
    """What a reader sees of a piece of Markdown: words and code, no marks, no addresses."""
    return "".join(words for words, _ in runs(text)).strip()


def runs(text: str) -> list[tuple[str, bool]]:
    """What a reader sees, run by run, and whether the run is code."""
    return [run for token in _reader().parse(text) for run in _runs(token)]


def escape(text: str) -> str:
    """Markdown that shows exactly this text; line ends stay line ends."""
    return "\n".join(_PUNCTUATION.sub(r"\\\1", line.strip()) for line in text.split("\n"))


def references(text: str) -> list[Reference]:
    """Every link, image and piece of raw HTML in the Markdown, in reading order."""
    return list(_references(_reader().parse(text), 0))


@lru_cache
def _reader(*, front_matter: bool = False) -> MarkdownIt:
    """A CommonMark reader that shows raw HTML and odd links, so that a check can refuse them.

    Built once, for building it takes longer than reading an option; reading leaves nothing in it.
    """
    reader = MarkdownIt("commonmark")
    reader.validateLink = lambda url: True  # type: ignore[method-assign]  # the documented switch
    return reader.use(front_matter_plugin) if front_matter else reader


def _grouped(tokens: tuple[Token, ...]) -> list[Block]:
    grouped: list[Block] = []
    depth = start = 0
    for place, token in enumerate(tokens):
        if depth == 0:
            start = place
        depth += token.nesting
        if depth == 0:
            grouped.append(_block(tokens[start : place + 1]))
    return grouped


def _block(tokens: tuple[Token, ...]) -> Block:
    first, end = tokens[0].map or (0, 0)
    return Block(tokens[0].type.removesuffix("_open"), first, end, tokens)


def _unquoted(line: str) -> str:
    """The line without its quote mark; a line that lazily continues a quote has none."""
    bare = line.lstrip(" \t")
    if not bare.startswith(">"):
        return line
    if bare.startswith(">\t"):
        return "  " + bare[2:]  # the tab ends at column 4: mark, one space eaten, two left
    return bare[1:].removeprefix(" ")


def _runs(token: Token) -> Iterator[tuple[str, bool]]:
    if token.type in {"fence", "code_block", "html_block"}:
        yield token.content, True
    for child in token.children or []:
        words = " " if child.type in _BREAKS else child.content
        yield words, child.type == "code_inline"
    if token.type == "inline":
        yield "\n", False


def _references(tokens: list[Token], line: int) -> Iterator[Reference]:
    for token in tokens:
        here = token.map[0] if token.map else line
        match token.type:
            case "html_block" | "html_inline":
                yield Reference("html", here, token.content.strip())
            case "image":
                yield Reference("image", here, str(token.attrs.get("src", "")), token.content)
            case "link_open":
                yield Reference("link", here, str(token.attrs.get("href", "")))
            case _:
                pass
        yield from _references(token.children or [], here)
