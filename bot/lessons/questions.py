"""One question, read from the blocks under its `### id`.

### id             the heading
stem               paragraphs, code, bullets, quotes
variant-of: id     a line of its own, at the end of a paragraph
- [ ] / = / 1.     options, accepted answers or steps; none of them when the stem has {{gaps}}
> explanation      the last block
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.lessons import markdown, options, patterns
from bot.lessons.content import Question
from bot.lessons.markdown import Block, Page
from bot.terms import QuestionForm

GAP = "___"
"""What stands for a gap in the stem of a question."""

_ACCEPTED = re.compile(r"=(?:\s+(.*))?")
_VARIANT = re.compile(r"variant-of:\s*(\S*)")
_GAP = re.compile(r"\{\{([^{}\n]*)\}\}")
_UNDERSCORES = re.compile(r"_{3,}")


@dataclass(frozen=True, slots=True)
class _Part:
    """A block of a question, and from which line on a paragraph is answers or `variant-of`."""

    block: Block
    tail: int
    kind: str

    @property
    def is_tail(self) -> bool:
        return self.tail == self.block.first

    @property
    def is_answer(self) -> bool:
        return self.kind in {"options", "steps", "accepted"}


def read(page: Page, heading: Block, under: list[Block]) -> Question | None:
    """The question, or None when it has no kind of answer; problems go to the page."""
    has_explanation = bool(under) and under[-1].kind == "blockquote"
    parts = [_part(page, block) for block in (under[:-1] if has_explanation else under)]
    _report_misplaced(page, parts)
    end = under[-1].first if has_explanation else [heading, *under][-1].end
    question = Question(
        slug=heading.text.strip(),
        form=QuestionForm.GAP,
        stem=_stem(page, heading, parts, end),
        explanation=_explanation(page, under[-1]) if has_explanation else "",
        variant_of=_variant(page, parts),
        line=heading.first + 1,
    )
    return _with_answers(page, question, [part for part in parts if part.is_answer])


def _part(page: Page, block: Block) -> _Part:
    if block.kind == "paragraph":
        tail = _tail(page, block)
        lines = page.lines[tail : block.end]
        has_accepted = any(_ACCEPTED.fullmatch(line.strip()) for line in lines)
        return _Part(block, tail, "accepted" if has_accepted else "text")
    if block.kind == "ordered_list":
        return _Part(block, block.end, "steps")
    if block.kind == "bullet_list" and options.has_tasks(block):
        return _Part(block, block.end, "options")
    return _Part(block, block.end, "heading" if block.kind == "heading" else "text")


def _tail(page: Page, block: Block) -> int:
    """Where the trailing lines of a paragraph begin that are answers or `variant-of`."""
    tail = block.end
    while tail > block.first and _is_for_tail(page.lines[tail - 1]):
        tail -= 1
    for at in range(block.first, tail):
        if _is_for_tail(page.lines[at]):
            message = "text follows this line in its paragraph; put a blank line after it"
            page.report(at, "stray-text", message)
    return tail


def _stem(page: Page, heading: Block, parts: list[_Part], end: int) -> str:
    """Everything above the first answer, or above `end`, but `variant-of`."""
    before = _before_answers(parts)
    if len(before) < len(parts):
        first = parts[len(before)]
        end = first.tail if first.kind == "accepted" else first.block.first
    tails = set(_tail_lines(before))
    kept = [page.lines[at] for at in range(heading.end, end) if at not in tails]
    return markdown.tidy("\n".join(kept))


def _before_answers(parts: list[_Part]) -> list[_Part]:
    first = next((at for at, part in enumerate(parts) if part.is_answer), len(parts))
    return parts[:first]


def _explanation(page: Page, block: Block) -> str:
    return markdown.unquote(page.lines[block.first : block.end])


def _variant(page: Page, parts: list[_Part]) -> str:
    named = ""
    for at in _tail_lines(parts):
        line = _VARIANT.fullmatch(page.lines[at].strip())
        if line and (named or not line.group(1)):
            page.report(at, "variant-of", "'variant-of:' names one question; write one id after it")
        named = named or (line.group(1) if line else "")
    return named


def _with_answers(page: Page, question: Question, answers: list[_Part]) -> Question | None:
    if not answers:
        return _with_gaps(page, question)
    if _has_gap_in_prose(question.stem):
        _report_mixed(page, answers[0])
    match answers[0].kind:
        case "options":
            return _with_options(page, question, answers[0].block)
        case "steps":
            steps = tuple(options.steps(page, answers[0].block))
            return replace(question, form=QuestionForm.ORDER, steps=steps)
        case _:
            accepted = tuple(_accepted_lines(page, answers))
            typed = replace(question, form=QuestionForm.TYPED, accepted=accepted)
            return typed if accepted else None


def _has_gap_in_prose(stem: str) -> bool:
    """Whether `{{…}}` stands outside code, where it can only be meant as a gap."""
    in_code = [text for text, is_code in markdown.runs(stem) if is_code]
    return len(_GAP.findall(stem)) > sum(len(_GAP.findall(text)) for text in in_code)


def _with_options(page: Page, question: Question, block: Block) -> Question:
    read = tuple(options.read(page, block))
    is_several = sum(option.right for option in read) > 1
    form = QuestionForm.SEVERAL if is_several else QuestionForm.SINGLE
    return replace(question, form=form, options=read)


def _with_gaps(page: Page, question: Question) -> Question | None:
    at = question.line - 1
    written = _GAP.findall(question.stem)
    if not written:
        message = f"'{question.slug}' has no answer; write '- [x] …', '= …', '{{{{…}}}}' or '1. …'"
        page.report(at, "no-answer", message)
        return None
    stem = _GAP.sub(GAP, question.stem)
    if _UNDERSCORES.findall(stem) != [GAP] * len(written):
        message = "underscores touch a gap or look like one; put a space or a word between"
        page.report(at, "gap-underscore", message)
    gaps = tuple(tuple(_accepted(page, text, at)) if text.strip() else () for text in written)
    return replace(question, stem=stem, gaps=gaps)


def _accepted_lines(page: Page, answers: list[_Part]) -> Iterator[str]:
    for at in _tail_lines(part for part in answers if part.kind == "accepted"):
        if line := _ACCEPTED.fullmatch(page.lines[at].strip()):
            yield from _accepted(page, line.group(1) or "", at)


def _accepted(page: Page, text: str, at: int) -> Iterator[str]:
    for accepted in patterns.split(text):
        if accepted:
            yield accepted
        else:
            message = "an accepted answer is empty; write it or take out its bar '|'"
            page.report(at, "empty-accepted", message)


def _report_misplaced(page: Page, parts: list[_Part]) -> None:
    after = parts[len(_before_answers(parts)) :]
    for part in parts:
        if part.kind == "heading":
            message = "a heading inside a question; a question begins with '### id'"
            page.report(part.block.first, "heading", message)
    for part in after[1:]:
        if part.is_answer and part.kind != after[0].kind:
            _report_mixed(page, part)
        elif part.is_answer and part.kind != "accepted":
            message = "a second list of answers; make it one list"
            page.report(part.block.first, "two-lists", message)
        elif not part.is_tail and part.kind != "heading":
            message = "text after the answers; begin it with '>' or move it above them"
            page.report(part.block.first, "stray-text", message)


def _report_mixed(page: Page, part: _Part) -> None:
    message = "two kinds of answers in one question; keep one kind"
    page.report(part.block.first, "mixed-answers", message)


def _tail_lines(parts: Iterable[_Part]) -> Iterator[int]:
    for part in parts:
        yield from range(part.tail, part.block.end)


def _is_for_tail(line: str) -> bool:
    return bool(_ACCEPTED.fullmatch(line.strip()) or _VARIANT.fullmatch(line.strip()))
