"""What a browser sends of a form, as entries the engine understands.

A field is named `one.<name>` when it holds a text and `many.<name>` when it holds a list;
an empty one stands before it in the page, so that a list with nothing ticked and a switch that is off are sent too.
"""

import re
from urllib.parse import parse_qsl

from starlette.requests import Request

from adapters.local.errors import Wrong
from bot.ui import Entries, Entry
from bot.words import say

Sent = dict[str, list[str]]
"""What was sent, by name, in order."""

LONGEST = 4000
"""Characters of one text; platforms' own forms take no more."""

NUL = "\0"
"""The one character that PostgreSQL takes in no text."""


async def sent(request: Request) -> Sent:
    """The fields of an ordinary form post."""
    try:
        pairs = parse_qsl(
            (await request.body()).decode(), keep_blank_values=True, max_num_fields=1000
        )
    except ValueError as wrong:
        raise Wrong("body", say("This form could not be read.")) from wrong
    held: Sent = {}
    for name, value in pairs:
        if len(value) > LONGEST:
            raise Wrong(name, say("Please write at most 4,000 characters."))
        held.setdefault(name, []).append(value.replace("\r\n", "\n").replace(NUL, ""))
    return held


def last(held: Sent, name: str) -> str:
    """The last value under a name, empty when there is none."""
    return held[name][-1] if held.get(name) else ""


def number(held: Sent, name: str) -> int:
    """A whole number, 0 when nothing is given."""
    return whole(name, last(held, name))


def whole(name: str, text: str) -> int:
    """The whole number this text is, 0 for none. Raises Wrong."""
    if text and not (text.isdecimal() and len(text) < 19):
        raise Wrong(name, say("{field}: a whole number, please.", field=name))
    return int(text or 0)


def entries(held: Sent) -> Entries:
    """The entries of a form of ours."""
    found: dict[str, Entry] = {}
    for name, values in held.items():
        kind, dot, field = name.partition(".")
        if dot and kind == "one":
            found[field] = values[-1]
        elif dot and kind == "many":
            found[field] = tuple(value for value in values if value)
    return found


def filename(name: str) -> str:
    """A name that is safe in a header and on a disk."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name)[-80:].lstrip(".-") or "file"
