"""What makes a question impossible to ask or to grade: each rule is one function with one code."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from bot.lessons import identity, markdown, patterns
from bot.lessons.content import Lesson, Option, Problem, Question, error, warning
from bot.terms import QuestionForm

LONGEST_STEM = 300
"""Characters of a stem: two or three lines on a phone (product.md, "Packs")."""

MOST_OPTIONS = 5
"""Options of a question: the buttons of one row on Slack and Discord."""

FEWEST_STEPS = 3
"""Steps to put in order: two of them would be a coin toss."""

MOST_STEPS = 7
"""Steps to put in order: more cannot be held in mind (Miller 1956, Psychological Review 63:81)."""


def check(question: Question, path: str, lesson: Lesson) -> Iterator[Problem]:
    """Everything that keeps this question from being published."""
    for rule in _RULES:
        yield from rule(question, path)
    yield from _variant(question, path, lesson)


def _stem(question: Question, path: str) -> Iterator[Problem]:
    if not question.stem:
        message = f"'{question.slug}' has no stem; write what is asked below the heading"
        yield error(path, question.line, "no-stem", message)
    if (length := len(question.stem)) > LONGEST_STEM:
        message = f"the stem has {length} characters; shorten it to {LONGEST_STEM}"
        yield error(path, question.line, "long-stem", message)


def _explanation(question: Question, path: str) -> Iterator[Problem]:
    if not question.explanation:
        message = f"'{question.slug}' has no explanation; end the question with '> …'"
        yield error(path, question.line, "no-explanation", message)


def _options(question: Question, path: str) -> Iterator[Problem]:
    if question.form not in {QuestionForm.SINGLE, QuestionForm.SEVERAL}:
        return
    if not any(option.right for option in question.options):
        message = f"'{question.slug}' has no correct option; mark it with '- [x]'"
        yield error(path, question.line, "no-right-option", message)
    if len(question.options) < 2:
        message = f"'{question.slug}' has one option only; add another"
        yield error(path, question.line, "few-options", message)
    if (count := len(question.options)) > MOST_OPTIONS:
        message = f"'{question.slug}' has {count} options; keep {MOST_OPTIONS}"
        yield error(path, question.line, "many-options", message)


def _option(question: Question, path: str) -> Iterator[Problem]:
    for option in question.options:
        line = option.line or question.line
        if not identity.normal_markdown(option.text):
            message = "an option has no text; write it or remove the option"
            yield error(path, line, "empty-option", message)
        if option.right and option.misconception:
            message = "a correct option cannot show a misconception; move the mark to a wrong one"
            yield error(path, line, "right-misconception", message)
        if option.misconception and not is_kebab(option.misconception):
            message = f"'{option.misconception}' is no name; write #misconception:small-words"
            yield error(path, line, "misconception-name", message)


def _repeated_option(question: Question, path: str) -> Iterator[Problem]:
    first: dict[str, Option] = {}
    for option in question.options:
        text = _exact(option.text)
        if text and text in first:
            message = f"the option '{_short(option.text)}' stands twice; change or remove one"
            yield error(path, option.line or question.line, "duplicate-option", message)
        first.setdefault(text, option)


def _accepted(question: Question, path: str) -> Iterator[Problem]:
    for accepted in _groups(question):
        if not accepted:
            message = f"'{question.slug}' has an empty gap or answer; write what is accepted"
            yield error(path, question.line, "empty-accepted", message)
        for text in accepted:
            yield from _accepted_text(question, path, text)


def _accepted_text(question: Question, path: str, text: str) -> Iterator[Problem]:
    if patterns.is_pattern(text):
        if fault := patterns.fault(text):
            yield error(path, question.line, "pattern", fault)
    elif not identity.normal(text):
        message = f"the answer '{_short(text)}' is punctuation only; accept a word or a pattern"
        yield error(path, question.line, "empty-accepted", message)


def _repeated_accepted(question: Question, path: str) -> Iterator[Problem]:
    for accepted in _groups(question):
        for text in _repeated([identity.normal_accepted(each) for each in accepted]):
            message = f"the answer '{_short(text)}' stands twice (case is forgiven); remove one"
            yield warning(path, question.line, "duplicate-accepted", message)


def _steps(question: Question, path: str) -> Iterator[Problem]:
    if question.form is not QuestionForm.ORDER:
        return
    count = len(question.steps)
    if not FEWEST_STEPS <= count <= MOST_STEPS:
        message = f"'{question.slug}' has {count} steps; use {FEWEST_STEPS} to {MOST_STEPS}"
        yield error(path, question.line, "step-count", message)
    for text in _repeated([_exact(step) for step in question.steps]):
        message = f"the step '{_short(text)}' stands twice; its place cannot be told"
        yield error(path, question.line, "duplicate-step", f"{message}, so reword one")
    if not all(identity.normal_markdown(step) for step in question.steps):
        message = f"'{question.slug}' has an empty step; write it or remove it"
        yield error(path, question.line, "empty-step", message)


def _variant(question: Question, path: str, lesson: Lesson) -> Iterator[Problem]:
    """A variant belongs to a question of its own lesson, which is its objective."""
    variants = {each.slug: each.variant_of for each in lesson.questions}
    if not question.variant_of:
        return
    if question.variant_of not in variants:
        message = f"'variant-of: {_short(question.variant_of)}' names no question of this lesson"
        yield error(path, question.line, "unknown-variant", f"{message}; mend the id")
        return
    seen = {question.slug}
    slug = question.variant_of
    while slug and slug not in seen:
        seen.add(slug)
        slug = variants.get(slug, "")
    if slug == question.slug:
        message = f"'{question.slug}' is a variant of itself; name the question it varies"
        yield error(path, question.line, "variant-circle", message)


_RULES: tuple[Callable[[Question, str], Iterator[Problem]], ...] = (
    _stem,
    _explanation,
    _options,
    _option,
    _repeated_option,
    _accepted,
    _repeated_accepted,
    _steps,
)


def is_kebab(slug: str) -> bool:
    """Whether it is words-like-these of small ASCII letters and digits, at most 48 characters."""
    words = slug.split("-")
    return len(slug) <= 48 and all(word.isascii() and _is_small(word) for word in words)


def _is_small(word: str) -> bool:
    return word.isalnum() and word == word.lower()


def _groups(question: Question) -> Sequence[tuple[str, ...]]:
    if question.form is QuestionForm.TYPED:
        return [question.accepted]
    return question.gaps


def _repeated(texts: Sequence[str]) -> list[str]:
    return sorted({text for text in texts if text and texts.count(text) > 1})


def _exact(text: str) -> str:
    """What a reader sees; options may differ in case alone (`-d`, `-D`), not in marks or spaces."""
    return " ".join(unicodedata.normalize("NFKC", markdown.plain(text)).split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
