"""What Slack and Discord have room for.

Block Kit: docs.slack.dev/reference/block-kit; components and modals: docs.discord.com (read 2026-08).
A renderer shortens plain words that are too long; nothing can shorten an act or take entries away.
"""

from collections.abc import Iterator

from bot import ui
from bot.ui import (
    Button,
    Buttons,
    Card,
    Choice,
    Facts,
    Fix,
    Form,
    Line,
    Link,
    Menu,
    Note,
    Pick,
    Picture,
    Text,
)
from tests.gallery.example import Shown

MOST_BLOCKS = 40
MOST_TEXT = 3000
MOST_TITLE = 150
MOST_LABEL = 75
MOST_ENTRIES = 25
MOST_FORM_WORDS = 45
MOST_SUBMIT = 24
MOST_HINT = 100
"""Characters, or pieces; the smaller of the two platforms' limits."""


def form_of(shown: Shown) -> Form:
    """The form that is shown."""
    assert isinstance(shown, Form | Fix)
    return shown.form if isinstance(shown, Fix) else shown


def acts(shown: Shown) -> list[str]:
    """What the buttons and menus of a card do, or what a form does."""
    if not isinstance(shown, Card):
        return [form_of(shown).act]
    return [
        one.act
        for block in shown.blocks
        for one in (block.items if isinstance(block, Buttons) else [block])
        if isinstance(one, Button | Menu)
    ]


def too_much(shown: Shown) -> list[str]:
    """What no renderer can make fit."""
    found = list(_longer(ui.MAX_ACT, *acts(shown)))
    if not isinstance(shown, Card):
        picks = [field for field in form_of(shown).fields if isinstance(field, Pick)]
        return found + [f"entries of {one.name}" for one in picks if not _few(one.choices)]
    if len(shown.blocks) > MOST_BLOCKS:
        found.append("blocks")
    for block in shown.blocks:
        match block:
            case Text(words) | Note(words):
                found += _longer(MOST_TEXT, words)
            case Menu():
                found += [] if _few(block.choices) else [f"entries of {block.label}"]
            case Buttons(items):
                found += [] if _few(items) else ["buttons in a row"]
            case Picture(_, alt):
                found += [] if alt.strip() else ["a picture without words"]
    return found


def too_long(shown: Shown) -> list[str]:
    """Plain words that a renderer would have to shorten."""
    if isinstance(shown, Card):
        buttons = [
            one for block in shown.blocks if isinstance(block, Buttons) for one in block.items
        ]
        menus = [block for block in shown.blocks if isinstance(block, Menu)]
        labels = [text for one in buttons for text in _said(one)]
        labels += [text for one in menus for text in (one.label, *entries(one.choices))]
        return [*_longer(MOST_TITLE, shown.title), *_longer(MOST_LABEL, *labels)]
    form = form_of(shown)
    labels = [text for one in form.fields if isinstance(one, Pick) for text in entries(one.choices)]
    return [
        *_longer(MOST_FORM_WORDS, form.title, *(field.label for field in form.fields)),
        *_longer(MOST_SUBMIT, form.submit),
        *_longer(MOST_HINT, *(field.hint for field in form.fields)),
        *_longer(MOST_LABEL, *labels),
    ]


def plain_words(shown: Shown) -> list[str]:
    """What is shown as it is, without being read as Markdown."""
    if isinstance(shown, Card):
        found = [shown.title, shown.plain()]
        for block in shown.blocks:
            match block:
                case Buttons(items):
                    found += [text for one in items for text in _said(one)]
                case Menu():
                    found += [block.label, *entries(block.choices)]
                case Facts(pairs):
                    found += [label for label, _ in pairs]
        return found
    form = form_of(shown)
    found = [form.title, form.submit]
    for field in form.fields:
        found += [field.label, field.hint]
        if isinstance(field, Pick):
            found += entries(field.choices)
        if isinstance(field, Line):
            found.append(field.value)
    return found


def entries(choices: tuple[Choice, ...]) -> list[str]:
    """The words of a menu's entries."""
    return [text for one in choices for text in (one.label, one.description)]


def _said(one: Button | Link) -> tuple[str, ...]:
    return (one.label, one.hint) if isinstance(one, Button) else (one.label,)


def _few(entries: tuple[object, ...]) -> bool:
    return 0 < len(entries) <= MOST_ENTRIES


def _longer(most: int, *texts: str) -> Iterator[str]:
    return (f"over {most}: {text!r}" for text in texts if len(text) > most)
