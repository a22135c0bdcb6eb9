"""Reading questions: what an author writes in Markdown, and what Grove makes of it."""

import textwrap

import pytest

from bot.lessons import parsing
from bot.lessons.content import Option, Question
from bot.terms import QuestionForm
from tests.bot.lessons.packs import LESSON_MD, PACK_MD

FRONT = LESSON_MD.split("---\n\n")[0] + "---\n\nText.\n\n## Questions\n\n"


def question(written: str) -> Question:
    """The one question of a lesson, which must be without mistakes."""
    lesson = FRONT + textwrap.dedent(written).lstrip("\n")
    pack, problems = parsing.parse({"pack.md": PACK_MD, "lessons/a.md": lesson})
    assert problems == ()
    assert pack
    (only,) = pack.lessons[0].questions
    return only


def test_one_cross_makes_a_single_choice() -> None:
    read = question(
        """
        ### partial
        What severity?

        - [ ] SEV1 #misconception:all-is-urgent
          > Most can
          > still pay.
        - [X] **SEV2**, see `runbook`

        > Impact decides.
        """
    )

    assert read == Question(
        slug="partial",
        form=QuestionForm.SINGLE,
        stem="What severity?",
        explanation="Impact decides.",
        options=(
            Option("SEV1", False, "Most can still pay.", "all-is-urgent"),
            Option("**SEV2**, see `runbook`", True),
        ),
    )
    assert read.line == 17
    assert [option.line for option in read.options] == [20, 23]


def test_several_crosses_make_all_that_apply() -> None:
    read = question("### q\nWhich?\n\n- [x] a\n- [x] b\n- [ ] c\n\n> So.\n")

    assert read.form is QuestionForm.SEVERAL


@pytest.mark.parametrize("bullet", ["-", "*", "+"])
def test_any_bullet_of_markdown_begins_an_option(bullet: str) -> None:
    read = question(f"### q\nWhich?\n\n{bullet} [x] a\n{bullet} [ ] b\n\n> So.\n")

    assert [option.text for option in read.options] == ["a", "b"]


def test_a_stem_may_hold_paragraphs_code_bullets_and_quotes() -> None:
    stem = (
        "Look:\n\n```\n- [x] not an option\n> not a quote\n```\n\n- one\n- two\n\n> A mail.\n\nSo?"
    )

    read = question(f"### q\n{stem}\n\n* [x] a\n* [ ] b\n\n> Because.\n")

    assert read.stem == stem
    assert [option.text for option in read.options] == ["a", "b"]


def test_blank_lines_between_the_parts_may_be_left_out() -> None:
    read = question(
        """
        ### q
        Which?
        variant-of: other
        - [x] a
        - [ ] b
          > No.
        > Because.
        """
    )

    assert (read.stem, read.variant_of, read.explanation) == ("Which?", "other", "Because.")
    assert [option.text for option in read.options] == ["a", "b"]


def test_an_equals_sign_begins_a_typed_answer() -> None:
    read = question("### q\nWhich port?\n= 443 | https | /tcp.?443/\n= four\\|three\n\n> So.\n")

    assert read.form is QuestionForm.TYPED
    assert read.stem == "Which port?"
    assert read.accepted == ("443", "https", "/tcp.?443/", "four|three")


def test_double_braces_make_gaps_also_in_code() -> None:
    read = question("### q\nType `git {{switch | checkout}} main`, then {{push}}.\n\n> So.\n")

    assert read.form is QuestionForm.GAP
    assert read.stem == "Type `git ___ main`, then ___."
    assert read.gaps == (("switch", "checkout"), ("push",))


def test_double_braces_in_the_code_of_another_question_are_only_code() -> None:
    read = question("### q\nWhat does `{{ name }}` print?\n\n= the name\n\n> So.\n")

    assert read.form is QuestionForm.TYPED
    assert read.stem == "What does `{{ name }}` print?"


def test_a_numbered_list_is_put_in_order() -> None:
    read = question("### q\nOrder.\n\n1. Look\n2. **Decide**\n   soon\n3. Tell\n\n> So.\n")

    assert read.form is QuestionForm.ORDER
    assert read.steps == ("Look", "**Decide** soon", "Tell")


def test_the_explanation_may_hold_paragraphs_and_code() -> None:
    read = question("### q\nWhich?\n\n= a\n\n> First,\n> then\n>\n> ```\n>  code\n> ```\n")

    assert read.explanation == "First,\nthen\n\n```\n code\n```"


def test_line_ends_of_any_system_and_a_byte_order_mark_are_read() -> None:
    lesson = "\ufeff" + (FRONT + "### q\nWhich?\n\n= a\n\n> So.\n").replace("\n", "\r\n")

    pack, problems = parsing.parse({"pack.md": PACK_MD, "lessons/a.md": lesson})

    assert problems == ()
    assert pack
    assert pack.lessons[0].questions[0].stem == "Which?"


@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_a_code_block_that_never_ends_is_named_for_it_hides_the_questions(fence: str) -> None:
    lesson = FRONT.replace("Text.", f"Text.\n\n{fence} sh\ngit push\n```` x")

    _, problems = parsing.parse({"pack.md": PACK_MD, "lessons/a.md": lesson})

    assert [str(problem) for problem in problems] == [
        "lessons/a.md:15: a code block that never ends; close it with the same signs"
    ]


@pytest.mark.parametrize("code", ["```\n```", "~~~ sh\na\n~~~~~", "```\na\n  ```  "])
def test_a_code_block_that_ends_is_fine(code: str) -> None:
    read = question(f"### q\nLook:\n\n{code}\n\n= a\n\n> So.\n")

    assert read.stem == f"Look:\n\n{code}".rstrip()
