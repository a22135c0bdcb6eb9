"""The local workspace as people use it: by mouse, by keyboard, in two windows, on a phone, in the dark."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.ui import Card, Text
from tests.adapters.local.parcels import parcel
from tests.browser.conftest import Opens, Served

SAM = "/as/sam/grove"
OPTION = "#palette [role=option]"
CHANNEL = "/as/sam/channels/incidents"


def write(page: Page, text: str) -> None:
    """Write something and send it."""
    page.locator("#composer").fill(text)
    page.locator("#composer").press("Enter")


def last(page: Page) -> str:
    """A selector of the newest message."""
    return "#list > .item:last-child article"


def test_choosing_a_person_leads_to_their_conversation_with_grove(opens: Opens) -> None:
    page = opens("/")

    page.get_by_role("link", name="Sam Rivera").click()

    expect(page).to_have_url(re.compile("/as/sam/grove$"))
    expect(page.get_by_role("heading", name="Grove", level=1)).to_be_visible()
    expect(page.locator("#composer")).to_be_focused()


def test_a_question_is_asked_answered_and_goes_on_in_its_own_message(opens: Opens) -> None:
    page = opens(SAM)
    write(page, "quiz")
    expect(page.locator(last(page))).to_contain_text("1 of 3")
    before = page.locator("article").count()

    page.locator(last(page)).get_by_role("button", name="B: SEV2").click()

    expect(page.locator(last(page))).to_contain_text("It’s B, SEV2.")
    expect(page.locator(last(page)).get_by_role("button", name="Next")).to_be_focused()
    assert page.locator("article").count() == before


def test_a_menu_and_ticked_boxes_send_what_was_chosen(opens: Opens) -> None:
    page = opens(SAM)
    write(page, "progress")
    card = page.locator("article", has_text="Packs to join").last

    card.get_by_label("One topic in detail").select_option("triage")
    card.get_by_role("button", name="Choose").click()
    expect(page.locator(last(page))).to_contain_text("topic: triage")
    card.get_by_label("Security awareness").check()
    card.get_by_label("Giving feedback").check()
    card.get_by_role("button", name="Send").click()

    expect(page.locator(last(page))).to_contain_text("join: security-awareness, giving-feedback")


def test_a_form_says_what_is_wrong_then_keeps_what_is_right(opens: Opens) -> None:
    page = opens(SAM)
    write(page, "settings")
    dialog = page.get_by_role("dialog", name="Settings")
    goal = dialog.get_by_label("This week’s goal")
    dialog.get_by_label("A note to yourself").fill("Mine & yours")
    goal.fill("")

    dialog.get_by_role("button", name="Save").click()
    expect(goal).to_be_focused()
    expect(goal).to_have_accessible_description(re.compile("A goal needs at least one word."))
    expect(dialog.get_by_label("A note to yourself")).to_have_value("Mine & yours")
    goal.fill("Three days")
    dialog.get_by_role("button", name="Save").click()

    expect(dialog).to_have_count(0)
    expect(page.locator(last(page))).to_contain_text("Three days")
    expect(page.locator("#composer")).to_be_focused()


def test_escape_closes_a_form_and_nothing_is_sent(opens: Opens, served: Served) -> None:
    page = opens(SAM)
    write(page, "settings")
    expect(page.get_by_role("dialog")).to_be_visible()
    before = len(served.world.inbox.seen)

    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    assert len(served.world.inbox.seen) == before


def test_a_command_is_found_and_sent_by_keyboard_alone(opens: Opens) -> None:
    page = opens(CHANNEL)
    page.keyboard.type("/")
    options = page.locator(OPTION)
    expect(options.first).to_have_attribute("aria-selected", "true")

    page.keyboard.type("me")
    expect(options).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#composer")).to_have_value("/grove me ")
    expect(options).to_have_count(2)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#composer")).to_have_attribute("aria-activedescendant", "option-0")
    page.keyboard.press("Enter")

    expect(page.locator(last(page))).to_contain_text("grove-sam.json")
    expect(page.locator(last(page))).to_contain_text("Only you can see this")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_escape_puts_the_palette_away_and_keeps_the_words(opens: Opens) -> None:
    page = opens(SAM)
    page.keyboard.type("/grove qu")
    expect(page.locator(OPTION)).to_have_count(1)

    page.keyboard.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#composer")).to_have_value("/grove qu")


def test_an_optional_argument_may_be_left_out(opens: Opens) -> None:
    page = opens(SAM)
    page.keyboard.type("/grove qu")
    expect(page.locator(OPTION)).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator("#composer")).to_have_value("/grove quiz ")

    page.keyboard.press("Enter")

    expect(page.locator(last(page))).to_contain_text("1 of 3")


def test_two_windows_are_two_people_and_see_each_other_live(opens: Opens) -> None:
    sam, ana = opens(CHANNEL), opens("/as/ana/channels/incidents")
    write(sam, "Payments are **failing**")
    expect(ana.locator(last(ana))).to_contain_text("Payments are failing")

    write(sam, "/grove progress")
    card = sam.locator("article", has_text="Packs to join").last
    expect(card).to_contain_text("Only you can see this")
    write(ana, "Looking into it")
    expect(sam.locator(last(sam))).to_contain_text("Looking into it")
    expect(ana.locator("article", has_text="Packs to join")).to_have_count(0)

    card.get_by_role("button", name="Share").click()
    expect(ana.locator(last(ana))).to_contain_text("Shared: what I remember")


def test_a_private_reply_can_be_dismissed(opens: Opens) -> None:
    page = opens(CHANNEL)
    write(page, "/grove home")
    message = page.locator("article", has_text="Good morning, Sam").last
    expect(message).to_be_visible()
    number = page.locator("article", has_text="Good morning, Sam").count()

    message.get_by_role("button", name="Dismiss").click()

    expect(page.locator("article", has_text="Good morning, Sam")).to_have_count(number - 1)
    expect(page.locator("#composer")).to_be_focused()


def test_a_message_elsewhere_marks_its_room_until_it_is_read(opens: Opens, served: Served) -> None:
    page = opens(CHANNEL)
    link = page.locator("[data-goes='@sam']")
    page.wait_for_timeout(300)

    send(served, "set:1", "Two minutes?")
    expect(link).to_contain_text("unread")
    expect(page).to_have_title(re.compile("^• "))
    link.click()

    expect(page.locator(last(page))).to_contain_text("Two minutes?")
    expect(page.locator("[data-goes='@sam'] .dot")).to_be_hidden()


def test_time_moves_forward_and_every_window_sees_it(opens: Opens) -> None:
    sam, priya = opens(SAM), opens("/as/priya/grove")
    clock = priya.locator(".time strong")
    before = clock.text_content()

    sam.get_by_role("button", name="+1 day").click()

    expect(clock).not_to_have_text(before or "")
    expect(sam.locator("#progress")).to_be_hidden()
    expect(sam.get_by_role("button", name="+1 day")).to_be_enabled()


def test_a_lost_connection_is_said_and_what_was_missed_is_shown(
    opens: Opens, served: Served
) -> None:
    page = opens(SAM)
    page.wait_for_timeout(300)

    page.context.set_offline(True)
    served.close_streams()
    expect(page.get_by_text("Reconnecting…")).to_be_visible()
    send(served, "set:2", "While you were away")
    page.context.set_offline(False)

    expect(page.locator(last(page))).to_contain_text("While you were away")
    expect(page.get_by_text("Reconnecting…")).to_be_hidden()


def test_a_bug_is_said_and_what_was_written_comes_back(opens: Opens) -> None:
    page = opens(SAM)

    write(page, "break")

    expect(page.get_by_role("alert")).to_contain_text("Something broke, reference")
    expect(page.locator("#composer")).to_have_value("break")
    write(page, "quiz")
    expect(page.locator(last(page))).to_contain_text("1 of 3")


def test_words_sent_quickly_arrive_in_order(opens: Opens) -> None:
    page = opens("/as/priya/channels/leads")

    for word in ("one", "two", "three"):
        write(page, word)

    expect(page.locator("article")).to_have_count(3)
    assert page.locator("article .prose").all_inner_texts() == ["one", "two", "three"]


def test_on_a_phone_nothing_scrolls_sideways_and_the_rooms_are_a_drawer(opens: Opens) -> None:
    page = opens(SAM, width=360, height=740)
    write(page, "progress")
    expect(page.locator("article", has_text="Packs to join").last).to_be_visible()
    assert page.locator("html").evaluate("root => root.scrollWidth") == 360
    assert page.locator("#log").evaluate("log => log.scrollWidth <= log.clientWidth")

    page.get_by_role("button", name="Rooms and people").click()
    expect(page.get_by_role("button", name="Close the menu")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#sidebar")).to_be_hidden()
    expect(page.locator("#menu")).to_be_focused()
    write(page, "settings")

    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert dialog.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_light_and_dark_follow_the_system_until_one_is_chosen(opens: Opens) -> None:
    page = opens(SAM, theme="dark")
    shade = "() => getComputedStyle(document.body).backgroundColor"
    dark = page.locator("body").evaluate(shade)

    page.get_by_role("button", name="Light or dark").click()
    light = page.locator("body").evaluate(shade)
    page.reload()

    assert (dark, light) == ("rgb(18, 24, 21)", "rgb(255, 255, 255)")
    assert page.locator("body").evaluate(shade) == light


def test_the_keyboard_reaches_the_message_field_first(opens: Opens) -> None:
    page = opens(SAM, width=600)

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the message field")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#composer")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_barrier_is_found_in_any_view(opens: Opens, theme: str) -> None:
    clean(opens("/", theme=theme))
    page = opens(CHANNEL, theme=theme)
    write(page, "Payments are failing, see `status` and [the runbook](https://example.com).")
    for command in ("home", "quiz", "progress", "me export"):
        write(page, f"/grove {command}")
    expect(page.locator(last(page))).to_contain_text("grove-sam.json")
    clean(page)
    page.locator("#composer").fill("")
    page.keyboard.type("/")
    expect(page.locator(OPTION).first).to_be_visible()
    clean(page)
    write(page, "/grove settings")
    page.get_by_role("dialog").get_by_label("This week’s goal").fill("")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.locator(".problem")).to_be_visible()
    clean(page)
    phone = opens(SAM, width=360, height=740, theme=theme)
    phone.get_by_role("button", name="Rooms and people").click()
    clean(phone)


def clean(page: Page) -> None:
    """Fail when axe finds anything in the page as it stands."""
    found = Axe().run(page)
    problems = [
        f"{one['id']}: {node['html']}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]
    assert problems == []


def send(served: Served, key: str, title: str) -> None:
    """An unprompted message to Sam, from the server's own thread of work."""
    world = served.world
    card = Card(title, (Text("3 questions and one short lesson."),))
    served.call(world.platform.send(parcel(key, "sam", card)))
