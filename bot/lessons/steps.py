"""How far a learner is in a pack, and which lesson comes next: in teaching order, a topic's needs first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shelf:
    """A pack as one learner sees it. `enrolment` 0: never asked, never joined."""

    pack: int
    title: str
    summary: str
    lessons: int
    done: int
    enrolment: int = 0
    active: bool = False
    invited: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A lesson of a pack, and its topic."""

    id: int
    topic: str


def next_step(
    steps: Sequence[Step], needs: Mapping[str, Sequence[str]], done: Collection[int]
) -> Step | None:
    """The first lesson not done whose topic's needs are done; None when all is done.

    Needs that nothing can meet (a topic gone from the pack) stop nobody: then it is the first not done.
    """
    left = [step for step in steps if step.id not in done]
    open_topics = {step.topic for step in left}
    ready = (step for step in left if not open_topics & set(needs.get(step.topic, ())))
    return next(ready, left[0] if left else None)
