"""What happens in a room: who sees what, what an answer replaces, what is written once."""

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot import events, ui
from bot.terms import PlatformName
from storage import local
from tests.adapters.local.parcels import parcel
from tests.adapters.local.world import World

DM = "/as/sam/rooms/@sam"
CHANNEL = "/as/sam/rooms/incidents"
SWAPS = {"Accept": "application/json"}


async def do(browser: httpx.AsyncClient, address: str, **fields: Any) -> dict[str, str]:
    """What the page's script gets for a deed."""
    answer = await browser.post(address, data=fields, headers=SWAPS)
    told: dict[str, str] = answer.json()
    return told


async def seen(browser: httpx.AsyncClient, room: str) -> str:
    """A room's messages as a fragment."""
    return (await browser.get(f"{room}/messages")).text


def last_message(html: str) -> str:
    """The id of the newest message in a fragment."""
    return str(re.findall(r'data-key="m(\d+)"', html)[-1])


async def test_plain_words_in_a_direct_message_are_answered_there(world: World) -> None:
    async with world.browser() as browser:
        await do(browser, f"{DM}/say", text="quiz")

        html = await seen(browser, DM)

    assert "1 of 3 · Incident basics" in html
    assert (
        '<button name="act" value="qa:2" class="plain" title="SEV2" aria-label="B: SEV2">B</button>'
        in html
    )


async def test_what_grove_is_told_comes_from_the_person_in_the_address(here: World) -> None:
    async with here.browser() as browser:
        await do(browser, f"{CHANNEL}/say", text="/grove pause 2 weeks", key="k1")

    source = events.Source(
        PlatformName.LOCAL,
        "local",
        "sam",
        "k1",
        events.Where.CHANNEL,
        "incidents",
        "Sam Rivera",
        "Europe/Berlin",
        "en",
    )
    assert here.inbox.seen == [events.Command(source, "pause", "2 weeks")]


async def test_in_a_channel_only_the_caller_sees_command_and_reply(world: World) -> None:
    async with world.browser() as browser:
        await do(browser, f"{CHANNEL}/say", text="/grove progress")

        own, others = await seen(browser, CHANNEL), await seen(browser, "/as/ana/rooms/incidents")

    assert "What you remember" in own
    assert own.count("Only you can see this") == 2
    assert "/grove progress" not in others
    assert "What you remember" not in others


async def test_ordinary_words_in_a_channel_are_for_everybody_and_not_for_grove(
    world: World,
) -> None:
    async with world.browser() as browser:
        await do(browser, f"{CHANNEL}/say", text="Payments are **failing**")

        html = await seen(browser, "/as/ana/rooms/incidents")

    assert "Payments are <strong>failing</strong>" in html
    assert world.inbox.seen == []


async def test_an_answer_edits_its_own_message(world: World) -> None:
    async with world.browser() as browser:
        await do(browser, f"{DM}/say", text="quiz")
        message = last_message(await seen(browser, DM))

        await do(browser, f"{DM}/press", message=message, act="qa:2")

        html = await seen(browser, DM)
    assert last_message(html) == message
    assert "It’s B, SEV2." in html
    assert "1 of 3" not in html


async def test_sharing_turns_a_private_reply_into_a_public_message(world: World) -> None:
    async with world.browser() as browser:
        await do(browser, f"{CHANNEL}/say", text="/grove progress")
        message = last_message(await seen(browser, CHANNEL))

        await do(browser, f"{CHANNEL}/press", message=message, act="share")

        own, others = await seen(browser, CHANNEL), await seen(browser, "/as/ana/rooms/incidents")
    assert "Shared: what I remember" in others
    assert f'data-key="m{message}"' not in own


async def test_a_public_message_is_not_replaced_by_a_private_answer(world: World) -> None:
    async with world.browser() as browser:
        card = ui.Card("Who joins?", (ui.Buttons((ui.Button("Me", "qa:1"),)),))
        public = await world.platform.send(parcel("p1", "incidents", card))

        await do(browser, f"{CHANNEL}/press", message=public, act="qa:1")

        own, others = await seen(browser, CHANNEL), await seen(browser, "/as/ana/rooms/incidents")
    assert "It’s B, SEV2." in own
    assert "Who joins?" in others
    assert "It’s B, SEV2." not in others


async def test_the_message_of_another_room_is_never_replaced(world: World) -> None:
    async with world.browser() as browser:
        await do(browser, "/as/ana/rooms/@ana/say", text="quiz")
        message = last_message(await seen(browser, "/as/ana/rooms/@ana"))

        await do(browser, f"{DM}/press", message=message, act="qa:2")

        assert "1 of 3" in await seen(browser, "/as/ana/rooms/@ana")
        assert "It’s B, SEV2." in await seen(browser, DM)


async def test_the_same_deed_delivered_twice_is_written_once(world: World) -> None:
    async with world.browser() as browser:
        await do(browser, f"{DM}/say", text="quiz", key="same")
        await do(browser, f"{DM}/say", text="quiz", key="same")

        html = await seen(browser, DM)

    assert html.count("1 of 3") == 1
    assert len(re.findall(r'data-key="m', html)) == 2


async def test_a_private_reply_can_be_dismissed_by_its_reader_alone(world: World) -> None:
    async with world.browser() as browser:
        await do(browser, f"{CHANNEL}/say", text="/grove home")
        message = last_message(await seen(browser, CHANNEL))

        refused = await do(browser, "/as/ana/rooms/incidents/dismiss", message=message)
        assert refused["notice"] == "This message is not here any more."
        await do(browser, f"{CHANNEL}/dismiss", message=message)

        assert "Good morning, Sam" not in await seen(browser, CHANNEL)


async def test_a_form_opens_with_every_kind_of_field(here: World) -> None:
    async with here.browser() as browser:
        html = (await do(browser, f"{DM}/say", text="settings"))["dialog"]

    for part in (
        '<input id="field-goal" name="one.goal" value="Answer on three days" maxlength="150"',
        '<textarea id="field-note" name="one.note" rows="4" maxlength="500"',
        '<option value="Europe/Berlin" selected>',
        '<input type="radio" name="one.minutes" value="2" checked>',
        '<input type="checkbox" name="many.packs" value="1" checked>',
        '<input type="time" id="field-at" name="one.at" value="09:30"',
        '<input type="date" id="field-starts_on" name="one.starts_on" value="2026-03-02"',
        '<input type="checkbox" name="many.days" value="4" checked>',
        '<input type="checkbox" name="many.days" value="5">',
        '<input type="checkbox" role="switch" id="field-counted" name="one.counted" value="on" checked',
        '<input type="checkbox" name="many.mentors" value="ana" checked>',
    ):
        assert part in html


async def test_a_form_arrives_as_texts_and_lists(here: World) -> None:
    fields = {
        "act": "keep",
        "one.goal": "Three days",
        "one.counted": ["", "on"],
        "one.quiet": "",
        "many.days": ["", "0", "2"],
        "many.packs": "",
    }
    async with here.browser() as browser:
        await browser.post(f"{DM}/submit", data=fields, headers=SWAPS)

    submit = here.inbox.seen[0]
    assert isinstance(submit, events.Submit)
    assert submit.act == "keep"
    assert submit.entries == {
        "goal": "Three days",
        "counted": "on",
        "quiet": "",
        "days": ("0", "2"),
        "packs": (),
    }


async def test_a_problem_stands_beside_its_field_and_entries_are_kept(here: World) -> None:
    async with here.browser() as browser:
        fields = {"act": "keep", "one.goal": " ", "one.note": "Mine & yours"}
        html = (await browser.post(f"{DM}/submit", data=fields, headers=SWAPS)).json()["dialog"]

    assert 'aria-describedby="field-goal-hint field-goal-problem" aria-invalid="true"' in html
    assert '<p class="problem" id="field-goal-problem">A goal needs at least one word.</p>' in html
    assert "<p>Please look at the goal.</p>" in html
    assert "Mine &amp; yours</textarea>" in html


async def test_a_file_comes_as_a_message_with_a_link_for_its_owner_alone(world: World) -> None:
    async with world.browser() as browser:
        await do(browser, f"{CHANNEL}/say", text="/grove me export")
        message = last_message(await seen(browser, CHANNEL))

        own = await browser.get(f"{CHANNEL}/files/{message}")
        other = await browser.get(f"/as/ana/rooms/incidents/files/{message}")

    assert own.content == b'{"answers": []}'
    assert own.headers["content-disposition"] == 'attachment; filename="grove-sam.json"'
    assert other.status_code == 404


@pytest.mark.parametrize("number", ["none", "9" * 30, "9" * 5000])
async def test_a_file_under_an_impossible_number_is_refused(here: World, number: str) -> None:
    async with here.browser() as browser:
        answer = await browser.get(f"/as/sam/rooms/@sam/files/{number}")

    assert answer.status_code == 422


async def test_a_text_longer_than_any_form_is_refused(here: World) -> None:
    entries = {"act": "goal", "one.goal": "9" * 4001}
    async with here.browser() as browser:
        answer = await browser.post("/as/sam/rooms/@sam/submit", data=entries)

    assert answer.status_code == 422


async def test_a_bug_is_said_with_a_reference_and_the_page_lives_on(here: World) -> None:
    async with here.browser() as browser:
        broken = await browser.post(f"{DM}/say", data={"text": "break"}, headers=SWAPS)
        await do(browser, f"{DM}/say", text="quiz")

        html = await seen(browser, DM)

    assert broken.status_code == 500
    assert re.match(r"Something broke, reference [2-9A-HJ-NP-Z]{4}\.", broken.json()["notice"])
    assert "1 of 3" in html


async def test_a_message_that_cannot_be_shown_does_not_take_the_room_with_it(here: World) -> None:
    later = {"title": "From a later version", "blocks": [{"_": "Hologram"}], "summary": ""}
    here.database.run_now(
        local.post, workspace=1, room="@sam", author="grove", key="later", card=later
    )
    async with here.browser() as browser:
        await do(browser, f"{DM}/say", text="quiz")

        html = await seen(browser, DM)

    assert "Something broke, reference" in html
    assert "1 of 3" in html


async def test_words_that_were_erased_leave_a_line_that_says_so(here: World) -> None:
    here.database.run_now(local.post, workspace=1, room="incidents", author="gone", key="erased")

    async with here.browser() as browser:
        html = await seen(browser, CHANNEL)

    assert "Somebody who left" in html
    assert "This message was removed." in html


async def test_what_people_and_packs_write_never_becomes_markup(here: World) -> None:
    async with here.browser() as browser:
        await do(browser, f"{DM}/say", text="<b>")

        html = await seen(browser, DM)

    assert "&lt;b&gt;not bold&lt;/b&gt;" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script" not in html
    assert 'href="javascript' not in html


async def test_a_text_with_a_nul_is_taken_without_it(here: World) -> None:
    async with here.browser() as browser:
        await browser.post("/as/sam/rooms/incidents/say", data={"text": "a\0b"})
        page = await browser.get("/as/sam/channels/incidents")

    assert ">ab<" in page.text


async def test_days_are_the_readers(here: World) -> None:
    here.clock.at("2026-03-02T20:00:00")
    async with here.browser() as browser:
        await do(browser, f"{CHANNEL}/say", text="Good evening")
        here.clock.forward(timedelta(minutes=30))

        sam, priya = await seen(browser, CHANNEL), await seen(browser, "/as/priya/rooms/incidents")

    assert "21:00" in sam
    assert "<span>Today</span>" in sam
    assert "01:30" in priya
    assert 'data-key="d2026-03-03"' in priya


async def test_messages_of_one_author_stand_together(here: World) -> None:
    async with here.browser() as browser:
        await do(browser, f"{CHANNEL}/say", text="One")
        await do(browser, f"{CHANNEL}/say", text="Two")
        here.clock.forward(timedelta(minutes=6))
        await do(browser, f"{CHANNEL}/say", text="Three")

        html = await seen(browser, CHANNEL)

    assert html.count('class="message follows"') == 1


async def test_older_messages_are_shown_on_request(here: World) -> None:
    async with here.browser() as browser:
        for number in range(4):
            await do(browser, f"{CHANNEL}/say", text=f"Message {number}")

        two = (await browser.get(f"{CHANNEL}/messages?limit=2")).text
        all_of_them = (await browser.get(f"{CHANNEL}/messages?limit=82")).text

    assert "Message 1" not in two
    assert 'data-limit="82"' in two
    assert "Message 0" in all_of_them
    assert "Show earlier messages" not in all_of_them


async def test_an_empty_room_says_what_it_is_for(here: World) -> None:
    async with here.browser() as browser:
        assert "This is where Grove writes to you" in await seen(browser, DM)
        assert "This is #incidents" in await seen(browser, CHANNEL)


async def test_a_room_that_is_not_yours_is_not_there(here: World) -> None:
    async with here.browser() as browser:
        page = await browser.get("/as/sam/channels/leads")
        messages = await browser.get("/as/sam/rooms/leads/messages")
        other = await browser.get("/as/sam/rooms/@ana/messages")
        nobody = await browser.get("/as/nobody/grove")

    assert [page.status_code, messages.status_code, other.status_code, nobody.status_code] == [
        404
    ] * 4
    assert "There is no room “leads” for you here." in page.text


async def test_without_scripts_a_deed_leads_back_to_the_room(here: World) -> None:
    async with here.browser() as browser:
        done = await browser.post(f"{DM}/say", data={"text": "quiz"})
        form = await browser.post(f"{DM}/say", data={"text": "settings"})
        empty = await browser.post(f"{DM}/say", data={"text": " "})

    assert (done.status_code, done.headers["location"]) == (303, "/as/sam/grove")
    assert '<dialog aria-labelledby="dialog-title" open>' in form.text
    assert "Write something first." in empty.text


async def test_an_unknown_slash_word_is_not_posted(here: World) -> None:
    async with here.browser() as browser:
        told = await do(browser, f"{CHANNEL}/say", text="/quiz")

        assert told["notice"] == "Commands begin with /grove; type / to see them."
        assert "/quiz" not in await seen(browser, CHANNEL)


async def test_the_page_speaks_the_persons_language_and_says_so(here: World) -> None:
    async with here.browser() as browser:
        page = (await browser.get("/as/sam/grove")).text

    assert '<html lang="en">' in page


async def test_the_page_shows_everybody_with_role_place_and_time(here: World) -> None:
    async with here.browser() as browser:
        page = (await browser.get("/")).text

    assert page.count('href="/as/') == 12
    assert "Engineering manager, lead" in page
    assert 'data-zone="Asia/Kolkata">Mon 13:30</span><br>Kolkata' in page


async def test_pictures_are_drawn_for_light_and_dark(here: World) -> None:
    async with here.browser() as browser:
        light = await browser.get("/local/picture/progress:1?theme=light")
        dark = await browser.get("/local/picture/progress%3A1?theme=dark")
        none = await browser.get("/local/picture/progress:2")

    assert light.headers["content-type"] == "image/png"
    assert light.content != dark.content
    assert none.status_code == 404
