"""Why something happened, in words, from the facts that were kept when it was decided."""

from collections.abc import Mapping
from datetime import date

from bot import words
from bot.quizzes.choosing import Why
from bot.terms import LessonMark, Verdict
from bot.words import count, on_day, say

Facts = Mapping[str, object]


def explain(kind: str, facts: Facts, *, today: date) -> str:
    """One or two sentences on a decision of this kind; empty for a kind that is not known any more."""
    match kind:
        case "planned":
            return _planned(facts, today)
        case "nothing_today":
            return say(
                "Nothing was due {when}, so I stayed quiet.", when=_when(facts, "day", today)
            )
        case "late":
            return say(
                "I could not write in time {when}. What was due waits for the next set.",
                when=_when(facts, "day", today),
            )
        case "too_soon":
            return say(
                "Your last set was less than twelve hours before, so I skipped {day}.",
                day=_day(facts, "day", today),
            )
        case "invited":
            return say(
                "An invitation was your one message {when}; your questions come with the next set.",
                when=_when(facts, "day", today),
            )
        case "paused":
            return say(
                "You are on a break until {day}. Nothing piles up.", day=_day(facts, "until", today)
            )
        case "folded":
            return _folded(facts, today)
        case "stopping":
            return say(
                "Three sets in a row got no answer, so I asked once whether to go on, "
                "and stay quiet until you do something."
            )
        case "answered":
            return _answered(facts, today)
        case "lesson":
            return _lesson(facts)
        case "later":
            return say(
                "You put a question off; it comes back {when}.", when=_when(facts, "due", today)
            )
        case "flagged":
            return say(
                "You flagged a question. You are not asked it again until it has been changed."
            )
    return ""


def of_question(facts: Facts, today: date) -> str:
    """Why one question is in a set, from its entry under `questions` of a planned set."""
    match facts.get("why"):
        case Why.DUE | Why.OVERDUE:
            return _faded(facts, today)
        case Why.BROUGHT_FORWARD:
            return say("It means something else since you learned it, so it came forward.")
        case Why.CARRIED_OVER:
            return say("It was left in an earlier set.")
        case Why.AHEAD:
            return say("There was a free place, and it would have been due within two days.")
        case Why.LESSON_CHECK:
            return say("It belongs to the new lesson.")
    return ""


def _faded(facts: Facts, today: date) -> str:
    recall, target = _number(facts, "recall"), _number(facts, "target")
    if recall is None or target is None:
        return say("You met it in a lesson, and it was its turn.")
    return say(
        "You answered it last {when}; your chance to still know it had come down to {recall}, and {target} is the aim.",
        when=_when(facts, "last", today),
        recall=f"{recall:.0%}",
        target=f"{target:.0%}",
    )


def _planned(facts: Facts, today: date) -> str:
    entries = [entry for entry in _list(facts, "questions") if isinstance(entry, Mapping)]
    due = [entry for entry in entries if entry.get("why") != Why.LESSON_CHECK]
    when = _when(facts, "day", today)
    if not due:
        return say(
            "Nothing had to come back {when}, so there was room for a new lesson.", when=when
        )
    opening = count(
        "{n} question came back {when}, just before you would forget it.",
        "{n} questions came back {when}, just before you would forget them.",
        len(due),
        when=when,
    )
    lesson = " " + say("There was room for a new lesson, too.") if facts.get("lesson") else ""
    return f"{opening} {say('The first one:')} {of_question(due[0], today)}{lesson}"


def _folded(facts: Facts, today: date) -> str:
    left = len(_list(facts, "questions"))
    return count(
        "{n} question of {day} was left open; it moved into the next set.",
        "{n} questions of {day} were left open; they moved into the next set.",
        left,
        day=_day(facts, "day", today),
    )


def _answered(facts: Facts, today: date) -> str:
    if facts.get("changed"):
        return say(
            "The question you answered has changed since it was asked, so your answer did not count."
        )
    if not facts.get("rated"):
        return say(
            "You had answered that question on the same day, so it was extra practice and changed nothing."
        )
    when = _when(facts, "due", today)
    if facts.get("verdict") == Verdict.RIGHT:
        return say(
            "You knew the answer, so the next gap is longer: it comes back {when}.", when=when
        )
    return say("The answer did not come yet, so the gap is short: it comes back {when}.", when=when)


def _lesson(facts: Facts) -> str:
    if facts.get("mark") == LessonMark.KNOWN:
        return say("You knew the questions of a lesson, so you could skip it.")
    return say("You read a lesson, so its questions come one by one on the next working days.")


def _day(facts: Facts, key: str, today: date) -> str:
    value = facts.get(key)
    return (
        on_day(date.fromisoformat(value), today=today)
        if isinstance(value, str)
        else say("that day")
    )


def _when(facts: Facts, key: str, today: date) -> str:
    value = facts.get(key)
    return (
        words.when(date.fromisoformat(value), today=today)
        if isinstance(value, str)
        else say("on that day")
    )


def _number(facts: Facts, key: str) -> float | None:
    value = facts.get(key)
    return float(value) if isinstance(value, int | float) else None


def _list(facts: Facts, key: str) -> list[object]:
    value = facts.get(key)
    return list(value) if isinstance(value, list | tuple) else []
