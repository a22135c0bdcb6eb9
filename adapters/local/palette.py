"""What completes a command while it is typed: commands this person may use, then their argument."""

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.local.directory import WORKSPACE
from bot.events import Source
from bot.routes import COMMANDS, Argument, CommandSpec, Suggest, Who
from bot.terms import PlatformName, WorkspaceId
from bot.words import say
from storage import local
from storage.engine import Tx
from storage.local import Person

MOST = 12
"""How many suggestions are shown at once."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` goes into the composer; `complete` when it can be sent as it is."""

    text: str
    label: str
    help: str
    complete: bool


def suggest(tx: Tx, person: Person, workspace: int, typed: str) -> list[Suggestion]:
    """The suggestions for what is typed so far, nothing for words that are not a command."""
    if not typed.startswith("/"):
        return []
    may_use = [spec for spec in COMMANDS if _who(person, workspace).may_use(spec.audience)]
    name, gap, argument = _begun(typed).partition(" ")
    if not gap:
        return [_command(spec) for spec in may_use if spec.name.startswith(name.lower())]
    spec = next((spec for spec in may_use if spec.name == name), None)
    if spec is None or spec.argument is None:
        return []
    return _arguments(tx, workspace, spec, spec.argument, argument.strip().lower())


def _begun(typed: str) -> str:
    """What follows `/grove`; that word itself may be missing, or half typed."""
    first, gap, rest = typed[1:].partition(" ")
    if gap and first == "grove":
        return rest.lstrip()
    return "" if not gap and "grove".startswith(first) else typed[1:]


def _who(person: Person, workspace: int) -> Who:
    return Who(
        id=person.id,
        workspace=WorkspaceId(workspace),
        platform=PlatformName.LOCAL,
        address=person.slug,
        name=person.name,
        zone=person.zone,
        language=person.language,
        roles=person.roles,
        source=Source(PlatformName.LOCAL, WORKSPACE, person.slug, key=""),
    )


def _command(spec: CommandSpec) -> Suggestion:
    argument = spec.argument
    text = f"/grove {spec.name}".strip()
    shown = (
        ""
        if argument is None
        else f" {argument.name}"
        if argument.required
        else f" [{argument.name}]"
    )
    return Suggestion(
        text if argument is None else f"{text} ", text + shown, say(spec.help), argument is None
    )


def _arguments(
    tx: Tx, workspace: int, spec: CommandSpec, argument: Argument, typed: str
) -> list[Suggestion]:
    found = [
        Suggestion(f"/grove {spec.name} {value}", value, "" if label == value else label, True)
        for value, label in _values(tx, workspace, argument)
        if typed in value.lower() or typed in label.lower()
    ]
    alone = len(found) == 1 and found[0].label == typed
    return [] if alone else found[:MOST]


def _values(tx: Tx, workspace: int, argument: Argument) -> Sequence[tuple[str, str]]:
    match argument.suggest:
        case Suggest.TOPICS:
            return local.topics(tx, workspace)
        case Suggest.PACKS:
            return local.packs(tx, workspace)
        case Suggest.WORDS:
            return [(word, word) for word in argument.words]
        case Suggest.NOTHING:
            return []
