"""The pack that `grove pack new` starts from: one small lesson with a question of every form.

Its subject fits every team, so that it can be tried before it is replaced.
"""

from datetime import date

from bot.lessons.content import Answer, Lesson, Option, Pack, Question, Topic
from bot.terms import QuestionForm

_SOURCE = "https://example.com/handbook/asking-for-help"
_TOPIC = "asking-for-help"
_BELIEF = "asking-shows-weakness"


def pack(slug: str, title: str, today: date) -> Pack:
    """A pack with this id and title, reviewed today."""
    return Pack(
        slug=slug,
        title=title,
        summary="Say in one paragraph what somebody can do after this pack, and for whom it is.",
        version="0.1.0",
        language="en",
        owners=("your-name",),
        reviewers=("a-colleague",),
        licence="CC-BY-4.0",
        review_days=180,
        recall_target=0.90,
        topics=(Topic(_TOPIC, "Asking for help"),),
        lessons=(_lesson(today),),
        answers=(_answer(today),),
    )


def _lesson(today: date) -> Lesson:
    return Lesson(
        slug="fifteen-minutes",
        topic=_TOPIC,
        title="Ask after fifteen minutes",
        objective="Ask for help after fifteen stuck minutes, with what you tried.",
        minutes=1,
        body=_BODY,
        questions=_QUESTIONS,
        aliases=("stuck", "when to ask"),
        sources=(_SOURCE,),
        reviewed=today,
        path="lessons/01-fifteen-minutes.md",
    )


def _answer(today: date) -> Answer:
    return Answer(
        slug="whom-to-ask",
        topic=_TOPIC,
        title="Whom do I ask when I am stuck?",
        body="Ask in the team's channel first: whoever has time answers, and others learn from it.\n\n"
        "For something private, write to your lead.",
        aliases=("who can help me",),
        sources=(_SOURCE,),
        owner="your-name",
        reviewed=today,
        path="answers/whom-to-ask.md",
    )


_BODY = """**Stuck for fifteen minutes? Ask, and say what you tried.**

Shorter, and you miss the chance to find it yourself. Longer, and the hour is lost for everybody.

A good question has three parts: what you want to reach, what you tried, what happened instead.

> I want to open the report. I asked for access on Monday and restarted. It still says *no access*."""

_QUESTIONS = (
    Question(
        slug="stuck-since-nine",
        form=QuestionForm.SINGLE,
        stem="Mei has been looking for a missing setting since nine. It is twenty past. What now?",
        explanation="After fifteen minutes a colleague's minute is worth more than your next hour.",
        options=(
            Option("Ask in the team's channel", right=True),
            Option("Go on until lunch", right=False, feedback="By then three hours are gone."),
            Option(
                "Work around it without a word",
                right=False,
                feedback="The next person will get stuck at the same place.",
                misconception=_BELIEF,
            ),
        ),
    ),
    Question(
        slug="parts-of-a-question",
        form=QuestionForm.SEVERAL,
        stem="Joao asks his team for help with an export. What belongs in his message?",
        explanation="Goal, attempt and result let a colleague answer at once, without asking back.",
        options=(
            Option("What he wants to export", right=True),
            Option("What he has tried so far", right=True),
            Option(
                "An excuse for disturbing",
                right=False,
                feedback="Asking is part of the work. Nobody needs to excuse it.",
                misconception=_BELIEF,
            ),
            Option("The error he sees", right=True),
        ),
    ),
    Question(
        slug="how-many-minutes",
        form=QuestionForm.TYPED,
        stem="After how many stuck minutes do you ask? Write the number.",
        explanation="Fifteen is long enough to try, and short enough to save the hour.",
        accepted=("15", "fifteen", "/(about )?15 ?min(utes)?/"),
    ),
    Question(
        slug="where-to-ask",
        form=QuestionForm.GAP,
        stem="You need help with something others may meet too. You ask in the team's ___.",
        explanation="In the open, whoever has time answers, and the answer can be found again.",
        gaps=(("channel", "team channel"),),
    ),
    Question(
        slug="order-of-asking",
        form=QuestionForm.ORDER,
        stem="You are stuck. Put your next steps in order.",
        explanation="Try first, then ask, then leave the answer where the next person finds it.",
        steps=(
            "Try for fifteen minutes",
            "Ask, with what you tried",
            "Write down the answer for the others",
        ),
    ),
)
