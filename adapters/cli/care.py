"""`grove backup`, `grove restore` and `grove migrate`: looking after the database."""

from datetime import datetime
from pathlib import Path

import click

from adapters import settings as reading
from adapters.cli.speaking import json_option, print_json, progress
from storage import backup as copies
from storage import lock
from storage import migrate as migrating
from storage import restore as restoring
from storage.addresses import sqlite_path
from storage.engine import wall_clock


@click.command()
@click.argument("target", required=False, type=click.Path(path_type=Path))
@json_option
def backup(target: Path | None, as_json: bool) -> None:
    """Write a checked copy of the database; Grove may run meanwhile.

    Without TARGET the copy goes to the folder `backups` in GROVE_DATA, named by the time.

    \b
    Examples:
      grove backup
      grove backup /mnt/safe/grove.db
    """
    settings = reading.read()
    path = sqlite_path(settings.database_url)
    if target is None:
        folder = settings.data / "backups"
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"grove-{stamp()}.{'dump' if path is None else 'db'}"
    copies.back_up(settings.database_url, target, progress)
    size = target.stat().st_size
    if as_json:
        print_json({"backup": str(target), "bytes": size})
    else:
        click.echo(f"{target} ({size / 1_000_000:.1f} MB), checked.")


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def restore(source: Path, yes: bool, as_json: bool) -> None:
    """Put a backup in the database's place; what was there is kept beside it.

    Stop Grove first. Messages that may have been sent since the backup are looked for before they are sent again.

    \b
    Examples:
      grove restore data/backups/grove-20260302-080000.db
      grove restore --yes nightly.dump
    """
    settings = reading.read()
    if not yes:
        click.confirm(f"Put {source} in the place of the database?", abort=True, err=True)
    kept = restoring.restore(settings.database_url, source, stamp(), progress)
    if as_json:
        print_json({"restored": str(source), "kept": None if kept is None else str(kept)})
    else:
        click.echo(
            f"Restored. {'There was nothing before.' if kept is None else f'What was there is in {kept}.'}"
        )


@click.command()
@json_option
def migrate(as_json: bool) -> None:
    """Bring the tables up to this version; a SQLite file is copied first.

    `grove run` does this by itself at its start.

    \b
    Example:
      grove migrate
    """
    settings = reading.read()
    path = sqlite_path(settings.database_url)
    if path is None:
        before = migrating.upgrade(settings.database_url, progress)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        with lock.held(path):
            before = migrating.upgrade(settings.database_url, progress)
    if as_json:
        print_json({"before": before, "now": migrating.state(settings.database_url)})
    else:
        current = before is migrating.Tables.CURRENT
        click.echo("The tables were up to date." if current else "The tables are up to date now.")


def stamp() -> str:
    """The time, as it goes into a file's name."""
    return datetime.strftime(wall_clock(), "%Y%m%d-%H%M%S")
