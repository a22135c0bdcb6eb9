"""The order in which options and steps are shown."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.lessons.content import Option, Question
from bot.quizzes import layout
from bot.terms import QuestionForm


def choice(*texts: str, form: QuestionForm = QuestionForm.SINGLE) -> Question:
    options = tuple(Option(text, right=at == 0) for at, text in enumerate(texts))
    return Question("q", form, "Which?", "Because.", options=options)


def steps(*texts: str) -> Question:
    return Question("q", QuestionForm.ORDER, "In which order?", "Because.", steps=texts)


def test_the_same_key_shows_the_same_order() -> None:
    question = choice("Stop", "Call", "Wait", "Write")

    assert layout.layout(question, "ana", 7) == layout.layout(question, "ana", 7)


def test_every_order_of_options_comes_about_equally_often() -> None:
    question = choice("Stop", "Call", "Wait")

    seen = Counter(layout.layout(question, "ana", asking) for asking in range(600))

    assert len(seen) == 6
    assert min(seen.values()) > 60


@pytest.mark.parametrize(
    "texts",
    [
        ("SEV1", "SEV2", "SEV3"),
        ("90 days", "30 days", "7 days"),
        ("1.5 metres", "10 metres"),
        ("Yes", "No"),
        ("**True.**", "**False.**"),
        ("Monday", "Wednesday", "Friday"),
        ("Freitag", "Montag"),
        ("None", "Some", "Most", "All"),
        ("A", "B", "C"),
    ],
)
def test_a_natural_series_keeps_its_order(texts: tuple[str, ...]) -> None:
    question = choice(*texts)

    shown = {layout.layout(question, "ana", asking) for asking in range(20)}

    assert shown == {tuple(range(len(texts)))}


@pytest.mark.parametrize(
    "texts",
    [
        ("SEV2", "SEV1", "SEV3"),
        ("SEV1", "SEV1 or SEV2", "SEV3"),
        ("7 days", "a month", "30 days"),
        ("Monday", "Friday", "Tuesday"),
        ("Yes", "No", "Only on weekdays"),
        ("Yes", "Yes"),
        ("Stop", "Go"),
    ],
)
def test_anything_else_is_shuffled(texts: tuple[str, ...]) -> None:
    question = choice(*texts)

    shown = {layout.layout(question, "ana", asking) for asking in range(40)}

    assert len(shown) > 1


@given(some.integers(2, 7), some.integers())
def test_steps_are_never_shown_in_the_right_order(count: int, asking: int) -> None:
    question = steps(*(f"Step {number}" for number in range(count)))

    shown = layout.layout(question, "ana", asking)

    assert sorted(shown) == list(range(count))
    assert shown != tuple(range(count))


def test_every_wrong_order_of_steps_comes_up() -> None:
    question = steps("Stop", "Call", "Write")

    seen = {layout.layout(question, "ana", asking) for asking in range(200)}

    assert len(seen) == 5


@given(some.lists(some.text(), max_size=5), some.sampled_from(["single", "several"]))
def test_every_option_is_shown_once(texts: list[str], form: str) -> None:
    question = choice(*texts, form=QuestionForm(form))

    assert sorted(layout.layout(question, "ana")) == list(range(len(texts)))


@pytest.mark.parametrize("form", [QuestionForm.TYPED, QuestionForm.GAP])
def test_what_is_typed_has_no_order(form: QuestionForm) -> None:
    assert layout.layout(Question("q", form, "What?", "Because."), "ana") == ()


def test_one_step_alone_stands_where_it_stands() -> None:
    assert layout.layout(steps("Stop"), "ana") == (0,)


def test_a_part_goes_by_the_letter_of_its_place() -> None:
    assert [layout.letter((2, 0, 1), part) for part in (0, 1, 2)] == ["B", "C", "A"]
