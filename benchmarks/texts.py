"""A pack of any size, as the Markdown files an author would have written."""

from bot.lessons.content import Pack
from bot.lessons.parsing import parse

TOPICS = 20
"""Topics over which the lessons are spread."""

QUESTIONS = 3
"""Questions of each lesson."""


def files(lessons: int) -> dict[str, str]:
    """A pack's files by path."""
    texts = {"pack.md": _pack_page()}
    for number in range(lessons):
        texts[f"lessons/{number:05}-lesson.md"] = _lesson_page(number)
    return texts


def pack(lessons: int) -> Pack:
    """The same, read."""
    found, problems = parse(files(lessons))
    if found is None:
        raise ValueError(f"the made-up pack cannot be read: {problems}")
    return found


def _pack_page() -> str:
    topics = "\n".join(f'  - id: topic-{at}\n    title: "Topic {at}"' for at in range(TOPICS))
    return f"""---
kind: pack
id: made-up
title: "Made up"
version: 1.0.0
language: en
owners: ["bench"]
reviewers: ["bench"]
licence: CC0-1.0
review_days: 180
recall_target: 0.90
topics:
{topics}
---
A pack that exists to be measured.
"""


def _lesson_page(number: int) -> str:
    questions = "\n".join(_question(number, at) for at in range(QUESTIONS))
    return f"""---
kind: lesson
id: lesson-{number}
topic: topic-{number % TOPICS}
title: "Lesson {number}"
objective: "Tell rule {number} from the others."
minutes: 2
sources: ["https://example.com/rules/{number}"]
reviewed: 2026-01-01
---

**Rule {number} comes before rule {number + 1}.** {"It matters in every case that follows. " * 12}

## Questions
{questions}"""


def _question(lesson: int, at: int) -> str:
    return f"""
### rule-{lesson}-{at}
In case {lesson}.{at}, which rule applies first?

- [ ] The rule of lamps {lesson}
  > That one comes later.
- [x] The rule of doors {lesson}
- [ ] The rule of roofs {lesson}
- [ ] The rule of walls {lesson}

> Rule {lesson} says so: doors come first.
"""
