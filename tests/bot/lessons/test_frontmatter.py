"""Front matter: texts stay texts, and every complaint names its line."""

from datetime import date

import pytest

from bot.lessons import frontmatter
from bot.lessons.content import Problem
from bot.lessons.frontmatter import Matter


def matter(content: str) -> tuple[Matter, list[Problem]]:
    """Readable front matter and the list that its complaints go to."""
    found: list[Problem] = []
    read = frontmatter.read("a.md", content, found)
    assert read
    return read, found


@pytest.mark.parametrize("text", ["no", "1.10", "2026-10-01", "null", "0x1F", "12:30", "~"])
def test_a_text_stays_the_text_that_was_written(text: str) -> None:
    read, found = matter(f"title: {text}\naliases: [{text}]")

    assert (read.text("title"), read.texts("aliases")) == (text, (text,))
    assert found == []


def test_numbers_and_dates_are_read_where_they_are_asked_for() -> None:
    read, found = matter("minutes: 2\nrecall: 0.90\nreviewed: 2026-10-01")

    assert read.whole("minutes", 1) == 2
    assert read.number("recall", 0.5) == 0.9
    assert read.day("reviewed") == date(2026, 10, 1)
    assert found == []


def test_what_is_missing_gets_its_default() -> None:
    read, found = matter("title:\naliases: ''")

    assert read.text("owner", "nobody") == "nobody"
    assert read.texts("aliases") == ()
    assert (read.whole("minutes", 2), read.number("recall", 0.9), read.day("reviewed")) == (
        2,
        0.9,
        None,
    )
    assert found == []


def test_a_missing_required_text_is_named_where_its_key_stands() -> None:
    read, found = matter("id: a\ntitle: ' '")

    assert read.text("title") == ""
    assert [str(problem) for problem in found] == ["a.md:3: 'title' is missing; add 'title: …'"]


@pytest.mark.parametrize("day", ["2026-02-30", "1.10.2026", "2026-1-1", "today", "２０２６-10-01"])
def test_a_date_that_does_not_exist_is_named(day: str) -> None:
    read, found = matter(f"reviewed: {day}")

    assert read.day("reviewed") is None
    assert [str(problem) for problem in found] == [
        "a.md:2: 'reviewed' is a date that exists, such as 2026-10-01"
    ]


@pytest.mark.parametrize("number", [".inf", "nan", "1_000", "１", "1e999", "0,9"])
def test_only_plain_numbers_are_numbers(number: str) -> None:
    read, found = matter(f"recall: {number}")

    assert read.number("recall", 0.9) == 0.9
    assert [problem.code for problem in found] == ["not-number"]


def test_lines_are_counted_as_editors_count_them() -> None:
    read, _ = matter('title: "a\u2028b"\n\n# why\nsources:\n  - one\n  - two\n')

    assert read.lines() == (("title", 2), ("sources", 5), ("sources.0", 6), ("sources.1", 7))


def test_an_unknown_key_is_answered_with_the_nearest_known_one() -> None:
    read, found = matter("titel: a\nzzz: b")

    read.only("title", "id")

    assert [str(problem) for problem in found] == [
        "a.md:2: 'titel' means nothing here; did you mean 'title'?",
        "a.md:3: 'zzz' means nothing here; remove it",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "a: &x 1\nb: *x",
            "a.md:2: anchors (&) and aliases (*) are not read; put the text in quotes",
        ),
        ("a: 1\nb: !!int 2", "a.md:3: tags (!) are not read; put the text in quotes"),
        ("a:\t1", "a.md:2: a tab in the front matter; put spaces in its place"),
        ("- a", "a.md:2: the front matter has no 'key: value' lines; add them"),
        ("", "a.md:2: the front matter has no 'key: value' lines; add them"),
        (
            "a: [1\nb: 2",
            "a.md:3: the front matter is not readable here; put texts with ':' or '#' in quotes",
        ),
    ],
)
def test_yaml_that_could_surprise_is_refused(content: str, said: str) -> None:
    found: list[Problem] = []

    assert frontmatter.read("a.md", content, found) is None
    assert [str(problem) for problem in found] == [said]


def test_a_repeated_key_is_refused_and_the_first_one_counts() -> None:
    read, found = matter("a: 1\na: 2")

    assert read.text("a") == "1"
    assert [str(problem) for problem in found] == ["a.md:3: 'a' stands twice; keep one of them"]


@pytest.mark.parametrize("escape", [r"\0", r"\x07", r"\ud800"])
def test_an_escape_for_what_no_text_can_hold_is_refused(escape: str) -> None:
    found: list[Problem] = []

    assert frontmatter.read("a.md", f'minutes: 2\ntitle: "a{escape}b"', found) is None
    assert [(problem.line, problem.code) for problem in found] == [(3, "odd-sign")]
