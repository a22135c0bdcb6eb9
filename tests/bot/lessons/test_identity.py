"""Fingerprints: what counts as the same question, for the memories that hang on it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from bot.lessons import identity, parsing
from bot.lessons.content import Option, Pack, Question
from bot.terms import QuestionForm
from tests.bot.lessons.packs import GOOD, MEDIA, questions

SINGLE = Question(
    slug="partial-payments",
    form=QuestionForm.SINGLE,
    stem="What severity?",
    explanation="Impact decides.",
    options=(
        Option("SEV1", False, "Not yet."),
        Option("**SEV2**", True),
        Option("SEV3", False, "", "small-is-minor"),
    ),
)
TYPED = Question("port", QuestionForm.TYPED, "Which?", "So.", accepted=("HTTPS", "443", "/tls?/"))
GAP = Question("gap", QuestionForm.GAP, "___ and ___", "So.", gaps=(("a", "b"), ("c",)))
ORDER = Question("order", QuestionForm.ORDER, "Order.", "So.", steps=("Look", "Decide", "Tell"))


@pytest.fixture
def pack() -> Pack:
    """The good pack."""
    read, _ = parsing.parse(GOOD, MEDIA)
    assert read
    return read


@pytest.mark.parametrize(
    ("question", "wording", "meaning"),
    [
        (SINGLE, "483cbe1e0f1b6829", "ca009b3bcebd5203"),
        (TYPED, "c3b2203f628a801a", "214b962a7e2abcc7"),
        (GAP, "35150b8005f4cbc7", "6a4342b73a2b7427"),
        (ORDER, "e2e3fd56c01e90f0", "121cae05b2964f6b"),
    ],
)
def test_fingerprints_are_the_same_on_every_machine(
    question: Question, wording: str, meaning: str
) -> None:
    assert identity.wording(question) == wording
    assert identity.meaning(question) == meaning


def test_fingerprints_of_files_are_the_same_on_every_machine(pack: Pack) -> None:
    assert identity.fingerprint(pack.lessons[0]) == "ae0a59feddf4940a"
    assert identity.fingerprint(pack.answers[0]) == "901a68e7f7fbe097"
    assert identity.fingerprint(pack) == "4faefa5fc286080a"


@pytest.mark.parametrize(
    "other",
    [
        replace(SINGLE, stem="Which severity is it?"),
        replace(SINGLE, explanation="Other."),
        replace(SINGLE, options=(*reversed(SINGLE.options),)),
        replace(SINGLE, options=(Option("sev2.", True), Option("Nothing", False))),
        replace(SINGLE, options=(Option("  SEV２ ", True), Option("SEV1", False))),
        replace(SINGLE, options=(Option("[SEV2](https://example.com)", True),)),
    ],
)
def test_other_words_around_the_right_answer_keep_the_meaning(other: Question) -> None:
    assert identity.meaning(other) == identity.meaning(SINGLE)
    assert identity.wording(other) != identity.wording(SINGLE)


@pytest.mark.parametrize(
    ("question", "other"),
    [
        (SINGLE, replace(SINGLE, options=(Option("SEV1", True), Option("SEV2", False)))),
        (SINGLE, replace(SINGLE, form=QuestionForm.SEVERAL)),
        (TYPED, replace(TYPED, accepted=("HTTPS", "443", "/TLS?/"))),
        (TYPED, replace(TYPED, accepted=("HTTPS", "443"))),
        (GAP, replace(GAP, gaps=(("c",), ("a", "b")))),
        (ORDER, replace(ORDER, steps=("Decide", "Look", "Tell"))),
    ],
)
def test_another_right_answer_is_another_meaning(question: Question, other: Question) -> None:
    assert identity.meaning(other) != identity.meaning(question)
    assert identity.wording(other) != identity.wording(question)


@pytest.mark.parametrize(("one", "other"), [("`-d`", "`-D`"), ("`git add .`", "`git add`")])
def test_case_and_ends_count_inside_code(one: str, other: str) -> None:
    first, second = (replace(SINGLE, options=(Option(text, True),)) for text in (one, other))

    assert identity.meaning(first) != identity.meaning(second)


def test_the_order_of_accepted_answers_does_not_matter() -> None:
    other = replace(TYPED, accepted=("443", "/tls?/", "https", "Https!"))

    assert identity.meaning(other) == identity.meaning(TYPED)


@given(questions("one"))
def test_a_question_that_was_renamed_or_moved_is_worded_the_same(question: Question) -> None:
    moved = replace(question, slug="two", line=99)

    assert identity.wording(moved) == identity.wording(question)
    assert identity.meaning(moved) == identity.meaning(question)


def test_a_misconception_is_part_of_the_wording() -> None:
    unmarked = tuple(replace(option, misconception="") for option in SINGLE.options)

    assert identity.wording(replace(SINGLE, options=unmarked)) != identity.wording(SINGLE)


def test_a_lesson_is_the_same_whatever_its_questions_and_its_file_name(pack: Pack) -> None:
    lesson = pack.lessons[0]

    assert identity.fingerprint(replace(lesson, questions=(), path="lessons/9.md")) == (
        identity.fingerprint(lesson)
    )
    assert identity.fingerprint(replace(lesson, reviewed=date(2026, 10, 2))) != (
        identity.fingerprint(lesson)
    )


def test_a_pack_changes_with_anything_in_it(pack: Pack) -> None:
    lesson = pack.lessons[0]
    changed = [
        replace(pack, title="Other"),
        replace(pack, recall_target=0.85),
        replace(pack, lessons=(replace(lesson, questions=lesson.questions[1:]),)),
        replace(pack, answers=()),
        replace(pack, media=()),
    ]

    assert len({identity.fingerprint(each) for each in [pack, *changed]}) == 6
