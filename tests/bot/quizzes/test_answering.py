"""Answering: every form, by button, menu, form and plain words; once, twice, late, from an old message."""

from datetime import date

import pytest
from sqlmodel import select

from bot import ui
from bot.quizzes import acts, feedback, grading
from bot.quizzes.feedback import Remark, Told
from bot.quizzes.replies import Chosen
from bot.terms import AskingState, SetState, Verdict
from storage import batches, decisions, memories, people, sets
from storage.engine import Tx
from storage.tables import Asking, Flag, Memory, Question, QuestionVersion, Review
from tests.bot.quizzes.world import (
    Company,
    Learner,
    buttons,
    gap,
    menu,
    order,
    pack,
    said,
    several,
    single,
    typed,
)
from tests.clock import Clock

DAY_ONE = "2026-03-02 09:30"


def reviews(company: Company) -> list[Review]:
    """Every answer, oldest first."""
    return company.database.read_now(
        lambda tx: list(tx.session.exec(select(Review).order_by("id")))
    )


def memory_of(company: Company, learner: Learner) -> Memory:
    """The one belief about somebody."""
    (row,) = [
        one
        for one in company.database.read_now(memories.of_member, learner.id)
        if one.last_day is not None
    ]
    return row


async def asked(company: Company, clock: Clock, *questions: object, name: str = "sam") -> Learner:
    """Somebody who has read a lesson and has its first question before them."""
    sam = company.learner(name, company.publish(pack(lessons=[questions])))  # type: ignore[list-item]
    clock.at(DAY_ONE)
    await company.beat()
    sam.look()
    await sam.press("Read it")
    await sam.press("Ask me")
    return sam


def shown(company: Company, learner: Learner) -> Asking:
    """The asking before somebody."""
    row = company.database.read_now(sets.latest_shown, learner.id)
    assert row is not None
    return row


async def test_a_letter_answers_a_single_choice(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, single("level"))

    await sam.press("B")

    assert reviews(company)[0].verdict is Verdict.RIGHT
    assert "Because of level." in sam.text


async def test_the_card_never_gives_the_answer_away(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, single("level"))

    assert "Because of" not in sam.text
    assert sam.card.plain() == "1 of 1 · Topic 0"
    await sam.press("A")
    assert "SEV2" not in sam.card.plain()


async def test_a_menu_answers_all_that_apply(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, several("odd"))
    odd = [
        choice.value for choice in menu(sam.card).choices if choice.label.endswith(("one", "three"))
    ]

    await sam.do(menu(sam.card).act, *odd)

    assert reviews(company)[0].verdict is Verdict.RIGHT
    assert reviews(company)[0].given == ["0", "2"]


async def test_some_of_all_that_apply_is_partly_right_and_counts_as_forgotten(
    company: Company, clock: Clock
) -> None:
    sam = await asked(company, clock, several("odd"))
    one = [choice.value for choice in menu(sam.card).choices if choice.label.endswith(" one")]

    await sam.do(menu(sam.card).act, *one)

    assert sam.card.title.startswith("Partly: it's ")
    assert reviews(company)[0].grade == 1


async def test_a_form_answers_a_typed_question(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, typed("name"))

    await sam.press("Answer")
    assert isinstance(sam.outcome, ui.Open)
    await sam.submit({"answer": "Workaround"})

    assert reviews(company)[0].verdict is Verdict.RIGHT


async def test_an_empty_form_needs_a_look(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, typed("name"))
    await sam.press("Answer")

    await sam.submit({"answer": "  "})

    assert isinstance(sam.outcome, ui.Fix)
    assert sam.outcome.problems == (("answer", "Write an answer; a guess is fine."),)
    assert reviews(company) == []


async def test_a_forgiven_typo_is_right_and_shown_how_it_is_spelled(
    company: Company, clock: Clock
) -> None:
    sam = await asked(company, clock, typed("name"))

    await sam.say("workarund")

    assert reviews(company)[0].verdict is Verdict.RIGHT
    assert reviews(company)[0].typo
    assert "Spelled **workaround**." in sam.text


async def test_a_form_fills_every_gap(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, gap("cadence"))

    await sam.press("Answer")
    await sam.submit({"gap0": "customer", "gap1": "30"})

    assert reviews(company)[0].verdict is Verdict.RIGHT


async def test_a_form_puts_steps_in_order(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, order("steps"))
    await sam.press("Put in order")
    assert isinstance(sam.outcome, ui.Open)
    first = sam.outcome.form.fields[0]
    assert isinstance(first, ui.Pick)
    place = {choice.label.split(": ")[1]: choice.value for choice in first.choices}

    await sam.submit(
        {f"place{at}": (place[step],) for at, step in enumerate(("look", "tell", "mend"))}
    )

    assert reviews(company)[0].verdict is Verdict.RIGHT


async def test_a_step_with_two_places_needs_a_look_and_the_entries_are_kept(
    company: Company, clock: Clock
) -> None:
    sam = await asked(company, clock, order("steps"))
    await sam.press("Put in order")

    await sam.submit({"place0": ("1",), "place1": ("1",), "place2": ("0",)})

    assert isinstance(sam.outcome, ui.Fix)
    assert sam.outcome.problems == (("place1", "This one has a place already."),)
    assert [field.value for field in sam.outcome.form.fields] == [("1",), ("1",), ("0",)]


async def test_a_wrong_order_is_told_step_by_step(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, order("steps"))

    await sam.press("Not sure")

    assert sam.card.title == "Good to know."
    assert "In this order:\n\n1. look\n2. tell\n3. mend" in sam.text
    assert reviews(company)[0].verdict is Verdict.NOT_SURE
    assert reviews(company)[0].grade == 1


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (single("level"), "b"),
        (single("level"), "SEV2"),
        (several("odd"), "one, three"),
        (typed("name"), "work around"),
        (gap("cadence"), "customer, thirty"),
        (order("steps"), "look\ntell\nmend"),
    ],
)
async def test_plain_words_answer_every_form(
    company: Company, clock: Clock, question: object, words: str
) -> None:
    sam = await asked(company, clock, question)

    outcome = await sam.say(words)

    assert reviews(company)[0].verdict is Verdict.RIGHT
    assert isinstance(outcome, ui.Say)
    assert not outcome.replace


async def test_plain_words_answer_the_first_question_of_a_message_that_arrived(
    company: Company, clock: Clock
) -> None:
    sam = await asked(company, clock, single("level"))
    await sam.press("A")
    clock.at("2026-03-03 09:30")
    await company.beat()

    await sam.say("b")

    assert [one.verdict for one in reviews(company)] == [Verdict.WRONG, Verdict.RIGHT]


async def test_plain_words_without_a_question_are_no_answer(company: Company, clock: Clock) -> None:
    sam = company.learner("sam", company.publish(pack()))

    await sam.say("b")

    assert reviews(company) == []


async def test_a_question_in_plain_words_is_no_answer(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, typed("name"))

    await sam.say("who wrote this?")

    assert reviews(company) == []


async def test_pressed_twice_the_first_answer_is_told_again(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, single("level"), single("second"))
    wrong, right = sam.act("A"), sam.act("B")

    await sam.do(wrong)
    await sam.do(right)

    assert len(reviews(company)) == 1
    assert "You answered this already." in sam.text
    assert sam.card.title == "It's B, SEV2."
    assert "Not SEV1." in sam.text
    assert sam.labels == ["Next"]


async def test_the_same_press_delivered_twice_has_one_effect(
    company: Company, clock: Clock
) -> None:
    sam = await asked(company, clock, single("level"))
    right = sam.act("B")

    await sam.do(right, key="twice")
    second = await sam.do(right, key="twice")

    assert second == ui.Nothing()
    assert len(reviews(company)) == 1


async def test_an_old_message_still_takes_an_answer(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, single("level"), single("second"))
    old = sam.act("B")
    clock.at("2026-03-03 09:30")
    await company.beat()

    await sam.do(old)

    assert [one.verdict for one in reviews(company)] == [Verdict.RIGHT]
    rows = company.database.read_now(sets.of_day, sam.id, date(2026, 3, 2))
    assert rows[0].state is SetState.FOLDED


async def test_what_is_answered_on_an_old_message_is_answered_everywhere(
    company: Company, clock: Clock
) -> None:
    sam = await asked(company, clock, single("level"), single("second"))
    old = sam.act("B")
    clock.at("2026-03-03 09:30")
    await company.beat()
    await sam.do(old)
    sam.look()
    again = sam.act("B")

    await sam.do(again)

    assert len(reviews(company)) == 1
    assert "You have answered this question since" in sam.text


async def test_an_old_message_says_so_when_the_question_was_answered_since(
    company: Company, clock: Clock
) -> None:
    sam = await asked(company, clock, single("level"), single("second"))
    old = sam.act("B")
    clock.at("2026-03-03 09:30")
    await company.beat()
    sam.look()
    await sam.press("A")

    await sam.do(old)

    assert "You have answered this question since" in sam.text
    assert len(reviews(company)) == 1
    await sam.press("Next")
    assert sam.card.title != "Already dealt with"


async def test_somebody_elses_button_does_nothing(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, single("level"))
    eve = company.learner("eve")

    for act in (
        sam.act("B"),
        sam.act("Later"),
        sam.act("Flag"),
        sam.act("Not sure"),
        acts.Next(1).write(),
    ):
        await eve.do(act)
        assert "put to you" in eve.card.title

    assert reviews(company) == []
    assert shown(company, sam).state is AskingState.SHOWN


async def test_a_forged_choice_is_wrong_and_breaks_nothing(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, single("level"))
    forged = acts.Answer(shown(company, sam).id or 0, 77).write()

    await sam.do(forged)

    assert reviews(company)[0].verdict is Verdict.WRONG


async def test_belief_before_and_after_is_kept(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, single("level"))
    await sam.press("B")
    clock.at("2026-03-04 09:30")
    await company.beat()
    sam.look()
    await sam.press("B")

    first, second = reviews(company)
    assert (first.recall_before, first.stability_before, first.grade) == (None, None, 3)
    assert second.stability_before == first.stability_after == pytest.approx(2.3065)
    assert second.recall_before == pytest.approx(0.911, abs=0.01)
    assert second.stability_after == pytest.approx(10.964, abs=0.01)
    assert memory_of(company, sam).count == 2
    assert memory_of(company, sam).due_day == second.due_day


async def test_later_rates_nothing_and_asks_on_the_next_working_day(
    company: Company, clock: Clock
) -> None:
    sam = await asked(company, clock, single("level"), single("second"))

    await sam.press("Later")

    assert "How bad is second?" in sam.text
    assert reviews(company) == []
    await sam.press("B")
    assert "**1 of 1 right.**" in sam.text
    clock.at("2026-03-03 09:30")
    await company.beat()
    assert "How bad is level?" in said(sam.look())


async def test_later_can_be_written(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, single("level"), single("second"))

    await sam.say("later")

    assert "How bad is second?" in sam.text


async def test_a_flagged_question_is_not_asked_again_until_it_changes(
    company: Company, clock: Clock
) -> None:
    before = [single("level"), single("second")]
    sam = await asked(company, clock, *before)

    await sam.press("Flag")
    await sam.submit({"note": "Two answers fit."})

    assert "How bad is second?" in sam.text
    flags = company.database.read_now(lambda tx: list(tx.session.exec(select(Flag))))
    assert [flag.note for flag in flags] == ["Two answers fit."]
    await sam.press("B")
    clock.at("2026-03-03 09:30")
    await company.beat()
    assert len(sam.messages) == 1

    company.publish(
        pack(lessons=[[single("level", right="SEV1"), single("second")]]),
        approve=frozenset({"level"}),
    )
    clock.at("2026-03-04 09:30")
    await company.beat()
    assert "How bad is level?" in said(sam.look())


async def test_a_button_on_a_flagged_question_is_answered_kindly(
    company: Company, clock: Clock
) -> None:
    sam = await asked(company, clock, single("level"), single("second"))
    old = sam.act("B")
    await sam.press("Flag")
    await sam.submit({"note": ""})

    await sam.do(old)

    assert "You flagged this question." in sam.text


async def test_a_question_that_changed_meanwhile_is_graded_as_shown_and_not_counted(
    company: Company, clock: Clock
) -> None:
    sam = await asked(company, clock, single("level"))
    company.publish(pack(lessons=[[single("level", right="SEV1")]]), approve=frozenset({"level"}))

    await sam.press("B")

    assert "This question has changed since you were asked" in sam.text
    assert [(one.verdict, one.grade) for one in reviews(company)] == [(Verdict.RIGHT, None)]


async def test_a_retired_question_is_still_graded(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, single("level"))
    company.publish(pack(lessons=[[single("new")]]))

    await sam.press("B")

    assert reviews(company)[0].grade == 3


async def test_a_question_that_was_retired_before_its_turn_is_left_out(
    company: Company, clock: Clock
) -> None:
    sam = await asked(company, clock, single("level"), single("second"))
    company.publish(pack(lessons=[[single("level")]]))

    await sam.press("B")
    await sam.press("Next")

    assert sam.card.title == "That's it for now"


async def test_a_set_ends_with_what_was_right_what_comes_back_and_a_tip(
    company: Company, clock: Clock
) -> None:
    sam = await asked(company, clock, single("level"), single("second"))

    await sam.press("B")
    await sam.press("Next")
    await sam.press("A")

    lines = [block.markdown for block in sam.card.blocks if isinstance(block, ui.Text)][-1].split(
        "  \n"
    )
    assert lines == [
        "**1 of 2 right.**",
        "Coming back: 1 tomorrow and 1 on Wednesday.",
        "One tip: look at *Lesson 0 of incidents* once more.",
    ]
    assert "1 day this week, the goal is 3." in sam.text
    await sam.press("Read it again")
    assert "Words of lesson 0" in sam.text


def test_right_answers_are_told_in_varied_words() -> None:
    question = single("level")
    graded = grading.grade(question, Chosen((1,)))

    titles = {
        feedback.told_card(
            Told(asking, question, (0, 1, 2), graded, Remark.NONE, None, date(2026, 3, 2)), ()
        ).title
        for asking in range(40)
    }

    assert titles == {"Right.", "Yes.", "Exactly.", "That's it.", "Well remembered."}


async def test_every_answer_is_a_decision(company: Company, clock: Clock) -> None:
    sam = await asked(company, clock, single("level"))
    await sam.press("B")

    (made,) = company.database.read_now(decisions.latest, sam.id, kinds=["answered"])
    assert made.facts["verdict"] == "right"
    assert made.facts["to"] == 2.3
    assert made.facts["due"] == "2026-03-04"


async def test_a_second_answer_on_the_same_day_changes_nothing(
    company: Company, clock: Clock
) -> None:
    sam = await asked(company, clock, single("level"))
    await sam.press("B")
    before = memory_of(company, sam)

    def ask_again(tx: Tx) -> int:
        member = people.member(tx, sam.id)
        question = tx.session.exec(select(Question)).one()
        version = tx.session.exec(select(QuestionVersion)).one()
        assert member is not None
        new = batches.NewAsking(question.id or 0, version.id or 0, (0, 1, 2))
        from bot.terms import SetKind

        made = batches.make(
            tx,
            [
                batches.NewSet(
                    "again",
                    company.workspace.id,
                    sam.id,
                    SetKind.PRACTICE,
                    date(2026, 3, 2),
                    (new,),
                )
            ],
        )
        return sets.askings(tx, made["again"])[0].id or 0

    asking = company.database.run_now(ask_again)
    await sam.do(acts.Answer(asking, 0).write())

    after = memory_of(company, sam)
    assert (after.due_day, after.count, after.stability) == (
        before.due_day,
        before.count,
        before.stability,
    )
    assert "That was extra practice. Back on Wednesday." in sam.text


async def test_nothing_is_said_of_debt(company: Company, clock: Clock) -> None:
    sam = company.learner("sam", company.publish(pack(lessons=8)))
    for day in ("02", "03", "04", "05", "06"):
        clock.at(f"2026-03-{day} 09:30")
        await company.beat()
        sam.look()
        await sam.work_through(right=False)

    words = "\n".join(said(card).lower() for card in [*sam.messages, sam.card])
    for word in ("overdue", "missed", "streak", "forgot ", "behind"):
        assert word not in words
    assert buttons(sam.card) is not None
