"""Accepted answers: several on a line, and patterns that are harmless to match.

Python's `re` backtracks and cannot be stopped, so a pattern is only accepted when the number of
ways it can match is small whatever the learner types.
Every optional or repeated part multiplies the ways; `.*.*.*x` tries the cube of the answer's length
(Davis et al., ESEC/FSE 2018, doi 10.1145/3236024.3236027: "polynomial" expressions), and a
repetition inside a repetition, `(a+)+`, is exponential. So repetitions may not be nested, and the
product over all parts may not exceed `MOST_WAYS`.
"""

import re
from dataclasses import dataclass

LONGEST_PATTERN = 200
"""Characters between the slashes; more is not a short answer any more."""

LONGEST_ANSWER = 200
"""Characters of a typed answer that are compared; whoever matches a pattern must cut there."""

MOST_WAYS = 50_000
"""Ways to match, about as many steps: some milliseconds. Two free `.*` and little else fit."""

_PATTERN = re.compile(r"/(?:(?! \| )(?:[^/\\]|\\.))+/")
_PART = re.compile(rf"\s*({_PATTERN.pattern}(?=\s*(?:\||\Z))|(?:\\\||[^|])*)\s*(\||\Z)")
_REPEAT = re.compile(r"[*+?]|\{(\d*)(,?)(\d*)\}")
_SETS = re.compile(r"\[|--|&&|~~|\|\|")


def split(text: str) -> tuple[str, ...]:
    r"""The accepted answers of `a | b`; `\|` is a bar, and a bar inside `/…/` belongs to it."""
    parts: list[str] = []
    for found in _PART.finditer(text):
        part = found.group(1).strip()
        parts.append(part if is_pattern(part) else part.replace("\\|", "|"))
        if not found.group(2):
            break
    return tuple(parts)


def join(accepted: tuple[str, ...]) -> str:
    """The accepted answers on one line, as `split` reads them."""
    return " | ".join(_barred(text) for text in accepted)


def join_closely(accepted: tuple[str, ...]) -> str:
    """The same without spaces round the bars, unless that would read as something else."""
    close = "|".join(_barred(text) for text in accepted)
    return close if split(close) == accepted else join(accepted)


def is_pattern(text: str) -> bool:
    """Whether an accepted answer is a pattern, `/…/`, and not a text."""
    return _PATTERN.fullmatch(text) is not None


def fault(pattern: str) -> str:
    """What is wrong with a pattern `/…/` and how to mend it; empty when it is harmless."""
    inside = pattern[1:-1]
    if len(inside) > LONGEST_PATTERN:
        return f"the pattern has {len(inside)} characters; keep it under {LONGEST_PATTERN}"
    try:
        ways, _ = _Scanner(inside).alternatives(0)
        re.compile(inside)
    except _Harmful as harm:
        return str(harm)
    except (re.error, IndexError, OverflowError, RecursionError):
        return "the pattern is not a regular expression; check its brackets and backslashes"
    if ways > MOST_WAYS:
        return "the pattern can match in too many ways; use fewer of * + ? and |"
    return ""


def _barred(text: str) -> str:
    return text if is_pattern(text) else text.replace("|", "\\|")


class _Harmful(Exception):
    """A shape that is refused, with the words for its author."""


@dataclass(frozen=True, slots=True)
class _Scanner:
    """Counts the ways a pattern that compiles can match, from one place in it to the next."""

    text: str

    def alternatives(self, place: int) -> tuple[int, int]:
        """The ways of `a|b|c` up to the closing bracket, and where it ends."""
        total, place = self._sequence(place)
        while place < len(self.text) and self.text[place] == "|":
            ways, place = self._sequence(place + 1)
            total += ways
        return total, place

    def _sequence(self, place: int) -> tuple[int, int]:
        ways = 1
        while place < len(self.text) and self.text[place] not in "|)":
            inner, end = self._atom(place)
            times, place = self._repeated(place, end, inner)
            ways *= times
        return ways, place

    def _atom(self, place: int) -> tuple[int, int]:
        sign = self.text[place]
        if sign == "(":
            return self._group(place)
        if sign == "[":
            return 1, self._past_class(place)
        return 1, self._past_escape(place) if sign == "\\" else place + 1

    def _group(self, place: int) -> tuple[int, int]:
        start = place + 1
        if self.text.startswith("?:", start):
            start += 2
        elif self.text.startswith("?", start):
            raise _Harmful("the pattern uses a group (?…); use plain brackets (…)")
        ways, end = self.alternatives(start)
        return ways, end + 1

    def _past_class(self, place: int) -> int:
        """Behind `[…]`; a `]` that comes first, or after its `^`, stands for itself."""
        start = place + (2 if self.text.startswith("[^", place) else 1)
        end = start + 1 if self.text.startswith("]", start) else start
        while self.text[end] != "]":
            end += 2 if self.text[end] == "\\" else 1
        if _SETS.search(self.text, start, end):
            raise _Harmful(
                "the pattern has a [ or a doubled sign inside […]; put a backslash first"
            )
        return end + 1

    def _past_escape(self, place: int) -> int:
        if self.text[place + 1].isdigit():
            raise _Harmful("the pattern refers back to a group; write the text out")
        return place + 2

    def _repeated(self, place: int, end: int, inner: int) -> tuple[int, int]:
        """The ways of an atom with the repetition behind it, if any, and where that ends."""
        found = _REPEAT.match(self.text, end)
        if not found or found.group() == "{}":
            return inner, end
        past = found.end() + self.text.startswith("?", found.end())
        if _REPEAT.match(self.text, past):
            raise _Harmful("the pattern repeats a repetition; use one of * + ?")
        if found.group() == "?":
            return inner + 1, past
        if inner > 1 or (self.text[place] == "(" and set("*+{") & set(self.text[place:end])):
            raise _Harmful("the pattern repeats a group that has choices; use […] or write it out")
        return _times(found), past


def _times(found: re.Match[str]) -> int:
    """In how many ways `*`, `+` or `{2,5}` can go."""
    if found.group() in {"*", "+"}:
        return LONGEST_ANSWER
    least, comma, most = found.groups()
    if not comma:
        return 1
    return max(1, min(int(most or LONGEST_ANSWER), LONGEST_ANSWER) - int(least or 0) + 1)
