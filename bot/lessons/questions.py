"""One question, read from the blocks under its `### id`.

    ### id             the heading
    stem               paragraphs, code, bullets, quotes
    variant-of: id     a line of its own, at the end of a paragraph
    - [ ] / = / 1.     options, accepted answers or steps; none of them when the stem has {{gaps}}
    > explanation      the last block
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.lessons import markdown, patterns
from bot.lessons.content import Option, Problem, Question, error
from bot.lessons.markdown import Block
from bot.terms import QuestionForm

_TASK = re.compile(r"\[([ xX])\](?:\s+(.*))?", re.DOTALL)
_ACCEPTED = re.compile(r"=(?:\s+(.*))?")
_VARIANT = re.compile(r"variant-of:\s*(\S*)")
_MISCONCEPTION = re.compile(r"(?:(.*)\s)?#misconception:(\S*)")
_GAP = re.compile(r"\{\{([^{}\n]*)\}\}")
_UNDERSCORES = re.compile(r"_{3,}")

GAP = "___"
"""What stands for a gap in the stem of a question."""


def read(
    path: str, lines: list[str], heading: Block, under: list[Block], found: list[Problem]
) -> Question | None:
    """The question, or None when it has no kind of answer; problems are added to `found`."""
    return _Asked(path, lines, heading, under, found).question()


@dataclass(frozen=True, slots=True)
class _Tail:
    """The lines at the end of a paragraph that are not stem: accepted answers and `variant-of`."""

    first: int
    accepted: tuple[str, ...] = ()
    has_accepted: bool = False
    variant_of: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The blocks of one question and where to report what is wrong with them."""

    path: str
    lines: list[str]
    heading: Block
    under: list[Block]
    found: list[Problem]

    def question(self) -> Question | None:
        """Stem, answers and explanation put together."""
        has_explanation = bool(self.under) and self.under[-1].kind == "blockquote"
        blocks = self.under[:-1] if has_explanation else self.under
        end = blocks[-1].end if blocks else self.heading.end
        tails = {block.first: self._tail(block) for block in blocks if block.kind == "paragraph"}
        answers = [block for block in blocks if self._is_answer(block, tails)]
        base = Question(
            slug=self.heading.text.strip(),
            form=QuestionForm.GAP,
            stem=self._stem(answers, tails, end),
            explanation=self._explanation() if has_explanation else "",
            variant_of=next((tail.variant_of for tail in tails.values() if tail.variant_of), ""),
            line=self.heading.first + 1,
        )
        self._report_strays(blocks, answers, tails)
        return self._with_answers(base, answers, tails)

    def _with_answers(
        self, base: Question, answers: list[Block], tails: dict[int, _Tail]
    ) -> Question | None:
        if not answers:
            return self._with_gaps(base)
        if any(_GAP.search(text) for text in markdown.prose(base.stem)):
            self._mixed(answers[0])
        match answers[0].kind:
            case "bullet_list":
                return self._with_options(base, answers[0])
            case "ordered_list":
                steps = tuple(self._steps(answers[0]))
                return replace(base, form=QuestionForm.ORDER, steps=steps)
            case _:
                accepted = tuple(text for tail in tails.values() for text in tail.accepted)
                return replace(base, form=QuestionForm.TYPED, accepted=accepted)

    def _with_options(self, base: Question, block: Block) -> Question:
        options = tuple(self._options(block))
        is_several = sum(option.right for option in options) > 1
        form = QuestionForm.SEVERAL if is_several else QuestionForm.SINGLE
        return replace(base, form=form, options=options)

    def _with_gaps(self, base: Question) -> Question | None:
        written = _GAP.findall(base.stem)
        if not written:
            message = (
                f"'{base.slug}' has no answer; write options as '- [x] …' and '- [ ] …', "
                "a typed answer as '= …', a gap as '{{…}}' or steps as '1. …'"
            )
            self._report(self.heading.first, "no-answer", message)
            return None
        stem = _GAP.sub(GAP, base.stem)
        if _UNDERSCORES.findall(stem) != [GAP] * len(written):
            message = "an underscore touches a gap or looks like one; put a space or a word between"
            self._report(self.heading.first, "gap-underscore", message)
        gaps = tuple(self._accepted(text, self.heading.first) for text in written)
        return replace(base, stem=stem, gaps=gaps)

    def _stem(self, answers: list[Block], tails: dict[int, _Tail], end: int) -> str:
        first = self.heading.end
        stop = answers[0].first if answers else end
        if answers and answers[0].first in tails:
            stop = tails[stop].first
        dropped = {
            line
            for block_first, tail in tails.items()
            if block_first < stop
            for line in self._variant_lines(tail)
        }
        kept = [self.lines[at] for at in range(first, stop) if at not in dropped]
        return markdown.tidy("\n".join(kept))

    def _variant_lines(self, tail: _Tail) -> Iterator[int]:
        at = tail.first
        while tail.variant_of and at < len(self.lines) and self.lines[at].strip():
            if _VARIANT.fullmatch(self.lines[at].strip()):
                yield at
            at += 1

    def _tail(self, block: Block) -> _Tail:
        """The trailing lines of the paragraph that are answers or `variant-of`."""
        first = block.end
        while first > block.first and _is_tail(self.lines[first - 1].strip()):
            first -= 1
        tail = _Tail(first)
        for at in range(first, block.end):
            tail = self._added(tail, at)
        for at in range(block.first, first):
            if _is_tail(self.lines[at].strip()):
                message = "text follows this line; put the line at the end, before a blank line"
                self._report(at, "stray-text", message)
        return tail

    def _added(self, tail: _Tail, at: int) -> _Tail:
        line = self.lines[at].strip()
        if variant := _VARIANT.fullmatch(line):
            if not variant.group(1):
                self._report(at, "missing", "'variant-of:' names no question; add its id")
            return replace(tail, variant_of=variant.group(1))
        written = _ACCEPTED.fullmatch(line)
        accepted = self._accepted((written.group(1) if written else "") or "", at)
        return replace(tail, accepted=tail.accepted + accepted, has_accepted=True)

    def _accepted(self, text: str, at: int) -> tuple[str, ...]:
        accepted = patterns.split(text)
        if not all(accepted):
            message = "an accepted answer is empty; write it, or take out the bar '|'"
            self._report(at, "empty-accepted", message)
        return tuple(one for one in accepted if one)

    def _is_answer(self, block: Block, tails: dict[int, _Tail]) -> bool:
        match block.kind:
            case "bullet_list":
                return any(_TASK.fullmatch(item.text) for item in block.inner)
            case "ordered_list":
                return True
            case "paragraph":
                return tails[block.first].has_accepted
            case _:
                return False

    def _options(self, block: Block) -> Iterator[Option]:
        for item in block.inner:
            task = _TASK.fullmatch(item.text) if _first(item) == "paragraph" else None
            if not task:
                message = "an option without '[ ]' or '[x]'; write '- [ ] …' or '- [x] …'"
                self._report(item.first, "not-an-option", message)
                continue
            self._report_swallowed(item)
            text = markdown.one_line(task.group(2) or "")
            marked = _MISCONCEPTION.fullmatch(text)
            yield Option(
                text=(marked.group(1) or "").strip() if marked else text,
                right=task.group(1) != " ",
                feedback=self._feedback(item),
                misconception=marked.group(2) if marked else "",
                line=item.first + 1,
            )

    def _feedback(self, item: Block) -> str:
        rest = item.inner[1:]
        if not rest:
            return ""
        quoted = rest[0].inner if rest[0].kind == "blockquote" else []
        if len(rest) > 1 or len(quoted) != 1 or quoted[0].kind != "paragraph":
            message = "under an option stands one paragraph of feedback; write '  > …' and no more"
            self._report(rest[0].first, "not-feedback", message)
            return ""
        return markdown.one_line(quoted[0].text)

    def _steps(self, block: Block) -> Iterator[str]:
        for item in block.inner:
            if [inner.kind for inner in item.inner] == ["paragraph"]:
                self._report_swallowed(item)
                yield markdown.one_line(item.text)
            else:
                message = "a step is one paragraph; write '1. …' and no more"
                self._report(item.first, "not-a-step", message)

    def _explanation(self) -> str:
        block = self.under[-1]
        return markdown.unquote(self.lines[block.first : block.end])

    def _report_strays(
        self, blocks: list[Block], answers: list[Block], tails: dict[int, _Tail]
    ) -> None:
        begun = False
        for block in blocks:
            begun = begun or block in answers
            if block.kind == "heading":
                message = "a heading inside a question; questions begin with '### id'"
                self._report(block.first, "heading", message)
            elif block in answers and block.kind != answers[0].kind:
                self._mixed(block)
            elif block in answers and block is not answers[0] and block.kind != "paragraph":
                self._report(block.first, "two-lists", "a second list of answers; make it one list")
            elif begun and not (block.first in tails and tails[block.first].first == block.first):
                if block is not answers[0]:
                    message = "text after the answers; begin it with '>' or move it into the stem"
                    self._report(block.first, "stray-text", message)

    def _report_swallowed(self, item: Block) -> None:
        """Lines meant for the question that Markdown counts to the option or step above them."""
        for line in item.text.split("\n")[1:]:
            if _is_tail(line.strip()):
                message = "this line belongs to the item above; put a blank line before it"
                self._report(item.first, "stray-text", message)

    def _mixed(self, block: Block) -> None:
        message = "two kinds of answers in one question; keep one kind"
        self._report(block.first, "mixed-answers", message)

    def _report(self, at: int, code: str, message: str) -> None:
        self.found.append(error(self.path, at + 1, code, message))


def _is_tail(line: str) -> bool:
    return bool(_ACCEPTED.fullmatch(line) or _VARIANT.fullmatch(line))


def _first(item: Block) -> str:
    return item.inner[0].kind if item.inner else ""
