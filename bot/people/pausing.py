"""How long a pause lasts, from what a person writes: "friday", "2 weeks", "bis 3. märz", "off"."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from bot.days import FOREVER

LONGEST = timedelta(days=366)
"""How far ahead a pause may end; for longer there is "until I say"."""

SURELY_PAST = timedelta(days=300)
"""A date without a year that is this far ahead was meant for a day that has just passed."""

MAX_TEXT = 60
"""Characters beyond which a text says more than a date."""


@dataclass(frozen=True, slots=True)
class Until:
    """Pause; `day` is the first day on which Grove writes again, FOREVER when the person will say."""

    day: date


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on now."""


class Unread(Enum):
    """Why no pause could be read."""

    UNCLEAR = "unclear"
    PAST = "past"
    TOO_FAR = "too far"


Reading = Until | Resume | Unread

_OFF = (
    "off",
    "resume",
    "end",
    "back",
    "continue",
    "go on",
    "aus",
    "ende",
    "weiter",
    "zurück",
    "fortsetzen",
    "beenden",
)
_ENDLESS = (
    "forever", "i say", "i say so", "further notice", "für immer", "immer", "ich es sage", "ich mich melde",
    "unbegrenzt", "auf weiteres", "weiteres",
)  # fmt: skip
_LEADING = re.compile(
    r"^(?:please|bitte|until|till|til|to|for|in|by|bis|für|am|zum|auf|the|den|dem)\s+"
)
_NEXT = re.compile(r"^(?:next|nächste[rnms]?)\s+")
_THIS = re.compile(r"^(?:this|diese[rnms]?|end of(?: the)?|ende(?: der| des)?)\s+")
_LENGTH = re.compile(
    r"^(\w+)\s*(?:(d|days?|tage?n?)|(w|weeks?|wochen?)|(months?|monate?[ns]?)|(years?|jahre?[ns]?))$"
)
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4,
    "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
}  # fmt: skip
_AHEAD = {
    "today": 1,
    "heute": 1,
    "tomorrow": 1,
    "morgen": 1,
    "day after tomorrow": 2,
    "übermorgen": 2,
}
_SLASHED = re.compile(r"\d\s*/\s*\d")
_DOTTED = re.compile(r"^(\d{1,2})\.(\d{1,2})\.?$")
_DATE_LIKE = re.compile(r"\d.*[^\W\d]|[^\W\d].*\d|\d+[.-]\d+")


def read_pause(text: str, today: date, language: str) -> Reading:
    """What a person wants of a pause, in English or in their language; `today` is their learning day."""
    plain = " ".join(text.casefold().strip(" .!").split())
    if plain in _OFF:
        return Resume()
    while shorter := _LEADING.match(plain):
        plain = plain[shorter.end() :]
    if plain in _ENDLESS:
        return Until(FOREVER)
    if len(plain) > MAX_TEXT:
        return Unread.UNCLEAR
    try:
        day = (
            _coming(plain, today, language)
            or _length(plain, today)
            or _calendar(plain, today, language)
        )
    except OverflowError:
        return Unread.TOO_FAR
    return Unread.UNCLEAR if day is None else _checked(day, plain, today)


def _checked(day: date, plain: str, today: date) -> Reading:
    if day - today > LONGEST:
        return Unread.TOO_FAR
    if day <= today or (day - today > SURELY_PAST and _is_yearless_date(plain)):
        return Unread.PAST
    return Until(day)


def _is_yearless_date(plain: str) -> bool:
    return (
        bool(_DATE_LIKE.search(plain))
        and not _LENGTH.match(plain)
        and not re.search(r"\d{4}", plain)
    )


def _coming(plain: str, today: date, language: str) -> date | None:
    """Days, weeks and months by their place: tomorrow, friday, next week, end of the month."""
    if plain in _AHEAD:
        return today + timedelta(days=_AHEAD[plain])
    following = _NEXT.sub("", plain)
    monday = today + timedelta(days=7 - today.weekday())
    weekday = _weekdays(language).get(following)
    if weekday is not None:
        wanted = monday if following != plain else today + timedelta(days=1)
        return wanted + timedelta(days=(weekday - wanted.weekday()) % 7)
    match following if following != plain else _THIS.sub("", plain):
        case "week" | "woche" if plain != "week" and plain != "woche":
            return monday
        case "month" | "monat" | "monats" if plain not in ("month", "monat"):
            return _months_on(today.replace(day=1), 1)
        case "year" | "jahr" | "jahres" if plain not in ("year", "jahr"):
            return date(today.year + 1, 1, 1)
    return None


def _length(plain: str, today: date) -> date | None:
    """Lengths: 10 days, a week, zwei monate."""
    found = _LENGTH.match(plain)
    if found is None:
        return None
    word, in_days, in_weeks, in_months, _ = found.groups()
    number = int(word) if word.isdecimal() else _NUMBERS.get(word)
    if number is None:
        return None
    if in_days or in_weeks:
        return today + timedelta(days=number * (1 if in_days else 7))
    return _months_on(today, number * (1 if in_months else 12))


def _calendar(plain: str, today: date, language: str) -> date | None:
    """Dates: 3 march, dec 24, 24.12., 2026-12-24. With a slash nobody can tell the day from the month."""
    if not _DATE_LIKE.search(plain) or _SLASHED.search(plain):
        return None
    if dotted := _DOTTED.match(plain):
        return _coming_date(int(dotted[1]), int(dotted[2]), today)
    import dateparser

    found: datetime | None = dateparser.parse(
        plain,
        languages=sorted({language, "en"}),
        settings={
            "RELATIVE_BASE": datetime.combine(today, time.min),
            "PREFER_DATES_FROM": "future",
            "REQUIRE_PARTS": ["day", "month"],
            "PARSERS": ["absolute-time"],
            "DATE_ORDER": "DMY",
        },
    )
    return None if found is None else found.date()


def _coming_date(day: int, month: int, today: date) -> date | None:
    """That day of that month, this year or the next; None when there is none."""
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found > today:
            return found
    return None


def _weekdays(language: str) -> dict[str, int]:
    """Names of the days of the week, long and short, in English and in the reader's language."""
    from babel.dates import get_day_names

    return {
        str(name).casefold().rstrip("."): index
        for locale in ("en", language)
        for width in ("wide", "abbreviated", "short")
        for index, name in get_day_names(width, locale=locale).items()
    }


def _months_on(day: date, number: int) -> date:
    """The same day some months later, or that month's last."""
    month = day.month - 1 + number
    if day.year + month // 12 > date.max.year - 1:
        raise OverflowError
    first = date(day.year + month // 12, month % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)
