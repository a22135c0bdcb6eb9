"""The first run of the local workspace: the starter packs, an invented team, and something to press.

Each step is a transaction that can be repeated; the fact `seeded` ends the last one.
Later runs change nothing, also when a starter pack has changed: `grove pack publish` does that.
"""

import logging
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from adapters.local.directory import GROVE, WORKSPACE
from adapters.local.team import CHANNELS, TEAM, TeamChannel, Teammate
from bot.events import Source
from bot.lessons import folders, publishing
from bot.teams import enrolling
from bot.terms import EnrolmentState, PlatformName, Role
from storage import content, deliveries, enrolments, facts, local, people, teams
from storage.engine import Database, Tx
from storage.tables import Channel, Member

log = logging.getLogger(__name__)

FACT = "seeded"
"""The name of the fact that the workspace was filled."""

PUBLISHER = "Grove"
"""Who published the starter packs, for the audit."""

LEARNING = {
    "company": ("ana", "jonas", "omar", "freya", "tomas", "aroha"),
    "engineering": ("chidi", "priya", "aroha"),
    "incidents": ("chidi", "luiza", "mei"),
    "people-and-feedback": ("dana", "priya"),
}
"""Who learns through which channel from the start; the others wait to be invited."""

INVITED = ("sam", "incidents")
"""Whom an invitation awaits, and from which channel: the first thing the page shows."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What the first run made; `skipped` are folders whose pack has errors."""

    packs: int
    members: int
    channels: int
    skipped: tuple[str, ...] = ()


def seed(database: Database, packs_dir: Path, *, today: date | None = None) -> Seeded | None:
    """Fill the local workspace, once; None when that was done before. A broken run is taken up again.

    `today` is the clock's day in UTC unless given: packs are checked and channels start on it.
    """
    if database.read_now(facts.fact, FACT) is not None:
        return None
    today = today or database.clock().date()
    workspace_id = database.run_now(_workspace)
    opened = [folders.open_pack(folder, today) for folder in _folders(packs_dir)]
    for each in opened:
        if each.pack is not None and each.is_publishable:
            database.run_now(publishing.publish, workspace_id, each.pack, by=PUBLISHER)
    skipped = tuple(each.folder.name for each in opened if not each.is_publishable)
    if skipped:
        log.warning("starter packs skipped", extra={"action": "local.seed", "packs": skipped})
    database.run_now(_gather, workspace_id, today)
    database.run_now(_begin, workspace_id)
    return Seeded(len(opened) - len(skipped), len(TEAM), len(CHANNELS), skipped)


def _folders(packs_dir: Path) -> list[Path]:
    return sorted(file.parent for file in packs_dir.glob("*/pack.md"))


def _workspace(tx: Tx) -> int:
    home = people.found_workspace(tx, PlatformName.LOCAL, WORKSPACE, "Local workspace")
    assert home.id is not None
    return home.id


def _gather(tx: Tx, workspace_id: int, today: date) -> None:
    """The team and its channels."""
    for mate in TEAM:
        _settle_in(tx, mate)
    for channel in CHANNELS:
        _set_up(tx, workspace_id, channel, today)


def _settle_in(tx: Tx, mate: Teammate) -> None:
    row = people.recognise(tx, _source(mate))
    row.minute = mate.hour * 60
    row.chose_rhythm = mate.slug != INVITED[0]
    for role in sorted(mate.roles):
        people.grant(tx, row, role)


def _source(mate: Teammate) -> Source:
    return Source(
        platform=PlatformName.LOCAL,
        workspace=WORKSPACE,
        person=mate.slug,
        key=f"seed:{mate.slug}",
        name=mate.name,
        zone=mate.zone,
        language=mate.language,
    )


def _set_up(tx: Tx, workspace_id: int, channel: TeamChannel, today: date) -> None:
    row = teams.found_channel(tx, workspace_id, channel.slug, channel.name)
    row.purpose = channel.purpose
    for slug in channel.members:
        teams.enter(tx, row, _member(tx, workspace_id, slug).id or 0)
    people.grant(tx, _member(tx, workspace_id, channel.lead), Role.LEAD, row.id)
    packs = [content.pack(tx, workspace_id, slug) for slug in channel.packs]
    teams.choose(
        tx,
        row,
        [pack.id for pack in packs if pack is not None and pack.id is not None],
        today,
        None,
    )


def _begin(tx: Tx, workspace_id: int) -> None:
    """Some learn already, one is invited, and the workspace counts as seeded."""
    for slug, learners in LEARNING.items():
        for learner in learners:
            _enrol(tx, _channel(tx, workspace_id, slug), _member(tx, workspace_id, learner))
    invited, slug = INVITED
    _invite(tx, _channel(tx, workspace_id, slug), _member(tx, workspace_id, invited))
    facts.keep(tx, FACT, {"at": tx.now.isoformat()})


def _enrol(tx: Tx, channel: Channel, member: Member) -> None:
    for chosen in teams.packs(tx, channel.id or 0):
        enrolments.enrol(
            tx,
            member,
            chosen.pack.id or 0,
            EnrolmentState.ACTIVE,
            channel_id=channel.id,
            starts_on=chosen.starts_on,
        )
    enrolments.replan(tx, member)


def _invite(tx: Tx, channel: Channel, member: Member) -> None:
    """Invite, and put the card into the room at once: whoever opens the page at night finds it too."""
    lead = people.holders(tx, channel.workspace_id, Role.LEAD, channel.id)
    enrolling.invite(tx, PlatformName.LOCAL, channel, [member], lead[0].name if lead else "")
    for taken in enrolments.of_member(tx, member.id or 0, EnrolmentState.INVITED)[:1]:
        owed = deliveries.by_key(tx, enrolments.invitation_key(taken.enrolment))
        assert owed is not None
        message = local.post(
            tx,
            workspace=channel.workspace_id,
            room=f"@{member.external_id}",
            author=GROVE,
            key=f"parcel:{owed.key}",
            card=owed.card,
        )
        deliveries.sent(tx, owed.id or 0, str(message.id))


def _channel(tx: Tx, workspace_id: int, slug: str) -> Channel:
    row = teams.channel_at(tx, workspace_id, slug)
    assert row is not None
    return row


def _member(tx: Tx, workspace_id: int, slug: str) -> Member:
    row = people.member_at(tx, workspace_id, slug)
    assert row is not None
    return row
