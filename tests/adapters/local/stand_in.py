"""A stand-in for the inbox that answers with every block, form and outcome there is.

What it does can be asked for by name, in the words of a direct message or as a command.
"""

from datetime import date, time

from bot import ui
from bot.events import Command, Event, Joined, Left, Message, Press, Submit
from bot.ui import (
    Button,
    Buttons,
    Card,
    Choice,
    Facts,
    Form,
    Link,
    Menu,
    Note,
    Picture,
    Say,
    Style,
    Text,
)

ZONES = ("Europe/Berlin", "Asia/Kolkata", "Asia/Tokyo", "Africa/Lagos", "UTC")

QUESTION = Card(
    "1 of 3 · Incident basics",
    (
        Text(
            "Two in a hundred card payments fail. Everything else works. What severity?\n\n"
            "**A** SEV1\n**B** SEV2\n**C** SEV3"
        ),
        Buttons(
            (
                Button("A", "qa:1", hint="SEV1"),
                Button("B", "qa:2", hint="SEV2"),
                Button("C", "qa:3", hint="SEV3"),
            )
        ),
        Buttons((Button("Not sure", "qa:0"), Button("Later", "later"), Button("Flag", "flag"))),
        Note("Change the hour: `settings`. Take a break: `pause`. Why this: `why`."),
    ),
    summary="Two minutes? 3 questions and one short lesson.",
)

RIGHT = Card(
    "It’s B, SEV2.",
    (
        Text(
            "A small share of failed payments is still customers who can’t pay. *Impact decides.*"
        ),
        Note("Back on Thursday."),
        Buttons((Button("Next", "next", Style.PRIMARY),)),
    ),
)

HOME = Card(
    "Good morning, Sam",
    (
        Text("Today: **4 questions**, about 2 minutes. Next lesson: *Pick the severity*."),
        Facts(
            (
                ("Next message", "Tomorrow, 09:30"),
                ("This week", "2 of 5 days"),
                ("Remembered", "81%"),
            )
        ),
        Buttons(
            (
                Button("Start", "start", Style.PRIMARY),
                Button("Progress", "progress"),
                Button("Settings", "settings"),
                Button("Erase everything", "erase", Style.DANGER),
            )
        ),
    ),
)

PROGRESS = Card(
    "What you remember",
    (
        Picture(
            "progress:1", "Triage 92%, first update 71%, hand-over 55%, all rising over four weeks"
        ),
        Text(
            "- **Triage**: 92% (85–96)\n- **First update**: 71% (60–80)\n- **Hand-over**: 55%, fading this week\n\n"
            "> Impact decides, not the percentage.\n\nRead [the runbook](https://wiki.example.com/severity)."
        ),
        Menu(
            "One topic in detail",
            "topic",
            (Choice("Triage", "triage", "12 questions"), Choice("First update", "first-update")),
        ),
        Menu(
            "Packs to join",
            "join",
            (
                Choice("Security awareness", "security-awareness", "5 minutes a week"),
                Choice("Git for teams", "git-for-teams", "4 minutes a week"),
                Choice("Giving feedback", "giving-feedback"),
            ),
            most=3,
        ),
        Buttons((Link("Open the pack", "https://example.com/pack"), Button("Share", "share"))),
    ),
)


def settings(**entered: str) -> Form:
    """Every kind of field there is."""
    return Form(
        "Settings",
        (
            ui.Line(
                "goal",
                "This week’s goal",
                entered.get("goal", "Answer on three days"),
                hint="In your own words",
            ),
            ui.Line(
                "note",
                "A note to yourself",
                value=entered.get("note", ""),
                required=False,
                long=True,
                most=500,
            ),
            ui.Pick(
                "zone",
                "Time zone",
                tuple(
                    Choice(zone, zone)
                    for zone in (
                        "Europe/Berlin",
                        "Asia/Kolkata",
                        "Asia/Tokyo",
                        "UTC",
                        "Africa/Lagos",
                    )
                ),
                value=("Europe/Berlin",),
                hint="Grove writes by this clock",
            ),
            ui.Pick(
                "minutes",
                "Minutes a day",
                (
                    Choice("2 minutes", "2", "up to 5 questions"),
                    Choice("4 minutes", "4", "up to 10 questions"),
                ),
                value=("2",),
            ),
            ui.Pick(
                "packs",
                "Packs",
                (Choice("Git", "1"), Choice("Giving feedback", "2")),
                ("1",),
                several=True,
            ),
            ui.At("at", "Time of day", time(9, 30)),
            ui.Day("starts_on", "From", date(2026, 3, 2), required=False),
            ui.Days("days", "Days"),
            ui.Switch(
                "counted",
                "Count me in the team’s figures",
                value=True,
                hint="Never shown for fewer than five",
            ),
            ui.People("mentors", "Mentors", ("ana",)),
        ),
        "keep",
        intro="Everything is filled in; change what you *want to*.",
    )


class StandIn:
    """Answers every event; what it was handed is kept in `seen`."""

    def __init__(self) -> None:
        self.seen: list[Event] = []

    async def handle(self, event: Event) -> ui.Outcome:
        """The outcome for this event."""
        self.seen.append(event)
        match event:
            case Command():
                return self._named(event.name, event)
            case Message():
                return self._named(event.text, event)
            case Press():
                return self._pressed(event)
            case Submit():
                return self._submitted(event)
            case Joined() | Left():
                return ui.Nothing()

    def _named(self, name: str, event: Event) -> ui.Outcome:
        match name:
            case "" | "home":
                return Say(HOME)
            case "quiz":
                return Say(QUESTION)
            case "progress":
                return Say(PROGRESS)
            case "settings":
                return ui.Open(settings())
            case "me":
                card = Card(
                    "Everything Grove holds of you",
                    (Text("One file, readable by people and programs."),),
                )
                return ui.File(card, "grove-sam.json", "application/json", b'{"answers": []}')
            case "break":
                raise RuntimeError("a bug")
            case "nothing":
                return ui.Nothing()
            case "<b>":
                return Say(
                    Card(
                        "<b>not bold</b>",
                        (Text("<script>alert(1)</script> [x](javascript:alert(1))"),),
                    )
                )
            case _:
                return Say(
                    Card(
                        "Sorry, I don’t know that yet.",
                        (Text("Type `/` to see what you can do here."),),
                    )
                )

    def _pressed(self, event: Press) -> ui.Outcome:
        match event.act:
            case "qa:0" | "qa:1" | "qa:2" | "qa:3":
                return Say(RIGHT, replace=True)
            case "next" | "start":
                return Say(QUESTION, replace=True)
            case "settings":
                return ui.Open(settings())
            case "share":
                return Say(
                    Card("Shared: what I remember", (Text("Triage **92%**"),)),
                    replace=True,
                    public=True,
                )
            case "break":
                raise RuntimeError("a bug")
            case _:
                return Say(Card(f"{event.act}: {', '.join(event.values) or 'done'}"))

    def _submitted(self, event: Submit) -> ui.Outcome:
        goal = str(event.entries.get("goal", ""))
        if not goal.strip():
            problems = (
                ("goal", "A goal needs at least one word."),
                ("other", "Please look at the goal."),
            )
            return ui.Fix(problems, settings(goal=goal, note=str(event.entries.get("note", ""))))
        return Say(
            Card("Kept.", (Facts((("Goal", goal), ("Days", ", ".join(event.entries["days"])))),))
        )
