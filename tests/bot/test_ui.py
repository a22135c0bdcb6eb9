"""What is written can be read: acts fit their buttons, cards survive the outbox."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import inbox, ui


@dataclass(frozen=True, slots=True)
class Answer(ui.Act):
    """An act for these tests."""

    code: ClassVar[str] = "tx"
    asking: int
    choice: str


SLUGS = st.from_regex(r"[a-z0-9-]{0,40}", fullmatch=True)
TEXTS = st.text(max_size=60)


@given(st.integers(-(10**18), 10**18), SLUGS)
def test_an_act_is_read_as_it_was_written(asking: int, choice: str) -> None:
    act = Answer(asking, choice)

    code, *parts = act.write().split(":")

    assert code == "tx"
    assert Answer.read(parts) == act


def test_an_act_that_would_not_fit_a_button_is_refused() -> None:
    assert len(Answer(1, "x" * 91).write()) == 96
    with pytest.raises(ValueError, match="97 characters"):
        Answer(1, "x" * 92).write()


def test_an_act_cannot_smuggle_in_another_part() -> None:
    with pytest.raises(ValueError, match="colon"):
        Answer(1, "2:3").write()


@pytest.mark.parametrize(
    "parts",
    [[], ["1"], ["1", "2", "3"], ["one", "2"], ["", "2"], [str(1 << 63), "2"], ["9" * 5000, "2"]],
)
def test_a_forged_act_is_refused(parts: list[str]) -> None:
    with pytest.raises(ValueError, match=r"parts|invalid literal|number|limit"):
        Answer.read(parts)


def buttons() -> st.SearchStrategy[ui.Button | ui.Link]:
    pressed = st.builds(ui.Button, TEXTS, TEXTS, st.sampled_from(ui.Style), TEXTS)
    return pressed | st.builds(ui.Link, TEXTS, TEXTS)


def several(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=4).map(tuple)


BLOCKS: st.SearchStrategy[object] = st.one_of(
    st.builds(ui.Text, TEXTS),
    st.builds(ui.Note, TEXTS),
    st.builds(ui.Picture, TEXTS, TEXTS),
    st.builds(ui.Facts, several(st.tuples(TEXTS, TEXTS))),
    st.builds(ui.Buttons, several(buttons())),
    st.builds(
        ui.Menu,
        TEXTS,
        TEXTS,
        several(st.builds(ui.Choice, TEXTS, TEXTS, TEXTS)),
        st.just(1),
        st.just(2),
    ),
)


@given(st.builds(ui.Card, TEXTS, several(BLOCKS), TEXTS))
def test_a_card_comes_out_of_the_outbox_as_it_went_in(card: ui.Card) -> None:
    stored = json.loads(json.dumps(ui.dump(card)))

    assert ui.load_card(stored) == card


def test_a_card_without_a_summary_is_announced_by_its_title() -> None:
    assert ui.Card("Two minutes?").plain() == "Two minutes?"
    assert (
        ui.Card("Two minutes?", summary="Three questions wait.").plain() == "Three questions wait."
    )


def declared() -> Iterable[type[ui.Act]]:
    for feature in inbox.FEATURES:
        yield from (*feature.presses, *feature.submits)


def test_no_two_acts_share_a_code() -> None:
    acts = set(declared())

    assert len({act.code for act in acts}) == len(acts)
    assert all(":" not in act.code for act in acts)
