"""Simulated people look things up by the words they see."""

from adapters.simulation.library import Library
from bot.lessons.content import Lesson, Option, Pack, Question
from bot.terms import QuestionForm


def question(slug: str, stem: str) -> Question:
    options = (Option("Yes", right=True), Option("No", right=False))
    return Question(slug, QuestionForm.SINGLE, stem, "Because.", options=options)


def library(*questions: Question) -> Library:
    lesson = Lesson("one", "topic", "The *first* lesson", "Know it.", 1, "Read this.", questions)
    return Library(
        [
            Pack(
                "pack", "Pack", "All of it.", "1.0.0", "en", ("me",), ("you",), "CC0-1.0", 180, 0.9,
                topics=(), lessons=(lesson,), answers=(),
            )
        ]
    )  # fmt: skip


def test_a_question_is_found_by_its_stem_inside_other_words() -> None:
    shelf = library(question("paying", "Two in a hundred `payments` fail.\nWhat now?"))

    found = shelf.question_in(
        "1 of 3 · Triage\nTwo in a hundred payments fail. What now?\n\n**A** Yes"
    )

    assert found is not None
    assert found.key == "pack/paying"


def test_the_longest_stem_wins_when_one_holds_another() -> None:
    shelf = library(question("short", "What now?"), question("long", "It burns. What now?"))

    found = shelf.question_in("It burns. What now?")

    assert found is not None
    assert found.key == "pack/long"


def test_words_of_no_question_find_nothing() -> None:
    assert library(question("one", "What now?")).question_in("Good morning") is None


def test_a_lesson_is_found_by_its_title() -> None:
    shelf = library(question("one", "What now?"))

    assert [entry.key for entry in shelf.lesson_called("The first lesson")] == ["pack/one"]
    assert not shelf.lesson_called("Another")
