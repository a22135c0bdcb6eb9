"""Whatever a card holds, the local workspace draws it, and nothing in it becomes a part of the page."""

from urllib.parse import urlsplit

from hypothesis import given, settings
from hypothesis import strategies as some

from adapters.local.drawing import Drawing
from bot.ui import Button, Buttons, Card, Choice, Facts, Link, Menu, Note, Picture, Style, Text
from tests.gallery.rendering import drawn, parsed

DRAWING = Drawing()

HARMFUL = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "[go](javascript:alert(1))",
    "<a href=javascript:alert(1)>go</a>",
    "![picture](https://example.com/track.png)",
    "{{ 7 * 7 }}{% raw %}",
    "</form><form action=//example.com>",
)

texts = some.one_of(
    some.text(max_size=60),
    some.sampled_from(HARMFUL),
    some.builds("{} {}".format, some.sampled_from(HARMFUL), some.text(max_size=20)),
)
buttons = some.builds(Button, texts, texts, some.sampled_from(Style), texts)
choices = some.lists(some.builds(Choice, texts, texts, texts), max_size=4).map(tuple)
blocks = some.one_of(
    some.builds(Text, texts),
    some.builds(Note, texts),
    some.builds(Picture, texts, texts),
    some.builds(Facts, some.lists(some.tuples(texts, texts), max_size=3).map(tuple)),
    some.builds(
        Buttons,
        some.lists(some.one_of(buttons, some.builds(Link, texts, texts)), max_size=4).map(tuple),
    ),
    some.builds(Menu, texts, texts, choices, some.integers(0, 1), some.integers(1, 4)),
)
cards = some.builds(Card, texts, some.lists(blocks, max_size=5).map(tuple), texts)

KNOWN = {
    "", "a", "article", "blockquote", "br", "button", "code", "dd", "div", "dl", "dt", "em",
    "fieldset", "form", "h3", "hr", "img", "input", "label", "legend", "li", "ol", "option", "p",
    "path", "pre", "s", "select", "small", "span", "strong", "svg", "table", "tbody", "td", "th",
    "thead", "time", "tr", "ul",
}  # fmt: skip
"""What a message is made of."""


@settings(max_examples=150, deadline=None)
@given(cards)
def test_nothing_in_a_card_becomes_a_part_of_the_page(card: Card) -> None:
    page = parsed(drawn(DRAWING, card))

    for element in page.all():
        assert element.tag in KNOWN
        assert not any(name.startswith("on") for name in element.attributes)
        assert urlsplit(element.attributes.get("href", "")).scheme in {
            "",
            "http",
            "https",
            "mailto",
        }
        assert element.attributes.get("src", "/local/picture/").startswith("/local/picture/")
    assert all(
        one.attributes["action"].startswith("/as/") for one in page.all() if one.tag == "form"
    )


@settings(max_examples=150, deadline=None)
@given(cards)
def test_a_card_is_drawn_in_its_own_words(card: Card) -> None:
    page = parsed(drawn(DRAWING, card))

    shown = [one.text for one in page.all() if one.tag == "h3"]
    labels = [
        one.text
        for one in page.all()
        if one.tag == "button" and one.attributes.get("name") == "act"
    ]

    assert shown == ([card.title] if card.title else [])
    assert labels == [
        one.label
        for block in card.blocks
        if isinstance(block, Buttons)
        for one in block.items
        if isinstance(one, Button)
    ]
