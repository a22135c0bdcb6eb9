"""The tables in the documents that code knows better: `python -m tests.docs.tables` writes them anew.

Each stands between `<!-- name: … -->` and `<!-- /name -->`, in the document named in `TABLES`.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import click

from adapters import cli
from adapters.settings import READERS, Settings
from bot.routes import COMMANDS, CommandSpec
from bot.terms import Audience

ROOT = Path(__file__).parents[2]

FOR = {
    Audience.ALL: "everybody",
    Audience.LEARNER: "learners",
    Audience.LEAD: "leads",
    Audience.AUTHOR: "authors",
    Audience.ADMIN: "admins",
}
"""Who a command is for, as the README says it."""


def commands() -> Iterator[str]:
    """Every chat command: name, who, argument, what you get."""
    yield from _head("command", "for", "argument", "what you get")
    for spec in COMMANDS:
        written = f"`/grove {spec.name}`".replace(" `", "`")
        yield _row(written, FOR[spec.audience], _argument(spec), spec.help)


def _argument(spec: CommandSpec) -> str:
    argument = spec.argument
    if argument is None:
        return ""
    words = f": {argument.help}" if argument.help else ""
    return f"`{argument.name}`{words}" if argument.required else f"`[{argument.name}]`{words}"


def settings() -> Iterator[str]:
    """Every setting of ours with its default; the words are those of .env.example."""
    yield from _head("setting", "default", "what it is")
    words = explained()
    for said, names in groupby(READERS, key=lambda name: words[name]):
        shared = list(names)
        yield _row(
            ", ".join(f"`{name}`" for name in shared), ", ".join(map(_default, shared)), said
        )


def _default(name: str) -> str:
    field, _ = READERS[name]
    value = getattr(Settings(), field)
    return f"`{value}`" if value else "none"


def explained() -> dict[str, str]:
    """What .env.example says above each setting."""
    said: dict[str, str] = {}
    words: list[str] = []
    for line in [*(ROOT / ".env.example").read_text(encoding="utf-8").splitlines(), ""]:
        name = re.match(r"#? ?([A-Z_]+)=", line)
        if name:
            said[name[1]] = " ".join(words)
        elif line.startswith("# "):
            words.append(line.removeprefix("# "))
        else:
            words = []
    return said


def terminal() -> Iterator[str]:
    """Every terminal command with its options."""
    yield from _head("command", "options", "what it does")
    root = click.Context(cli.grove)
    for name, (_, does) in cli.COMMANDS.items():
        found = cli.grove.get_command(root, name)
        assert found is not None
        if isinstance(found, click.Group):
            for inner, command in found.commands.items():
                yield _row(
                    *_called(f"grove {name} {inner}", command), command.get_short_help_str(80)
                )
        else:
            yield _row(*_called(f"grove {name}", found), does)


def _called(name: str, command: click.Command) -> tuple[str, str]:
    arguments = [
        each.make_metavar(click.Context(command)) for each in command.params if _is_argument(each)
    ]
    options = [
        f"`{name}`"
        for each in command.params
        if not _is_argument(each)
        for name in (*each.opts, *each.secondary_opts)
    ]
    return f"`{' '.join([name, *arguments])}`", " ".join(options)


def _is_argument(parameter: click.Parameter) -> bool:
    return isinstance(parameter, click.Argument)


def _head(*cells: str) -> Iterator[str]:
    yield _row(*cells)
    yield f"|{'---|' * len(cells)}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


TABLES: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "commands": ("README.md", commands),
    "settings": ("docs/operations.md", settings),
    "terminal": ("docs/operations.md", terminal),
}
"""By name: the document a table stands in, and what it says."""


def held(name: str) -> re.Match[str]:
    """A table as its document holds it: what is before it, its lines, what ends it."""
    path = ROOT / TABLES[name][0]
    found = re.search(
        rf"(<!-- {name}: [^\n]*-->\n)(.*?)(<!-- /{name} -->)",
        path.read_text(encoding="utf-8"),
        re.DOTALL,
    )
    if found is None:
        raise LookupError(f"{path} has no place for the table '{name}'")
    return found


def written(name: str) -> str:
    """A table as it should be."""
    return "".join(f"{line}\n" for line in TABLES[name][1]())


def rewrite() -> None:
    """Bring every table up to date."""
    for name, (document, _) in TABLES.items():
        path, place = ROOT / document, held(name)
        text = place.string
        path.write_text(
            text[: place.start(2)] + written(name) + text[place.end(2) :], encoding="utf-8"
        )


if __name__ == "__main__":
    rewrite()
