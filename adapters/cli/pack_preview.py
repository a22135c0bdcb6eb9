"""A pack on a terminal as a learner reads it: lessons, then their questions with letters."""

import textwrap
from collections.abc import Iterator, Sequence
from string import ascii_uppercase

from adapters.cli.pack_text import counted, size
from bot.lessons import markdown
from bot.lessons.content import Lesson, Option, Pack, Question
from bot.lessons.markdown import Block
from bot.lessons.questions import GAP
from bot.terms import QuestionForm

WIDTH = 78
"""Columns: what fits every terminal and reads well."""

ASKS = {
    QuestionForm.SINGLE: "choose one",
    QuestionForm.SEVERAL: "choose all that apply",
    QuestionForm.TYPED: "type the answer",
    QuestionForm.GAP: "fill the gap",
    QuestionForm.ORDER: "put in order (shown shuffled)",
}


def preview(pack: Pack, lessons: Sequence[Lesson], *, with_answers: bool) -> str:
    """The lessons in teaching order, headed by what the pack is."""
    topics = {topic.slug: topic.title for topic in pack.topics}
    head = [
        pack.title,
        *_wrapped(markdown.plain(pack.summary)),
        f"{size(pack)}. Version {pack.version}.",
    ]
    parts = [
        _lesson(lesson, topics.get(lesson.topic, lesson.topic), with_answers) for lesson in lessons
    ]
    return "\n\n\n".join(["\n".join(head), *parts])


def _lesson(lesson: Lesson, topic: str, with_answers: bool) -> str:
    title = f"{lesson.title}  ({topic}, about {counted(lesson.minutes, 'minute')})"
    parts = [f"{title}\n{'=' * min(len(title), WIDTH)}", prose(lesson.body)]
    parts += [
        _question(question, at, len(lesson.questions), with_answers)
        for at, question in enumerate(lesson.questions, 1)
    ]
    return "\n\n".join(parts)


def _question(question: Question, at: int, of: int, with_answers: bool) -> str:
    head = f"{at} of {of}  {question.slug}: {ASKS[question.form]}"
    parts = [f"{head}\n{'-' * min(len(head), WIDTH)}", prose(question.stem)]
    parts += [body] if (body := "\n".join(_answers(question, with_answers))) else []
    if with_answers:
        parts += [prose(question.explanation)] if question.explanation else []
    return "\n\n".join(parts)


def _answers(question: Question, with_answers: bool) -> Iterator[str]:
    for letter, option in zip(ascii_uppercase, question.options, strict=False):
        yield from _option(letter, option, with_answers)
    for at, step in enumerate(question.steps, 1):
        sign = f"{at}." if with_answers else "-"
        yield from _wrapped(markdown.plain(step), f"  {sign} ", "     ")
    if with_answers and question.accepted:
        yield f"  = {' | '.join(question.accepted)}"
    if with_answers:
        yield from (f"  {GAP} = {' | '.join(gap)}" for gap in question.gaps)


def _option(letter: str, option: Option, with_answers: bool) -> Iterator[str]:
    sign = "*" if with_answers and option.right else " "
    yield from _wrapped(markdown.plain(option.text), f"{sign} {letter}  ", "     ")
    if with_answers and option.feedback:
        yield from _wrapped(markdown.plain(option.feedback), "     > ", "       ")


def prose(text: str) -> str:
    """Markdown as plain paragraphs, lists, quotes and code that read well on a terminal."""
    return "\n\n".join("\n".join(_block(block, "")) for block in markdown.blocks(text))


def _block(block: Block, indent: str) -> Iterator[str]:
    match block.kind:
        case "bullet_list":
            for item in block.inner:
                yield from _item(item, "- ", indent)
        case "ordered_list":
            for at, item in enumerate(block.inner, int(block.tokens[0].attrs.get("start", 1))):
                yield from _item(item, f"{at}. ", indent)
        case "blockquote":
            for inner in block.inner:
                yield from _block(inner, f"{indent}> ")
        case "fence" | "code_block":
            yield from (
                f"{indent}    {line}" for line in block.tokens[0].content.rstrip("\n").split("\n")
            )
        case "hr":
            yield f"{indent}* * *"
        case _:
            yield from _wrapped(markdown.plain(block.text), indent, indent)


def _item(item: Block, sign: str, indent: str) -> Iterator[str]:
    """A list item: its first line behind the sign, the rest below it."""
    inside = indent + " " * len(sign)
    lines = [line for inner in item.inner for line in _block(inner, inside)]
    first, *rest = lines or [inside]
    yield f"{indent}{sign}{first[len(inside) :]}"
    yield from rest


def _wrapped(text: str, first: str = "", later: str = "") -> list[str]:
    lines = textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=later, break_on_hyphens=False
    )
    return lines or [first.rstrip()]
