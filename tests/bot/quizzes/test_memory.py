"""What Grove believes of a memory: FSRS-6, told in the learner's own days."""

from datetime import UTC, date, datetime, timedelta

import fsrs as oracle
import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot import days
from bot.quizzes import memory
from bot.quizzes.memory import AGAIN, DEFAULTS, GOOD, Answered, Belief, Standing
from bot.terms import Verdict

MONDAY = date(2026, 3, 2)
WORKWEEK = (0, 1, 2, 3, 4)

beliefs = some.builds(
    Belief,
    some.floats(0.015625, 3_000, width=32),
    some.floats(1, 10, width=32),
)
targets = some.floats(0.70, 0.97)


def test_a_first_right_answer_lasts_two_days() -> None:
    belief, interval_days = memory.review(None, elapsed_days=0, right=True, target=0.90)

    assert belief.stability == pytest.approx(2.3065, abs=1e-4)
    assert belief.difficulty == pytest.approx(2.1181, abs=1e-4)
    assert interval_days == pytest.approx(2.3065, abs=1e-4)


def test_a_memory_grows_with_a_right_answer_and_shrinks_with_a_wrong_one() -> None:
    first, _ = memory.review(None, elapsed_days=0, right=True, target=0.90)

    second, eleven = memory.review(first, elapsed_days=2, right=True, target=0.90)
    third, two = memory.review(second, elapsed_days=11, right=False, target=0.90)

    assert [second.stability, eleven] == pytest.approx([10.964, 10.964], abs=1e-3)
    assert [third.stability, two] == pytest.approx([1.538, 1.538], abs=1e-3)


def test_a_lower_target_waits_longer() -> None:
    assert memory.sure_days(0.85, 10.964) == pytest.approx(20.90, abs=0.01)
    assert memory.sure_days(0.90) == pytest.approx(2.3065, abs=1e-3)


@pytest.mark.parametrize(
    ("elapsed_days", "expected"), [(0, 1.0), (1, 0.947), (3, 0.881), (7, 0.808), (30, 0.668)]
)
def test_recall_fades_after_one_right_answer(elapsed_days: int, expected: float) -> None:
    assert memory.recall(2.3065, elapsed_days) == pytest.approx(expected, abs=6e-4)


def test_recall_is_nine_in_ten_when_the_stability_has_passed() -> None:
    assert memory.recall(40.0, 40) == pytest.approx(0.90)


@given(some.lists(some.tuples(some.floats(0.01, 3_000), some.integers(-3, 4_000)), min_size=1))
def test_recall_of_many_is_recall_of_each(pairs: list[tuple[float, int]]) -> None:
    np = pytest.importorskip("numpy")
    stabilities, elapsed = (np.array(column) for column in zip(*pairs, strict=True))

    recalls = memory.recall_many(stabilities, elapsed)

    each = [memory.recall(stability, elapsed) for stability, elapsed in pairs]
    assert recalls.tolist() == pytest.approx(each, abs=1e-9)


def test_the_parameters_are_those_of_the_library() -> None:
    import fsrs_rs_python

    assert list(DEFAULTS) == pytest.approx(fsrs_rs_python.DEFAULT_PARAMETERS, rel=1e-6)


@given(beliefs, some.integers(0, 400), some.booleans(), targets)
def test_one_step_agrees_with_py_fsrs(
    before: Belief, elapsed_days: int, right: bool, target: float
) -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    card = oracle.Card(
        card_id=1,
        state=oracle.State.Review,
        stability=before.stability,
        difficulty=before.difficulty,
        due=noon,
        last_review=noon,
    )
    scheduler = oracle.Scheduler(
        learning_steps=(), relearning_steps=(), desired_retention=target, enable_fuzzing=False
    )
    rating = oracle.Rating.Good if right else oracle.Rating.Again
    theirs, _ = scheduler.review_card(card, rating, noon + timedelta(days=elapsed_days))

    ours, _ = memory.review(before, elapsed_days=elapsed_days, right=right, target=target)

    assert ours.stability == pytest.approx(theirs.stability, rel=1e-4)
    assert ours.difficulty == pytest.approx(theirs.difficulty, rel=1e-4)


@given(beliefs, some.integers(0, 1_000), targets)
def test_a_right_answer_never_makes_a_memory_weaker(
    before: Belief, elapsed_days: int, target: float
) -> None:
    after, _ = memory.review(before, elapsed_days=elapsed_days, right=True, target=target)

    assert after.stability >= before.stability * (1 - 1e-6)


@given(beliefs, some.integers(1, 1_000), targets)
def test_a_wrong_answer_never_makes_a_memory_stronger(
    before: Belief, elapsed_days: int, target: float
) -> None:
    after, _ = memory.review(before, elapsed_days=elapsed_days, right=False, target=target)

    assert after.stability <= before.stability * (1 + 1e-6)


@given(beliefs, some.integers(0, 1_000), some.booleans(), targets, targets)
def test_a_higher_target_never_asks_later(
    before: Belief, elapsed_days: int, right: bool, one: float, other: float
) -> None:
    _, later = memory.review(before, elapsed_days=elapsed_days, right=right, target=min(one, other))
    _, sooner = memory.review(
        before, elapsed_days=elapsed_days, right=right, target=max(one, other)
    )

    assert sooner <= later


def test_an_answer_before_the_last_one_counts_as_the_same_day() -> None:
    before = Belief(5.0, 4.0)

    west = memory.review(before, elapsed_days=-1, right=True, target=0.90)

    assert west == memory.review(before, elapsed_days=0, right=True, target=0.90)


@pytest.mark.parametrize("target", [0.0, 0.69, 0.98, 1.0, 1.5, float("nan")])
def test_an_impossible_target_is_refused(target: float) -> None:
    with pytest.raises(ValueError, match="recall target"):
        memory.review(None, elapsed_days=0, right=True, target=target)
    with pytest.raises(ValueError, match="recall target"):
        memory.sure_days(target)


@pytest.mark.parametrize(
    "parameters",
    [
        (),
        DEFAULTS[:19],
        (*DEFAULTS[:20], 5.0),
        (*DEFAULTS[:20], float("nan")),
        (-1.0, *DEFAULTS[1:]),
    ],
)
def test_parameters_out_of_bounds_are_refused(parameters: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="parameter"):
        memory.review(None, elapsed_days=0, right=True, target=0.90, parameters=parameters)
    with pytest.raises(ValueError, match="parameter"):
        memory.recall(3.0, 1, parameters)


def test_three_mornings_a_few_minutes_earlier_each_still_advance() -> None:
    mornings = [datetime(2026, 3, day, 8, 30 - day, tzinfo=UTC) for day in (2, 3, 4)]
    log = [Answered(days.learning_day(at, "UTC"), GOOD) for at in mornings]

    stabilities = [memory.rebuild(log[:at]).belief for at in (1, 2, 3)]

    assert [round(each.stability, 1) for each in stabilities if each] == [2.3, 7.3, 12.0]


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.RIGHT, GOOD),
        (Verdict.PARTLY, AGAIN),
        (Verdict.WRONG, AGAIN),
        (Verdict.NOT_SURE, AGAIN),
    ],
)
def test_only_right_counts_as_remembered(verdict: Verdict, expected: int) -> None:
    assert memory.grade(verdict) == expected


def test_a_second_answer_on_the_same_day_is_practice_and_changes_nothing() -> None:
    assert memory.is_practice(MONDAY, MONDAY)
    assert memory.is_practice(MONDAY, MONDAY - timedelta(days=1))
    assert memory.grade(Verdict.WRONG, practice=True) is None

    first = memory.rebuild([Answered(MONDAY, GOOD)])
    assert memory.learn(first, Answered(MONDAY, None)) == first


def test_the_first_answer_and_one_on_a_later_day_are_no_practice() -> None:
    assert not memory.is_practice(None, MONDAY)
    assert not memory.is_practice(MONDAY, MONDAY + timedelta(days=1))


def test_a_log_tells_where_the_learner_stands() -> None:
    log = [
        Answered(date(2026, 3, 2), GOOD),
        Answered(date(2026, 3, 2), None),
        Answered(date(2026, 3, 4), GOOD),
        Answered(date(2026, 3, 15), AGAIN),
    ]

    standing = memory.rebuild(log)

    assert standing.belief is not None
    assert standing.belief.stability == pytest.approx(1.538, abs=1e-3)
    assert standing.interval_days == pytest.approx(1.538, abs=1e-3)
    assert (standing.last_day, standing.count, standing.lapses) == (date(2026, 3, 15), 3, 1)


def test_a_first_wrong_answer_is_no_lapse() -> None:
    assert memory.rebuild([Answered(MONDAY, AGAIN)]).lapses == 0


def test_a_day_earlier_in_the_log_does_not_turn_back_the_last_day() -> None:
    log = [Answered(MONDAY, GOOD), Answered(MONDAY - timedelta(days=1), GOOD)]

    assert memory.rebuild(log).last_day == MONDAY


def test_an_empty_log_knows_nothing() -> None:
    assert memory.rebuild([]) == Standing()


@pytest.mark.parametrize(
    ("interval_days", "expected"),
    [(0.2, (1, 1)), (1.4, (1, 1)), (2.3, (2, 2)), (7, (5, 9)), (14, (12, 16)), (30, (27, 33))],
)
def test_days_near_the_interval_are_as_good(
    interval_days: float, expected: tuple[int, int]
) -> None:
    assert memory.window(interval_days) == expected


def test_a_question_goes_to_the_least_busy_day_near_its_interval() -> None:
    busy = {MONDAY + timedelta(days=ahead): 2 for ahead in range(30)}
    quiet = date(2026, 3, 10)

    due = {
        memory.due_day(MONDAY, 7.0, working_days=WORKWEEK, key=("ana", at), load=busy | {quiet: 1})
        for at in range(20)
    }

    assert due == {quiet}


def test_a_question_due_on_a_saturday_comes_on_monday() -> None:
    friday = date(2026, 3, 6)

    due = memory.due_day(friday, 1.2, working_days=WORKWEEK, key=("ana", 1))

    assert due == date(2026, 3, 9)


def test_questions_of_one_lesson_spread_over_the_days_near_their_interval() -> None:
    due = {
        memory.due_day(MONDAY, 14.0, working_days=WORKWEEK, key=("ana", question))
        for question in range(40)
    }

    assert due == {date(2026, 3, 16), date(2026, 3, 17), date(2026, 3, 18)}


def test_somebody_without_working_days_cannot_be_scheduled() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        memory.due_day(MONDAY, 7.0, working_days=(), key=("ana", 1))


@given(
    some.dates(date(2020, 1, 1), date(2100, 1, 1)),
    some.floats(0, 1e6),
    some.sets(some.integers(0, 6), min_size=1),
    some.integers(),
    some.dictionaries(some.integers(0, 400), some.integers(0, 9)),
)
def test_a_due_day_is_a_working_day_after_today_and_within_a_year(
    learned: date,
    interval_days: float,
    working_days: set[int],
    question: int,
    ahead: dict[int, int],
) -> None:
    load = {learned + timedelta(days=day): count for day, count in ahead.items()}

    due = memory.due_day(
        learned, interval_days, working_days=working_days, key=("ana", question), load=load
    )

    assert due.weekday() in working_days
    assert learned < due <= learned + timedelta(days=365 + 7)
    assert due == memory.due_day(
        learned, interval_days, working_days=working_days, key=("ana", question), load=load
    )
