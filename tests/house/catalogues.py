"""The words of the code, gathered for translation; `python -m tests.house.catalogues` brings bot/languages/*.po up to date.

Translations stay, sentences no longer said go, and the same words always give the same file.
"""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from bot.words import CATALOGUES, LANGUAGES

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "adapters")
METHODS = {"*.py": "python", "*.html": "jinja2.ext:babel_extract"}
KEYWORDS = {"say": None, "count": (1, 2), "later": None}

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
        for pattern, method in METHODS.items():
            for path in sorted((ROOT / room).rglob(pattern)):
                found = extract_from_file(method, path, KEYWORDS, options={"silent": "false"})
                for _line, words, _comments, _context in found:
                    yield path.relative_to(ROOT).as_posix(), words


def gathered() -> Catalog:
    """The sentences as an empty catalogue, each with the files it stands in."""
    catalogue = Catalog(charset="utf-8")
    for path, words in sentences():
        catalogue.add(words, locations=[(path, None)])
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


def write(catalogue: Catalog, language: str) -> None:
    """Keep the catalogue, sorted and without dates, so that a diff shows words only."""
    header = HEADER.format(
        name=LANGUAGES[language], code=language, plurals=catalogue.plural_forms
    )
    with (CATALOGUES / f"{language}.po").open("wb") as target:
        target.write(header.encode())
        write_po(target, catalogue, width=0, sort_output=True, omit_header=True)


if __name__ == "__main__":
    for known in LANGUAGES:
        if known != "en":
            write(updated(known), known)
