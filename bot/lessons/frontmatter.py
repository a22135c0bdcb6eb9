"""The front matter of a file: typed getters that say what a value must be, and on which line."""

import difflib
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.lessons import entries
from bot.lessons.content import Lines, Problem, error
from bot.lessons.entries import Entry, shortened

_WHOLE = re.compile(r"-?[0-9]{1,9}")
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,20})?([eE]-?[0-9]{1,2})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Matter:
    """A mapping with typed getters; what they find wrong is added to `found`.

    Every getter gives a usable value: a wrong or missing one is reported and replaced.
    """

    path: str
    line: int
    values: dict[str, Entry]
    found: list[Problem]

    def text(self, key: str, default: str | None = None) -> str:
        """One line of text; required unless there is a default."""
        entry = self._filled(key)
        if entry is None:
            if default is None:
                self._report(self.values.get(key), "missing", f"'{key}' is missing; add '{key}: …'")
            return default or ""
        if not isinstance(entry.value, str):
            self._report(entry, "not-text", f"'{key}' is one text; write '{key}: …' on one line")
            return default or ""
        return self._line_of_text(key, entry, entry.value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; nothing when the key is missing."""
        entry = self._filled(key)
        if entry is None:
            return ()
        if not isinstance(entry.value, tuple):
            self._report(entry, "not-list", f"'{key}' is a list; write '{key}: [one, two]'")
            return ()
        return tuple(self._items(key, entry.value))

    def whole(self, key: str, default: int) -> int:
        """A whole number."""
        written = self._written(key, _WHOLE, "not-whole", "a whole number, such as 2")
        return int(written) if written else default

    def number(self, key: str, default: float) -> float:
        """A number; never infinite."""
        written = self._written(key, _NUMBER, "not-number", "a number, such as 0.90")
        value = float(written) if written else default
        return value if math.isfinite(value) else default

    def day(self, key: str) -> date | None:
        """A date written YYYY-MM-DD; None when the key is missing."""
        wanted = "a date that exists, such as 2026-10-01"
        written = self._written(key, _DAY, "not-date", wanted)
        try:
            return date.fromisoformat(written) if written else None
        except ValueError:
            self._report(self.values[key], "not-date", f"'{key}' is {wanted}")
            return None

    def mapping(self, key: str) -> "Matter":
        """A mapping inside this one; an empty one when the key is missing."""
        entry = self._filled(key)
        if entry is None:
            return Matter(self.path, self.line, {}, self.found)
        return self._inside(key, entry)

    def mappings(self, key: str) -> "list[Matter]":
        """A list of mappings, such as the topics of a pack."""
        entry = self._filled(key)
        if entry is None:
            return []
        if not isinstance(entry.value, tuple):
            self._report(entry, "not-list", f"'{key}' is a list; begin each item with '- id: …'")
            return []
        return [self._inside(key, item) for item in entry.value]

    def only(self, *known: str) -> None:
        """Report every key that means nothing here."""
        for key, entry in self.values.items():
            if key not in known:
                mend = _meant(key, known)
                self._report(entry, "unknown-key", f"'{shortened(key)}' means nothing here; {mend}")

    def lines(self) -> Lines:
        """Where each key and each item of a list stands."""
        return tuple(_lines(self.values))

    def _filled(self, key: str) -> Entry | None:
        """The entry, or None when the key is missing or its value is blank."""
        entry = self.values.get(key)
        is_blank = entry and isinstance(entry.value, str) and not entry.value.strip()
        return None if is_blank else entry

    def _line_of_text(self, key: str, entry: Entry, value: str) -> str:
        if "\n" in value:
            self._report(entry, "not-one-line", f"'{key}' is one line; take out the line breaks")
        return " ".join(value.split("\n")).strip()

    def _items(self, key: str, items: tuple[Entry, ...]) -> Iterator[str]:
        for entry in items:
            if isinstance(entry.value, str) and entry.value.strip():
                yield self._line_of_text(key, entry, entry.value)
            else:
                message = f"'{key}' holds an item that is not a text; put it in quotes or drop it"
                self._report(entry, "not-text", message)

    def _written(self, key: str, shape: re.Pattern[str], code: str, wanted: str) -> str:
        entry = self._filled(key)
        if entry is None:
            return ""
        if isinstance(entry.value, str) and shape.fullmatch(entry.value):
            return entry.value
        self._report(entry, code, f"'{key}' is {wanted}")
        return ""

    def _inside(self, key: str, entry: Entry) -> "Matter":
        if isinstance(entry.value, dict):
            return Matter(self.path, entry.line, entry.value, self.found)
        message = f"'{key}' holds keys and values; write each as 'key: value'"
        self._report(entry, "not-mapping", message)
        return Matter(self.path, entry.line, {}, self.found)

    def _report(self, entry: Entry | None, code: str, message: str) -> None:
        line = entry.line if entry else self.line
        self.found.append(error(self.path, line, code, message))


def read(path: str, content: str, found: list[Problem]) -> Matter | None:
    """The front matter between the dashes, or None with the reason added to `found`."""
    values = entries.read(path, content, found)
    return None if values is None else Matter(path, 1, values, found)


def _lines(values: dict[str, Entry]) -> Iterator[tuple[str, int]]:
    for key, entry in values.items():
        yield key, entry.line
        if isinstance(entry.value, tuple):
            for place, item in enumerate(entry.value):
                yield f"{key}.{place}", item.line


def _meant(key: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(key[:48], list(known), n=1)
    return f"did you mean '{near[0]}'?" if near else "remove it"
