"""Writing a pack: what is written reads back as the same pack."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.lessons import checking, parsing, writing
from bot.lessons.content import Pack, Question, Severity, Topic
from tests.bot.lessons.packs import (
    FRAGMENTS,
    GOOD,
    LESSON_MD,
    MEDIA,
    PACK_MD,
    TODAY,
    packs,
    questions,
)

FRONT = LESSON_MD.split("---\n\n")[0] + "---\n"
LINES = st.lists(st.sampled_from(FRAGMENTS) | st.just(""), max_size=4).map(" ".join)


@settings(deadline=None, max_examples=150)
@given(questions("one"))
def test_a_written_question_reads_back_as_the_same_question(question: Question) -> None:
    pack, _ = parsing.parse(GOOD, MEDIA)
    assert pack
    pack = replace(pack, lessons=(replace(pack.lessons[0], questions=(question,)),))

    read, problems = parsing.parse(writing.write(pack), MEDIA)

    assert problems == ()
    assert read == pack


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(packs())
def test_a_written_pack_reads_back_as_the_same_pack(pack: Pack) -> None:
    read, problems = parsing.parse(writing.write(pack))

    assert problems == ()
    assert read == pack


@settings(deadline=None, max_examples=150)
@given(st.lists(LINES, max_size=14))
def test_whatever_an_author_wrote_without_errors_survives_writing(lines: list[str]) -> None:
    lesson = FRONT + "\nText.\n\n## Questions\n\n### one\nStem\n" + "\n".join(lines)
    pack, problems = parsing.parse({"pack.md": PACK_MD, "lessons/a.md": lesson})
    if pack is None or any(problem.severity == Severity.ERROR for problem in problems):
        return
    if any(problem.code == "raw-html" for problem in checking.check(pack, TODAY)):
        return  # an HTML comment that never ends would swallow what is written after it

    again, problems = parsing.parse(writing.write(pack))

    assert problems == ()
    assert again == pack


def test_writing_twice_gives_the_same_files() -> None:
    pack, _ = parsing.parse(GOOD, MEDIA)
    assert pack

    once = writing.write(pack)
    again, _ = parsing.parse(once, MEDIA)

    assert again
    assert writing.write(again) == once


def test_a_canonical_file_is_left_as_it_is() -> None:
    pack, _ = parsing.parse(GOOD, MEDIA)
    assert pack

    assert writing.write(pack) == GOOD


def test_a_new_pack_has_nothing_to_mend_and_shows_every_form() -> None:
    pack, problems = parsing.parse(writing.new_pack("first-steps", "First: no [steps]", TODAY))

    assert pack
    assert (*problems, *checking.check(pack, TODAY)) == ()
    assert pack.title == "First: no [steps]"
    forms = {question.form.value for lesson in pack.lessons for question in lesson.questions}
    assert forms == {"single", "several", "typed", "gap", "order"}


def test_a_new_pack_is_due_for_review_after_half_a_year() -> None:
    pack, _ = parsing.parse(writing.new_pack("first-steps", "First steps", TODAY))
    assert pack

    problems = checking.check(pack, date(2027, 5, 15))

    assert {problem.code for problem in problems} == {"review-due"}


def test_even_a_topic_without_a_name_is_written() -> None:
    pack, _ = parsing.parse(GOOD, MEDIA)
    assert pack
    pack = replace(pack, topics=(Topic("", ""),))

    again, problems = parsing.parse(writing.write(pack), MEDIA)

    assert again == pack
    assert [problem.code for problem in problems] == ["missing", "missing"]
