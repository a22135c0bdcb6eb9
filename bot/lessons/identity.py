"""Fingerprints of content: what a question shows, what it asks for, and what a file holds.

    wording   everything an author wrote; a change of it is worth a new version
    meaning   the form and the right answers alone; a change of it makes memories doubtful

All are 16 hexadecimal digits of SHA-256 over JSON without spaces, the same on every platform.
"""

import hashlib
import json
import re
import unicodedata
from dataclasses import replace

from bot.lessons import markdown, patterns, values
from bot.lessons.content import Answer, Lesson, Pack, Question
from bot.lessons.values import Json
from bot.terms import QuestionForm

_ENDINGS = ".,;:!?\u2026"
_SPACES = re.compile(r"\s+")


def wording(question: Question) -> str:
    """The same for two questions that differ in nothing but their id and their lines."""
    options = tuple(replace(option, line=0) for option in question.options)
    return _digest(values.dump(replace(question, slug="", line=0, options=options)))


def meaning(question: Question) -> str:
    """The same for two questions with the same right answers, however they are put."""
    return _digest([question.form.value, _asked_for(question)])


def fingerprint(thing: Lesson | Answer | Pack) -> str:
    """The same as long as nothing in it changed.

    A lesson counts without its questions and its place, a pack with everything in it.
    """
    match thing:
        case Lesson():
            return _digest(_lesson(thing))
        case Answer():
            return _digest(_answer(thing))
        case Pack():
            return _digest(_pack(thing))


def fields(pack: Pack) -> tuple[tuple[str, str], ...]:
    """A fingerprint for each thing that pack.md says, by the name it has in the file."""
    said: dict[str, Json] = {
        "title": pack.title,
        "summary": pack.summary,
        "version": pack.version,
        "language": pack.language,
        "owners": pack.owners,
        "reviewers": pack.reviewers,
        "licence": pack.licence,
        "review_days": pack.review_days,
        "recall_target": repr(pack.recall_target),
        "topics": [[topic.slug, topic.title, topic.needs] for topic in pack.topics],
        "mentor": [repr(pack.mentor_mastery), pack.mentor_questions],
        "media": pack.media,
    }
    return tuple((name, _digest(value)) for name, value in said.items())


def normal(text: str) -> str:
    """The text as answers are compared: compatible signs, case, spaces and its end made equal."""
    return _unended(_SPACES.sub(" ", _folded(text)).strip())


def normal_markdown(text: str) -> str:
    """The same for a piece of Markdown, without its marks; code keeps its case and its end."""
    runs = [(words, is_code) for words, is_code in markdown.runs(text) if words.strip()]
    folded = "".join(words if is_code else _folded(words) for words, is_code in runs)
    spaced = _SPACES.sub(" ", folded).strip()
    return spaced if runs and runs[-1][1] else _unended(spaced)


def normal_accepted(text: str) -> str:
    """The same for an accepted answer; a pattern is left as it is, for its case matters."""
    return text if patterns.is_pattern(text) else normal(text)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _unended(text: str) -> str:
    return text.rstrip(_ENDINGS).rstrip()


def _asked_for(question: Question) -> Json:
    match question.form:
        case QuestionForm.SINGLE | QuestionForm.SEVERAL:
            right = (option.text for option in question.options if option.right)
            return sorted({normal_markdown(text) for text in right})
        case QuestionForm.TYPED:
            return _accepted(question.accepted)
        case QuestionForm.GAP:
            return [_accepted(gap) for gap in question.gaps]
        case QuestionForm.ORDER:
            return [normal_markdown(step) for step in question.steps]


def _accepted(texts: tuple[str, ...]) -> list[str]:
    return sorted({normal_accepted(text) for text in texts})


def _lesson(lesson: Lesson) -> Json:
    return [
        *(lesson.slug, lesson.topic, lesson.title, lesson.objective, lesson.minutes, lesson.body),
        *_checked(lesson),
    ]


def _answer(answer: Answer) -> Json:
    return [
        *(answer.slug, answer.topic, answer.title, answer.body, answer.owner),
        *_checked(answer),
    ]


def _checked(item: Lesson | Answer) -> list[Json]:
    reviewed = item.reviewed.isoformat() if item.reviewed else None
    return [item.aliases, item.sources, reviewed]


def _pack(pack: Pack) -> Json:
    lessons = [
        [fingerprint(lesson), [[each.slug, wording(each)] for each in lesson.questions]]
        for lesson in pack.lessons
    ]
    answers = [fingerprint(answer) for answer in pack.answers]
    return [pack.slug, fields(pack), lessons, answers]


def _digest(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]
