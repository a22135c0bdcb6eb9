"""What progress and reasons look like, in words."""

from collections.abc import Sequence
from datetime import date

from bot.insights.rules import WEEK_GOAL, Mastery
from bot.lessons.acts import ShowPacks
from bot.quizzes.acts import Begin
from bot.ui import Block, Button, Buttons, Card, Facts, Note, Picture, Text
from bot.words import count, say


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{round(share * 100)}%"


def progress(topics: Sequence[Mastery], *, picture: str, days_this_week: int) -> Card:
    """Every topic in a line, the picture, the week."""
    if not any(topic.answered for topic in topics):
        return nothing_yet(bool(topics))
    blocks: list[Block] = [
        Picture(picture, alt=spoken(topics)),
        Facts(tuple((topic.title, line(topic)) for topic in topics)),
        Text(fading(topics)),
        Note(week(days_this_week)),
        _ways_on(),
        Note(say("Only you see this. Leads see groups of five or more, never one person.")),
    ]
    return Card(
        say("What you remember"), tuple(blocks), summary=say("Your progress, topic by topic")
    )


def nothing_yet(learning: bool) -> Card:
    """Before the first answer there is nothing to measure."""
    words = (
        say("Nothing to show yet: answer a few questions first. /grove quiz begins.")
        if learning
        else say("Nothing to show yet: join a pack first. /grove learn shows them.")
    )
    return Card(say("What you remember"), (Text(words), _ways_on()))


def _ways_on() -> Buttons:
    return Buttons(
        (
            Button(say("Answer what is due"), Begin().write()),
            Button(say("Learn"), ShowPacks().write()),
        )
    )


def line(topic: Mastery) -> str:
    """A topic's mastery with its uncertainty: 81% (12 of 16 questions; likely 55–94)."""
    if topic.now is None:
        return say("not started ({questions} questions)", questions=topic.questions)
    return say(
        "**{share}** remembered, likely {low}–{high} ({answered} of {questions} questions met)",
        share=percent(topic.now),
        low=percent(topic.low),
        high=percent(topic.high),
        answered=topic.answered,
        questions=topic.questions,
    )


def fading(topics: Sequence[Mastery]) -> str:
    """What falls below its target this week if nothing is asked; it will be asked."""
    lost = sum(topic.fading for topic in topics)
    if not lost:
        return say("Nothing is fading this week.")
    where = max(topics, key=lambda topic: topic.fading)
    return count(
        "{n} answer would fade this week, in *{topic}*. Grove will ask it in time.",
        "{n} answers would fade this week, most of them in *{topic}*. Grove will ask them in time.",
        lost,
        topic=where.title,
    )


def week(days: int) -> str:
    """The week's goal, without a debt."""
    if not days:
        return count(
            "{n} day with an answer makes a good week.",
            "{n} days with an answer make a good week.",
            WEEK_GOAL,
        )
    if days >= WEEK_GOAL:
        return count(
            "You learned on {n} day this week: the goal is met.",
            "You learned on {n} days this week: the goal is met.",
            days,
        )
    return count(
        "You learned on {n} day this week; {goal} make a good week.",
        "You learned on {n} days this week; {goal} make a good week.",
        days,
        goal=WEEK_GOAL,
    )


def spoken(topics: Sequence[Mastery]) -> str:
    """The picture in words."""
    said = [
        say(
            "{topic}: {share} now, {later} in a week without practice",
            topic=t.title,
            share=percent(t.now),
            later=percent(t.in_a_week),
        )
        for t in topics
        if t.now is not None and t.in_a_week is not None
    ]
    return say("Bar chart of what you remember per topic. {topics}.", topics="; ".join(said))


def one_topic(topic: Mastery, next_due: date | None, today: date) -> Card:
    """One topic in detail."""
    from bot.words import on_day

    facts = [
        (say("Remembered now"), line(topic)),
        (
            say("In a week, unpractised"),
            percent(topic.in_a_week) if topic.in_a_week is not None else "–",
        ),
        (say("Aim"), percent(topic.target)),
    ]
    if next_due is not None:
        facts.append((say("Next question"), on_day(max(next_due, today), today=today)))
    return Card(topic.title, (Facts(tuple(facts)), Text(fading([topic])), Note(topic.pack)))


def reasons(lines: Sequence[str]) -> Card:
    """Why the last things happened, newest first."""
    if not lines:
        return Card(
            say("Why"),
            (
                Text(
                    say(
                        "Nothing has happened yet that needs a reason. Join a pack with /grove learn."
                    )
                ),
            ),
        )
    first, *rest = lines
    blocks: list[Block] = [Text(first)]
    if rest:
        blocks.append(Text("\n".join(f"- {line}" for line in rest)))
    return Card(say("Why"), tuple(blocks))
