"""What `grove pack` says of packs: problems, plans and results, as lines and as JSON values."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from bot.lessons.approving import Approved
from bot.lessons.content import Pack, Problem, Severity
from bot.lessons.diffing import Changes, ItemChanges
from bot.lessons.folders import Opened
from bot.lessons.publishing import Plan, Published
from storage.reaching import Touch


def slug(name: str) -> str:
    """An id made from a folder's name: plain letters, digits and hyphens; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def counted(number: int, one: str, many: str = "") -> str:
    """`1 question`, `2 questions`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def size(pack: Pack) -> str:
    """How much a pack holds."""
    questions = sum(len(lesson.questions) for lesson in pack.lessons)
    answers = counted(len(pack.answers), "ready answer")
    return f"{counted(len(pack.lessons), 'lesson')}, {counted(questions, 'question')}, {answers}"


def verdict(opened: Opened) -> str:
    """Every problem as `file:line: what and how`, then one line for the pack."""
    lines = [_problem(opened, problem) for problem in opened.problems]
    errors = sum(problem.severity is Severity.ERROR for problem in opened.problems)
    warnings = len(opened.problems) - errors
    found = [counted(errors, "error")] * bool(errors) + [counted(warnings, "warning")] * bool(
        warnings
    )
    held = f" {size(opened.pack)}." if opened.pack else ""
    return "\n".join([*lines, f"{opened.folder}: {', '.join(found) or 'good'}.{held}"])


def checked(opened: Opened) -> dict[str, Any]:
    """A check as a JSON value."""
    return {
        "folder": str(opened.folder),
        "pack": opened.pack.slug if opened.pack else None,
        "ok": opened.is_publishable,
        "problems": [asdict(problem) for problem in opened.problems],
    }


def plan(found: Plan) -> str:
    """What publishing would change, and whom it touches."""
    if not found.before:
        return f"{found.pack} {found.version} is not published yet: {_first(found.changes)} would be new."
    if not found.changes:
        return f"{found.pack} {found.before}: nothing would change."
    head = f"{found.pack} {found.before} -> {found.version}"
    lines = [head, *_items(found.changes), *_question_lines(found.changes, dict(found.touches))]
    if found.changes.lessons.added:
        lines.append(f"{counted(found.learners, 'learner')} would get the new lessons.")
    return "\n".join(lines)


def planned(found: Plan) -> dict[str, Any]:
    """A plan as a JSON value."""
    return {
        "pack": found.pack,
        "version": found.version,
        "published": found.before or None,
        "learners": found.learners,
        "changes": asdict(found.changes),
        "touches": {question: asdict(touch) for question, touch in found.touches},
    }


def published(result: Published) -> str:
    """What publishing changed, and what waits."""
    name = f"{result.pack} {result.version}"
    if not result.changes:
        lines = [f"{name}: nothing to change."]
    elif not result.before:
        lines = [f"{name}: published for the first time, {_first(result.changes)}."]
    else:
        lines = [
            f"{name}: published.",
            *_items(result.changes),
            *_question_lines(result.changes, {}),
        ]
    if result.approved.questions:
        lines.append(approved(result.approved))
    if result.aside:
        names = " ".join(result.aside)
        lines.append(
            f"Set aside until approved: grove pack approve {result.pack} {names} --by NAME"
        )
    return "\n".join(lines)


def done(result: Published) -> dict[str, Any]:
    """A result as a JSON value."""
    return {
        "pack": result.pack,
        "version": result.version,
        "changed": bool(result.changes),
        "changes": asdict(result.changes),
        "aside": result.aside,
        "approved": result.approved.questions,
        "people": result.approved.people,
    }


def approved(result: Approved) -> str:
    """Which questions are asked in their new meaning, and of how many who learned the old one."""
    if not result.questions:
        return "Nothing waits for approval there."
    names = ", ".join(result.questions)
    people = counted(result.people, "person", "people")
    return f"Approved: {names}. {people} who knew the old meaning will meet the new one on their next working day."


def _problem(opened: Opened, problem: Problem) -> str:
    path = (opened.folder / problem.path).as_posix()
    where = f"{path}:{problem.line}" if problem.line else path
    kind = "warning: " if problem.severity is Severity.WARNING else ""
    return f"{where}: {kind}{problem.message}"


def _first(changes: Changes) -> str:
    lessons = counted(len(changes.lessons.added), "lesson")
    return f"{lessons}, {counted(len(changes.questions.added), 'question')}"


def _items(changes: Changes) -> Iterator[str]:
    if changes.fields:
        yield f"  pack.md: {', '.join(changes.fields)}"
    yield from _item_lines("lesson", changes.lessons)
    yield from _item_lines("answer", changes.answers)


def _item_lines(kind: str, items: ItemChanges) -> Iterator[str]:
    for sign, slugs in (("+", items.added), ("~", items.changed), ("-", items.retired)):
        yield from (f"  {sign} {kind} {each}" for each in slugs)


_KINDS = (
    ("+", "added", "new"),
    ("~", "reworded", "other words; memories stay"),
    ("!", "meaning_changed", "other meaning; set aside until approved"),
    ("-", "retired", "gone; kept for those who met it"),
    ("+", "restored", "back, with its memories"),
    (">", "moved", "in another lesson now"),
)
"""Sign, field of QuestionChanges, and what it means."""


def _question_lines(changes: Changes, touches: Mapping[str, Touch]) -> Iterator[str]:
    for sign, name, words in _KINDS:
        slugs: tuple[str, ...] = getattr(changes.questions, name)
        for each in slugs:
            yield f"  {sign} question {each}: {words}{_touching(touches.get(each))}"


def _touching(touch: Touch | None) -> str:
    if touch is None or not (touch.learned or touch.due):
        return ""
    people = counted(touch.learned, "person", "people")
    return f". {people} answered it, {touch.due} have it due within 7 days"
