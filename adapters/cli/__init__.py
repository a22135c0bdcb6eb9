"""The `grove` command: each subcommand in a module of its own, loaded when it is called.

Exit codes: 0 done, 1 a problem was found or met, 2 the command was not understood.
"""

import importlib
import sys
import zoneinfo
from collections.abc import Sequence

import click

from storage.problems import Problem

COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("adapters.cli.run:run", "Serve Grove until Ctrl-C"),
    "demo": ("adapters.cli.demo:demo", "Serve a throwaway workspace with 30 days behind it"),
    "doctor": ("adapters.cli.doctor:doctor", "Say what is missing or wrong, and the mend"),
    "status": ("adapters.cli.status:status", "How much there is, and what comes next"),
    "outbox": ("adapters.cli.status:outbox", "Messages owed, sent, skipped and failed, and why"),
    "backup": ("adapters.cli.care:backup", "Write a checked copy of the database"),
    "restore": ("adapters.cli.care:restore", "Put a backup in the database's place"),
    "migrate": ("adapters.cli.care:migrate", "Bring the tables up to this version"),
    "pack": ("adapters.cli.pack:pack", "Write, check, compare and publish packs"),
    "simulate": ("adapters.cli.simulate:simulate", "Let invented people live with Grove"),
    "completion": ("adapters.cli.completion:completion", "Completion for bash, zsh or fish"),
}
"""Every subcommand: where it is, and what it does in a few words."""


class Lazy(click.Group):
    """Lists subcommands without loading them, so that help and completion are quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order declared."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand, loaded now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        found: click.Command = getattr(importlib.import_module(module), name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help text."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="grove", message="Grove %(version)s")
def grove() -> None:
    """Learning that lasts, where a team already talks.

    Settings stand in `.env` (see .env.example) or in the environment.
    Exit codes: 0 done, 1 a problem was found, 2 the command was not understood.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; a problem is one sentence, never a trace."""
    zoneinfo.reset_tzpath(())  # the pinned tzdata package decides, not the system's files
    try:
        code = grove.main(args=arguments, prog_name="grove", standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except click.Abort:
        click.echo("Stopped; nothing was changed.", err=True)
        sys.exit(1)
    except Problem as problem:
        click.echo(f"grove: {problem}", err=True)
        sys.exit(1)
    except Exception as failure:
        words = _known(failure)
        if words is None:
            raise
        click.echo(f"grove: {words}", err=True)
        sys.exit(1)
    sys.exit(code or 0)


def _known(failure: Exception) -> str | None:
    """A sentence for what the system or the database refuses, None for a bug of ours."""
    if type(failure).__module__.startswith(("sqlalchemy", "sqlite3")):
        return _of_database(str(getattr(failure, "orig", failure)).strip().splitlines()[0])
    if isinstance(
        failure, PermissionError | FileNotFoundError | NotADirectoryError | IsADirectoryError
    ):
        return f"{failure.filename}: {failure.strerror}. Check the path and its rights."
    return None


def _of_database(said: str) -> str | None:
    if "database is locked" in said:
        return "The database is locked by another program: close it, or try again in a moment."
    if "unable to open database file" in said:
        return (
            "The database file cannot be opened: check GROVE_DATABASE_URL and the folder's rights."
        )
    if "not a database" in said or "malformed" in said:
        return "The database file is damaged: put a backup in its place with `grove restore`."
    if "disk is full" in said:
        return "The disk is full: nothing was lost; free some space and try again."
    if "readonly" in said:
        return "The database file cannot be written: check its rights and the folder's."
    if "connection" in said:
        return f"The database cannot be reached ({said}): check GROVE_DATABASE_URL."
    return None
