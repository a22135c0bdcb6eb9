"""Markdown to the little HTML a message may hold: parsed without raw HTML, then held to a list of what is allowed."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markupsafe import Markup

TAGS = {
    "p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
"""What a message may be made of."""


def _calm_headings(state: StateCore) -> None:
    """A heading inside a message is a strong line: the page's own headings stay in order."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "p"
            if token.nesting == 1:
                token.attrSet("class", "heading")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.enable(["strikethrough", "table"]).disable("image")
    parser.core.ruler.push("calm_headings", _calm_headings)
    return parser


_PARSER = _parser()


@lru_cache(maxsize=2048)
def html(text: str) -> Markup:
    """The text as safe HTML."""
    return _clean(_PARSER.render(text))


@lru_cache(maxsize=2048)
def inline(text: str) -> Markup:
    """The text as safe HTML inside a line: emphasis, code and links."""
    return _clean(_PARSER.renderInline(text))


def _clean(rendered: str) -> Markup:
    clean = nh3.clean(
        rendered,
        tags=TAGS,
        attributes={"ol": {"start"}, "a": {"href"}},
        tag_attribute_values={"p": {"class": {"heading"}}},
        set_tag_attribute_values={"a": {"target": "_blank"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return Markup(clean)
