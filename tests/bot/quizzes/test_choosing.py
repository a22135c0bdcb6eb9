"""The day's set: which questions, whether a lesson, and why."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.quizzes import choosing, teaching
from bot.quizzes.choosing import Due, Picked, Why
from bot.quizzes.teaching import Check, Fresh
from bot.terms import LessonId, PackId, QuestionId, TopicId

TODAY = date(2026, 3, 11)


def due(question: int, over: int = 0, *, lesson: int = 0, pack: int = 1, asked: int = 20) -> Due:
    """A question so many days overdue, last answered so many days ago, of a lesson of its own."""
    return Due(
        QuestionId(question),
        LessonId(lesson or question),
        PackId(pack),
        due_day=TODAY - timedelta(days=over),
        last_day=TODAY - timedelta(days=asked),
        count=3,
    )


def lesson(
    number: int,
    *questions: int,
    pack: int = 1,
    topic: int = 1,
    needs: tuple[int, ...] = (),
    families: str = "",
) -> Fresh:
    names = families.split() or [str(question) for question in questions]
    return Fresh(
        LessonId(number),
        TopicId(topic),
        PackId(pack),
        minutes=2,
        questions=tuple(
            Check(QuestionId(question), name)
            for question, name in zip(questions, names, strict=True)
        ),
        needs=tuple(TopicId(need) for need in needs),
    )


def pick(
    waiting: list[Due] | None = None,
    fresh: list[Fresh] | None = None,
    *,
    limit: int = 5,
    is_light: bool = False,
    taught_on: dict[PackId, date] | None = None,
    key: tuple[str, ...] = ("ana",),
) -> Picked:
    return choosing.pick(
        waiting or [],
        fresh or [],
        key=key,
        today=TODAY,
        limit=limit,
        is_light=is_light,
        taught_on=taught_on,
    )


def asked(picked: Picked) -> list[int]:
    return [each.question for each in picked.questions]


def test_nothing_due_and_nothing_new_is_nothing_today() -> None:
    picked = pick([due(1, -30)])

    assert not picked
    assert picked == Picked()


def test_the_most_overdue_come_first() -> None:
    picked = pick([due(1, 0), due(2, 9), due(3, 2)])

    assert asked(picked) == [2, 3, 1]
    assert [each.why for each in picked.questions] == [Why.OVERDUE, Why.OVERDUE, Why.DUE]
    assert [each.days_overdue for each in picked.questions] == [9, 2, 0]


def test_ties_are_drawn_from_the_learner_and_differ_between_learners() -> None:
    waiting = [due(number) for number in range(1, 9)]

    orders = {tuple(asked(pick(waiting, key=(name,)))) for name in "abcdefgh"}

    assert len(orders) > 4
    assert pick(waiting) == pick(waiting[::-1])


def test_one_question_of_a_lesson_is_enough_for_a_day() -> None:
    picked = pick([due(1, 5, lesson=7), due(2, 4, lesson=7), due(3, 0, lesson=8)])

    assert asked(picked) == [1, 3]


def test_what_changed_its_meaning_comes_first_then_what_was_left_over() -> None:
    changed = replace(due(1, -40), brought_forward=True)
    left = replace(due(2, -1), carried_over=True)

    picked = pick([due(3, 30), left, changed])

    assert asked(picked) == [1, 2, 3]
    assert [each.why for each in picked.questions] == [
        Why.BROUGHT_FORWARD,
        Why.CARRIED_OVER,
        Why.OVERDUE,
    ]


def test_packs_take_turns() -> None:
    big = [due(number, 20 - number, pack=1) for number in range(1, 9)]
    small = [due(21, 1, pack=2), due(22, 0, pack=2)]

    assert asked(pick(big + small)) == [1, 21, 2, 22, 3]


def test_a_pack_gives_its_next_when_its_first_is_of_a_lesson_already_in_the_set() -> None:
    one = [due(1, 9, lesson=5, pack=1), due(2, 8, lesson=5, pack=1), due(3, 7, pack=1)]
    two = [due(21, 1, pack=2), due(22, 0, pack=2)]

    assert asked(pick(one + two, limit=3)) == [1, 21, 3]


def test_what_was_answered_today_is_not_asked_again() -> None:
    assert not pick([due(1, 3, asked=0), replace(due(2, 3, asked=-1), carried_over=True)])


def test_a_free_place_goes_to_what_is_due_in_a_day_or_two() -> None:
    picked = pick([due(1), due(2, -1), due(3, -2), due(4, -3)])

    assert asked(picked) == [1, 2, 3]
    assert [each.why for each in picked.questions][1:] == [Why.AHEAD, Why.AHEAD]
    assert picked.questions[2].days_overdue == -2


def test_nothing_comes_early_before_half_its_interval_has_passed() -> None:
    half, less = due(2, -2, asked=2), due(3, -2, asked=1)
    never_answered = replace(due(4, -1), last_day=None)

    assert asked(pick([due(1), half, less, never_answered])) == [1, 2]


def test_places_beside_a_lesson_and_its_checks_are_free_for_what_comes_early() -> None:
    soon = [due(number, -1) for number in range(2, 9)]

    five = pick([due(1), *soon], [lesson(99, 991, 992)], limit=5)
    eight = pick([due(1), *soon], [lesson(99, 991, 992)], limit=8)

    assert (len(five.questions), len(eight.questions)) == (2, 5)


def test_a_day_with_nothing_due_stays_free() -> None:
    assert not pick([due(1, -1), due(2, -2)])


def test_a_new_lesson_brings_its_first_two_questions_and_leaves_the_rest_for_later() -> None:
    picked = pick([due(1)], [lesson(9, 91, 92, 93, 94)])

    assert picked.lesson is not None
    assert (picked.lesson.lesson, picked.lesson.why) == (9, Why.NEW_LESSON)
    assert [(each.question, each.why) for each in picked.checks] == [
        (91, Why.LESSON_CHECK),
        (92, Why.LESSON_CHECK),
    ]
    assert picked.lesson.later == (93, 94)


def test_a_lesson_takes_a_place_so_a_fuller_set_has_fewer_checks() -> None:
    two, three, four = (
        pick([due(question) for question in range(1, number + 1)], [lesson(9, 91, 92)])
        for number in (2, 3, 4)
    )

    assert [each.question for each in two.checks] == [91, 92]
    assert [each.question for each in three.checks] == [91]
    assert four.lesson is None


def test_variants_of_one_question_do_not_follow_each_other() -> None:
    picked = pick([], [lesson(9, 91, 92, 93, families="one one two")])

    assert [each.question for each in picked.checks] == [91, 93]
    assert picked.lesson is not None
    assert picked.lesson.later == (92,)


def test_a_check_answered_today_already_is_left_out() -> None:
    fresh = lesson(9, 91, 92)
    met = replace(fresh.questions[0], last_day=TODAY)

    picked = pick([], [replace(fresh, questions=(met, fresh.questions[1]))])

    assert [each.question for each in picked.checks] == [92]


def test_a_lesson_comes_although_a_question_tried_before_comes_back_with_one_check_more() -> None:
    picked = pick([due(91, lesson=9)], [lesson(9, 91, 92, 93)])

    assert picked.lesson is not None
    assert [check.question for check in picked.checks] == [92]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_small_limit_learns_something_new_on_a_day_with_nothing_due(limit: int) -> None:
    picked = pick([], [lesson(9, 91, 92)], limit=limit)

    assert picked.lesson is not None
    assert len(picked.checks) == max(1, limit - 1)


def test_a_limit_of_none_asks_nothing() -> None:
    assert not pick([due(1)], [lesson(9, 91)], limit=0)


def test_lessons_come_in_the_order_of_their_pack_after_what_their_topic_needs() -> None:
    writing = lesson(1, 11, topic=2, needs=(1,))
    triage = lesson(2, 21, topic=1)

    first = teaching.next_lesson([writing, triage], {})
    second = teaching.next_lesson([writing], {})

    assert (first, second) == (triage, writing)


def test_packs_take_turns_with_new_lessons() -> None:
    fresh = [lesson(1, 11, pack=1), lesson(2, 21, pack=2), lesson(3, 31, pack=3)]
    yesterday, before = TODAY - timedelta(days=1), TODAY - timedelta(days=2)

    never = teaching.next_lesson(fresh, {PackId(1): yesterday, PackId(2): before})
    longest = teaching.next_lesson(fresh[:2], {PackId(1): yesterday, PackId(2): before})

    assert (never, longest) == (fresh[2], fresh[1])


def test_the_rest_of_a_lesson_comes_one_by_one_on_working_days() -> None:
    thursday = date(2026, 3, 12)
    rest = [QuestionId(number) for number in (92, 93, 94)]

    spread = teaching.one_by_one(rest, learned=thursday, working_days=(0, 1, 2, 3, 4))

    assert spread == ((92, date(2026, 3, 13)), (93, date(2026, 3, 16)), (94, date(2026, 3, 17)))


def test_after_a_week_away_three_sets_are_light() -> None:
    assert choosing.light(7, 0)
    assert choosing.light(30, 2)
    assert not choosing.light(30, 3)
    assert not choosing.light(6, 0)


def test_a_light_set_has_three_questions_and_nothing_new() -> None:
    backlog = [due(number, 10) for number in range(1, 41)]

    picked = pick(backlog, [lesson(9, 91)], is_light=True)

    assert len(picked.questions) == 3
    assert picked.lesson is None


def test_a_light_set_is_not_filled_up_with_what_comes_early() -> None:
    assert asked(pick([due(1), due(2, -1)], is_light=True)) == [1]


def test_a_light_day_with_nothing_waiting_may_bring_a_lesson() -> None:
    picked = pick([], [lesson(9, 91, 92)], is_light=True)

    assert picked.lesson is not None
    assert len(picked.checks) == 2


@pytest.mark.parametrize(
    ("picked", "expected"),
    [
        (Picked(), 0),
        (pick([due(1)]), 1),
        (pick([due(number) for number in range(1, 6)]), 2),
        (pick([], [lesson(9, 91, 92)]), 3),
    ],
)
def test_a_set_says_about_how_long_it_takes(picked: Picked, expected: int) -> None:
    assert choosing.minutes(picked) == expected


# What holds for every set

dues = some.builds(
    due,
    some.integers(1, 60),
    some.integers(-5, 30),
    lesson=some.integers(1, 12),
    pack=some.just(1),
    asked=some.integers(-1, 40),
).map(lambda one: replace(one, pack=PackId(1 + one.lesson % 3)))
marked = some.builds(replace, dues, brought_forward=some.booleans(), carried_over=some.booleans())
backlogs = some.lists(marked, max_size=25, unique_by=lambda one: one.question)
unlearnt = some.lists(some.integers(1, 15), max_size=6, unique=True).map(
    lambda numbers: [
        lesson(number, *range(number * 100, number * 100 + 3), pack=1 + number % 3)
        for number in numbers
    ]
)
limits = some.integers(0, 8)


@given(backlogs, unlearnt, limits, some.booleans())
def test_a_set_keeps_its_promises(
    waiting: list[Due], fresh: list[Fresh], limit: int, is_light: bool
) -> None:
    picked = pick(waiting, fresh, limit=limit, is_light=is_light)

    by_id = {one.question: one for one in waiting}
    lessons = [by_id[each.question].lesson for each in picked.questions]
    new = [picked.lesson.lesson] if picked.lesson else []
    questions = [each.question for each in (*picked.questions, *picked.checks)]
    assert len(questions) <= min(limit, choosing.LIGHT_LIMIT if is_light else limit)
    assert len(set(questions)) == len(questions)
    assert len({*lessons, *new}) == len([*lessons, *new])
    assert all((by_id[each.question].last_day or date.min) < TODAY for each in picked.questions)
    assert len(picked.checks) <= (choosing.MOST_CHECKS if new else 0)
    assert choosing.minutes(picked) <= 6


@given(backlogs, unlearnt, limits)
def test_the_same_state_gives_the_same_set_whatever_its_order(
    waiting: list[Due], fresh: list[Fresh], limit: int
) -> None:
    turned = sorted(waiting, key=lambda one: one.question * 7 % 61)

    assert pick(waiting, fresh, limit=limit) == pick(turned, fresh, limit=limit)


@given(backlogs)
def test_every_pack_with_something_due_gets_a_place(waiting: list[Due]) -> None:
    plain = [replace(one, brought_forward=False, carried_over=False) for one in waiting]
    packs = {
        one.pack for one in plain if one.due_day <= TODAY and one.last_day and one.last_day < TODAY
    }

    picked = pick(plain, limit=3)

    by_id = {one.question: one for one in plain}
    assert {by_id[each.question].pack for each in picked.questions} >= packs


@given(some.lists(dues, min_size=1, max_size=20, unique_by=lambda one: one.question), limits)
def test_nothing_that_is_due_waits_for_ever(waiting: list[Due], limit: int) -> None:
    left = {one.question: replace(one, last_day=date(2026, 1, 1)) for one in waiting}
    newcomer = due(1_000, 0, lesson=99, pack=99)

    for ahead in range(len(left) * 3 + 10):
        today = TODAY + timedelta(days=ahead)
        arriving = replace(newcomer, due_day=today)
        picked = choosing.pick(
            [*left.values(), arriving], [], key=("ana",), today=today, limit=max(1, limit)
        )
        for each in picked.questions:
            left.pop(each.question, None)

    assert left == {}


def test_two_packs_share_the_places_over_a_week() -> None:
    big = {number: due(number, 50, pack=1) for number in range(1, 41)}
    small = {number: due(number, 1, pack=2) for number in range(101, 111)}
    shares: Counter[PackId] = Counter()

    for ahead in range(5):
        today = TODAY + timedelta(days=ahead)
        waiting = {**big, **small}
        picked = choosing.pick(waiting.values(), [], key=("ana",), today=today, limit=4)
        for each in picked.questions:
            shares[waiting[each.question].pack] += 1
            big.pop(each.question, None)
            small.pop(each.question, None)

    assert shares == {1: 10, 2: 10}
