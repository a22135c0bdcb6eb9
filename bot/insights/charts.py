"""The progress chart as a text: what a card shows stays what it showed, and drawing it reads nothing.

`progress:` and base64url of JSON: the language and, per topic, its title and four shares in thousandths.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from bot.insights.rules import Mastery
from bot.words import known

KIND = "progress"

MOST_BARS = 20
"""Topics in one picture; more would not be read."""

LONGEST_TITLE = 60
"""Characters of a title that are kept; the picture shortens further to what fits."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One topic: what is remembered `now`, in a week (`later`), and the interval of `now`; shares of 1."""

    title: str
    now: float
    later: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, and the language of the words around them."""

    language: str
    bars: tuple[Bar, ...]


def of(topics: Sequence[Mastery], language: str) -> Chart:
    """The chart of every topic that was begun."""
    begun = [topic for topic in topics if topic.now is not None and topic.in_a_week is not None]
    return Chart(
        language,
        tuple(
            Bar(
                topic.title[:LONGEST_TITLE],
                topic.now or 0.0,
                topic.in_a_week or 0.0,
                topic.low,
                topic.high,
            )
            for topic in begun[:MOST_BARS]
        ),
    )


def write(chart: Chart) -> str:
    """The chart as the source of a picture."""
    bars = [[bar.title, *(round(share * 1000) for share in _shares(bar))] for bar in chart.bars]
    text = json.dumps([chart.language, bars], ensure_ascii=False, separators=(",", ":"))
    return f"{KIND}:{urlsafe_b64encode(text.encode()).decode().rstrip('=')}"


def read(source: str) -> Chart | None:
    """The chart of a picture's source; None for anything `write` does not make."""
    kind, _, payload = source.partition(":")
    if kind != KIND:
        return None
    try:
        language, bars = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        read_bars = tuple(_bar(*bar) for bar in bars)
        is_chart = 0 < len(read_bars) <= MOST_BARS and known(language) == language
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return Chart(language, read_bars) if is_chart else None


def _shares(bar: Bar) -> tuple[float, float, float, float]:
    return bar.now, bar.later, bar.low, bar.high


def _bar(title: object, *thousandths: object) -> Bar:
    shares = [each / 1000 for each in thousandths if type(each) is int and 0 <= each <= 1000]
    if (
        not isinstance(title, str)
        or len(title) > LONGEST_TITLE
        or len(shares) != 4
        or len(thousandths) != 4
    ):
        raise ValueError("not a bar")
    return Bar(title, *shares)
