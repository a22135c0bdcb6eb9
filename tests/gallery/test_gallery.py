"""Every card and form looks as people reviewed it, and fits into Slack and Discord."""

import importlib
import inspect
import os
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

import bot
from adapters.local.drawing import Drawing
from bot import inbox
from bot.lessons import markdown
from bot.ui import Act, Card, Fix, Form
from bot.words import LANGUAGES, speaking
from tests.gallery import limits
from tests.gallery.cards import EXAMPLES
from tests.gallery.example import Example, Feature
from tests.gallery.rendering import drawn, snapshot

SNAPSHOTS = Path(__file__).parent / "snapshots"
NOT_VIEWS = {"bot.ui.load_card"}
"""Functions that return a card and decide nothing about how it looks."""

DRAWING = Drawing()
ROUTES = inbox.merged(inbox.FEATURES)

every_language = pytest.mark.parametrize("language", LANGUAGES)
every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)


def views() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of `bot` that makes a card or a form from values."""
    for found in pkgutil.walk_packages(bot.__path__, "bot."):
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            signature = inspect.signature(function)
            mine = function.__module__ == found.name and not name.startswith("_")
            if (
                mine
                and signature.return_annotation in {Card, Form, Fix}
                and "tx" not in signature.parameters
            ):
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

    if os.environ.get("GROVE_TEST_UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(looks, encoding="utf-8")

    assert path.exists(), (
        "new: look at it with `make gallery`, then set GROVE_TEST_UPDATE_SNAPSHOTS=1"
    )
    assert looks == path.read_text(encoding="utf-8")


def test_every_snapshot_is_of_an_example() -> None:
    known = {f"{example.name}.html" for example in EXAMPLES}
    strange = {path for path in SNAPSHOTS.iterdir() if path.name not in known}
    if os.environ.get("GROVE_TEST_UPDATE_SNAPSHOTS"):
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
    routed = ROUTES.presses if isinstance(shown, Card) else ROUTES.submits

    assert [read(act, routed).write() for act in limits.acts(shown)] == limits.acts(shown)


def read(act: str, routed: Iterable[type[Act]]) -> Act:
    """The act that this is written from, among those that are routed."""
    code, *parts = act.split(":")
    kinds = [kind for kind in routed if kind.code == code]
    assert len(kinds) == 1, f"{act} is not routed"
    return kinds[0].read(parts)


@every_example
def test_no_two_buttons_of_a_card_do_the_same(example: Example) -> None:
    found = limits.acts(example.make())

    assert len(set(found)) == len(found)


@every_language
@every_example
def test_it_has_room_in_slack_and_discord(example: Example, language: str) -> None:
    with speaking(language):
        assert limits.too_much(example.make()) == []


@every_language
@every_example
def test_its_words_stay_whole_in_slack_and_discord(example: Example, language: str) -> None:
    if example.feature in {Feature.LARGEST, Feature.AWKWARD}:
        return

    with speaking(language):
        assert limits.too_long(example.make()) == []


@every_example
def test_plain_places_hold_no_marks(example: Example) -> None:
    """Titles, labels and hints are shown as they are: a star or a backtick of Markdown would stay."""
    if example.feature is Feature.AWKWARD:
        return

    words = limits.plain_words(example.make())

    assert [text for text in words if text.strip() != markdown.plain(text)] == []
