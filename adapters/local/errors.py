"""What a page or a script can get wrong, and what we say when the fault is ours."""

import logging
from uuid import uuid4

from bot.words import say

log = logging.getLogger(__name__)

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What a reference is written with: no 0 or O, no 1 or I."""


class Wrong(Exception):
    """The request cannot be taken as it is: one sentence that names the field."""

    def __init__(self, field: str, words: str, status: int = 422) -> None:
        super().__init__(words)
        self.field = field
        self.words = words
        self.status = status


def missing(field: str, words: str) -> Wrong:
    """What was asked for is not here, or not for this person."""
    return Wrong(field, words, 404)


def broke(action: str) -> str:
    """Log the exception at hand under a new reference; the sentence for the person."""
    number = uuid4().int
    reference = "".join(LETTERS[number >> 5 * at & 31] for at in range(4))
    log.exception("broke", extra={"action": action, "reference": reference})
    return say(
        "Something broke, reference {reference}. Please try again; if it stays, tell whoever runs Grove.",
        reference=reference,
    )
