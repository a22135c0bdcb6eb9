"""Markdown in messages: what people write, and nothing that acts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.local.markdown import html, inline


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**a** *b* `c` ~~d~~", "<p><strong>a</strong> <em>b</em> <code>c</code> <s>d</s></p>\n"),
        ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        ("# Big", '<p class="heading">Big</p>\n'),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>\n"),
        (
            "![x](/local/picture/1)",
            '<p>!<a href="/local/picture/1" target="_blank" rel="noopener noreferrer">x</a></p>\n',
        ),
    ],
)
def test_text_becomes_the_html_it_means(text: str, shown: str) -> None:
    assert html(text) == shown


def test_a_value_stays_in_its_line() -> None:
    assert inline("**81%** of 212") == "<strong>81%</strong> of 212"


@given(st.text(alphabet="<>\"'&[]()!*_`~#\\ \n/:abjscript=onerr", max_size=60))
def test_no_text_becomes_a_script_or_a_handler(text: str) -> None:
    shown = html(text).lower()

    assert "<script" not in shown
    assert "<img" not in shown
    for tag in shown.split("<")[1:]:
        assert " on" not in tag.split(">")[0]
        assert "javascript:" not in tag.split(">")[0]
