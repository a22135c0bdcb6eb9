"""The items of a list of answers: options with their feedback, and steps to put in order."""

import re
from collections.abc import Iterator

from bot.lessons import markdown
from bot.lessons.content import Option
from bot.lessons.markdown import Block, Page

_TASK = re.compile(r"\[([ xX])\](?:\s+(.*))?", re.DOTALL)
_MISCONCEPTION = re.compile(r"(?:(.*)\s)?#misconception:(\S*)")
_FOR_THE_QUESTION = re.compile(r"\s*(=|variant-of:)(\s.*)?")


def has_tasks(block: Block) -> bool:
    """Whether a list holds `[ ]` or `[x]`, and so the options of a question."""
    return any(_TASK.fullmatch(item.text) for item in block.inner)


def read(page: Page, block: Block) -> Iterator[Option]:
    """The options of a list with `[ ]` and `[x]`."""
    for item in block.inner:
        task = _TASK.fullmatch(item.text) if _begins_with_text(item) else None
        if task:
            _report_swallowed(page, item)
            yield _option(page, item, is_right=task.group(1) != " ", written=task.group(2) or "")
        else:
            message = "an option without '[ ]' or '[x]'; write '- [ ] …' or '- [x] …'"
            page.report(item.first, "not-an-option", message)


def steps(page: Page, block: Block) -> Iterator[str]:
    """The steps of a numbered list, in the right order."""
    for item in block.inner:
        if [inner.kind for inner in item.inner] == ["paragraph"]:
            _report_swallowed(page, item)
            yield markdown.one_line(item.text)
        else:
            page.report(
                item.first, "not-a-step", "a step is one paragraph; write '1. …' and no more"
            )


def _option(page: Page, item: Block, *, is_right: bool, written: str) -> Option:
    text = markdown.one_line(written)
    marked = _MISCONCEPTION.fullmatch(text)
    if marked and not marked.group(2):
        message = "'#misconception:' has no name; write #misconception:small-words"
        page.report(item.first, "misconception-name", message)
    return Option(
        text=(marked.group(1) or "").strip() if marked else text,
        right=is_right,
        feedback=_feedback(page, item),
        misconception=marked.group(2) if marked else "",
        line=item.first + 1,
    )


def _feedback(page: Page, item: Block) -> str:
    rest = item.inner[1:]
    if not rest:
        return ""
    quoted = rest[0].inner if rest[0].kind == "blockquote" else []
    if len(rest) == 1 and [block.kind for block in quoted] == ["paragraph"]:
        return markdown.one_line(quoted[0].text)
    message = "under an option stands one paragraph of feedback; write '  > …' and no more"
    page.report(rest[0].first, "not-feedback", message)
    return ""


def _report_swallowed(page: Page, item: Block) -> None:
    """Report lines meant for the question that Markdown counts to the item above them."""
    for at, line in enumerate(item.text.split("\n")):
        if at and _FOR_THE_QUESTION.fullmatch(line):
            message = "this line belongs to the item above it; put a blank line between"
            page.report(item.first + at, "stray-text", message)


def _begins_with_text(item: Block) -> bool:
    return bool(item.inner) and item.inner[0].kind == "paragraph"
