"""Every card and form looks as people reviewed it, and fits into Slack and Discord."""

import importlib
import inspect
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

import bot
from adapters.local.drawing import Drawing
from bot import inbox, ui
from bot.lessons import markdown
from bot.ui import Act, Button, Buttons, Card, Facts, Fix, Form, Line, Link, Menu, Note, Pick, Picture, Text
from bot.words import speaking
from tests.gallery.cards import EXAMPLES
from tests.gallery.example import Example, Shown
from tests.gallery.rendering import drawn, snapshot

SNAPSHOTS = Path(__file__).parent / "snapshots"
NOT_VIEWS = {"bot.ui.load_card"}
"""Functions that return a card and decide nothing about how it looks."""

DRAWING = Drawing()
ROUTES = inbox.merged(inbox.FEATURES)

every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)


def views() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of `bot` that makes a card or a form from values."""
    for found in pkgutil.walk_packages(bot.__path__, "bot."):
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            signature = inspect.signature(function)
            mine = function.__module__ == found.name and not name.startswith("_")
            if mine and signature.return_annotation in {Card, Form, Fix} and "tx" not in signature.parameters:
                yield f"{found.name}.{name}", function


def called() -> set[CodeType]:
    """What runs while every example is made."""
    seen: set[CodeType] = set()

    def watch(frame: FrameType, event: str, _arg: object) -> None:
        if event == "call":
            seen.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        for example in EXAMPLES:
            example.make()
    finally:
        sys.setprofile(before)
    return seen


def test_every_view_has_an_example() -> None:
    seen = called()

    forgotten = {name for name, view in views() if view.__code__ not in seen}

    assert forgotten - NOT_VIEWS == set()


def test_examples_have_names_of_their_own() -> None:
    assert len({example.name for example in EXAMPLES}) == len(EXAMPLES)


@every_example
def test_it_looks_as_it_was_reviewed(example: Example) -> None:
    shown = example.make()
    looks = snapshot(example, shown, drawn(DRAWING, shown))
    path = SNAPSHOTS / f"{example.name}.html"

    if os.environ.get("GROVE_UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(looks, encoding="utf-8")

    assert path.exists(), "new: look at it with `make gallery`, then set GROVE_UPDATE_SNAPSHOTS=1"
    assert looks == path.read_text(encoding="utf-8")


def test_every_snapshot_is_of_an_example() -> None:
    known = {f"{example.name}.html" for example in EXAMPLES}
    strange = {path for path in SNAPSHOTS.iterdir() if path.name not in known}
    if os.environ.get("GROVE_UPDATE_SNAPSHOTS"):
        for path in strange:
            path.unlink()

    assert {path.name for path in SNAPSHOTS.iterdir()} - known == set()


@every_example
def test_it_can_be_read_in_german(example: Example) -> None:
    with speaking("de"):
        html = drawn(DRAWING, example.make())

    assert "broke" not in html
    assert "<h" in html


@every_example
def test_its_notification_says_something_and_gives_no_answer_away(example: Example) -> None:
    shown = example.make()

    if isinstance(shown, Card):
        assert shown.plain().strip()
        assert not example.answer or example.answer not in shown.plain()


@every_example
def test_every_button_is_understood(example: Example) -> None:
    shown = example.make()

    if isinstance(shown, Card):
        for act in acts(shown):
            assert read(act, ROUTES.presses).write() == act
    else:
        act = form_of(shown).act
        assert read(act, ROUTES.submits).write() == act


@every_example
def test_no_two_buttons_of_a_card_do_the_same(example: Example) -> None:
    shown = example.make()

    if isinstance(shown, Card):
        assert len(set(acts(shown))) == len(acts(shown))


@every_example
def test_it_fits_into_slack_and_discord(example: Example) -> None:
    """Limits: docs.slack.dev/reference/block-kit and docs.discord.com (components, modals), 2026-08."""
    shown = example.make()

    too_much = card_faults(shown) if isinstance(shown, Card) else form_faults(form_of(shown))

    assert list(too_much) == []


@every_example
def test_plain_places_hold_no_marks(example: Example) -> None:
    """Titles, labels and hints are shown as they are: a star or a backtick of Markdown would stay."""
    if example.name.startswith("awkward-"):
        return

    marked = [text for text in plain_texts(example.make()) if text.strip() != markdown.plain(text)]

    assert marked == []


def read(act: str, routed: dict[type[Act], Any]) -> Act:
    """The act that this is written from, among those that are routed."""
    code, *parts = act.split(":")
    kinds = [kind for kind in routed if kind.code == code]
    assert len(kinds) == 1, f"{act} is not routed"
    return kinds[0].read(parts)


def form_of(shown: Shown) -> Form:
    assert isinstance(shown, Form | Fix)
    return shown.form if isinstance(shown, Fix) else shown


def acts(card: Card) -> list[str]:
    """What the buttons and menus of a card do."""
    return [
        one.act
        for block in card.blocks
        for one in (block.items if isinstance(block, Buttons) else [block])
        if isinstance(one, Button | Menu)
    ]


def card_faults(card: Card) -> Iterator[str]:
    """What does not fit on a card."""
    yield from longer(150, card.title)
    yield from ("more than 40 blocks" for _ in card.blocks[40:])
    for block in card.blocks:
        match block:
            case Text(words) | Note(words):
                yield from longer(3000, words)
            case Picture(_, alt):
                yield from () if alt.strip() else ("a picture without words",)
                yield from longer(2000, alt)
            case Facts(pairs):
                yield from longer(2000, *(f"{label} {value}" for label, value in pairs))
            case Menu():
                yield from longer(75, block.label, *labels(block.choices))
                yield from longer(ui.MAX_ACT, block.act)
                yield from () if 0 < len(block.choices) <= 25 else ("a menu of no or over 25 choices",)
            case Buttons(items):
                yield from longer(75, *(one.label for one in items))
                yield from longer(ui.MAX_ACT, *(one.act for one in items if isinstance(one, Button)))
                yield from longer(75, *(one.hint for one in items if isinstance(one, Button)))
                yield from () if 0 < len(items) <= 25 else ("a row of no or over 25 buttons",)


def form_faults(form: Form) -> Iterator[str]:
    """What does not fit into a form."""
    yield from longer(45, form.title, *(field.label for field in form.fields))
    yield from longer(24, form.submit)
    yield from longer(ui.MAX_ACT, form.act)
    yield from longer(100, *(field.hint for field in form.fields))
    for field in form.fields:
        if isinstance(field, Pick):
            yield from longer(75, *labels(field.choices))
            yield from () if 0 < len(field.choices) <= 25 else ("a field of no or over 25 choices",)


def labels(choices: tuple[ui.Choice, ...]) -> list[str]:
    return [text for one in choices for text in (one.label, one.description)]


def longer(most: int, *texts: str) -> Iterator[str]:
    """The texts that are longer."""
    return (f"over {most}: {text!r}" for text in texts if len(text) > most)


def plain_texts(shown: Shown) -> Iterator[str]:
    """What is shown without Markdown."""
    if not isinstance(shown, Card):
        form = form_of(shown)
        yield from (form.title, form.submit)
        for field in form.fields:
            yield from (field.label, field.hint)
            if isinstance(field, Pick):
                yield from labels(field.choices)
            if isinstance(field, Line):
                yield field.value
        return
    yield from (shown.title, shown.plain())
    for block in shown.blocks:
        match block:
            case Buttons(items):
                yield from (one.label for one in items)
                yield from (one.hint for one in items if not isinstance(one, Link))
            case Menu():
                yield from (block.label, *labels(block.choices))
            case Facts(pairs):
                yield from (label for label, _ in pairs)
