"""What the examples are about: questions of an incident pack, people, days; fixed, whatever the packs say."""

from datetime import date, time

from bot.days import WORKWEEK
from bot.home.views import Day
from bot.insights.rules import Mastery, mastery
from bot.lessons.content import Option, Question
from bot.lessons.steps import Shelf
from bot.people.holdings import Holdings
from bot.people.rules import Settings
from bot.quizzes.lesson_views import Lesson
from bot.teams.rules import Offer, Setup
from bot.teams.views import Room
from bot.terms import QuestionForm

TODAY = date(2026, 11, 3)
"""A Tuesday."""

SINGLE = Question(
    "partial-payments",
    QuestionForm.SINGLE,
    "Two in every hundred card payments fail. The rest of the shop works, "
    "and those customers have no other way to pay. What severity?",
    "Paying is a main feature, and there is no way around it. "
    "What people can no longer do weighs more than the percentage.",
    options=(
        Option("SEV1", False, "Not yet: that level is for when most people can't use the product."),
        Option("SEV2", True),
        Option(
            "SEV3",
            False,
            "The share is small, but each failed payment is a customer who can't pay.",
        ),
    ),
)

WORDY = Question(
    "three-complaints",
    QuestionForm.SINGLE,
    "Within ten minutes three customers write that their invoices fail to send. "
    "Mateo's dashboards look green. What is his best next step?",
    "Customers can see the problem, and that is enough. "
    "The cause can follow while others are already helping.",
    options=(
        Option("Declare an incident now and say what customers are reporting", True),
        Option(
            "Wait for a dashboard to confirm it before calling it an incident",
            False,
            "Dashboards can miss what customers see. Three reports in ten minutes are a strong sign.",
        ),
        Option("Reply to the three people one by one and keep an eye on it", False),
    ),
)

SEVERAL = Question(
    "severity-facts",
    QuestionForm.SEVERAL,
    "You are picking a severity. Which facts should move it?",
    "Reach, workaround and data describe the harm to customers. "
    "Effort and ownership matter later, for planning.",
    options=(
        Option(
            "Which team's code seems to be involved",
            False,
            "That helps you find the right people. It says nothing about the harm.",
        ),
        Option("How many customers are affected", True),
        Option("How long the fix will probably take", False, "Effort is useful for planning."),
        Option("Whether a workaround helps them", True),
        Option("Whether customer data is at risk", True),
    ),
)

TYPED = Question(
    "spreadsheet-export",
    QuestionForm.TYPED,
    "Export to PDF fails, but export to spreadsheet gives people the same figures. "
    "Type the one word for what the spreadsheet is to them until the fix.",
    "A workaround that really carries people lowers the harm, so it often lowers the severity too.",
    accepted=("workaround", "work around", "stopgap"),
)

GAP = Question(
    "between-two-levels",
    QuestionForm.GAP,
    "Priya is torn between two severity levels, and facts are still coming in. "
    "For now she takes the ___ level, and the ___ can settle it later.",
    "Too much help is easy to send away. Too little help is discovered late.",
    gaps=(("higher", "more severe"), ("review", "retrospective")),
)

ONE_GAP = Question(
    "who-writes",
    QuestionForm.GAP,
    "During a SEV1 the ___ writes the updates, so that the others can mend.",
    "One voice outside, and quiet hands inside.",
    gaps=(("communications lead", "comms lead"),),
)

ORDER = Question(
    "worst-first",
    QuestionForm.ORDER,
    "Put these in order of severity, worst first.",
    "Exposed data is SEV1, a main feature without a workaround SEV2, one with a workaround SEV3.",
    steps=(
        "Strangers can open customers' records",
        "Some customers can't send invoices, with no way around it",
        "A report fails, but its spreadsheet version works",
        "A heading sits slightly off-centre",
    ),
)

CODED = Question(
    "gone-commits",
    QuestionForm.SEVERAL,
    "Which of these bring a lost commit on `main` back?",
    "The reflog knows where the branch was; a revert adds, and never takes away.",
    options=(
        Option("`git reflog`, then `git branch rescue <hash>`", True),
        Option(
            "Reset `main` and **force-push**", False, "That takes it away from everybody else, too."
        ),
        Option("`git revert` of the [revert](https://git-scm.com/docs/git-revert)", True),
    ),
)

LESSON = Lesson(
    7,
    "Pick the severity",
    "Choose SEV1, SEV2 or SEV3 from customer impact within a minute.",
    2,
    "**Severity follows customer impact, not how hard the fix looks.**\n\n"
    "Ask three things. What can customers no longer do? How many are hit? "
    "Is there a workaround that really carries them? Then pick:\n\n"
    "- **SEV1**: most customers can't use the product, or customer data is lost or exposed.\n"
    "- **SEV2**: a main feature fails or crawls for some customers, and there is no good workaround.\n"
    "- **SEV3**: a smaller feature is affected, or a workaround gets people through.\n\n"
    "A minute is enough, because you can change the level later. "
    "Does your company have its own table? Then that table wins.",
    (
        "https://response.pagerduty.com/before/severity_levels/",
        "https://www.atlassian.com/incident-management/kpis/severity-levels",
    ),
)

SUMMARY = (
    "For everyone who may be around when something breaks. "
    "Afterwards you can pick a severity within a minute, declare early and hand over the lead."
)

OFFER = Offer(1, "Incident updates", SUMMARY, 12)
OTHER_OFFER = Offer(
    2, "Giving feedback", "Say the difficult thing so that it helps. Ten lessons.", 10
)

INVITED = Shelf(1, "Incident updates", SUMMARY, 12, 0, enrolment=41, invited=True)
LEARNT = Shelf(1, "Incident updates", SUMMARY, 12, 5, enrolment=41, active=True)
FINISHED = Shelf(1, "Incident updates", SUMMARY, 12, 12, enrolment=41, active=True)
OPEN = Shelf(2, "Giving feedback", OTHER_OFFER.summary, 10, 0)

SETTINGS = Settings(time(9, 30), WORKWEEK, 5, "Europe/Berlin", "en", counted=True)
HELD = Holdings(packs=2, questions=38, answers=164, messages=31)

DAY = Day(
    name="Sam",
    questions=4,
    begun=False,
    lesson="Declare early",
    lesson_pack=1,
    next_at="tomorrow 09:30",
    paused="",
    silent=False,
    channels=(),
)

ROOM = Room(
    id=3,
    name="support",
    packs=("Incident updates",),
    paused=False,
    goal="Everybody on call can post a first update within ten minutes.",
    at=time(9, 30),
    days=WORKWEEK,
    daily_limit=5,
    starts_on=date(2026, 11, 4),
    people=23,
    asked=21,
    learning=14,
)
SETUP = Setup((1,), date(2026, 11, 4), time(9, 30), WORKWEEK, 5)


def topics() -> list[Mastery]:
    """Three topics: going well, fading, not begun."""
    return [
        topic(
            "Triage and severity", now=[0.97, 0.94, 0.93, 0.96], in_a_week=[0.93, 0.91, 0.91, 0.92]
        ),
        topic("Roles and handover", now=[0.91, 0.93, 0.9], in_a_week=[0.78, 0.84, 0.76]),
        topic("Updates for customers", now=[], in_a_week=[]),
    ]


def topic(title: str, *, now: list[float], in_a_week: list[float]) -> Mastery:
    """A topic of twelve questions."""
    return mastery(
        title=title,
        pack="Incident updates",
        target=0.9,
        questions=12,
        now=now,
        in_a_week=in_a_week,
    )
