"""What is said when nothing is due, and when a topic to practise is not clear."""

from collections.abc import Sequence

from bot.lessons.acts import ShowPacks
from bot.quizzes import acts
from bot.ui import Block, Button, Buttons, Card, Style, Text
from bot.words import say

MOST_TOPICS = 10
"""Topics offered as buttons; more are rare, and can be named."""

Topics = Sequence[tuple[int, str]]
"""Ids and titles."""


def nothing_to_learn() -> Card:
    """For somebody who learns no pack."""
    button = Button(say("See the packs"), ShowPacks().write(), Style.PRIMARY)
    return Card(
        say("No pack yet"),
        (Text(say("Pick a pack, and its questions come to you.")), Buttons((button,))),
    )


def nothing_due(next_at: str, topics: Topics, *, done: bool) -> Card:
    """Nothing is left today: when the next comes, and practice for who wants more."""
    title = say("Done for today") if done else say("Nothing is due today")
    when = say("Next: {when}.", when=next_at) if next_at else say("The next set comes by itself.")
    return Card(title, (Text(when), *_offers(say("Want more? Practise a topic:"), topics)))


def which_topic(topics: Topics) -> Card:
    """The topics one has, to choose from."""
    return Card(
        say("Which topic?"), _offers(say("I don't know that one. These are yours:"), topics)
    )


def _offers(words: str, topics: Topics) -> tuple[Block, ...]:
    if not topics:
        return ()
    buttons = [Button(title, acts.Practise(topic).write()) for topic, title in topics[:MOST_TOPICS]]
    return Text(words), Buttons(tuple(buttons))
