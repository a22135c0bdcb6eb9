"""What an answer is worth, and how plain words are understood as one."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from bot.lessons import parsing, patterns
from bot.lessons.content import Option, Question
from bot.quizzes import grading, replies, spelling
from bot.quizzes.grading import Chosen, Filled, Given, NotSure, Ordered, Typed
from bot.quizzes.layout import LETTERS
from bot.terms import QuestionForm, Verdict

PACKS = Path(__file__).parents[3] / "packs"

SEVERITY = Question(
    "partial-payments",
    QuestionForm.SINGLE,
    "Two in a hundred card payments fail. What severity?",
    "Impact decides.",
    options=(
        Option("SEV1", right=False, feedback="Not yet."),
        Option("SEV2", right=True),
        Option("SEV3", right=False, feedback="Still customers.", misconception="small-is-minor"),
    ),
)
BELONGS = Question(
    "belongs",
    QuestionForm.SEVERAL,
    "What belongs in that commit?",
    "All the fix needs.",
    options=(
        Option("The test that shows it", right=True),
        Option("A new library, since you're at it", right=False, feedback="It goes with it."),
        Option("A tidier layout", right=False, feedback="It hides it.", misconception="all-in"),
        Option("The corrected sum", right=True),
    ),
)
STEPS = Question(
    "order",
    QuestionForm.ORDER,
    "In which order?",
    "Safety first.",
    steps=("Stop the spread", "Tell the lead", "Write it down", "Look for the cause"),
)
GAPS = Question(
    "gaps",
    QuestionForm.GAP,
    "A ___ holds what ___ records.",
    "So it does.",
    gaps=(("staging area", "index"), ("commit",)),
)


def typed(*accepted: str) -> Question:
    return Question("typed", QuestionForm.TYPED, "Which?", "So it is.", accepted=accepted)


def worth(question: Question, words: str) -> Verdict | None:
    """What plain words are worth when the parts are shown as authored; None: not understood."""
    given = grading.understand(question, range(9)[: len(parts(question))], words)
    return None if given is None else grading.grade(question, given).verdict


def parts(question: Question) -> tuple[str, ...]:
    return tuple(option.text for option in question.options) or question.steps


# Choosing


def test_the_right_option_is_right() -> None:
    graded = grading.grade(SEVERITY, Chosen((1,)))

    assert graded.verdict is Verdict.RIGHT
    assert (graded.feedback, graded.misconceptions, graded.typo) == ((), (), False)


def test_a_wrong_option_says_why_and_what_it_reveals() -> None:
    graded = grading.grade(SEVERITY, Chosen((2,)))

    assert graded.verdict is Verdict.WRONG
    assert graded.feedback == ("Still customers.",)
    assert graded.misconceptions == ("small-is-minor",)
    assert graded.right_text == "SEV2"


def test_not_sure_is_its_own_answer_and_shows_the_right_one() -> None:
    graded = grading.grade(SEVERITY, NotSure())

    assert graded == grading.Graded(Verdict.NOT_SURE, False, (), (), "SEV2")


@pytest.mark.parametrize(
    ("options", "verdict"),
    [
        ((0, 3), Verdict.RIGHT),
        ((3, 0, 0), Verdict.RIGHT),
        ((3,), Verdict.PARTLY),
        ((0, 2, 3), Verdict.WRONG),
        ((0, 1), Verdict.WRONG),
        ((), Verdict.WRONG),
        ((0, 9), Verdict.WRONG),
    ],
)
def test_all_that_apply_are_partly_right_when_none_is_wrong(
    options: tuple[int, ...], verdict: Verdict
) -> None:
    assert grading.grade(BELONGS, Chosen(options)).verdict is verdict


def test_every_wrong_option_of_several_is_explained() -> None:
    graded = grading.grade(BELONGS, Chosen((2, 1)))

    assert graded.feedback == ("It goes with it.", "It hides it.")
    assert graded.misconceptions == ("all-in",)
    assert graded.right_text == "The test that shows it; The corrected sum"


# Typing


@pytest.mark.parametrize(
    "words",
    [
        "incident lead",
        "Incident  LEAD",
        "the incident lead",
        "'Incident lead.'",
        "“incident lead”!",
        "(incident lead)",
        "incident-lead",
        "incidentlead",
        "íncident léad",
        "\u200bincident\u00a0lead",
        "`incident lead`",
    ],
)
def test_a_typed_answer_is_forgiven_its_looks(words: str) -> None:
    graded = grading.grade(typed("Incident lead"), Typed(words))

    assert (graded.verdict, graded.typo) == (Verdict.RIGHT, False)


@pytest.mark.parametrize(
    ("words", "accepted"),
    [
        ("phising", "phishing"),
        ("phishhing", "phishing"),
        ("phisging", "phishing"),
        ("phihsing", "phishing"),
        ("incident comander", "incident commander"),
        ("owners", "owner"),
        ("überprufunk", "Überprüfung"),
        ("ninty", "ninety"),
        ("civl", "civil"),
    ],
)
def test_one_typo_is_forgiven_and_noted(words: str, accepted: str) -> None:
    graded = grading.grade(typed(accepted), Typed(words))

    assert (graded.verdict, graded.typo) == (Verdict.RIGHT, True)


@pytest.mark.parametrize(
    ("words", "accepted"),
    [
        ("phisig", "phishing"),  # two letters
        ("form", "fork"),  # a short word
        ("nuclear", "unclear"),  # the first letter
        ("typical", "atypical"),
        ("either", "neither"),
        ("cannon", "cannot"),
        ("noting", "nothing"),
        ("notable", "not able"),
        ("it can be undone", "it cannot be undone"),
        ("it is not safe", "it is safe"),
        ("eighth", "eighty"),
        ("sixty days", "sixth days"),
        ("incidnt comander", "incident commander"),
        ("XVII", "XVIII"),
        ("30 days", "300 days"),
        ("30 days", "31 days"),
        ("version 12345", "version 12346"),
        ("covid18", "covid19"),
        ("1 5", "15"),
        ("1, 5", "1,5"),
        ("5", "-5"),
        ("-5", "5"),
        ("5", "5!"),
        ("5", ".5"),
        ("102", "10²"),
        ("51/2", "5½"),
        ("a = b", "a ≠ b"),
        ("a-b", "a+b"),
        ("ab", "a-b"),
        ("git add", "git add ."),
        ("cd", "cd .."),
        ("git commit -amend", "git commit --amend"),
        ("rm -r", "rm -f"),
        ("사과나무집", "사고나무집"),
    ],
)
def test_what_changes_the_meaning_is_never_forgiven(words: str, accepted: str) -> None:
    assert grading.grade(typed(accepted), Typed(words)).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("words", "accepted"),
    [
        ("git commit —amend", "git commit --amend"),  # phones make one dash of two
        ("Don’t merge", "don't merge"),
        ("dont merge", "don't merge"),
        ("e-mail", "email"),
        ("5 %", "5%"),
        ("sev 1", "SEV1"),
        ("−5", "-5"),
        ("５", "5"),
        ("can not", "cannot"),
        ("strasse", "Straße"),
        ("git add .", "git add ."),
        ("Bcc:", "Bcc"),
    ],
)
def test_what_looks_alike_is_the_same(words: str, accepted: str) -> None:
    graded = grading.grade(typed(accepted), Typed(words))

    assert (graded.verdict, graded.typo) == (Verdict.RIGHT, False)


@pytest.mark.parametrize("words", ["", "   ", "\n", "…", "something else entirely"])
def test_anything_else_typed_is_wrong(words: str) -> None:
    assert grading.grade(typed("owner"), Typed(words)).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("git commit --amend", Verdict.RIGHT),
        ("GIT COMMIT --amend -m 'Round tax.'", Verdict.RIGHT),
        ("“git commit —amend”", Verdict.RIGHT),
        ("please git commit --amend", Verdict.WRONG),
        ("git comit --amend", Verdict.WRONG),
    ],
)
def test_a_pattern_fits_the_whole_answer(words: str, verdict: Verdict) -> None:
    question = typed("/git commit --amend( .*)?/")

    assert grading.grade(question, Typed(words)).verdict is verdict


def test_a_pattern_sees_accents_as_written_and_without() -> None:
    assert grading.grade(typed("/caf[ée]s?/"), Typed("Cafés.")).verdict is Verdict.RIGHT
    assert grading.grade(typed("/cafés?/"), Typed("CAFÉ")).verdict is Verdict.RIGHT
    assert grading.grade(typed("/cafes?/"), Typed("café")).verdict is Verdict.RIGHT


def test_a_harmful_pattern_that_slipped_through_matches_nothing() -> None:
    graded = grading.grade(typed("/(a+)+b/", "ab"), Typed("a" * 5_000))

    assert graded.verdict is Verdict.WRONG


def test_only_the_first_200_characters_are_held_against_a_pattern() -> None:
    graded = grading.grade(typed("/a{200}/"), Typed("a" * 300))

    assert graded.verdict is Verdict.RIGHT


def test_the_right_text_of_patterns_alone_is_empty() -> None:
    assert grading.right_text(typed("/a+/")) == ""
    assert grading.right_text(typed("/a+/", "aaa")) == "aaa"


@given(
    some.integers(0, 10**9), some.integers(0, 10**9), some.sampled_from(["{} days", "v{}", "-{}"])
)
def test_a_number_is_never_forgiven(right: int, wrong: int, shape: str) -> None:
    assume(right != wrong)

    graded = grading.grade(typed(shape.format(right)), Typed(shape.format(wrong)))

    assert graded.verdict is Verdict.WRONG


@given(some.text("bcdfghlrst", min_size=5, max_size=12), some.data())
def test_one_slip_after_the_first_letter_of_a_long_word_is_forgiven(
    word: str, data: some.DataObject
) -> None:
    at = data.draw(some.integers(1, len(word) - 1))
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + "z" + word[at:],
        word[:at] + "z" + word[at + 1 :],
    )
    slip = data.draw(some.sampled_from(slips))

    graded = grading.grade(typed(f"see {word} 3"), Typed(f"see {slip} 3"))

    assert (graded.verdict, graded.typo) == (Verdict.RIGHT, True)


# Filling gaps


@pytest.mark.parametrize(
    ("texts", "verdict", "typo"),
    [
        (("Index", "commit"), Verdict.RIGHT, False),
        (("stagign area", "comit"), Verdict.RIGHT, True),
        (("index", "push"), Verdict.PARTLY, False),
        (("push", "pull"), Verdict.WRONG, False),
        (("index",), Verdict.WRONG, False),
        (("commit", "index"), Verdict.WRONG, False),
    ],
)
def test_gaps_are_partly_right_when_one_is(
    texts: tuple[str, ...], verdict: Verdict, typo: bool
) -> None:
    graded = grading.grade(GAPS, Filled(texts))

    assert (graded.verdict, graded.typo) == (verdict, typo)
    assert graded.right_text == "staging area, commit"


def test_the_answer_of_another_gap_is_no_typo() -> None:
    question = replace(GAPS, gaps=(("prescribed",), ("proscribed",)))

    graded = grading.grade(question, Filled(("proscribed", "prescribed")))

    assert graded.verdict is Verdict.WRONG


# Putting in order


@pytest.mark.parametrize(
    ("steps", "verdict"),
    [
        ((0, 1, 2, 3), Verdict.RIGHT),
        ((1, 0, 2, 3), Verdict.PARTLY),
        ((2, 3, 0, 1), Verdict.PARTLY),
        ((3, 2, 1, 0), Verdict.WRONG),
        ((0, 1, 2), Verdict.WRONG),
        ((0, 1, 2, 2), Verdict.WRONG),
        ((), Verdict.WRONG),
    ],
)
def test_an_order_is_partly_right_when_half_of_it_is(
    steps: tuple[int, ...], verdict: Verdict
) -> None:
    assert grading.grade(STEPS, Ordered(steps)).verdict is verdict


def test_two_steps_the_wrong_way_round_are_wrong() -> None:
    question = replace(STEPS, steps=("Stop", "Tell"))

    assert grading.grade(question, Ordered((1, 0))).verdict is Verdict.WRONG


def test_the_right_order_is_said_in_numbers() -> None:
    assert grading.right_text(STEPS).splitlines()[:2] == ["1. Stop the spread", "2. Tell the lead"]


# Plain words


@pytest.mark.parametrize(
    "words",
    [
        *("b", "B", "B)", "(b)", "b.", "[B]", "it's B!", "option b", "Antwort B", "b: SEV2"),
        *("B) SEV2", "b sev2", "SEV2", "sev 2", "“Sev2”"),
    ],
)
def test_an_option_is_meant_by_its_letter_or_its_text(words: str) -> None:
    assert worth(SEVERITY, words) is Verdict.RIGHT


@pytest.mark.parametrize("words", ["d", "sev", "sev4", "a b", "B) SEV3", "why not", "no", "2", " "])
def test_words_that_mean_no_option_are_not_understood(words: str) -> None:
    assert worth(SEVERITY, words) is None


def test_the_beginning_of_a_long_option_will_do() -> None:
    question = replace(
        SEVERITY,
        options=(
            Option("All in one: it was one day's work", right=False),
            Option("Two: the bug with its test, and the rename", right=True),
            Option("Two or three, depending on the reviewer", right=False),
            Option("30 days after the reviewer asked", right=False),
        ),
    )

    assert worth(question, "two") is Verdict.RIGHT
    assert worth(question, "two or three") is Verdict.WRONG
    assert worth(question, "30") is Verdict.WRONG
    assert worth(question, "all") is None


def test_an_option_that_only_differs_in_case_is_meant_as_written() -> None:
    question = replace(
        SEVERITY, options=(Option("`git branch -d`", right=False), Option("`git branch -D`", True))
    )

    assert worth(question, "git branch -D") is Verdict.RIGHT
    assert worth(question, "git branch -d") is Verdict.WRONG
    assert worth(question, "GIT branch -d") is None


def test_a_letter_that_is_also_another_options_text_is_not_guessed() -> None:
    question = replace(SEVERITY, options=(Option("B", right=False), Option("A", right=True)))

    assert worth(question, "b") is None
    assert grading.understand(question, (1, 0), "b") == Chosen((0,))


@pytest.mark.parametrize(
    "words",
    [
        *("a and d", "a, d", "A D", "ad", "d & a", "a\nd", "a) and d)", "a; d", "a und d", "A+D"),
        "The test that shows it\nThe corrected sum",
        "- the test that shows it\n- the corected sum",
        "a The test that shows it; d The corrected sum",
    ],
)
def test_all_that_apply_are_listed_in_any_way(words: str) -> None:
    assert worth(BELONGS, words) is Verdict.RIGHT


def test_one_option_with_a_comma_in_it_is_one_option() -> None:
    given = grading.understand(BELONGS, (0, 1, 2, 3), "a new library, since you're at it")

    assert given == Chosen((1,))


@pytest.mark.parametrize("words", ["a and e", "aa", "bad idea", "a or something", "a, what"])
def test_a_list_with_something_unknown_is_not_understood(words: str) -> None:
    assert worth(BELONGS, words) is None


@pytest.mark.parametrize(
    "words",
    [
        *("3 1 4 2", "3142", "c a d b", "CADB", "c, a, d, b", "c > a > d > b", "3-1-4-2"),
        "c then a, d and b",
        "Tell the lead\nLook for the cause\nStop the spread\nWrite it down",
        "1. tell the lead\n2. look for the cause\n3. stop the spred\n4. write it down",
    ],
)
def test_an_order_is_given_by_the_letters_or_numbers_shown(words: str) -> None:
    shown = (3, 2, 1, 0)

    assert grading.understand(STEPS, shown, words) == Ordered((1, 3, 0, 2))


@pytest.mark.parametrize("words", ["1 2 3", "1 2 3 3", "0 1 2 3", "a b c e", "a 2 c 4", "stop"])
def test_an_order_that_leaves_out_a_step_is_not_understood(words: str) -> None:
    assert worth(STEPS, words) is None


def test_numbers_that_are_also_the_steps_are_not_guessed() -> None:
    question = replace(STEPS, steps=("2", "3", "1"))

    assert worth(question, "1 2 3") is None
    assert grading.understand(question, (2, 0, 1), "1 2 3") == Ordered((2, 0, 1))


def test_a_layout_of_another_question_is_not_used() -> None:
    assert grading.understand(SEVERITY, (3, 2, 1, 0), "b") == Chosen((1,))
    assert grading.understand(STEPS, (), "b a c d") == Ordered((1, 0, 2, 3))


@pytest.mark.parametrize(
    "words", ["index, commit", "index; commit", "index\ncommit", "index commit", "index and commit"]
)
def test_gaps_are_filled_one_after_the_other(words: str) -> None:
    assert worth(GAPS, words) is Verdict.RIGHT


def test_a_decimal_comma_does_not_part_two_gaps() -> None:
    question = replace(GAPS, gaps=(("4,5",), ("3",)))

    assert worth(question, "4,5; 3") is Verdict.RIGHT
    assert worth(question, "4,5, 3") is Verdict.RIGHT


def test_gaps_that_are_not_all_filled_are_not_understood() -> None:
    assert worth(GAPS, "index") is None


def test_a_single_gap_takes_all_words() -> None:
    question = replace(GAPS, gaps=(("red, white and blue",),))

    assert worth(question, "Red, white and blue.") is Verdict.RIGHT


@pytest.mark.parametrize(
    "words", ["not sure", "Not sure.", "?", "???", "I don't know", "i don’t know!", "keine Ahnung"]
)
@pytest.mark.parametrize("question", [SEVERITY, BELONGS, GAPS, STEPS, typed("owner")])
def test_not_knowing_can_be_said_in_words(question: Question, words: str) -> None:
    assert worth(question, words) is Verdict.NOT_SURE


def test_an_answer_that_sounds_like_not_knowing_is_an_answer() -> None:
    assert worth(typed("I don't know"), "i dont know") is Verdict.RIGHT


# What holds for every question

words = some.text(some.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
longer = some.lists(
    some.text("bcdfghklmnoprstuvwxyzäéß", min_size=3, max_size=8), min_size=2, max_size=4
).map(" ".join)
texts = some.lists(longer, min_size=2, max_size=5, unique_by=spelling.normal)


@some.composite
def questions(draw: some.DrawFn) -> Question:
    """A question that a pack could hold, of any form."""
    form = draw(some.sampled_from(QuestionForm))
    found = draw(texts)
    base = Question("any", form, "What?", "Because.")
    match form:
        case QuestionForm.SINGLE | QuestionForm.SEVERAL:
            least, most = (1, 1) if form is QuestionForm.SINGLE else (2, len(found))
            right = draw(some.sets(some.sampled_from(found), min_size=least, max_size=most))
            return replace(base, options=tuple(Option(text, text in right) for text in found))
        case QuestionForm.TYPED:
            return replace(base, accepted=tuple(found))
        case QuestionForm.GAP:
            return replace(base, gaps=tuple((text,) for text in found))
        case _:
            return replace(base, steps=tuple(found))


def laid_out(question: Question, seed: int) -> tuple[int, ...]:
    places = list(range(len(parts(question))))
    random.Random(seed).shuffle(places)
    return tuple(places)


def right_replies(question: Question, shown: tuple[int, ...]) -> list[str]:
    """Every way to give the right answer in words, with the parts shown in this order."""
    letters = {part: LETTERS[place] for place, part in enumerate(shown)}
    match question.form:
        case QuestionForm.SINGLE | QuestionForm.SEVERAL:
            right = [at for at, option in enumerate(question.options) if option.right]
            names = [letters[part] for part in right]
            in_words = [question.options[part].text for part in right]
            both = [f"{letters[part]} {question.options[part].text}" for part in right]
            return [
                ", ".join(names),
                " and ".join(names).lower(),
                "\n".join(in_words),
                "\n".join(both),
            ]
        case QuestionForm.TYPED:
            return [text for text in question.accepted if not patterns.is_pattern(text)]
        case QuestionForm.GAP:
            return ["\n".join(gap[0] for gap in question.gaps)]
        case QuestionForm.ORDER:
            right = sorted(letters)
            numbers = [str(shown.index(part) + 1) for part in right]
            names = [letters[part] for part in right]
            return [" ".join(numbers), "".join(names), ", ".join(names), "\n".join(question.steps)]


@given(questions(), some.integers())
def test_every_right_answer_as_displayed_is_right(question: Question, seed: int) -> None:
    shown = laid_out(question, seed)

    for reply in right_replies(question, shown):
        given = grading.understand(question, shown, reply)
        assert given is not None
        graded = grading.grade(question, given)
        assert (graded.verdict, graded.typo) == (Verdict.RIGHT, False), reply


def test_every_right_answer_of_the_starter_packs_is_right() -> None:
    for folder in sorted(PACKS.iterdir()):
        files = {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.md")}
        pack, _ = parsing.parse(files)
        assert pack is not None
        for question in (each for lesson in pack.lessons for each in lesson.questions):
            shown = laid_out(question, len(question.stem))
            for reply in right_replies(question, shown):
                given = grading.understand(question, shown, reply)
                assert given is not None, (question.slug, reply)
                assert grading.grade(question, given).verdict is Verdict.RIGHT, (
                    question.slug,
                    reply,
                )


@given(questions(), some.integers(), some.integers(), some.data())
def test_the_layout_does_not_change_what_an_answer_is_worth(
    question: Question, one: int, other: int, data: some.DataObject
) -> None:
    taken = data.draw(some.lists(some.sampled_from(range(5)), unique=True, min_size=1))
    named = [at for at in taken if at < len(parts(question))]
    assume(named)
    verdicts = set()
    for seed in (one, other):
        shown = laid_out(question, seed)
        reply = ", ".join(LETTERS[shown.index(part)] for part in named)
        given = grading.understand(question, shown, reply)
        verdicts.add(given and grading.grade(question, given))

    assert len(verdicts) == 1


@given(questions(), some.integers(), words | some.sampled_from(["a", "1 2", "b;c", "?"]))
def test_any_words_are_understood_or_not_but_never_break(
    question: Question, seed: int, text: str
) -> None:
    given = grading.understand(question, laid_out(question, seed), text)

    if given is not None:
        assert grading.grade(question, given).right_text == grading.right_text(question)


@given(words)
def test_a_text_is_always_the_same_as_itself(text: str) -> None:
    assert spelling.same(text, f"  {text} ")
    assert not spelling.is_typo(text, text)


@given(
    questions(),
    some.builds(Chosen, some.lists(some.integers()).map(tuple))
    | some.builds(Ordered, some.lists(some.integers()).map(tuple))
    | some.builds(Filled, some.lists(words).map(tuple))
    | some.builds(Typed, words)
    | some.builds(NotSure),
)
def test_any_answer_to_any_question_has_a_worth(question: Question, given: Given | NotSure) -> None:
    assert grading.grade(question, given).verdict in Verdict


@pytest.mark.parametrize(
    ("form", "given"),
    [
        (QuestionForm.SINGLE, Chosen((1,))),
        (QuestionForm.SEVERAL, Chosen((0, 3))),
        (QuestionForm.TYPED, Typed("the owner")),
        (QuestionForm.GAP, Filled(("index", "commit"))),
        (QuestionForm.ORDER, Ordered((2, 0, 1))),
        (QuestionForm.SINGLE, NotSure()),
    ],
)
def test_an_answer_is_stored_and_read_again(form: QuestionForm, given: Given | NotSure) -> None:
    assert replies.from_texts(form, replies.to_texts(given)) == given
