"""Mastery is said with its uncertainty, and fading before it happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.insights.rules import mastery, wilson

SHARES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("share", "n", "low", "high"),
    [(0.5, 10, 0.237, 0.763), (1.0, 5, 0.566, 1.0), (0.0, 5, 0.0, 0.434), (0.9, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(share: float, n: int, low: float, high: float) -> None:
    assert wilson(share, n) == pytest.approx((low, high), abs=0.001)


@given(SHARES, st.integers(1, 500))
def test_the_interval_holds_the_share_and_narrows_with_more_answers(share: float, n: int) -> None:
    low, high = wilson(share, n)
    tighter_low, tighter_high = wilson(share, n * 4)

    assert -1e-9 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1 + 1e-9
    assert tighter_high - tighter_low <= high - low


def test_what_falls_below_the_aim_within_a_week_is_fading() -> None:
    topic = mastery(
        title="Triage",
        pack="Incidents",
        target=0.9,
        questions=8,
        now=[0.99, 0.95],
        in_a_week=[0.93, 0.70],
    )

    assert topic.now == pytest.approx(0.97)
    assert topic.in_a_week == pytest.approx(0.815)
    assert topic.fading == 1


def test_a_topic_without_an_answer_has_no_mastery() -> None:
    topic = mastery(title="Triage", pack="Incidents", target=0.9, questions=8, now=[], in_a_week=[])

    assert topic.now is None
    assert (topic.low, topic.high) == (0.0, 1.0)
