"""A form that comes back holds what was entered, and nothing it cannot hold."""

from datetime import date, time

from bot.forms import refilled
from bot.ui import At, Choice, Day, Days, Form, Line, Pick, Switch

FORM = Form(
    "A form",
    (
        Line("goal", "Goal", "old"),
        At("at", "Hour", time(9, 30)),
        Day("starts_on", "Starts on", date(2026, 3, 2)),
        Days("days", "Days", (0, 1)),
        Switch("counted", "Counted", value=True),
        Pick("minutes", "Minutes", (Choice("1", "1"), Choice("2", "2")), ("1",)),
    ),
    act="x",
)


def values(form: Form) -> dict[str, object]:
    """What each field holds."""
    return {field.name: field.value for field in form.fields}


def test_every_kind_of_field_holds_its_entry() -> None:
    filled = refilled(
        FORM,
        {
            "goal": "new",
            "at": "14:00",
            "starts_on": "",
            "days": ("4",),
            "counted": "",
            "minutes": "2",
        },
    )

    assert values(filled) == {
        "goal": "new",
        "at": time(14),
        "starts_on": None,
        "days": (4,),
        "counted": False,
        "minutes": ("2",),
    }


def test_what_a_field_cannot_hold_or_nobody_entered_leaves_what_it_had() -> None:
    assert refilled(FORM, {"at": "late", "starts_on": "soon", "days": ("x",)}) == FORM
