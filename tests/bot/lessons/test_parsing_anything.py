"""Whatever a folder holds, reading it says what is wrong and never fails."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.lessons import checking, parsing, writing
from tests.bot.lessons.packs import FRAGMENTS, GOOD, LESSON_MD, MEDIA, PACK_MD, TODAY

ANY_TEXT = st.text(max_size=80) | st.text(st.characters(), max_size=20)
LINES = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=4).map(" ".join)
PATHS = st.sampled_from([*GOOD, "lessons/a.md", "lessons/0.md", "x.md"]) | st.text(max_size=12)


@settings(deadline=None)
@given(
    st.dictionaries(PATHS, ANY_TEXT | LINES, max_size=5), st.lists(st.text(max_size=9), max_size=3)
)
def test_any_files_are_read_without_failing(texts: dict[str, str], media: list[str]) -> None:
    pack, problems = parsing.parse(texts, media)

    assert pack or problems


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_any_change_to_a_good_file_is_read_checked_and_written(
    path: str, data: st.DataObject
) -> None:
    text = GOOD[path]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 30, len(text))))
    changed = text[:start] + data.draw(LINES | ANY_TEXT) + text[end:]

    pack, _ = parsing.parse(GOOD | {path: changed}, MEDIA)

    if pack:
        checking.check(pack, TODAY)
        writing.write(pack)


@settings(deadline=None)
@given(st.lists(LINES, max_size=12).map("\n".join))
def test_any_front_matter_is_read_without_failing(matter: str) -> None:
    texts = {"pack.md": f"---\n{matter}\n---\n", "lessons/a.md": f"---\n{matter}\n---\n"}

    _, problems = parsing.parse(texts)

    assert {problem.path for problem in problems} <= {*texts, "."}


def test_a_very_deep_file_is_refused_calmly() -> None:
    deep = "---\ntopics: " + "[" * 5_000 + "\n---\n" + "> " * 5_000 + "- " * 5_000

    pack, problems = parsing.parse({"pack.md": deep, "lessons/a.md": LESSON_MD})

    assert pack is None
    assert "pack.md:2: the front matter is nested too deep; flatten it" in map(str, problems)


def test_a_number_too_large_to_be_one_is_refused_calmly() -> None:
    huge = PACK_MD.replace("180", "9" * 5_000).replace("0.90", "1e999")

    _, problems = parsing.parse({"pack.md": huge})

    assert [str(problem) for problem in problems] == [
        "pack.md:10: 'review_days' is a whole number, such as 2",
        "pack.md:11: 'recall_target' is a number, such as 0.90",
    ]
