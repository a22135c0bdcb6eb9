"""A table of mistakes in packs and lessons, and the sentence that mends each: one long table."""

import pytest

from bot.lessons import checking, parsing
from tests.bot.lessons.packs import GOOD, MEDIA, TODAY

PACK = "pack.md"
LESSON = "lessons/01-severity.md"
ANSWER = "answers/who-decides.md"

CASES = [
    (
        PACK,
        "---\nkind",
        "kind",
        ["pack.md:1: no front matter; begin the file with '---', 'key: value' lines and '---'"],
    ),
    (
        PACK,
        "kind: pack",
        "kind: lesson",
        ["pack.md:2: 'kind: lesson' is not for this place; write 'kind: pack'"],
    ),
    (PACK, "id: incidents\n", "", ["pack.md:1: 'id' is missing; add 'id: …'"]),
    (
        PACK,
        "id: incidents",
        "id: Incident Basics",
        ["pack.md:3: 'Incident Basics' is no id; use small letters, digits and '-', at most 48"],
    ),
    (
        PACK,
        "version: 1.0.0",
        "version: 1.0",
        ["pack.md:5: the version '1.0' is not three numbers; write 1.0.0"],
    ),
    (
        PACK,
        "language: en",
        "language: english",
        ["pack.md:6: the language 'english' is no language tag; write en, de or pt-BR"],
    ),
    (PACK, "owners: [ana]\n", "", ["pack.md:1: the pack has no owner; add 'owners: [name]'"]),
    (
        PACK,
        "owners: [ana]",
        "owners: ana",
        [
            "pack.md:7: 'owners' is a list; write 'owners: [one, two]'",
            "pack.md:7: the pack has no owner; add 'owners: [name]'",
        ],
    ),
    (
        PACK,
        "owners: [ana]",
        "owner: [ana]",
        [
            "pack.md:7: 'owner' means nothing here; did you mean 'owners'?",
            "pack.md:1: the pack has no owner; add 'owners: [name]'",
        ],
    ),
    (
        PACK,
        "owners: [ana]",
        "owners: [ana]\nowners: [sam]",
        ["pack.md:8: 'owners' stands twice; keep one of them"],
    ),
    (
        PACK,
        "title: Incident basics",
        "title: &name Incidents",
        ["pack.md:4: anchors (&) and aliases (*) are not read; put the text in quotes"],
    ),
    (
        PACK,
        "title: Incident basics",
        "title: !!str Incidents",
        ["pack.md:4: tags (!) are not read; put the text in quotes"],
    ),
    (
        PACK,
        "title: Incident basics",
        "title:\tIncidents",
        ["pack.md:4: a tab in the front matter; put spaces in its place"],
    ),
    (
        PACK,
        "title: Incident basics",
        "title: Incidents: basics",
        ["pack.md:4: the front matter is not readable here; put texts with ':' or '#' in quotes"],
    ),
    (
        PACK,
        "title: Incident basics",
        "title: |\n  Incident\n  basics",
        ["pack.md:4: 'title' is one line; take out the line breaks"],
    ),
    (
        PACK,
        "title: Incident basics",
        "title: {a: b}",
        ["pack.md:4: 'title' is one text; write 'title: …' on one line"],
    ),
    (
        PACK,
        "review_days: 180",
        "review_days: half a year",
        ["pack.md:10: 'review_days' is a whole number, such as 2"],
    ),
    (
        PACK,
        "review_days: 180",
        "review_days: 0",
        ["pack.md:10: the review interval is 1 to 3650 days; 180 suits most packs"],
    ),
    (
        PACK,
        "recall_target: 0.90",
        "recall_target: 0,9",
        ["pack.md:11: 'recall_target' is a number, such as 0.90"],
    ),
    (
        PACK,
        "recall_target: 0.90",
        "recall_target: 0.99",
        ["pack.md:11: the recall target is between 0.80 and 0.95; 0.90 suits most packs"],
    ),
    (
        PACK,
        "mastery: 0.85",
        "mastery: 85",
        [
            "pack.md:18: a mastery below 1 and 1 to 100 questions; write {mastery: 0.85, questions: 6}"
        ],
    ),
    (
        PACK,
        "mentor: {mastery: 0.85, questions: 6}",
        "mentor: yes",
        ["pack.md:18: 'mentor' holds keys and values; write each as 'key: value'"],
    ),
    (
        PACK,
        "needs: [triage]",
        "needs: [triag]",
        ["pack.md:15: 'needs: triag' names no topic of this pack; mend the id"],
    ),
    (
        PACK,
        "    title: Triage\n",
        "    title: Triage\n    needs: [writing]\n",
        [
            "pack.md:13: these topics need each other or themselves: triage, writing; take out one of the needs"
        ],
    ),
    (
        PACK,
        "- id: writing",
        "- id: triage",
        [
            "pack.md:13: these topics need each other or themselves: triage; take out one of the needs",
            "pack.md:15: the id 'triage' is taken by pack.md:13; choose another",
        ],
    ),
    (
        PACK,
        "How to act",
        "<b>How</b> to act",
        ["pack.md:21: raw HTML '<b>' is not shown; put it in `…` or remove it"],
    ),
    (
        LESSON,
        "---\nkind: lesson",
        "kind: lesson",
        [
            "lessons/01-severity.md:1: no front matter; begin the file with '---', 'key: value' lines and '---'"
        ],
    ),
    (
        LESSON,
        "topic: triage",
        "topic: triaging",
        [
            "lessons/01-severity.md:4: the topic 'triaging' is not in pack.md; add it there or mend its name"
        ],
    ),
    (
        LESSON,
        "reviewed: 2026-10-01",
        "reviewed: 2026-13-01",
        [
            "lessons/01-severity.md:10: 'reviewed' is a date that exists, such as 2026-10-01",
            "lessons/01-severity.md:10: never reviewed; add 'reviewed:' with the date somebody checked it",
        ],
    ),
    (
        LESSON,
        "reviewed: 2026-10-01",
        "reviewed: 2026-01-01",
        [
            "lessons/01-severity.md:10: last reviewed on 2026-01-01, more than 180 days ago; check it and set the date"
        ],
    ),
    (
        LESSON,
        "reviewed: 2026-10-01\n",
        "",
        [
            "lessons/01-severity.md:1: never reviewed; add 'reviewed:' with the date somebody checked it"
        ],
    ),
    (
        LESSON,
        "minutes: 2",
        "minutes: 20",
        ["lessons/01-severity.md:7: a lesson takes 1 to 5 minutes; split a longer one"],
    ),
    (
        LESSON,
        "https://wiki.example.com/severity",
        "wiki/severity",
        [
            "lessons/01-severity.md:9: 'wiki/severity' is no http(s) address and no file of the pack; mend it"
        ],
    ),
    (
        LESSON,
        'sources: ["https://wiki.example.com/severity"]\n',
        "",
        [
            "lessons/01-severity.md:1: no source; add 'sources: [https://…]' so that a reader can check it"
        ],
    ),
    (
        LESSON,
        "objective: Choose",
        "objektive: Choose",
        [
            "lessons/01-severity.md:1: 'objective' is missing; add 'objective: …'",
            "lessons/01-severity.md:6: 'objektive' means nothing here; did you mean 'objective'?",
        ],
    ),
    (
        LESSON,
        "**Severity follows customer impact.**",
        "word " * 300,
        [
            "lessons/01-severity.md:13: the lesson has 1549 characters; shorten it to 1200 or split it"
        ],
    ),
    (
        LESSON,
        "**Severity follows customer impact.**\n\n![A ladder of three steps](../media/ladder.png)\n",
        "",
        ["lessons/01-severity.md:14: no text; write the idea or the answer below the front matter"],
    ),
    (
        LESSON,
        "![A ladder of three steps]",
        "![]",
        ["lessons/01-severity.md:15: an image without alternative text; write ![what it shows](…)"],
    ),
    (
        LESSON,
        "../media/ladder.png",
        "../media/lader.png",
        [
            "lessons/01-severity.md:15: '../media/lader.png' is not in media/; add the file or mend its name"
        ],
    ),
    (
        LESSON,
        "**Severity follows customer impact.**",
        "Use git push <branch>.",
        ["lessons/01-severity.md:13: raw HTML '<branch>' is not shown; put it in `…` or remove it"],
    ),
    (
        LESSON,
        "**Severity follows customer impact.**",
        "[Ask](mailto:ana@example.com)",
        [
            "lessons/01-severity.md:13: 'mailto:ana@example.com' is no http(s) address and not in media/; mend it"
        ],
    ),
    (
        LESSON,
        "**Severity follows customer impact.**",
        "[Ask](javascript:alert)",
        [
            "lessons/01-severity.md:13: 'javascript:alert' is no http(s) address and not in media/; mend it"
        ],
    ),
    (
        LESSON,
        "**Severity",
        "\x07**Severity",
        ["lessons/01-severity.md:13: a control character U+0007; take it out"],
    ),
    (
        LESSON,
        "## Questions",
        "### Questions",
        [
            "lessons/01-severity.md:17: questions begin with '## Questions'; write it like that",
            "lessons/01-severity.md:6: the lesson has no questions, so it will be forgotten; add two or more",
        ],
    ),
    (
        LESSON,
        "## Questions",
        "## Questions\n\nSome text.",
        ["lessons/01-severity.md:19: text before the first question; begin with '### id'"],
    ),
    (
        LESSON,
        "### slow-search",
        "## More",
        [
            "lessons/01-severity.md:30: another part after '## Questions'; a question begins with '### id'",
            "lessons/01-severity.md:25: 'small-is-minor' is named in one question only; name it in another",
        ],
    ),
    (
        ANSWER,
        "kind: answer",
        "kind: lesson",
        ["answers/who-decides.md:2: 'kind: lesson' is not for this place; write 'kind: answer'"],
    ),
    (
        ANSWER,
        "topic: triage",
        "topic: nothing",
        [
            "answers/who-decides.md:4: the topic 'nothing' is not in pack.md; add it there or mend its name"
        ],
    ),
    (
        ANSWER,
        "Whoever is on call.",
        "",
        ["answers/who-decides.md:11: no text; write the idea or the answer below the front matter"],
    ),
]
"""Which file, what stands there, what an author wrote instead, and what Grove says to it."""


@pytest.mark.parametrize(("path", "good", "bad", "said"), CASES)
def test_a_mistake_in_a_pack_is_named_with_its_line_and_its_mend(
    path: str, good: str, bad: str, said: list[str]
) -> None:
    files = GOOD | {path: GOOD[path].replace(good, bad, 1)}

    pack, problems = parsing.parse(files, MEDIA)
    checked = checking.check(pack, TODAY) if pack else ()

    assert [str(problem) for problem in (*problems, *checked)] == said


def test_a_good_pack_has_nothing_to_mend() -> None:
    pack, problems = parsing.parse(GOOD, MEDIA)

    assert pack
    assert (*problems, *checking.check(pack, TODAY)) == ()


def test_all_mistakes_are_named_at_once() -> None:
    files = {path: text.replace("topic: triage", "topic: other") for path, text in GOOD.items()}

    pack, _ = parsing.parse(files | {"notes.md": "Hello."}, MEDIA)

    assert pack
    assert [problem.path for problem in checking.check(pack, TODAY)] == [ANSWER, LESSON]


def test_a_file_that_nobody_reads_is_named() -> None:
    _, problems = parsing.parse(GOOD | {"lessons/deep/a.md": "Hello."}, MEDIA)

    assert [str(problem) for problem in problems] == [
        "lessons/deep/a.md: Markdown is read in lessons/ and answers/ only; move or remove this file"
    ]


def test_without_pack_md_there_is_no_pack() -> None:
    pack, problems = parsing.parse({"lessons/01-severity.md": GOOD[LESSON]})

    assert pack is None
    assert [str(problem) for problem in problems] == [
        "pack.md: pack.md is missing or not readable; add it with id, title, version and owners"
    ]


def test_lessons_stand_in_the_order_of_their_numbers() -> None:
    lesson = GOOD[LESSON]
    files = {
        f"lessons/{name}.md": lesson.replace("id: severity", f"id: {name}")
        for name in ("10-c", "2-b", "01-a")
    }

    pack, _ = parsing.parse({"pack.md": GOOD[PACK]} | files)

    assert pack
    assert [each.slug for each in pack.lessons] == ["01-a", "2-b", "10-c"]
