"""One declaration per command: its words, its arguments, who sees it.

The help text, the local palette, Slack's manifest, Discord's application commands and the README's table
all read `COMMANDS`. What a command does is bound in bot/inbox.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from bot.terms import Audience, MemberId, PlatformName, Role, WorkspaceId
from bot.ui import Act, Entries, Outcome
from bot.words import later

if TYPE_CHECKING:
    from bot.events import Source


class Suggest(StrEnum):
    """What completes an argument while it is typed."""

    NOTHING = ""
    TOPICS = "topics"
    PACKS = "packs"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: always text, optional unless `required`; `words` are suggested, and with `only` no others exist."""

    name: str
    help: str
    required: bool = False
    suggest: Suggest = Suggest.NOTHING
    words: tuple[str, ...] = ()
    only: bool = False


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """`/grove <name> <argument>`: `help` is one line, what the person gets."""

    name: str
    help: str
    audience: Audience
    argument: Argument | None = None


COMMANDS: tuple[CommandSpec, ...] = (
    CommandSpec(
        "", later("Your day: today's set, the next lesson, when Grove writes next"), Audience.ALL
    ),
    CommandSpec(
        "quiz",
        later("Answer what is due today, or practise a topic"),
        Audience.LEARNER,
        Argument("topic", later("A topic to practise now"), suggest=Suggest.TOPICS),
    ),
    CommandSpec(
        "learn",
        later("See the packs open to you, or take the next lesson"),
        Audience.LEARNER,
        Argument("pack", later("A pack to join or go on with"), suggest=Suggest.PACKS),
    ),
    CommandSpec(
        "progress",
        later("What you remember, topic by topic, and what is fading"),
        Audience.LEARNER,
        Argument("topic", later("One topic in detail"), suggest=Suggest.TOPICS),
    ),
    CommandSpec(
        "pause",
        later("Take a break; nothing piles up"),
        Audience.LEARNER,
        Argument(
            "until",
            later("For how long: friday, 2 weeks, until 3 march, off"),
            suggest=Suggest.WORDS,
            words=("tomorrow", "friday", "1 week", "2 weeks", "off"),
        ),
    ),
    CommandSpec(
        "settings", later("Your hour, days, minutes a day, time zone and language"), Audience.ALL
    ),
    CommandSpec("why", later("Why the last thing happened"), Audience.ALL),
    CommandSpec(
        "me",
        later("Everything Grove holds of you, as a file; or erase it"),
        Audience.ALL,
        Argument(
            "what",
            later("export or forget"),
            suggest=Suggest.WORDS,
            words=("export", "forget"),
            only=True,
        ),
    ),
    CommandSpec(
        "team",
        later("This channel: its packs, rhythm and people"),
        Audience.LEAD,
        Argument(
            "what",
            later("setup, invite, pause or resume"),
            suggest=Suggest.WORDS,
            words=("setup", "invite", "pause", "resume"),
            only=True,
        ),
    ),
    CommandSpec("help", later("What you can do here"), Audience.ALL),
)
"""Every command that works. A command is added here in the change that makes it work."""


@dataclass(frozen=True, slots=True)
class Who:
    """The member an event came from, as a handler needs them; read once per transaction."""

    id: MemberId
    workspace: WorkspaceId
    platform: PlatformName
    address: str
    name: str
    zone: str
    language: str
    roles: frozenset[Role]
    source: "Source"

    @property
    def is_admin(self) -> bool:
        """Whether the member may change the whole workspace."""
        return Role.ADMIN in self.roles

    def may_use(self, audience: Audience) -> bool:
        """Whether a command for this audience is shown to the member."""
        match audience:
            case Audience.ALL | Audience.LEARNER:
                return True
            case Audience.LEAD:
                return self.is_admin or Role.LEAD in self.roles
            case Audience.AUTHOR:
                return self.is_admin or bool(self.roles & {Role.AUTHOR, Role.REVIEWER})
            case Audience.ADMIN:
                return self.is_admin


ActHandler: TypeAlias = "Callable[..., Outcome]"
"""`handler(tx, who, act, values_or_entries)`; bound to one act class."""

CommandHandler: TypeAlias = "Callable[..., Outcome]"
"""`handler(tx, who, text)`."""


@dataclass(frozen=True, slots=True)
class Routes:
    """What one feature answers to: commands by name, presses and submits by act class."""

    commands: dict[str, CommandHandler]
    presses: dict[type[Act], ActHandler]
    submits: dict[type[Act], ActHandler]


def spec(name: str) -> CommandSpec | None:
    """The declaration of a command, None when there is none."""
    return next((c for c in COMMANDS if c.name == name), None)


__all__ = ["COMMANDS", "Argument", "CommandSpec", "Entries", "Routes", "Suggest", "Who", "spec"]
