"""The same key draws the same, for ever; different keys draw as if by chance."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot import chance

KEYS = st.lists(st.text() | st.integers() | st.floats(allow_nan=False), min_size=1, max_size=4)


def test_a_draw_does_not_change_between_releases() -> None:
    assert chance.draw("jitter", 812, "2026-03-02") == chance.draw("jitter", 812, "2026-03-02")
    assert chance.bits("a") == 1104878221144990322


def test_parts_of_a_key_are_told_apart() -> None:
    assert chance.bits("a", "bc") != chance.bits("ab", "c")
    assert chance.bits(1) != chance.bits("1")


@given(KEYS)
def test_a_draw_is_at_least_zero_and_below_one(key: list[str | int | float]) -> None:
    assert 0 <= chance.draw(*key) < 1


def test_draws_spread_evenly() -> None:
    tenths = Counter(int(chance.draw("even", n) * 10) for n in range(10_000))

    assert set(tenths) == set(range(10))
    assert all(850 <= number <= 1150 for number in tenths.values())


@given(st.lists(st.integers()), KEYS)
def test_shuffling_keeps_every_item(items: list[int], key: list[str | int | float]) -> None:
    assert sorted(chance.shuffled(items, *key)) == sorted(items)


def test_every_order_comes_up_about_as_often() -> None:
    orders = Counter(chance.shuffled("abc", "order", n) for n in range(6000))

    assert len(orders) == 6
    assert all(850 <= number <= 1150 for number in orders.values())
