"""Questions, the forms they open, and what answers are told."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from bot.lessons.content import Question
from bot.quizzes import feedback, forms, views
from bot.quizzes.feedback import Ending, Remark, Told
from bot.quizzes.grading import grade, right_text
from bot.quizzes.replies import Chosen, Filled, Given, NotSure, Ordered, Typed
from bot.quizzes.views import Asked
from bot.terms import QuestionForm
from bot.ui import Block, Card, Fix, Form
from tests.gallery.example import Example, Feature
from tests.gallery.material import CODED, GAP, ONE_GAP, ORDER, SEVERAL, SINGLE, TODAY, TYPED, WORDY

LAYOUTS = {
    "partial-payments": (0, 1, 2),
    "three-complaints": (2, 0, 1),
    "severity-facts": (4, 0, 3, 2, 1),
    "worst-first": (2, 0, 3, 1),
    "gone-commits": (1, 0, 2),
}
"""The order in which each question shows its parts."""

QUESTIONS = {
    "single": SINGLE,
    "single-wordy": WORDY,
    "several": SEVERAL,
    "typed": TYPED,
    "gap": GAP,
    "one-gap": ONE_GAP,
    "order": ORDER,
    "several-with-code": CODED,
}

ANSWERS: dict[str, tuple[Question, Given | NotSure]] = {
    "single-right": (SINGLE, Chosen((1,))),
    "single-wrong": (SINGLE, Chosen((2,))),
    "single-not-sure": (SINGLE, NotSure()),
    "single-wordy-wrong": (WORDY, Chosen((1,))),
    "single-wordy-not-sure": (WORDY, NotSure()),
    "several-right": (SEVERAL, Chosen((1, 3, 4))),
    "several-partly": (SEVERAL, Chosen((1, 3))),
    "several-wrong": (SEVERAL, Chosen((0, 1, 2))),
    "several-not-sure": (SEVERAL, NotSure()),
    "several-with-code-wrong": (CODED, Chosen((1,))),
    "typed-right": (TYPED, Typed("Workaround")),
    "typed-right-with-a-typo": (TYPED, Typed("workaruond")),
    "typed-wrong": (TYPED, Typed("bug")),
    "typed-not-sure": (TYPED, NotSure()),
    "gap-right": (GAP, Filled(("higher", "review"))),
    "gap-partly": (GAP, Filled(("higher", "lead"))),
    "gap-wrong": (GAP, Filled(("lower", "lead"))),
    "gap-not-sure": (GAP, NotSure()),
    "order-right": (ORDER, Ordered((0, 1, 2, 3))),
    "order-partly": (ORDER, Ordered((0, 2, 1, 3))),
    "order-wrong": (ORDER, Ordered((3, 2, 1, 0))),
    "order-not-sure": (ORDER, NotSure()),
}


def asked(question: Question, *, place: int = 2, topic: str = "Triage and severity") -> Asked:
    """A question on its way through a set of four."""
    return Asked(812, question, LAYOUTS.get(question.slug, ()), topic, place, 4)


def told(question: Question, given: Given | NotSure, remark: Remark = Remark.NONE) -> Told:
    """What the answer is told on the day."""
    graded = grade(question, given)
    return Told(
        812, question, LAYOUTS.get(question.slug, ()), graded, remark, date(2026, 11, 5), TODAY
    )


def question_card(question: Question) -> Card:
    """It is asked."""
    return views.question_card(asked(question))


def reply(question: Question) -> Form:
    """The form in which it is answered."""
    return forms.reply_form(asked(question))


def unfinished() -> Fix:
    """Two steps put into one place, and one place left empty."""
    entries = {"place0": "1", "place1": "1", "place2": "", "place3": "0"}
    read = forms.read_reply(ORDER, LAYOUTS["worst-first"], entries)
    assert isinstance(read, forms.Problems)
    return Fix(read.found, forms.refilled(reply(ORDER), entries))


def half_filled() -> Fix:
    """One gap left empty."""
    entries = {"gap0": "higher", "gap1": " "}
    read = forms.read_reply(GAP, (), entries)
    assert isinstance(read, forms.Problems)
    return Fix(read.found, forms.refilled(reply(GAP), entries))


def ended(ending: Ending, *, title: str = "It's B, SEV2.") -> Card:
    """The last answer of a set, with how it ended."""
    return feedback.told_card(told(SINGLE, NotSure()), feedback.ending_blocks(ending))


GOOD_END = Ending(
    right=3,
    answered=4,
    back={date(2026, 11, 4): 1, date(2026, 11, 9): 2, date(2026, 11, 24): 1},
    today=TODAY,
    week_days=2,
    week_goal=3,
    tip_lesson=7,
    tip_title="Pick the severity",
    next_at="tomorrow 09:30",
)
FIRST_END = Ending(right=2, answered=2, back={}, today=TODAY, week_days=3, week_goal=3)
EMPTY_END = Ending(right=0, answered=0, back={}, today=TODAY, week_days=1, week_goal=3)


def examples() -> Iterator[Example]:
    """Every form of question, before and after."""
    yield from _asking()
    yield from _answered()
    yield from _days()


def _asking() -> Iterator[Example]:
    for name, question in QUESTIONS.items():
        right = right_text(question)
        yield Example(f"question-{name}", Feature.ASKING, partial(question_card, question), right)
        if question.form not in {QuestionForm.SINGLE, QuestionForm.SEVERAL}:
            yield Example(f"form-{name}", Feature.ASKING, partial(reply, question))
    yield Example("form-order-unfinished", Feature.ASKING, unfinished)
    yield Example("form-gap-unfinished", Feature.ASKING, half_filled)
    yield Example("form-flag", Feature.ASKING, lambda: forms.flag_form(812))
    yield Example(
        "day-with-questions-and-a-lesson",
        Feature.ASKING,
        lambda: views.first_card(asked(SINGLE, place=1), lesson=True),
        right_text(SINGLE),
    )
    yield Example(
        "day-with-questions",
        Feature.ASKING,
        lambda: views.first_card(asked(TYPED, place=1), lesson=False),
        right_text(TYPED),
    )


def _answered() -> Iterator[Example]:
    after = (feedback.next_button(55),)
    for name, (question, given) in ANSWERS.items():
        yield Example(
            f"answer-{name}", Feature.ANSWERED, _told(question, given, Remark.NONE, after)
        )
    for remark in (Remark.BEFORE, Remark.PRACTICE, Remark.CHANGED):
        made = _told(SINGLE, Chosen((1,)), remark, after)
        yield Example(f"answer-remark-{remark.value}", Feature.ANSWERED, made)


def _told(
    question: Question, given: Given | NotSure, remark: Remark, after: Sequence[Block]
) -> Callable[[], Card]:
    return lambda: feedback.told_card(told(question, given, remark), after)


def _days() -> Iterator[Example]:
    yield Example("end-with-a-tip", Feature.DAYS, lambda: ended(GOOD_END))
    yield Example("end-all-right", Feature.DAYS, lambda: ended(FIRST_END))
    yield Example(
        "end-without-answers",
        Feature.DAYS,
        lambda: Card("That's it for now", feedback.ending_blocks(EMPTY_END)),
    )
    yield Example("stopping", Feature.DAYS, lambda: views.stopping_card(TODAY))
    yield Example("kept-going", Feature.DAYS, lambda: views.kept_going("tomorrow 09:30"))
    yield Example("kept-going-unplanned", Feature.DAYS, lambda: views.kept_going(""))
