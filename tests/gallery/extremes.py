"""The largest cards there can be, and texts that break what is careless."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.home import views as home
from bot.insights import views as insights
from bot.lessons import views as packs
from bot.lessons.checking import LONGEST_LESSON
from bot.lessons.content import Option, Question
from bot.lessons.soundness import LONGEST_STEM, MOST_OPTIONS, MOST_STEPS
from bot.lessons.steps import Shelf
from bot.people import views as people
from bot.quizzes import feedback, forms, lesson_views, practice_views, views
from bot.quizzes.feedback import Remark, Told
from bot.quizzes.grading import grade, right_text
from bot.quizzes.replies import NotSure
from bot.quizzes.views import Asked
from bot.teams import invitations
from bot.teams import views as teams
from bot.teams.rules import Offer
from bot.terms import QuestionForm
from bot.ui import Card
from tests.gallery.example import Example, Feature, Makes
from tests.gallery.material import DAY, LESSON, ROOM, SETUP, SUMMARY, TODAY, topic

SENTENCE = "The lead keeps the severity up to date and gives each task to a named person. "

LONG_OPTIONS = tuple(
    f"{words} Each task goes to a named person, with a time at which that person reports back."
    for words in (
        "Declare an incident now and say what customers are reporting in their own words.",
        "Wait until a dashboard confirms it, and only then call it an incident.",
        "Search for the cause first, so that the announcement is useful to everybody.",
        "Reply to the three people one by one, and keep an eye on the inbox.",
        "Ask the person on call whether they have seen anything like it before.",
    )
)[:MOST_OPTIONS]

LONG_TITLE = (
    "My commits are gone after a reset or a rebase on a shared branch: how do I get them back?"
)

AWKWARD = {
    "markdown": "*Stars*, _lines_, `code`, [link](https://example.com), # hash, > quote, 1. one",
    "html": "<b>bold</b> & <script>alert(1)</script> <img src=x onerror=alert(1)>",
    "quotes": "\"double\", 'single', “curly”, «angled», „deutsch“ and a back\\slash",
    "rtl": "مرحبا، كيف تختار مستوى الخطورة؟ SEV1 أو SEV2",
    "emoji": "👩🏽‍🚒 Fire 🔥 drill 🏳️‍🌈 at 9️⃣ o'clock",
    "long-word": "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung" * 2,
}
"""What people call things."""


def filled(length: int) -> str:
    """Prose of exactly so many characters."""
    return (SENTENCE * (length // len(SENTENCE) + 1))[: length - 1].rstrip(" .").ljust(length, ".")


def choice(texts: tuple[str, ...], form: QuestionForm, stem: str) -> Question:
    """The first text is right; of all that apply also the third."""
    right = {0, 2} if form is QuestionForm.SEVERAL else {0}
    options = tuple(Option(text, at in right, filled(200)) for at, text in enumerate(texts))
    return Question("largest", form, stem, filled(300), options=options)


def asked(question: Question, topic_title: str = LONG_TITLE) -> Asked:
    """A question in the order in which it is written."""
    parts = question.steps or question.options
    return Asked(10**15, question, tuple(range(len(parts)))[::-1], topic_title, 5, 5)


def told(question: Question) -> Card:
    """The longest feedback there is."""
    graded, layout = grade(question, NotSure()), asked(question).layout
    shown = Told(1, question, layout, graded, Remark.BEFORE, date(2026, 12, 24), TODAY)
    return feedback.told_card(shown, (feedback.next_button(10**15),))


def examples() -> Iterator[Example]:
    """All of them."""
    yield from _largest()
    yield from _awkward()


def _largest() -> Iterator[Example]:
    single = choice(LONG_OPTIONS, QuestionForm.SINGLE, filled(LONGEST_STEM))
    several = choice(LONG_OPTIONS, QuestionForm.SEVERAL, filled(LONGEST_STEM))
    steps = tuple(f"Step {at}: {filled(110)}" for at in range(MOST_STEPS))
    order = Question("largest", QuestionForm.ORDER, filled(LONGEST_STEM), filled(300), steps=steps)
    lesson = replace(
        LESSON,
        title=LONG_TITLE,
        body=filled(LONGEST_LESSON),
        sources=tuple(f"https://documentation-{at}.example.com/a/long/path" for at in range(6)),
    )
    shelves = [
        Shelf(at, f"{LONG_TITLE} ({at})", filled(600), 60, 0, enrolment=at, invited=at == 3)
        for at in range(1, 26)
    ]
    names = [
        (at, f"team-with-a-rather-long-name-for-a-channel-that-goes-on-and-on-{at}")
        for at in range(25)
    ]
    offers = [Offer(at, LONG_TITLE, filled(300), 60) for at in range(1, 4)]
    offered = [Offer(at, f"{LONG_TITLE} ({at})", filled(300), 60) for at in range(1, 26)]
    mastered = [topic(f"{LONG_TITLE} {at}", now=[0.9], in_a_week=[0.7]) for at in range(20)]
    day = replace(DAY, name=filled(80), lesson=LONG_TITLE, channels=tuple(names))
    made: Makes = {
        "single": lambda: views.first_card(asked(single), lesson=True),
        "several": lambda: views.first_card(asked(several), lesson=True),
        "order": lambda: views.question_card(asked(order)),
        "order-form": lambda: forms.reply_form(asked(order)),
        "answer-single": lambda: told(single),
        "answer-several": lambda: told(several),
        "answer-order": lambda: told(order),
        "lesson": lambda: lesson_views.read(lesson, tested=False),
        "lesson-of-the-day": lambda: lesson_views.todays_lesson(lesson, 5),
        "packs": lambda: packs.packs(shelves, minutes_a_week=28, notice=filled(100)),
        "pack": lambda: packs.pack(shelves[0]),
        "home": lambda: home.home(day),
        "home-newcomer": lambda: home.first_time(filled(80), shelves, names),
        "invitation": lambda: invitations.invitation(
            offers, channel=names[0][1], by=filled(80), enrolment=10**15, daily_limit=10
        ),
        "channels": lambda: teams.choose_room(names),
        "channel": lambda: teams.room(replace(ROOM, name=names[0][1], goal=filled(150)), TODAY),
        "channel-form": lambda: teams.setup_form(3, names[0][1], offered, SETUP),
        "leave-which": lambda: people.leave_choices(
            [(shelf.enrolment, shelf.title) for shelf in shelves]
        ),
        "topics": lambda: practice_views.which_topic(names),
        "progress": lambda: insights.progress(mastered, picture="progress:1", days_this_week=7),
        "why": lambda: insights.reasons([filled(250)] * 5),
    }
    hidden = {"single": right_text(single), "several": right_text(several)}
    for name, make in made.items():
        yield Example(f"largest-{name}", Feature.LARGEST, make, hidden.get(name, ""))


def _awkward() -> Iterator[Example]:
    for name, text in AWKWARD.items():
        for kind, make in called(text).items():
            yield Example(f"awkward-{name}-{kind}", Feature.AWKWARD, make)


def called(text: str) -> Makes:
    """Cards in which everything is called so."""
    single = choice((text, "Something else"), QuestionForm.SINGLE, f"Which? {text}")
    several = choice((text, "Something else", "More"), QuestionForm.SEVERAL, f"Which? {text}")
    shelf = Shelf(1, text, f"{SUMMARY} {text}", 12, 0, enrolment=41, invited=True)
    return {
        "question": lambda: views.question_card(asked(single, text)),
        "several": lambda: views.question_card(asked(several, text)),
        "answer": lambda: told(single),
        "home": lambda: home.home(replace(DAY, name=text, lesson=text, channels=((3, text),))),
        "packs": lambda: packs.packs([shelf], minutes_a_week=10),
        "invitation": lambda: invitations.invitation(
            [Offer(1, text, text, 12)], channel=text, by=text, enrolment=41, daily_limit=5
        ),
        "channel": lambda: teams.room(replace(ROOM, name=text, goal=text, packs=(text,)), TODAY),
    }
