"""The simulated memories give the published check values."""

from statistics import fmean

import pytest

from adapters.simulation.learners import (
    ActR,
    Exponential,
    Mcm,
    Mind,
    Model,
    beta_of_halves,
    mind,
    normal,
)

AFTER_DAYS = (1 / 24, 1, 3, 7, 30, 90)


def curve(memory: Mind, days: tuple[float, ...]) -> list[float]:
    return [memory.recall(day) for day in days]


@pytest.mark.parametrize(
    ("memory", "expected"),
    [
        (ActR(), [0.921, 0.562, 0.375, 0.250, 0.108, 0.054]),
        (Mcm(), [0.834, 0.416, 0.315, 0.250, 0.161, 0.109]),
        (Exponential(), [0.992, 0.820, 0.552, 0.250, 0.003, 0.0]),
    ],
)
def test_one_meeting_fades_along_the_check_values(memory: Mind, expected: list[float]) -> None:
    memory.meet(0)

    assert curve(memory, AFTER_DAYS) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize(
    ("memory", "expected"),
    [(ActR(), [0.911, 0.731, 0.475]), (Mcm(), [0.837, 0.507, 0.323])],
)
def test_a_right_answer_on_day_one_slows_forgetting(memory: Mind, expected: list[float]) -> None:
    memory.meet(0)
    memory.meet(1, recalled=True)

    assert curve(memory, (2, 8, 31)) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize(("memory", "expected"), [(ActR(), 0.657), (Mcm(), 0.407)])
def test_a_wrong_answer_with_its_explanation_helps_less(memory: Mind, expected: float) -> None:
    memory.meet(0)
    memory.meet(1)

    assert memory.recall(8) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize("memory", [ActR(), Mcm(), Exponential()])
def test_nothing_is_known_before_it_was_met(memory: Mind) -> None:
    assert memory.recall(3) == 0.0


@pytest.mark.parametrize(
    ("model", "expected"), [(Model.ACTR, 0.32), (Model.MCM, 0.26), (Model.EXP, 0.25)]
)
def test_people_differ_around_the_published_mean_of_day_seven(
    model: Model, expected: float
) -> None:
    recalls = []
    for person in range(60):
        for thing in range(20):
            memory = mind(model, 7, f"person {person}", f"thing {thing}")
            memory.meet(0)
            recalls.append(memory.recall(7))

    assert fmean(recalls) == pytest.approx(expected, abs=0.05)
    assert max(recalls) - min(recalls) > 0.15


def test_the_same_key_makes_the_same_person() -> None:
    one, same, other = (mind(Model.ACTR, seed, "sam", "severity") for seed in (1, 1, 2))
    for memory in (one, same, other):
        memory.meet(0)

    assert one.recall(7) == same.recall(7)
    assert one.recall(7) != other.recall(7)


def test_keyed_normals_and_betas_have_their_moments() -> None:
    normals = [normal("n", at) for at in range(2000)]
    rates = [beta_of_halves(15, 5, "rate", at) for at in range(1000)]

    assert fmean(normals) == pytest.approx(0, abs=0.06)
    assert fmean(n * n for n in normals) == pytest.approx(1, abs=0.1)
    assert fmean(rates) == pytest.approx(0.75, abs=0.02)
    assert all(0 < rate < 1 for rate in rates)
