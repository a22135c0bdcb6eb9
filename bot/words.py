"""Words in the reader's language: gettext catalogues, read from `bot/languages/*.po` when first needed.

The English sentence is its own key. `say("Back on {day}.", day=…)` fills it in; `count(one, many, n)` knows plurals.
The reader's language stands in a context variable, set once per transaction or delivery by `speaking`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from functools import lru_cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from bot.days import local

LANGUAGES = {"en": "English", "de": "Deutsch"}
"""The languages Grove speaks, by their own names."""

CATALOGUES = Path(__file__).parent / "languages"

_reader: ContextVar[str] = ContextVar("reader", default="en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Inside, every word is in this language; an unknown one is English."""
    token = _reader.set(known(language))
    try:
        yield
    finally:
        _reader.reset(token)


def known(language: str) -> str:
    """The nearest language Grove speaks: `de-AT` and `de_CH` are `de`; anything else is `en`."""
    short = language.replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES else "en"


def language() -> str:
    """The reader's language."""
    return _reader.get()


def say(words: str, /, **facts: object) -> str:
    """The sentence in the reader's language, with the facts filled in."""
    return _catalogue(_reader.get()).gettext(words).format(**facts)


def count(one: str, many: str, n: int, /, **facts: object) -> str:
    """The sentence for this number, which fills `{n}`."""
    return _catalogue(_reader.get()).ngettext(one, many, n).format(n=n, **facts)


def later(words: str) -> str:
    """The words unchanged, marked for translation where they are declared and said elsewhere."""
    return words


def listed(items: list[str], *, either: bool = False) -> str:
    """A list as a sentence has it: a, b, and c; with `either`, a, b, or c."""
    from babel.lists import format_list

    return str(format_list(items, style="or" if either else "standard", locale=language()))


def on_day(day: date, *, today: date) -> str:
    """A day as people say it: yesterday, today, tomorrow, Thursday, Thursday 12 March, 12 March 2027."""
    near = _near(day, today)
    return near or _date(day, today)


def when(day: date, *, today: date) -> str:
    """A day as the time of what happens: today, tomorrow, on Thursday, on 12 March 2027."""
    near = _near(day, today)
    return near or say("on {day}", day=_date(day, today))


def _near(day: date, today: date) -> str:
    """The word for a day next to today; empty for any other."""
    match (day - today).days:
        case -1:
            return say("yesterday")
        case 0:
            return say("today")
        case 1:
            return say("tomorrow")
        case _:
            return ""


def _date(day: date, today: date) -> str:
    from babel.dates import format_date

    if 1 < (day - today).days < 7:
        pattern = "EEEE"
    elif day.year == today.year:
        pattern = say("EEEE d MMMM")
    else:
        pattern = say("d MMMM y")
    return str(format_date(day, pattern, locale=language()))


def at_time(moment: time | datetime) -> str:
    """A wall time, 24 hours: 09:30."""
    return moment.strftime("%H:%M")


def on_day_at(at: datetime, *, now: datetime, zone: str) -> str:
    """An instant on a person's own wall: tomorrow 09:30."""
    wall = local(at, zone)
    day = on_day(wall.date(), today=local(now, zone).date())
    return say("{day} {time}", day=day, time=at_time(wall))


def weekday(index: int, *, short: bool = True) -> str:
    """The name of a day of the week, Monday 0, as it stands alone: Mon, Mo."""
    from babel.dates import get_day_names

    names = get_day_names("abbreviated" if short else "wide", "stand-alone", language())
    return str(names[index])


@lru_cache
def _catalogue(language: str) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import Translations

    with (CATALOGUES / f"{language}.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(fp=compiled)
