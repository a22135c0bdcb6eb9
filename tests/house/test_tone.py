"""No sentence scolds, presses or shames, in any language (docs: "Never scold")."""

import re

import pytest

from tests.house import catalogues
from tests.house.test_words import pairs

ENGLISH = (
    # what somebody did not do
    *("you forgot", "you missed", "you failed", "you haven't", "you did not", "you didn't"),
    *("failed", "failure", "incorrect", "mistake", "too late", "too slow", "wrong answer"),
    # what is owed
    *("streak", "overdue", "backlog", "behind", "catch up", "still owe", "in a row without"),
    # haste and pressure
    *("don't miss", "don't forget", "hurry", "last chance", "running out", "act now", "urgent"),
    *("immediately", "asap", "as soon as possible", "deadline", "only today", "final reminder"),
    *("must", "need to", "have to", "ought to", "you should", "required to", "mandatory"),
    # shame and blame
    *("disappointed", "disappointing", "unfortunately", "everybody else", "everyone else"),
    *("shame", "lazy", "obviously", "come on", "at least try"),
)
"""Phrases that scold or press; whole words, any case."""

GERMAN = (
    *("du hast vergessen", "hast du vergessen", "versagt", "gescheitert", "durchgefallen"),
    *("verpasst", "versäumt", "falsch", "fehler", "zu spät", "zu langsam", "du hast nicht"),
    *("überfällig", "rückstand", "im verzug", "serie", "aufholen", "nachholen"),
    *("verpass", "vergiss nicht", "nicht vergessen", "beeil", "beeilung", "letzte chance"),
    *("dringend", "sofort", "unverzüglich", "umgehend", "schnellstmöglich", "frist", "nur heute"),
    *("musst", "müsst", "müssen", "muss", "du solltest", "pflicht", "verpflichtend"),
    *("enttäuscht", "enttäuschend", "leider", "alle anderen", "schäm", "faul", "na los"),
)
"""The same in German."""


def found(phrases: tuple[str, ...], sentence: str) -> list[str]:
    plain = sentence.replace("’", "'")
    return [one for one in phrases if re.search(rf"\b{re.escape(one)}\b", plain, re.IGNORECASE)]


def test_english_never_scolds() -> None:
    said = {
        one
        for _, both in catalogues.sentences()
        for one in ([both] if isinstance(both, str) else both)
    }

    assert {one: hits for one in sorted(said) if (hits := found(ENGLISH, one))} == {}


def test_german_never_scolds() -> None:
    assert {german: hits for _, german in pairs("de") if (hits := found(GERMAN, german))} == {}


@pytest.mark.parametrize(
    ("phrases", "scolding"),
    [
        (ENGLISH, "You forgot three questions."),
        (ENGLISH, "Don’t miss today’s set!"),
        (ENGLISH, "Your streak is over."),
        (GERMAN, "Du musst heute noch üben."),
        (GERMAN, "Drei Fragen sind überfällig."),
    ],
)
def test_scolding_is_noticed(phrases: tuple[str, ...], scolding: str) -> None:
    assert found(phrases, scolding)


@pytest.mark.parametrize(
    ("phrases", "kind"),
    [
        (ENGLISH, "Back just before you would forget."),
        (ENGLISH, "The question on mustard is yours."),
        (GERMAN, "Wieder da, kurz bevor du sie vergessen würdest."),
    ],
)
def test_kind_words_pass(phrases: tuple[str, ...], kind: str) -> None:
    assert not found(phrases, kind)
