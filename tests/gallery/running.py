"""Settings, breaks, one's own data; a channel's set-up and state; refusals."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from functools import partial

from bot import forms
from bot.days import FOREVER
from bot.people import holdings
from bot.people import views as people
from bot.people.rules import Settings, read_settings
from bot.quizzes import feedback
from bot.teams import views as teams
from bot.teams.rules import Setup, read_setup
from bot.ui import Card, Entries, Fix, Text
from tests.gallery.example import Example, Feature, Makes
from tests.gallery.learning import invitation
from tests.gallery.material import HELD, OFFER, OTHER_OFFER, ROOM, SETTINGS, SETUP, TODAY

CHOICES = (
    ("Tomorrow", date(2026, 11, 4)),
    ("Until Monday", date(2026, 11, 9)),
    ("1 week", date(2026, 11, 10)),
    ("2 weeks", date(2026, 11, 17)),
    ("Until I say", FOREVER),
)

REFUSALS = {
    "not-yours": "This question was not put to you. Write quiz for yours.",
    "no-pack": "That pack is no longer here. /grove learn shows the packs.",
    "not-lead": "Only who leads this channel can set it up. An admin of the workspace can make you its lead.",
    "outdated-button": "This button is from an older version of Grove. Write /grove to go on from here.",
}
"""As features word them."""


def examples() -> Iterator[Example]:
    """What people set, and what is refused."""
    yield from _people()
    yield from _teams()
    for name, words in REFUSALS.items():
        yield Example(f"refusal-{name}", Feature.REFUSALS, partial(refused, words))
    yield Example(
        "already-dealt-with",
        Feature.REFUSALS,
        lambda: Card(
            "Already dealt with",
            (
                Text("You have answered this question since, so there is nothing left to do."),
                feedback.next_button(55),
            ),
        ),
    )


def refused(words: str) -> Card:
    """A refusal as the inbox answers it."""
    return Card(words)


def mistaken_settings() -> Fix:
    """An hour of the night, no day, a place nobody knows."""
    entries: Entries = {"at": "03:00", "days": (), "zone": "Atlantis"}
    problems = read_settings(entries, SETTINGS)
    assert not isinstance(problems, Settings)
    return Fix(problems, forms.refilled(people.settings_form(SETTINGS, time(10, 12)), entries))


def mistaken_setup() -> Fix:
    """No pack, a day that has passed."""
    entries: Entries = {"packs": (), "starts_on": "2026-10-01"}
    problems = read_setup(entries, [1, 2], SETUP, TODAY)
    assert not isinstance(problems, Setup)
    form = teams.setup_form(3, "support", [OFFER, OTHER_OFFER], SETUP)
    return Fix(problems, forms.refilled(form, entries))


def _people() -> Iterator[Example]:
    made: Makes = {
        "settings": lambda: people.settings_form(SETTINGS, time(10, 12)),
        "settings-mistaken": mistaken_settings,
        "settings-saved": lambda: people.saved(SETTINGS, "tomorrow 09:30"),
        "settings-saved-unplanned": lambda: people.saved(SETTINGS, ""),
        "settings-saved-invited": lambda: people.saved(
            SETTINGS, "", people.way_on(rests=False, learns=False, invited=1)
        ),
        "pause": lambda: people.pause_choices(CHOICES, paused="", learns=True),
        "pause-not-understood": lambda: people.pause_choices(
            CHOICES,
            paused="until Monday",
            learns=True,
            problem="I can't tell which day you mean. Try: friday, 2 weeks, 3 march.",
        ),
        "pause-without-a-pack": lambda: people.pause_choices(CHOICES, paused="", learns=False),
        "paused": lambda: people.paused(date(2026, 11, 9), TODAY, "Monday 09:30"),
        "paused-unplanned": lambda: people.paused(date(2026, 11, 14), TODAY, ""),
        "paused-until-further-notice": lambda: people.paused(FOREVER, TODAY, ""),
        "resumed": lambda: people.resumed("tomorrow 09:30"),
        "resumed-without-a-pack": lambda: people.resumed(""),
        "leave-which": lambda: people.leave_choices(
            [(41, "Incident updates"), (42, "Giving feedback")]
        ),
        "leave-nothing": lambda: people.leave_choices([]),
        "me": lambda: holdings.me(HELD, counted=True),
        "me-left-out": lambda: holdings.me(HELD, counted=False),
        "me-exported": holdings.exported,
        "me-erase": lambda: holdings.confirm_erasing(HELD),
        "me-erased": holdings.erased,
        "me-kept": holdings.kept,
        "me-counted": lambda: holdings.counting(counted=True),
        "me-not-counted": lambda: holdings.counting(counted=False),
    }
    for name, make in made.items():
        yield Example(name, Feature.PEOPLE, make)


def _teams() -> Iterator[Example]:
    both = [OFFER, OTHER_OFFER]
    made: Makes = {
        "channel-without-a-pack": lambda: teams.nothing_here(3, "support"),
        "channel-in-an-empty-workspace": teams.no_packs,
        "channel": lambda: teams.room(ROOM, date(2026, 11, 10)),
        "channel-starting": lambda: teams.room(replace(ROOM, goal="", learning=3), TODAY),
        "channel-paused": lambda: teams.room(replace(ROOM, paused=True), TODAY),
        "channels": lambda: teams.choose_room([(3, "support"), (4, "on-call")]),
        "channels-none": lambda: teams.choose_room([]),
        "channel-form": lambda: teams.setup_form(3, "support", both, SETUP),
        "channel-form-mistaken": mistaken_setup,
        "channel-preview": lambda: teams.preview(3, "support", SETUP, [OFFER], 23, TODAY),
        "channel-invited": lambda: teams.invited(3, 23),
        "channel-invited-nobody-new": lambda: teams.invited(3, 0),
        "channel-as-learner": lambda: teams.as_learner(3, invitation(), 1),
    }
    for name, make in made.items():
        yield Example(name, Feature.TEAMS, make)
