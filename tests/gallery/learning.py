"""Home, packs, invitations, lessons, quiet days, progress and reasons."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from bot.home import views as home
from bot.insights import views as insights
from bot.lessons import views as packs
from bot.quizzes import lesson_views, practice_views, reasons
from bot.quizzes.choosing import Why
from bot.routes import COMMANDS
from bot.teams import invitations
from bot.terms import Audience, LessonMark, Verdict
from bot.ui import Card
from bot.words import say
from tests.gallery.example import Example, Feature, Makes
from tests.gallery.material import (
    DAY,
    FINISHED,
    INVITED,
    LEARNT,
    LESSON,
    OFFER,
    OPEN,
    OTHER_OFFER,
    TODAY,
    topic,
    topics,
)

TOPICS = ((1, "Triage and severity"), (2, "Roles and handover"), (3, "Updates for customers"))

PAGE = packs.Page(7, LESSON.title, LESSON.body, LESSON.minutes, LESSON.sources)

DECISIONS: tuple[tuple[str, dict[str, object]], ...] = (
    (
        "planned",
        {
            "day": "2026-11-03",
            "questions": [
                {"why": Why.DUE, "last": "2026-10-27", "recall": 0.88, "target": 0.9},
                {"why": Why.CARRIED_OVER},
            ],
            "lesson": 7,
        },
    ),
    ("answered", {"rated": True, "verdict": Verdict.RIGHT, "due": "2026-11-12"}),
    ("answered", {"rated": True, "verdict": Verdict.WRONG, "due": "2026-11-04"}),
    ("lesson", {"mark": LessonMark.READ}),
    ("folded", {"day": "2026-11-02", "questions": [1, 2]}),
)


def examples() -> Iterator[Example]:
    """What somebody who learns gets to see, but for questions."""
    yield from _home()
    yield from _joining()
    yield from _lessons()
    yield from _quiet_days()
    yield from _progress()


def commands(*audiences: Audience) -> Card:
    """Help for who may use these commands."""
    ways = [
        home.Way(one.name, one.argument.name if one.argument else "", say(one.help))
        for one in COMMANDS
        if one.audience in audiences
    ]
    return home.help_card(ways)


def _home() -> Iterator[Example]:
    led = ((3, "support"), (4, "on-call"))
    shown = {
        "learner": DAY,
        "learner-begun": replace(DAY, begun=True, questions=1),
        "learner-nothing-due": replace(DAY, questions=0, lesson=""),
        "learner-on-a-break": replace(DAY, questions=0, paused="until Monday"),
        "learner-silent": replace(DAY, silent=True, next_at=""),
        "learner-unplanned": replace(DAY, questions=0, lesson="", next_at=""),
        "lead": replace(DAY, channels=led),
    }
    for name, day in shown.items():
        yield Example(f"home-{name}", Feature.HOME, partial(home.home, day))
    yield Example(
        "home-newcomer", Feature.HOME, lambda: home.first_time("Sam", [INVITED, OPEN], ())
    )
    yield Example("home-newcomer-no-packs", Feature.HOME, lambda: home.first_time("Sam", [], ()))
    yield Example("home-newcomer-lead", Feature.HOME, lambda: home.first_time("Ana", [OPEN], led))
    yield Example("help-learner", Feature.HOME, lambda: commands(Audience.ALL, Audience.LEARNER))
    yield Example("help-everything", Feature.HOME, lambda: commands(*Audience))
    yield Example("thanks", Feature.HOME, home.welcome)
    yield Example("unknown-nearest", Feature.HOME, lambda: home.unknown("progress", direct=True))
    yield Example(
        "unknown-nearest-in-a-channel", Feature.HOME, lambda: home.unknown("quiz", direct=False)
    )
    yield Example("unknown", Feature.HOME, lambda: home.unknown("", direct=True))
    yield Example("unknown-in-a-channel", Feature.HOME, lambda: home.unknown("", direct=False))


def invitation(*, by: str = "Ana", channel: str = "support", two: bool = False) -> Card:
    """To one pack, or to two at once."""
    offers = [OFFER, OTHER_OFFER] if two else [OFFER]
    return invitations.invitation(offers, channel=channel, by=by, enrolment=41, daily_limit=5)


def _joining() -> Iterator[Example]:
    made: Makes = {
        "packs": lambda: packs.packs([OPEN, LEARNT], minutes_a_week=10),
        "packs-after-a-notice": lambda: packs.packs(
            [INVITED, OPEN], minutes_a_week=1, notice="I don't know that pack. These are here:"
        ),
        "packs-finished": lambda: packs.packs([FINISHED], minutes_a_week=10),
        "packs-none": lambda: packs.packs([], minutes_a_week=10),
        "pack": lambda: packs.pack(OPEN),
        "pack-invited": lambda: packs.pack(INVITED),
        "invitation": invitation,
        "invitation-two-packs": lambda: invitation(two=True),
        "invitation-from-a-channel": lambda: invitation(by=""),
        "welcome": lambda: invitations.welcome(
            ["Incident updates"], first_pack=1, next_at="tomorrow 09:30"
        ),
        "welcome-while-paused": lambda: invitations.welcome(
            ["Incident updates", "Giving feedback"], first_pack=1, next_at=""
        ),
        "welcome-back": lambda: invitations.welcome_back(
            "Incident updates", pack=1, next_at="tomorrow 09:30"
        ),
        "declined": invitations.declined,
        "left": lambda: invitations.left("Incident updates", 1),
    }
    for name, make in made.items():
        yield Example(name, Feature.JOINING, make)


def _lessons() -> Iterator[Example]:
    made: Makes = {
        "lesson-of-the-day": lambda: lesson_views.todays_lesson(LESSON, 3),
        "lesson-of-the-day-alone": lambda: lesson_views.todays_lesson(LESSON, 0),
        "lesson-offered": lambda: lesson_views.offer(LESSON),
        "lesson-read": lambda: lesson_views.read(LESSON, tested=False),
        "lesson-read-after-testing": lambda: lesson_views.read(LESSON, tested=True),
        "lesson-again": lambda: lesson_views.reread(LESSON),
        "lesson-from-a-pack": lambda: packs.lesson(PAGE, place=1, total=12, enrolment=41),
        "lessons-all-read": lambda: packs.all_read(FINISHED, date(2026, 11, 9), TODAY),
        "lessons-all-read-due": lambda: packs.all_read(FINISHED, TODAY, TODAY),
        "lessons-all-read-nothing-due": lambda: packs.all_read(FINISHED, None, TODAY),
    }
    for name, make in made.items():
        yield Example(name, Feature.LESSONS, make)


def _quiet_days() -> Iterator[Example]:
    made: Makes = {
        "nothing-to-learn": practice_views.nothing_to_learn,
        "nothing-due": lambda: practice_views.nothing_due("tomorrow 09:30", TOPICS, done=False),
        "nothing-due-unplanned": lambda: practice_views.nothing_due("", (), done=False),
        "done-for-today": lambda: practice_views.nothing_due("tomorrow 09:30", TOPICS, done=True),
        "which-topic": lambda: practice_views.which_topic(TOPICS),
    }
    for name, make in made.items():
        yield Example(name, Feature.DAYS, make)


def _progress() -> Iterator[Example]:
    steady = topic("Triage and severity", now=[0.99, 0.98], in_a_week=[0.97, 0.96])
    made: Makes = {
        "progress": lambda: insights.progress(topics(), picture="progress:1", days_this_week=2),
        "progress-nothing-fading": lambda: insights.progress(
            [steady], picture="progress:1", days_this_week=3
        ),
        "progress-before-the-first-answer": lambda: insights.progress(
            topics()[2:], picture="progress:1", days_this_week=0
        ),
        "progress-without-a-pack": lambda: insights.nothing_yet(learning=False),
        "progress-one-topic": lambda: insights.one_topic(topics()[1], date(2026, 11, 5), TODAY),
        "progress-one-topic-not-begun": lambda: insights.one_topic(topics()[2], None, TODAY),
        "why": lambda: insights.reasons(
            [reasons.explain(kind, facts, today=TODAY) for kind, facts in DECISIONS]
        ),
        "why-nothing-yet": lambda: insights.reasons([]),
    }
    for name, make in made.items():
        yield Example(name, Feature.PROGRESS, make)
