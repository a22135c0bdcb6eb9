"""The words of the code, gathered for translation. `python -m tests.house.catalogues` brings bot/languages/*.po up to date."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from bot.words import CATALOGUES, LANGUAGES

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "adapters")
KEYWORDS = {"say": None, "count": (1, 2), "later": None}


def sentences() -> Iterator[tuple[str, int, str | tuple[str, str]]]:
    """Every sentence said to people: file, line, and the words (one, many for a number)."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for line, words, _comments, _context in extract_from_file("python", str(path), keywords=KEYWORDS):
                yield path.relative_to(ROOT).as_posix(), line, words


def gathered() -> Catalog:
    """The sentences as an empty catalogue, each with the files it stands in."""
    catalogue = Catalog(project="Grove", charset="utf-8")
    for path, _line, words in sentences():
        catalogue.add(words, locations=[(path, None)])
    return catalogue


def translated(language: str) -> Catalog:
    """The catalogue of a language as it stands in bot/languages."""
    with (CATALOGUES / f"{language}.po").open("rb") as source:
        return read_po(source, locale=language)


def update(language: str) -> Catalog:
    """The catalogue of a language with today's sentences; what is no longer said is gone."""
    path = CATALOGUES / f"{language}.po"
    catalogue = translated(language) if path.exists() else Catalog(locale=language)
    catalogue.update(gathered(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    catalogue.header_comment = f"# Grove in {LANGUAGES[language]}. MIT licensed, like the code."
    with path.open("wb") as target:
        write_po(target, catalogue, width=0, sort_output=True)
    return catalogue


if __name__ == "__main__":
    for known in LANGUAGES:
        if known != "en":
            update(known)
