"""Plain words are commands only when they read like one."""

import pytest

from bot.inbox import FEATURES, merged, plain_command
from bot.routes import COMMANDS, Routes


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("quiz", ("quiz", "")),
        ("Quiz phishing", ("quiz", "phishing")),
        ("/grove quiz", ("quiz", "")),
        ("/grove", ("", "")),
        ("pause until friday", ("pause", "until friday")),
        ("stop", ("pause", "")),
        ("resume", ("pause", "off")),
        ("me export", ("me", "export")),
        ("why", ("why", "")),
        ("hello", ("", "")),
        ("leave", ("pause", "")),
        ("Unsubscribe", ("pause", "")),
        ("hilfe", ("help", "")),
        ("warum", ("why", "")),
        ("fortsetzen", ("pause", "off")),
    ],
)
def test_a_command_needs_no_slash_in_a_direct_message(text: str, meant: tuple[str, str]) -> None:
    assert plain_command(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "b",
        "me too",
        "why not",
        "help yourself",
        "settings page",
        "stop the leak",
        "leave it open",
        "SEV2",
        "",
        "  ",
    ],
)
def test_words_that_only_begin_like_a_command_are_an_answer(text: str) -> None:
    assert plain_command(text) is None


def test_every_declared_command_is_bound() -> None:
    assert set(merged(FEATURES).commands) == {command.name for command in COMMANDS}


def test_two_features_cannot_claim_the_same_command() -> None:
    twice = Routes({"quiz": lambda *_: None}, {}, {})  # type: ignore[dict-item]

    with pytest.raises(ValueError, match=r"routed twice: \{'quiz'\}"):
        merged([twice, twice])
