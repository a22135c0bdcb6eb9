"""Time zones as people name them: a city, a country with one time, or the name in the tz database."""

from functools import lru_cache

from bot import days, words

MAIN_ZONES = {
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "ES": "Europe/Madrid",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
}
"""Countries where nearly everybody lives in one of several zones (CLDR 46, supplemental/metaZones, primaryZones)."""


def read_zone(text: str) -> str | None:
    """The zone meant by `Europe/Berlin`, `berlin`, `new york`, `Wien` or `Japan`; None when nobody can tell."""
    return _known().get(_plain(text)) or _told(words.language()).get(_plain(text))


def city(zone: str) -> str:
    """The place a zone is named after."""
    return zone.rpartition("/")[2].replace("_", " ")


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").casefold().replace("/", " ").split())


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Zones by their full name and by their city; a city with two zones is left to its full name."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for zone in days.zones():
        name = _plain(city(zone))
        if name in found:
            twice.add(name)
        found[name] = zone
    for name in twice:
        del found[name]
    return found | {_plain(zone): zone for zone in days.zones()}


@lru_cache
def _told(language: str) -> dict[str, str]:
    """Zones by what a language calls their cities, and by the countries that have one zone only."""
    from babel import Locale
    from babel.core import get_global

    locale = Locale.parse(language)
    known = set(days.zones())
    cities = {
        _plain(str(names["city"])): zone
        for zone, names in locale.time_zones.items()
        if "city" in names
    }
    lone = {
        code: zones[0] for code, zones in get_global("territory_zones").items() if len(zones) == 1
    }
    countries = {
        _plain(locale.territories[code]): zone
        for code, zone in (lone | MAIN_ZONES).items()
        if code in locale.territories
    }
    return {name: zone for name, zone in (countries | cities).items() if zone in known}
