"""The invented team of the local workspace: plain data, written into the database by the seeding service."""

from dataclasses import dataclass

from bot.terms import Role


@dataclass(frozen=True, slots=True)
class Teammate:
    """One invented person. `hour` is when Grove writes to them on a working day, in their own zone.

    `roles` hold in the whole workspace; who leads a channel stands with the channel.
    """

    slug: str
    name: str
    zone: str
    hour: int = 9
    language: str = "en"
    work: str = ""
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class TeamChannel:
    """One channel: who is in it, who leads it, and the packs it starts with (none: set-up can be tried)."""

    slug: str
    name: str
    purpose: str
    members: tuple[str, ...]
    lead: str
    packs: tuple[str, ...] = ()


TEAM: tuple[Teammate, ...] = (
    Teammate("sam", "Sam Rivera", "Europe/Berlin", work="Product engineer"),
    Teammate(
        "ana",
        "Ana Kovač",
        "Europe/Zagreb",
        8,
        work="Engineering manager",
        roles=frozenset({Role.AUTHOR, Role.MENTOR}),
    ),
    Teammate(
        "chidi",
        "Chidi Okafor",
        "Africa/Lagos",
        work="Site reliability engineer",
        roles=frozenset({Role.MENTOR}),
    ),
    Teammate("mei", "Mei Tanaka", "Asia/Tokyo", 10, work="Designer"),
    Teammate(
        "priya",
        "Priya Raman",
        "Asia/Kolkata",
        10,
        work="Security engineer",
        roles=frozenset({Role.AUTHOR}),
    ),
    Teammate("luiza", "Luiza Barbosa", "America/Sao_Paulo", work="Customer support"),
    Teammate("jonas", "Jonas Weber", "Europe/Berlin", 8, "de", work="Accountant"),
    Teammate(
        "dana",
        "Dana Whitfield",
        "America/New_York",
        work="Head of people",
        roles=frozenset({Role.ADMIN}),
    ),
    Teammate(
        "omar", "Omar Haddad", "Africa/Cairo", work="Data analyst", roles=frozenset({Role.REVIEWER})
    ),
    Teammate(
        "freya",
        "Freya Nguyen",
        "Australia/Sydney",
        work="Technical writer",
        roles=frozenset({Role.REVIEWER}),
    ),
    Teammate("tomas", "Tomás Herrera", "America/Bogota", 8, work="Sales engineer"),
    Teammate("aroha", "Aroha Parata", "Pacific/Auckland", work="Product manager"),
)
"""Sam is the suggested learner, Ana the suggested lead; Kolkata is the zone with a half hour."""

EVERYBODY = tuple(teammate.slug for teammate in TEAM)

CHANNELS: tuple[TeamChannel, ...] = (
    TeamChannel(
        "company",
        "company",
        "What concerns all of us",
        EVERYBODY,
        "dana",
        ("security-awareness",),
    ),
    TeamChannel(
        "engineering",
        "engineering",
        "Building and running the product",
        ("ana", "sam", "chidi", "priya", "omar", "tomas", "aroha"),
        "ana",
        ("git-for-teams",),
    ),
    TeamChannel(
        "incidents",
        "incidents",
        "When something is down: who does what, and what we tell people",
        ("ana", "sam", "chidi", "priya", "luiza", "mei", "freya"),
        "ana",
        ("incident-updates",),
    ),
    TeamChannel(
        "people-and-feedback",
        "people-and-feedback",
        "Working well together",
        EVERYBODY,
        "luiza",
        ("giving-feedback",),
    ),
    TeamChannel(
        "docs-guild",
        "docs-guild",
        "Documents that everybody can read; no pack here yet",
        ("ana", "sam", "mei", "freya", "jonas", "omar"),
        "ana",
    ),
)
"""The lead of a channel is a member of it. `accessible-documents` waits for the last one's set-up."""
