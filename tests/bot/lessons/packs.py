"""Packs for the tests: one good pack as its files, and packs drawn by Hypothesis."""

from datetime import date

from hypothesis import strategies as st

from bot.lessons import markdown, patterns
from bot.lessons.content import Answer, Lesson, Option, Pack, Question, Topic
from bot.terms import QuestionForm

TODAY = date(2026, 11, 15)
"""The day on which the tests check packs."""

PACK_MD = """\
---
kind: pack
id: incidents
title: Incident basics
version: 1.0.0
language: en
owners: [ana]
reviewers: [sam]
licence: CC-BY-4.0
review_days: 180
recall_target: 0.90
topics:
  - id: triage
    title: Triage
  - id: writing
    title: Writing updates
    needs: [triage]
mentor: {mastery: 0.85, questions: 6}
---

How to act in the first minutes of an incident.
"""

LESSON_MD = """\
---
kind: lesson
id: severity
topic: triage
title: Pick the severity
objective: Choose a severity from customer impact within a minute.
minutes: 2
aliases: [sev, how bad is it]
sources: ["https://wiki.example.com/severity"]
reviewed: 2026-10-01
---

**Severity follows customer impact.**

![A ladder of three steps](../media/ladder.png)

## Questions

### partial-payments
Two in a hundred card payments fail. What severity?

- [ ] SEV1
  > Not yet: most people can still pay.
- [x] SEV2
- [ ] SEV3 #misconception:small-is-minor
  > A failed payment is a customer who can't pay.

> Paying is a main feature.

### slow-search
Search takes nine seconds for everybody. What severity?

variant-of: partial-payments

- [x] SEV2
- [ ] SEV3 #misconception:small-is-minor

> Slow for everybody is broken for many.

### first-word
What do you look at first?

= impact | customer impact | /customers?/

> Impact decides.

### gap
Severity follows {{impact|effect}}, not effort.

> The fix may be tiny.

### order
Put the first minutes in order.

1. Look
2. Decide
3. Tell

> Look first.
"""

ANSWER_MD = """\
---
kind: answer
id: who-decides
topic: triage
title: Who decides the severity?
aliases: [severity owner]
sources: ["https://wiki.example.com/severity"]
owner: ana
reviewed: 2026-10-01
---

Whoever is on call.
"""

GOOD = {
    "pack.md": PACK_MD,
    "lessons/01-severity.md": LESSON_MD,
    "answers/who-decides.md": ANSWER_MD,
}
"""A pack with nothing to mend."""

MEDIA = ("media/ladder.png",)
"""The pictures of the good pack."""

FRAGMENTS = (
    *("---", "...", "= a", "- [x] b", "- [ ] c #misconception:d", "> e", "### f", "## Questions"),
    *("{{g|h}}", "___", "variant-of: i", "#misconception:j", "<b>", "<!--", "&amp;", "[k](l)"),
    *("|", "\\", "/m|n/", "no", "1. o", "```", "~~~", "    p", "* q", "===", "![](r.png)", "`"),
    *("\u2028", "\ufeff", "\u00a0", "\u202e", "🙂", "ﬁ", "ß", "'", '"', ": ", " #", "%", "@", "!"),
)
"""Pieces of text that mean something to Markdown, to YAML, to Grove or to a terminal."""

SHARE = st.integers(0, 1_000).map(lambda thousandths: thousandths / 1_000)
KEBAB = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?", fullmatch=True)
SIGNS = st.characters(exclude_categories=("Cs", "Cc"))
LINE = (
    st.lists(st.sampled_from(FRAGMENTS) | st.text(SIGNS, max_size=6), min_size=1, max_size=5)
    .map("".join)
    .map(str.strip)
    .filter(bool)
)
MARKED = LINE.map(markdown.escape).filter(bool)
PATTERN = st.sampled_from(["/a|b/", "/colou?r/", r"/\|/", "/x y/"])


def _fenced(lines: list[str]) -> str:
    inside = "\n".join(line.replace("`", "'") for line in lines)
    return f"```\n{inside}\n```"


CODE = st.lists(LINE, max_size=3).map(_fenced)
PASSAGE = st.lists(MARKED | CODE, min_size=1, max_size=3).map("\n\n".join).map(markdown.tidy)
ACCEPTED = (
    st.lists(LINE | PATTERN, min_size=1, max_size=3)
    .map(tuple)
    .filter(lambda texts: patterns.split(patterns.join(texts)) == texts)
)
GAP = (
    st.lists(LINE.map(lambda text: text.translate({123: "(", 125: ")"})), min_size=1, max_size=3)
    .map(tuple)
    .filter(lambda texts: patterns.split(patterns.join(texts)) == texts)
)


@st.composite
def gapped(draw: st.DrawFn) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """A stem with gaps, and what is accepted in each of them."""
    gaps = tuple(draw(st.lists(GAP, min_size=1, max_size=3)))
    words = [draw(MARKED).replace("{", "(").replace("_", "-") for _ in gaps]
    return "\n\n".join(f"{word} ___ and" for word in words), gaps


@st.composite
def options(draw: st.DrawFn, rights: int) -> tuple[Option, ...]:
    """Options with so many right ones among them."""
    wrongs = draw(st.integers(0, 3))
    order = draw(st.permutations([True] * rights + [False] * wrongs))
    return tuple(
        Option(
            text=draw(MARKED),
            right=right,
            feedback=draw(MARKED | st.just("")),
            misconception=draw(KEBAB | st.just("")),
        )
        for right in order
    )


@st.composite
def questions(draw: st.DrawFn, slug: str) -> Question:
    """A question of any form, as an author could have written it."""
    form = draw(st.sampled_from(QuestionForm))
    rights = {QuestionForm.SINGLE: 1, QuestionForm.SEVERAL: 2}.get(form, 0)
    chosen = draw(options(rights)) if rights else ()
    stem, gaps = draw(gapped()) if form == QuestionForm.GAP else (draw(PASSAGE), ())
    steps = draw(st.lists(MARKED, min_size=1, max_size=5)) if form == QuestionForm.ORDER else []
    return Question(
        slug=slug,
        form=form,
        stem=stem,
        explanation=draw(PASSAGE | st.just("")),
        options=chosen,
        accepted=draw(ACCEPTED) if form == QuestionForm.TYPED else (),
        gaps=gaps,
        steps=tuple(steps),
        variant_of=draw(KEBAB | st.just("")),
    )


@st.composite
def lessons(draw: st.DrawFn, at: int, slug: str) -> Lesson:
    """A lesson with any texts and up to three questions."""
    slugs = draw(st.lists(KEBAB, max_size=2, unique=True))
    return Lesson(
        slug=slug,
        topic=draw(KEBAB),
        title=draw(LINE),
        objective=draw(LINE),
        minutes=draw(st.integers(1, 5)),
        body=draw(PASSAGE | st.just("")),
        questions=tuple(draw(questions(question)) for question in slugs),
        aliases=tuple(draw(st.lists(LINE, max_size=2))),
        sources=tuple(draw(st.lists(LINE, max_size=2))),
        reviewed=draw(st.dates() | st.none()),
        path=f"lessons/{at:02}-{slug}.md",
    )


@st.composite
def answers(draw: st.DrawFn, at: int, slug: str) -> Answer:
    """An answer with any texts."""
    return Answer(
        slug=slug,
        topic=draw(KEBAB),
        title=draw(LINE),
        body=draw(PASSAGE | st.just("")),
        aliases=tuple(draw(st.lists(LINE, max_size=2))),
        sources=tuple(draw(st.lists(LINE, max_size=2))),
        owner=draw(LINE | st.just("")),
        reviewed=draw(st.dates() | st.none()),
        path=f"answers/{at:02}-{slug}.md",
    )


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """A pack of any texts that can be written down."""
    lesson_slugs = draw(st.lists(KEBAB, max_size=2, unique=True))
    answer_slugs = draw(st.lists(KEBAB, max_size=2, unique=True))
    topics = draw(
        st.lists(st.builds(Topic, KEBAB, LINE, st.tuples(KEBAB) | st.just(())), max_size=3)
    )
    return Pack(
        slug=draw(KEBAB),
        title=draw(LINE),
        summary=draw(PASSAGE | st.just("")),
        version=draw(LINE),
        language=draw(LINE),
        owners=tuple(draw(st.lists(LINE, max_size=2))),
        reviewers=tuple(draw(st.lists(LINE, max_size=2))),
        licence=draw(LINE | st.just("")),
        review_days=draw(st.integers(0, 999_999_999)),
        recall_target=draw(SHARE),
        topics=tuple(topics),
        lessons=tuple(draw(lessons(at, slug)) for at, slug in enumerate(lesson_slugs, 1)),
        answers=tuple(draw(answers(at, slug)) for at, slug in enumerate(answer_slugs, 1)),
        mentor_mastery=draw(SHARE),
        mentor_questions=draw(st.integers(0, 999)),
    )
