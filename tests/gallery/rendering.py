"""An example as the local workspace draws it, and as a snapshot that reads well in a diff."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from markupsafe import Markup

from adapters.local.drawing import Drawing
from adapters.local.views import OURSELVES, Bubble
from bot.ui import Card, Fix
from tests.gallery.example import Example, Shown

BASE = "/as/sam/rooms/grove"
"""Where the buttons of a drawn message lead."""

VOID = frozenset({"br", "hr", "img", "input", "path"})
"""Elements without an end."""

SPEECH = frozenset({"a", "b", "br", "code", "em", "s", "small", "span", "strong"})
"""Elements inside a line of text."""


@dataclass(slots=True)
class Element:
    """A piece of HTML: what it is, what it says, what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list["Element | str"] = field(default_factory=list)

    def all(self) -> Iterator["Element"]:
        """This element and everything in it."""
        yield self
        for one in self.inside:
            if isinstance(one, Element):
                yield from one.all()

    @property
    def text(self) -> str:
        """The words in it."""
        return "".join(one if isinstance(one, str) else one.text for one in self.inside)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


def drawn(drawing: Drawing, shown: Shown) -> Markup:
    """The message with the card, or the open dialog with the form, as the local workspace has it."""
    if isinstance(shown, Card):
        bubble = Bubble(1, OURSELVES, "09:30", "2026-11-03T09:30", "", shown, None, False, False)
        return drawing.messages([bubble], base=BASE, alone=True)
    form, problems = (shown.form, shown.problems) if isinstance(shown, Fix) else (shown, ())
    return drawing.dialog(form, [], problems, base=BASE, message=1, open=True)


def parsed(html: str) -> Element:
    """The HTML as elements; AssertionError when something closes that was not open."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def heart(html: str) -> Element:
    """The card or the dialog alone, without the frame that every message has."""
    return next(
        one
        for one in parsed(html).all()
        if one.tag == "dialog" or one.attributes.get("class") == "card"
    )


def snapshot(example: Example, shown: Shown, html: str) -> str:
    """The HTML with an element to a line, under the sentence that a notification shows."""
    told = f"notification: {shown.plain()}" if isinstance(shown, Card) else "a form"
    head = f"<!-- {example.feature}; {told.replace('--', '- -')} -->"
    return "\n".join([head, *_lines(heart(html), 0), ""])


def _lines(element: Element, depth: int) -> Iterator[str]:
    indent = "  " * depth
    parts = [one for one in element.inside if not isinstance(one, str) or one.strip()]
    if element.tag == "svg":
        yield f"{indent}<svg/>"
    elif all(isinstance(one, str) or _is_speech(one) for one in parts):
        keep = element.tag in {"pre", "textarea"}
        words = "".join(_inline(one) for one in element.inside)
        yield f"{indent}{_opened(element)}{words if keep else ' '.join(words.split())}{_closed(element)}"
    else:
        yield f"{indent}{_opened(element)}"
        for one in parts:
            yield from (
                _lines(one, depth + 1)
                if isinstance(one, Element)
                else [f"{indent}  {escape(one.strip())}"]
            )
        yield f"{indent}{_closed(element)}"


def _is_speech(element: Element) -> bool:
    return all(one.tag in SPEECH for one in element.all())


def _inline(one: Element | str) -> str:
    if isinstance(one, str):
        return escape(one, quote=False)
    return f"{_opened(one)}{''.join(_inline(part) for part in one.inside)}{_closed(one)}"


def _opened(element: Element) -> str:
    said = "".join(
        f' {name}="{escape(value)}"' if value else f" {name}"
        for name, value in element.attributes.items()
    )
    return f"<{element.tag}{said}>"


def _closed(element: Element) -> str:
    return "" if element.tag in VOID else f"</{element.tag}>"
