"""`grove run` and `grove demo`: serve until told to stop."""

import os
import sys
import webbrowser
from importlib.metadata import version

import click

from adapters import settings as reading
from adapters import telemetry
from adapters.cli.speaking import on_terminal, progress
from adapters.settings import Settings
from storage.addresses import shown
from storage.problems import Problem


class RealTeam(Problem):
    """The local workspace would start beside a real team's tokens."""


browser_option = click.option(
    "--open/--no-open",
    "opens",
    default=None,
    help="Open a browser; by default when you are at this terminal.",
)


@click.command()
@click.option(
    "--local", is_flag=True, help="Serve the local workspace even though platform tokens are set."
)
@browser_option
def run(local: bool, opens: bool | None) -> None:
    """Serve Grove until Ctrl-C or SIGTERM.

    The first start makes the database and fills the local workspace with an invented team and starter packs.

    \b
    Examples:
      grove run
      GROVE_PORT=9000 grove run --no-open
    """
    settings = reading.read()
    if settings.tokens and not local:
        raise RealTeam(
            f"{settings.tokens[0]} is set, so this may be a real team's Grove, and in the local workspace anybody "
            "may be anybody: remove the token, or start it anyway with `grove run --local`."
        )
    serve(settings, opens)


def serve(settings: Settings, opens: bool | None) -> None:
    """Serve the local workspace over this database, saying where."""
    telemetry.begin(settings.log)
    from adapters import main

    def announce() -> None:
        _say_what_is_on(settings)
        if _wants_browser() if opens is None else opens:
            webbrowser.open(settings.address)

    main.run(settings, progress, announce=announce)
    click.echo("Stopped.", err=True)


def _say_what_is_on(settings: Settings) -> None:
    click.echo(f"Grove {version('grove')}")
    click.echo(f"  Local workspace  {settings.address}")
    click.echo("  Slack, Discord   off")
    click.echo(f"  Database         {shown(settings.database_url)}")
    if not settings.on_loopback:
        click.secho(
            f"  Note: {settings.host} can be reached from other machines, and in the local workspace anybody may be "
            "anybody. Set GROVE_HOST=127.0.0.1 to keep it to this one.",
            fg="yellow",
        )
    click.echo("Ctrl-C stops it. What it does: `grove status`; what is missing: `grove doctor`.")


def _wants_browser() -> bool:
    """Whether somebody sits at this machine's screen."""
    if not on_terminal() or "SSH_CONNECTION" in os.environ:
        return False
    return (
        sys.platform in {"darwin", "win32"}
        or "DISPLAY" in os.environ
        or "WAYLAND_DISPLAY" in os.environ
    )
