"""A table of mistakes in questions, and the sentence that mends each: one long table."""

import pytest

from bot.lessons import checking, parsing
from tests.bot.lessons.packs import GOOD, MEDIA, TODAY

LESSON = "lessons/01-severity.md"

CASES = [
    (
        LESSON,
        "### first-word",
        "### First word",
        [
            "lessons/01-severity.md:40: 'First word' is no id; use small letters, digits and '-', at most 48"
        ],
    ),
    (
        LESSON,
        "### first-word",
        "### gap",
        [
            "lessons/01-severity.md:47: the id 'gap' is taken by lessons/01-severity.md:40; choose another"
        ],
    ),
    (
        LESSON,
        "Two in a hundred card payments fail. What severity?",
        "Two in a hundred. " * 20,
        ["lessons/01-severity.md:19: the stem has 359 characters; shorten it to 300"],
    ),
    (
        LESSON,
        "Two in a hundred card payments fail. What severity?\n",
        "",
        [
            "lessons/01-severity.md:19: 'partial-payments' has no stem; write what is asked below the heading"
        ],
    ),
    (
        LESSON,
        "> Paying is a main feature.\n",
        "",
        [
            "lessons/01-severity.md:19: 'partial-payments' has no explanation; end the question with '> …'"
        ],
    ),
    (
        LESSON,
        "- [x] SEV2\n- [ ] SEV3 #misconception:small-is-minor\n  >",
        "- [ ] SEV2\n- [ ] SEV3 #misconception:small-is-minor\n  >",
        [
            "lessons/01-severity.md:19: 'partial-payments' has no correct option; mark it with '- [x]'"
        ],
    ),
    (
        LESSON,
        "- [ ] SEV1\n",
        "- SEV1\n",
        [
            "lessons/01-severity.md:22: an option without '[ ]' or '[x]'; write '- [ ] …' or '- [x] …'"
        ],
    ),
    (
        LESSON,
        "- [ ] SEV1\n",
        "- [ ] SEV2\n",
        ["lessons/01-severity.md:24: the option 'SEV2' stands twice; change or remove one"],
    ),
    (
        LESSON,
        "- [ ] SEV1\n",
        "- [ ]\n",
        ["lessons/01-severity.md:22: an option has no text; write it or remove the option"],
    ),
    (
        LESSON,
        "- [ ] SEV1\n",
        "- [ ] SEV1\n- [ ] SEV4\n- [ ] SEV5\n- [ ] SEV6\n",
        ["lessons/01-severity.md:19: 'partial-payments' has 6 options; keep 5"],
    ),
    (
        LESSON,
        "> Not yet: most people can still pay.",
        "Not yet.\n\n  Most can pay.",
        [
            "lessons/01-severity.md:25: under an option stands one paragraph of feedback; write '  > …' and no more"
        ],
    ),
    (
        LESSON,
        "- [ ] SEV1\n",
        "- [ ] SEV1 #misconception:\n",
        [
            "lessons/01-severity.md:22: '#misconception:' has no name; write #misconception:small-words"
        ],
    ),
    (
        LESSON,
        "- [ ] SEV1\n",
        "- [ ] SEV1 #misconception:small_minds\n",
        [
            "lessons/01-severity.md:22: 'small_minds' is no name; write #misconception:small-words",
            "lessons/01-severity.md:22: 'small_minds' is named in one question only; name it in another",
        ],
    ),
    (
        LESSON,
        "- [ ] SEV1\n",
        "- [ ] #misconception:small-is-minor\n",
        ["lessons/01-severity.md:22: an option has no text; write it or remove the option"],
    ),
    (
        LESSON,
        "- [x] SEV2\n- [ ] SEV3 #misconception:small-is-minor\n\n",
        "- [x] SEV2 #misconception:small-is-minor\n- [ ] SEV3\n\n",
        [
            "lessons/01-severity.md:35: a correct option cannot show a misconception; move the mark to a wrong one"
        ],
    ),
    (
        LESSON,
        "SEV3 #misconception:small-is-minor\n\n",
        "SEV3\n\n",
        [
            "lessons/01-severity.md:25: 'small-is-minor' is named in one question only; name it in another"
        ],
    ),
    (
        LESSON,
        "- [x] SEV2\n- [ ] SEV3 #misconception:small-is-minor\n\n> Slow",
        "- [x] SEV2\n- [ ] SEV3 #misconception:small-is-minor\n\nSo.\n\n> Slow",
        [
            "lessons/01-severity.md:38: text after the answers; begin it with '>' or move it above them"
        ],
    ),
    (
        LESSON,
        "- [x] SEV2\n- [ ] SEV3 #misconception:small-is-minor\n\n> Slow",
        "1. SEV2\n2. SEV3\n3. SEV4\n\n- [x] a\n- [ ] b #misconception:small-is-minor\n\n> Slow",
        [
            "lessons/01-severity.md:39: two kinds of answers in one question; keep one kind",
            "lessons/01-severity.md:25: 'small-is-minor' is named in one question only; name it in another",
        ],
    ),
    (
        LESSON,
        "variant-of: partial-payments",
        "variant-of: partial",
        [
            "lessons/01-severity.md:30: 'variant-of: partial' names no question of this lesson; mend the id"
        ],
    ),
    (
        LESSON,
        "variant-of: partial-payments",
        "variant-of: slow-search",
        [
            "lessons/01-severity.md:30: 'slow-search' is a variant of itself; name the question it varies"
        ],
    ),
    (
        LESSON,
        "variant-of: partial-payments",
        "variant-of:",
        ["lessons/01-severity.md:33: 'variant-of:' names one question; write one id after it"],
    ),
    (
        LESSON,
        "variant-of: partial-payments\n\n- [x] SEV2",
        "- [x] SEV2\nvariant-of: partial-payments",
        [
            "lessons/01-severity.md:34: this line belongs to the item above it; put a blank line between",
            "lessons/01-severity.md:30: the correct option is much the longest (33 to 4); shorten it",
        ],
    ),
    (
        LESSON,
        "= impact | customer impact | /customers?/",
        "",
        [
            "lessons/01-severity.md:40: 'first-word' has no answer; write '- [x] …', '= …', '{{…}}' or '1. …'"
        ],
    ),
    (
        LESSON,
        "= impact | customer impact | /customers?/",
        "= impact |",
        [
            "lessons/01-severity.md:43: an accepted answer is empty; write it or take out its bar '|'"
        ],
    ),
    (
        LESSON,
        "= impact | customer impact | /customers?/",
        "= impact | Impact!",
        [
            "lessons/01-severity.md:40: the answer 'impact' stands twice (case is forgiven); remove one"
        ],
    ),
    (
        LESSON,
        "= impact | customer impact | /customers?/",
        "= ...",
        [
            "lessons/01-severity.md:40: the answer '...' is punctuation only; accept a word or a pattern"
        ],
    ),
    (
        LESSON,
        "= impact | customer impact | /customers?/",
        "= /(a+)+/",
        [
            "lessons/01-severity.md:40: the pattern repeats a group that has choices; use […] or write it out"
        ],
    ),
    (
        LESSON,
        "= impact | customer impact | /customers?/",
        "= /(a/",
        [
            "lessons/01-severity.md:40: the pattern is not a regular expression; check its brackets and backslashes"
        ],
    ),
    (
        LESSON,
        "= impact | customer impact | /customers?/",
        "= impact\nor so",
        [
            "lessons/01-severity.md:40: 'first-word' has no answer; write '- [x] …', '= …', '{{…}}' or '1. …'",
            "lessons/01-severity.md:43: text follows this line in its paragraph; put a blank line after it",
        ],
    ),
    (
        LESSON,
        "{{impact|effect}}",
        "{{}}",
        ["lessons/01-severity.md:47: 'gap' has an empty gap or answer; write what is accepted"],
    ),
    (
        LESSON,
        "{{impact|effect}}",
        "_{{impact}}_",
        [
            "lessons/01-severity.md:47: underscores touch a gap or look like one; put a space or a word between"
        ],
    ),
    (LESSON, "3. Tell\n", "", ["lessons/01-severity.md:52: 'order' has 2 steps; use 3 to 7"]),
    (
        LESSON,
        "3. Tell\n",
        "3. Look\n",
        [
            "lessons/01-severity.md:52: the step 'Look' stands twice; its place cannot be told, so reword one"
        ],
    ),
    (
        LESSON,
        "3. Tell\n",
        "3. Tell\n\n   Everybody\n",
        [
            "lessons/01-severity.md:57: a step is one paragraph; write '1. …' and no more",
            "lessons/01-severity.md:52: 'order' has 2 steps; use 3 to 7",
        ],
    ),
    (
        LESSON,
        "Put the first minutes in order.",
        "#### Put the first minutes in order.",
        ["lessons/01-severity.md:53: a heading inside a question; a question begins with '### id'"],
    ),
    (
        LESSON,
        "- [x] SEV2\n- [ ] SEV3 #misconception:small-is-minor\n\n",
        "- [x] SEV2, because it is slow for everybody\n- [ ] SEV3 #misconception:small-is-minor\n\n",
        ["lessons/01-severity.md:30: the correct option is much the longest (38 to 4); shorten it"],
    ),
    (
        LESSON,
        "- [ ] SEV1\n",
        "- [ ] All of the above\n",
        [
            "lessons/01-severity.md:22: 'All of the above' rewards half knowledge; mark several options '[x]'"
        ],
    ),
    (
        LESSON,
        "Two in a hundred card payments fail. What severity?",
        "Which of these is not a severity?",
        ["lessons/01-severity.md:19: the stem asks for what is not so; ask for what is"],
    ),
    (
        LESSON,
        "Two in a hundred card payments fail. What severity?",
        "Is this SEV2?",
        ["lessons/01-severity.md:19: the answer 'SEV2' stands in the stem; reword one of them"],
    ),
]
"""Which file, what stands there, what an author wrote instead, and what Grove says to it."""


@pytest.mark.parametrize(("path", "good", "bad", "said"), CASES)
def test_a_mistake_in_a_question_is_named_with_its_line_and_its_mend(
    path: str, good: str, bad: str, said: list[str]
) -> None:
    files = GOOD | {path: GOOD[path].replace(good, bad, 1)}

    pack, problems = parsing.parse(files, MEDIA)
    checked = checking.check(pack, TODAY) if pack else ()

    assert [str(problem) for problem in (*problems, *checked)] == said
