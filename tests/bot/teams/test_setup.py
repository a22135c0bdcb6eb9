"""A lead's form is read with every problem by its field, and proposes something sensible."""

from datetime import date, time

import pytest

from bot.teams.rules import Setup, fresh, read_setup, shown_count
from bot.ui import Entries

TODAY = date(2026, 3, 6)
PRESENT = Setup((1,), date(2026, 3, 9), time(9, 30), (0, 1, 2, 3, 4), 5, "Calm incidents", 0.9)


def test_a_form_with_nothing_in_it_changes_nothing() -> None:
    assert read_setup({}, [1, 2], PRESENT, TODAY) == PRESENT


def test_all_that_was_entered_is_read() -> None:
    entries: Entries = {
        "packs": ("2", "1"),
        "starts_on": "2026-04-01",
        "at": "08:00",
        "days": ("0", "2"),
        "minutes": "1",
        "goal": "Fewer surprises",
        "target": "0.95",
    }

    read = read_setup(entries, [1, 2], PRESENT, TODAY)

    assert read == Setup((1, 2), date(2026, 4, 1), time(8), (0, 2), 3, "Fewer surprises", 0.95)


def test_every_problem_stands_at_its_field() -> None:
    entries: Entries = {"packs": ("7",), "starts_on": "2026-03-01", "at": "23:00", "days": ()}

    problems = read_setup(entries, [1, 2], PRESENT, TODAY)

    assert isinstance(problems, tuple)
    assert [name for name, _ in problems] == ["packs", "starts_on", "at", "days"]


@pytest.mark.parametrize("day", ["soon", "2026-02-30", "2028-01-01"])
def test_a_day_that_is_none_or_too_far_is_sent_back(day: str) -> None:
    problems = read_setup({"starts_on": day}, [1], PRESENT, TODAY)

    assert isinstance(problems, tuple)
    assert [name for name, _ in problems] == ["starts_on"]


def test_a_start_that_has_passed_stays_when_it_is_left_as_it_is() -> None:
    later = date(2026, 6, 1)

    assert read_setup({"starts_on": "2026-03-09"}, [1], PRESENT, later) == PRESENT


def test_the_packs_own_target_can_be_chosen_again() -> None:
    read = read_setup({"target": "pack"}, [1], PRESENT, TODAY)

    assert isinstance(read, Setup)
    assert read.target is None


def test_a_fresh_form_proposes_the_first_pack_from_the_next_working_day() -> None:
    assert fresh([4, 9], time(9, 30), (0, 1, 2, 3, 4), 5, TODAY) == Setup(
        (4,), date(2026, 3, 9), time(9, 30), (0, 1, 2, 3, 4), 5
    )


def test_groups_under_five_are_never_counted_out() -> None:
    assert [shown_count(n) for n in (0, 1, 4, 5)] == ["0", "fewer than 5", "fewer than 5", "5"]
