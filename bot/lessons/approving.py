"""Approving: a question's new meaning comes into force in the name of a person.

Whoever learned the old meaning meets the new one on their next working day, as if for the first time:
what was believed of the old answer says nothing of the new one. The log of answers stays.
"""

from collections.abc import Collection
from dataclasses import dataclass

from bot.errors import Refusal
from bot.words import listed, say
from storage import content, reaching
from storage import publishing as store
from storage.engine import Tx

ALL = frozenset({"all"})
"""Approve whatever waits in the pack."""


@dataclass(frozen=True, slots=True)
class Approved:
    """Questions whose new meaning is asked from now on, and how many people meet them as new."""

    questions: tuple[str, ...] = ()
    people: int = 0


def approve(
    tx: Tx, workspace_id: int, slug: str, questions: frozenset[str], *, by: str
) -> Approved:
    """Put new meanings in force in the name of a person; a question that does not wait is left as it is."""
    store.lock(tx, workspace_id)
    standings = store.standings(tx, pack_id_of(tx, workspace_id, slug))
    require(questions - ALL, standings)
    named = [each for each in standings.values() if questions == ALL or each.slug in questions]
    agreed = [(each, each.waiting) for each in named if each.waiting is not None]
    if not agreed:
        return Approved()
    if not by.strip():
        raise Refusal(say("A new meaning is approved by a person; say who."), code="nobody")
    store.place(tx, [each.approved(waits) for each, waits in agreed])
    approved = Approved(
        tuple(each.slug for each, _ in agreed), _begin_anew(tx, [each.id for each, _ in agreed])
    )
    facts = {"pack": slug, "questions": list(approved.questions), "people": approved.people}
    store.record(tx, workspace_id, by, "pack.approved", facts)
    store.settle(tx)
    return approved


def waiting(tx: Tx, workspace_id: int, slug: str) -> tuple[str, ...]:
    """The questions of a pack whose new meaning waits for approval."""
    standings = store.standings(tx, pack_id_of(tx, workspace_id, slug))
    return tuple(each.slug for each in standings.values() if each.waiting is not None)


def _begin_anew(tx: Tx, questions: list[int]) -> int:
    """How many people learned them; whoever read the lesson while they were set aside meets them too."""
    people = reaching.bring_forward(tx, questions)
    reaching.reach(tx, questions)
    return people


def pack_id_of(tx: Tx, workspace_id: int, slug: str) -> int:
    """The id of a published pack; Refusal when there is none."""
    row = content.pack(tx, workspace_id, slug)
    if row is None or row.id is None:
        raise Refusal(say("There is no pack {pack} here.", pack=slug), code="no-pack")
    return row.id


def require(named: frozenset[str], there: Collection[str]) -> None:
    """Refusal when a question that is named is not there."""
    missing = sorted(named - set(there))
    if missing:
        raise Refusal(
            say("The pack has no question {names}.", names=listed(missing, either=True)),
            code="no-question",
        )
