"""`/grove settings`, `/grove pause` and `/grove me`: how a member wants it, and what Grove holds of them."""

import json
from datetime import date, timedelta

from bot import days, words
from bot.forms import refilled
from bot.people import acts, holdings, views
from bot.people.holdings import Holdings
from bot.people.pausing import LONGEST, Resume, Unread, Until, read_pause
from bot.people.rules import Settings, mask, minute_of_day, read_settings, wall, weekdays
from bot.routes import Routes, Who
from bot.teams.rules import INVITATION_LASTS
from bot.terms import EnrolmentState
from bot.ui import Button, Entries, File, Fix, Open, Outcome, Say
from bot.words import on_day_at, say, speaking
from storage import decisions, enrolments, erasing, exporting, people
from storage.engine import Tx
from storage.tables import Member


def settings(tx: Tx, who: Who, _text: str) -> Outcome:
    """The settings form, all filled in."""
    return open_settings(tx, who, acts.OpenSettings())


def open_settings(tx: Tx, who: Who, _act: acts.OpenSettings, _values: object = ()) -> Outcome:
    """The settings form, all filled in."""
    present = _present(people.locked(tx, who.id))
    return Open(views.settings_form(present, days.local(tx.now, present.zone).time()))


def _present(member: Member) -> Settings:
    return Settings(
        at=wall(member.minute),
        days=weekdays(member.days),
        daily_limit=member.daily_limit,
        zone=member.zone,
        language=member.language,
        counted=member.counted,
    )


def save_settings(tx: Tx, who: Who, _act: acts.OpenSettings, entries: Entries) -> Outcome:
    """Keep what was entered, plan the next message anew; or say what needs a look."""
    member = people.locked(tx, who.id)
    present = _present(member)
    chosen = read_settings(entries, present)
    if not isinstance(chosen, Settings):
        form = views.settings_form(present, days.local(tx.now, present.zone).time())
        return Fix(chosen, refilled(form, entries))
    member.minute, member.days = minute_of_day(chosen.at), mask(chosen.days)
    member.daily_limit, member.counted = chosen.daily_limit, chosen.counted
    member.zone, member.language = chosen.zone, chosen.language
    member.chose_rhythm = True
    enrolments.replan(tx, member)
    with speaking(chosen.language):
        return Say(views.saved(chosen, _next_words(tx, member), _way_on(tx, member)))


def _way_on(tx: Tx, member: Member) -> Button | None:
    """What to do when nothing is planned for a member."""
    if member.next_set_at is not None:
        return None
    taken = enrolments.of_member(tx, member.id or 0, EnrolmentState.ACTIVE, EnrolmentState.INVITED)
    invited = [one.enrolment for one in taken if one.enrolment.state is EnrolmentState.INVITED]
    return views.way_on(
        rests=member.silent or member.paused_until is not None,
        learns=len(invited) < len(taken),
        invited=invited[0].id or 0 if invited else 0,
    )


def pause(tx: Tx, who: Who, text: str) -> Outcome:
    """Pause until the day that is written, or ask for how long."""
    if not text:
        return show_pause(tx, who, acts.ShowPause())
    today = _today(tx, who)
    match read_pause(text, today, words.language()):
        case Until(day):
            return _pause(tx, who, day)
        case Resume():
            return resume(tx, who, acts.Resume())
        case Unread.PAST:
            return _ask_again(tx, who, say("That day has passed. Until which day to come?"))
        case Unread.TOO_FAR:
            return _ask_again(
                tx,
                who,
                say("That is over a year away. Pick a nearer day, or pause until you say so."),
            )
        case Unread.UNCLEAR:
            return _ask_again(
                tx, who, say("I can't tell which day you mean. Try: friday, 2 weeks, 3 march.")
            )


def show_pause(tx: Tx, who: Who, _act: acts.ShowPause, _values: object = ()) -> Outcome:
    """For how long?"""
    return _ask_again(tx, who, "")


def _ask_again(tx: Tx, who: Who, problem: str) -> Outcome:
    member, today = people.locked(tx, who.id), _today(tx, who)
    monday = today + timedelta(days=7 - today.weekday())
    choices = (
        (say("Tomorrow"), today + timedelta(days=1)),
        (say("Until Monday"), monday),
        (say("1 week"), today + timedelta(days=7)),
        (say("2 weeks"), today + timedelta(days=14)),
        (say("Until I say"), days.FOREVER),
    )
    until = member.paused_until
    paused = "" if until is None or until <= today else views.until_words(until, today)
    learns = bool(enrolments.of_member(tx, who.id, EnrolmentState.ACTIVE))
    return Say(views.pause_choices(choices, paused=paused, learns=learns, problem=problem))


def pause_until(tx: Tx, who: Who, act: acts.PauseUntil, _values: object = ()) -> Outcome:
    """Pause until the day on the button, unless it has passed meanwhile."""
    try:
        day = days.FOREVER if act.day == "open" else date.fromisoformat(act.day)
    except ValueError:
        return _ask_again(tx, who, "")
    today = _today(tx, who)
    if day <= today or (day != days.FOREVER and day - today > LONGEST):
        return _ask_again(tx, who, say("That day has passed. Until which day to come?"))
    return _pause(tx, who, day)


def _pause(tx: Tx, who: Who, day: date) -> Outcome:
    member = people.locked(tx, who.id)
    member.paused_until = day
    member.silent, member.unanswered = False, 0
    next_at = enrolments.replan(tx, member)
    enrolments.hold_sets(tx, who.id, "paused")
    if day != days.FOREVER:
        decisions.record(tx, member, "paused", {"until": day.isoformat()})
    again = next_at
    if again is None and day != days.FOREVER:
        again = days.next_slot(tx.now, people.rhythm(member), not_before=day).at
    enrolments.postpone_invitations(tx, who.id, again, INVITATION_LASTS)
    return Say(views.paused(day, _today(tx, who), _next_words(tx, member)))


def resume(tx: Tx, who: Who, _act: acts.Resume, _values: object = ()) -> Outcome:
    """Go on now: the next slot is planned, and that is all."""
    member = people.locked(tx, who.id)
    member.paused_until = None
    member.silent, member.unanswered = False, 0
    enrolments.replan(tx, member)
    return Say(views.resumed(_next_words(tx, member)))


def show_leave(tx: Tx, who: Who, _act: acts.ShowLeave, _values: object = ()) -> Outcome:
    """Which pack to leave?"""
    taken = enrolments.of_member(tx, who.id, EnrolmentState.ACTIVE)
    return Say(views.leave_choices([(one.enrolment.id or 0, one.pack.title) for one in taken]))


def me(tx: Tx, who: Who, text: str) -> Outcome:
    """What Grove holds of a member; as a file, or erased."""
    match text.casefold():
        case "export" | "file" | "json":
            return export(tx, who, acts.Export())
        case "forget" | "erase" | "delete":
            return show_forget(tx, who, acts.ShowForget())
        case _:
            return Say(holdings.me(_held(tx, who), people.locked(tx, who.id).counted))


def _held(tx: Tx, who: Who) -> Holdings:
    counts = exporting.counts(tx, who.id)
    return Holdings(counts["packs"], counts["beliefs"], counts["answers"], counts["deliveries"])


def export(tx: Tx, who: Who, _act: acts.Export, _values: object = ()) -> Outcome:
    """Everything, as readable JSON."""
    content = json.dumps(
        exporting.collect(tx, people.locked(tx, who.id)), indent=2, ensure_ascii=False
    )
    name = f"grove-{_today(tx, who).isoformat()}.json"
    return File(holdings.exported(), name, "application/json", content.encode())


def show_forget(tx: Tx, who: Who, _act: acts.ShowForget, _values: object = ()) -> Outcome:
    """What would be erased, and one button that does it."""
    return Say(holdings.confirm_erasing(_held(tx, who)))


def erase(tx: Tx, who: Who, _act: acts.Erase, _values: object = ()) -> Outcome:
    """Erase everything, at once. Pressed again it leaves nothing again."""
    erasing.erase(tx, people.locked(tx, who.id))
    return Say(holdings.erased(), replace=True)


def keep(_tx: Tx, _who: Who, _act: acts.Keep, _values: object = ()) -> Outcome:
    """Nothing changes."""
    return Say(holdings.kept(), replace=True)


def count(tx: Tx, who: Who, act: acts.Count, _values: object = ()) -> Outcome:
    """Whether one's answers count in the figures of groups."""
    member = people.locked(tx, who.id)
    member.counted = bool(act.on)
    return Say(holdings.counting(member.counted))


def _today(tx: Tx, who: Who) -> date:
    return days.learning_day(tx.now, who.zone)


def _next_words(tx: Tx, member: Member) -> str:
    if member.next_set_at is None:
        return ""
    return on_day_at(member.next_set_at, now=tx.now, zone=member.zone)


ROUTES = Routes(
    commands={"settings": settings, "pause": pause, "me": me},
    presses={
        acts.OpenSettings: open_settings,
        acts.ShowPause: show_pause,
        acts.PauseUntil: pause_until,
        acts.Resume: resume,
        acts.ShowLeave: show_leave,
        acts.Export: export,
        acts.ShowForget: show_forget,
        acts.Erase: erase,
        acts.Keep: keep,
        acts.Count: count,
    },
    submits={acts.OpenSettings: save_settings},
)
