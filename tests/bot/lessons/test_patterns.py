"""Accepted answers: bars, patterns, and patterns that could hang Grove."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lessons import patterns


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a | b", ("a", "b")),
        ("a|b", ("a", "b")),
        ("", ("",)),
        ("a |", ("a", "")),
        (r"a \| b", ("a | b",)),
        ("/a|b/ | c", ("/a|b/", "c")),
        ("/etc/hosts | /var", ("/etc/hosts", "/var")),
        (r"/a\/b/", (r"/a\/b/",)),
        ("/", ("/",)),
        (r"C:\dir | x", ("C:\\dir", "x")),
    ],
)
def test_bars_part_accepted_answers_but_not_patterns(written: str, read: tuple[str, ...]) -> None:
    assert patterns.split(written) == read


@pytest.mark.parametrize(
    "pattern",
    [
        "/colou?r/",
        "/(the )?blue[- ]green( deploy(ment)?s?)?/",
        "/[0-9]{1,3} ?%/",
        "/.*impact.*/",
        r"/\d+(\.\d+)?/",
        "/[]a]b[^]]/",
        "/git (switch|checkout) main/",
        "/x{,y}/",
        "/(ab){3}/",
    ],
)
def test_an_ordinary_pattern_is_accepted(pattern: str) -> None:
    assert patterns.fault(pattern) == ""


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        ("/(a+)+/", "repeats a group"),
        ("/(a|aa)+/", "repeats a group"),
        ("/(a|b){20}/", "repeats a group"),
        ("/((a{90}){90}){90}/", "repeats a group"),
        ("/(a?){30}/", "repeats a group"),
        ("/a++/", "repeats a repetition"),
        ("/a{2}{3}/", "repeats a repetition"),
        ("/.*.*.*x/", "too many ways"),
        ("/" + "a?" * 20 + "/", "too many ways"),
        ("/" + "(a|a)" * 20 + "/", "too many ways"),
        (r"/(a)\1/", "refers back"),
        ("/(?=a)b/", "a group (?…)"),
        ("/(?i)a/", "a group (?…)"),
        ("/[[a]/", "doubled sign"),
        ("/[a--b]/", "doubled sign"),
        ("/(a/", "not a regular expression"),
        ("/a)/", "not a regular expression"),
        ("/[a/", "not a regular expression"),
        ("/*a/", "not a regular expression"),
        ("/a{3,2}/", "not a regular expression"),
        ("/" + "a" * 201 + "/", "201 characters"),
        ("/a{99999999999999999999}/", "not a regular expression"),
    ],
)
def test_a_pattern_that_could_hang_or_is_none_is_refused(pattern: str, word: str) -> None:
    assert word in patterns.fault(pattern)


@given(st.text(st.sampled_from(r"ab(|)[]^*+?{},0123\d./-"), max_size=24))
def test_an_accepted_pattern_compiles_and_gives_up_quickly(inside: str) -> None:
    if patterns.fault(f"/{inside}/"):
        return

    compiled = re.compile(inside)
    started = time.process_time()
    compiled.fullmatch("a" * (patterns.LONGEST_ANSWER - 1) + "!")

    assert time.process_time() - started < 1


@given(
    st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs"))).map(str.strip).filter(bool))
)
def test_texts_without_slashes_survive_being_joined_and_split(texts: list[str]) -> None:
    accepted = tuple(text.replace("/", "-") for text in texts) or ("a",)

    assert patterns.split(patterns.join(accepted)) == accepted
    assert patterns.split(patterns.join_closely(accepted)) == accepted
