"""Every sentence the code says is in every catalogue, whole, and reads like its language."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from hatchling.builders.wheel import WheelBuilder

from bot import words
from tests.house import catalogues
from tests.house.catalogues import ROOT, Words

OTHERS = [language for language in words.LANGUAGES if language != "en"]

GATHER = "run python -m tests.house.catalogues, then translate what is new"

SHOWN = {
    *("Text", "Note", "Button", "Card", "Facts", "Picture", "Menu", "Choice", "Form", "Refusal"),
    *("Line", "Pick", "At", "Day", "Days", "Switch", "Argument", "CommandSpec"),
}
"""What is made of words that people read."""


def pairs(language: str) -> Iterator[tuple[str, str]]:
    """Each English sentence with its translation, each form of a number with its own."""
    for message in catalogues.translated(language):
        if isinstance(message.id, tuple | list):
            yield from zip(message.id, message.string or (), strict=True)
        elif message.id:
            yield message.id, str(message.string)


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_of_the_code_is_in_the_catalogue_and_nothing_else(language: str) -> None:
    said = {words for _path, words in catalogues.sentences()}
    held: set[Words] = set()
    for message in catalogues.translated(language):
        if isinstance(message.id, tuple | list):
            held.add((message.id[0], message.id[1]))
        elif message.id:
            held.add(message.id)

    assert said - held == set(), GATHER
    assert held - said == set(), GATHER


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated_in_every_form(language: str) -> None:
    assert [english for english, said in pairs(language) if not said.strip()] == []


@pytest.mark.parametrize("language", OTHERS)
def test_gathering_twice_gives_the_same_file_without_dates(language: str, tmp_path: Path) -> None:
    first, second = tmp_path / "first.po", tmp_path / "second.po"

    catalogues.write(catalogues.updated(language), language, first)
    catalogues.write(catalogues.updated(language), language, second)

    assert first.read_bytes() == second.read_bytes()
    assert "Date" not in first.read_text("utf-8").split("\n\n")[0]


def placeholders(sentence: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def marks(sentence: str) -> tuple[int, int, int]:
    """How many bold, italic and code marks a sentence has."""
    bold = sentence.count("**")
    return bold, sentence.count("*") - 2 * bold, sentence.count("`")


@pytest.mark.parametrize("language", OTHERS)
def test_facts_stand_in_every_translation(language: str) -> None:
    lost = [(a, b) for a, b in pairs(language) if placeholders(a) != placeholders(b)]

    assert lost == []


@pytest.mark.parametrize("language", OTHERS)
def test_emphasis_is_the_same_and_closed(language: str) -> None:
    uneven = [(a, b) for a, b in pairs(language) if marks(a) != marks(b)]
    unclosed = [a for a, _ in pairs(language) if any(number % 2 for number in marks(a))]

    assert uneven == []
    assert unclosed == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_begins_or_ends_with_a_space(language: str) -> None:
    spaced = [one for pair in pairs(language) for one in pair if one != one.strip()]

    assert spaced == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_ends_as_it_does_in_english(language: str) -> None:
    def end(sentence: str) -> str:
        return sentence[-1:] if sentence.endswith((".", "?", "!", ":")) else ""

    assert [(a, b) for a, b in pairs(language) if end(a) != end(b)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_commands_stay_what_one_types(language: str) -> None:
    command = re.compile(r"/?grove(?: (?:quiz|learn|pause|team|help|pack publish))?")

    changed = [(a, b) for a, b in pairs(language) if command.findall(a) != command.findall(b)]

    assert changed == []


def test_german_quotes_are_german() -> None:
    for _english, german in pairs("de"):
        assert '"' not in german
        assert "'" not in german
        assert german.count("„") == german.count("“")


def test_german_says_du() -> None:
    formal = re.compile(r"\b(?:Ihnen|Ihre?[mnrs]?)\b|(?<=[^.:!?] )\bSie\b")

    assert [german for _, german in pairs("de") if formal.search(german)] == []


def test_one_word_for_one_thing_in_german() -> None:
    glossary = {
        r"\bpacks?\b": "paket",
        r"\blessons?\b": "lektion",
        r"\bsets?\b(?! up)(?! it up)": "tagesrunde",
        r"\btopics?\b": "them",
        r"\bchannels?\b": "kan",
        r"\bleads?\b(?! this| no)": "leitung",
        r"\bworkspace\b": "arbeitsbereich",
    }

    for english, german in pairs("de"):
        plain = re.sub(r"`[^`]*`|\{\w+\}", "", english).lower()
        for word, told in glossary.items():
            if re.search(word, plain) and "json" not in plain:
                assert told in german.lower(), f"{english} → {german}"


def test_sentences_are_found_wherever_code_says_them() -> None:
    code = """
told = f"{say('One.')} {count('{n} day', '{n} days', 2)}"
PRAISE = (later("Two."), words.say("Th" "ree."), texts.count("no"), say(PRAISE[0]))
"""
    template = '<p title="{{ say("Four.") }}">{% if count("{n} a", "{n} b", n) %}{% endif %}</p>'

    assert set(catalogues.in_code(code)) == {"One.", ("{n} day", "{n} days"), "Two.", "Three."}
    assert set(catalogues.in_template(template)) == {"Four.", ("{n} a", "{n} b")}


def written_out(value: ast.expr) -> Iterator[str]:
    """The texts that stand in an argument as they are, not through `say`."""
    match value:
        case ast.Constant(str(text)):
            yield text
        case ast.JoinedStr(parts) | ast.Tuple(parts) | ast.List(parts):
            for part in parts:
                yield from written_out(part)
        case ast.IfExp(_, one, other) | ast.BinOp(one, _, other):
            yield from written_out(one)
            yield from written_out(other)


def is_english(text: str) -> bool:
    """Whether a text is more than a name, a mark or a number."""
    return re.search(r"[A-Za-z]{2,} +[A-Za-z]|^[A-Z][a-z]", text) is not None


@pytest.mark.parametrize("room", ["bot", "adapters/local"])
def test_nothing_that_people_read_is_left_untranslatable(room: str) -> None:
    bare = []
    for path in sorted((ROOT / room).rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] in SHOWN:
                given = [*call.args, *(keyword.value for keyword in call.keywords)]
                texts = [text for one in given for text in written_out(one)]
                bare += [f"{path.name}: {text}" for text in texts if is_english(text)]

    assert bare == []


def test_english_needs_no_catalogue() -> None:
    code = "import sys; from bot.words import say; say('Later'); print('babel' in sys.modules)"

    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert ran.stdout == "False\n"


def test_the_wheel_brings_every_language() -> None:
    builder = WheelBuilder(str(ROOT))

    packed = {file.distribution_path for file in builder.recurse_included_files()}

    for language in OTHERS:
        assert f"bot/languages/{language}.po" in packed
