"""The words of the code, gathered for translation.

`python -m tests.house.catalogues` brings bot/languages/*.po up to date.
Translations stay, sentences no longer said go, and the same words always give the same file.
"""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from bot.words import CATALOGUES, LANGUAGES

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "adapters")
TAKEN = {"say": 1, "later": 1, "count": 2}
"""How many sentences each of the functions that say something takes, before all else."""

Words = str | tuple[str, str]
"""A sentence, or one for one and one for many."""

HEADER = """\
# Grove: {name}. MIT licensed, like the code.
# Sentences come from the code: python -m tests.house.catalogues gathers them.
msgid ""
msgstr ""
"Project-Id-Version: Grove\\n"
"Language: {code}\\n"
"Language-Team: {name}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def sentences() -> Iterator[tuple[str, Words]]:
    """Every sentence said to people: the file it stands in, and the words."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for words in in_code(path.read_text("utf-8")):
                yield path.relative_to(ROOT).as_posix(), words
        for path in sorted((ROOT / room).rglob("*.html")):
            for words in in_template(path.read_text("utf-8")):
                yield path.relative_to(ROOT).as_posix(), words


def in_code(source: str) -> Iterator[Words]:
    """The sentences of a Python module, those inside f-strings too, on every version of Python."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and (taken := TAKEN.get(_called(call))):
            yield from _words(
                taken, [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
            )


def _called(call: ast.Call) -> str:
    """The name of a function of bot.words: `say`, or `words.say`."""
    match call.func:
        case ast.Name(name) | ast.Attribute(ast.Name("words"), name):
            return name
    return ""


def in_template(source: str) -> Iterator[Words]:
    """The sentences of a Jinja template."""
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and (taken := TAKEN.get(call.node.name)):
            yield from _words(
                taken, [arg.value for arg in call.args if isinstance(arg, nodes.Const)]
            )


def _words(taken: int, values: Sequence[object]) -> Iterator[Words]:
    """The sentence or the two that a call begins with; nothing when it says what stands elsewhere."""
    match values[:taken]:
        case [str(sentence)] if taken == 1:
            yield sentence
        case [str(one), str(many)]:
            yield one, many


def gathered() -> Catalog:
    """The sentences as an empty catalogue, each with the files it stands in."""
    catalogue = Catalog(charset="utf-8")
    for path, words in sentences():
        catalogue.add(words, locations=[(path, 0)])
    return catalogue


def translated(language: str) -> Catalog:
    """The catalogue of a language as it stands in bot/languages."""
    with (CATALOGUES / f"{language}.po").open("rb") as source:
        return read_po(source, locale=language)


def updated(language: str) -> Catalog:
    """The catalogue of a language with today's sentences; what is no longer said is gone."""
    path = CATALOGUES / f"{language}.po"
    catalogue = translated(language) if path.exists() else Catalog(locale=language)
    catalogue.update(gathered(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def write(catalogue: Catalog, language: str, path: Path) -> None:
    """Keep the catalogue, sorted and without dates, so that a diff shows words only."""
    header = HEADER.format(name=LANGUAGES[language], code=language, plurals=catalogue.plural_forms)
    with path.open("wb") as target:
        target.write(header.encode())
        write_po(
            target, catalogue, width=0, sort_output=True, omit_header=True, include_lineno=False
        )


if __name__ == "__main__":
    for known in LANGUAGES:
        if known != "en":
            write(updated(known), known, CATALOGUES / f"{known}.po")
