"""`grove pack diff`, `publish`, `approve`, `export` and `list`: packs and the database."""

import contextlib
import functools
import getpass
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from adapters import settings as reading
from adapters.cli import pack_text
from adapters.cli.pack_files import one_folder, require_free, several_folders, sound, write
from adapters.cli.speaking import json_option, print_json, progress, table
from adapters.opening import looking
from bot.errors import Refusal
from bot.lessons import publishing, writing
from bot.lessons.content import Pack
from bot.terms import PlatformName
from storage import content, people, reaching
from storage.engine import Database, Tx
from storage.problems import Problem

F = TypeVar("F", bound=Callable[..., Any])
Where = tuple[PlatformName, str]

HERE = "local"
"""The workspace that is meant when none is named."""

workspace_option: Callable[[F], F] = click.option(
    "--workspace",
    default=HERE,
    show_default=True,
    metavar="WHERE",
    callback=lambda _context, _option, value: _read_workspace(value),
    help="local, slack:TEAM-ID or discord:SERVER-ID.",
)
wording_option: Callable[[F], F] = click.option(
    "--wording",
    multiple=True,
    metavar="QUESTION",
    help="Its meaning stayed: keep every memory. May be repeated.",
)
meaning_option: Callable[[F], F] = click.option(
    "--meaning",
    multiple=True,
    metavar="QUESTION",
    help="Its meaning is new: set it aside. May be repeated.",
)


@click.command()
@one_folder
@wording_option
@meaning_option
@workspace_option
@json_option
def diff(
    folder: Path,
    wording: Sequence[str],
    meaning: Sequence[str],
    workspace: Where,
    as_json: bool,
) -> None:
    """Say what publishing a pack would change, and how many people it touches; nothing is changed.

    \b
    Example:
      grove pack diff packs/incident-updates
    """
    found = sound(folder)
    with _database() as database, _refusals():
        plan = database.read_now(_plan, workspace, found, frozenset(wording), frozenset(meaning))
    if as_json:
        print_json(pack_text.planned(plan))
    else:
        click.echo(pack_text.plan(plan))


@click.command()
@several_folders
@click.option(
    "--by", default=None, help="Who publishes, for the audit; else your name on this machine."
)
@click.option(
    "--approve",
    multiple=True,
    metavar="QUESTION",
    help="Put its new meaning in force now, or `all`. Needs --by.",
)
@wording_option
@meaning_option
@workspace_option
@json_option
def publish(
    folders_: Sequence[Path],
    by: str | None,
    approve: Sequence[str],
    wording: Sequence[str],
    meaning: Sequence[str],
    workspace: Where,
    as_json: bool,
) -> None:
    """Make a workspace teach packs, each whole or not at all; also while Grove runs.

    The same pack again changes nothing. Words may change freely: every memory stays. A question with
    other right answers is set aside until a person approves it, see `grove pack approve`.

    \b
    Examples:
      grove pack publish packs/incident-updates
      grove pack publish packs/* --workspace slack:T0123456
      grove pack publish packs/incident-updates --wording partial-payments
      grove pack publish packs/incident-updates --approve all --by "Ana Kovač"
    """
    if approve and not by:
        raise click.UsageError("--approve needs --by: a new meaning is approved by a person.")
    if (approve or wording or meaning) and len(folders_) > 1:
        raise click.UsageError(
            "--approve, --wording and --meaning name questions of one pack: give one folder."
        )
    packs = [sound(folder) for folder in folders_]
    work = functools.partial(
        publishing.publish,
        by=by or getpass.getuser(),
        wording_only=frozenset(wording),
        new_meaning=frozenset(meaning),
        approve=frozenset(approve),
    )
    done = []
    with _database() as database, _refusals():
        workspace_id = database.run_now(_found, workspace)
        for found in packs:
            progress(f"Publishing {found.title}.")
            done.append(database.run_now(work, workspace_id, found))
    if as_json:
        print_json([pack_text.done(each) for each in done])
    else:
        for each in done:
            click.echo(pack_text.published(each))


@click.command()
@click.argument("slug", metavar="PACK")
@click.argument("questions", metavar="QUESTION...", nargs=-1, required=True)
@click.option("--by", required=True, help="Who approves.")
@workspace_option
@json_option
def approve(slug: str, questions: Sequence[str], by: str, workspace: Where, as_json: bool) -> None:
    """Ask questions in their new meaning from now on, first of those who learned the old one.

    QUESTION may be `all`.

    \b
    Example:
      grove pack approve incident-updates partial-payments --by "Ana Kovač"
    """
    with _database() as database, _refusals():
        workspace_id = database.read_now(_known, workspace)
        approved = database.run_now(
            publishing.approve, workspace_id, slug, frozenset(questions), by=by
        )
    if as_json:
        print_json({"pack": slug, "approved": approved.questions, "people": approved.people})
    else:
        click.echo(pack_text.approved(approved))


@click.command()
@click.argument("slug", metavar="PACK")
@one_folder
@click.option("--force", is_flag=True, help="Replace the pack that the folder holds.")
@workspace_option
def export(slug: str, folder: Path, force: bool, workspace: Where) -> None:
    """Write a published pack into a folder, as its author would have written it.

    Pictures are not kept in the database: put them into `media/` yourself.

    \b
    Example:
      grove pack export incident-updates ./incident-updates
    """
    if not force:
        require_free(folder)
    with _database() as database, _refusals():
        found = database.read_now(publishing.published, database.read_now(_known, workspace), slug)
    write(folder, writing.write(found))
    click.echo(f"{folder}: {pack_text.size(found)}.")
    if found.media:
        click.echo(f"Its pictures are not here; put them back: {', '.join(found.media)}", err=True)


@click.command("list")
@workspace_option
@json_option
def list_(workspace: Where, as_json: bool) -> None:
    """The packs of a workspace, and what waits for approval in them.

    \b
    Example:
      grove pack list --json | jq '.[].pack'
    """
    with _database() as database, _refusals():
        rows = database.read_now(_listed, database.read_now(_known, workspace))
    if as_json:
        print_json(rows)
    elif rows:
        head = ("pack", "version", "title", "learners", "waiting")
        shown = [
            (*(str(row[name]) for name in head[:-1]), ", ".join(row["waiting"]) or "-")
            for row in rows
        ]
        table([head, *shown])
    else:
        click.echo("No pack yet. Publish one: grove pack publish DIR")


@contextlib.contextmanager
def _database() -> Iterator[Database]:
    with looking(reading.read()) as database:
        yield database


@contextlib.contextmanager
def _refusals() -> Iterator[None]:
    """A refusal is a problem on a terminal."""
    try:
        yield
    except Refusal as no:
        raise Problem(no.words) from no


def _read_workspace(value: str) -> Where:
    name, _, external_id = value.partition(":")
    if value == HERE:
        return PlatformName.LOCAL, HERE
    if name not in list(PlatformName) or not external_id:
        raise click.BadParameter(
            f"{value} is not a workspace; write local, slack:T0123456 or discord:1234567890."
        )
    return PlatformName(name), external_id


def _found(tx: Tx, workspace: Where) -> int:
    """The workspace's id; made when Grove meets it first here."""
    row = people.found_workspace(tx, *workspace)
    assert row.id is not None
    return row.id


def _known(tx: Tx, workspace: Where) -> int:
    row = people.workspace(tx, *workspace)
    if row is None or row.id is None:
        raise Problem(
            f"Nothing is published in {':'.join(workspace)} yet: grove pack publish DIR does that."
        )
    return row.id


def _plan(
    tx: Tx, workspace: Where, found: Pack, wording: frozenset[str], meaning: frozenset[str]
) -> publishing.Plan:
    row = people.workspace(tx, *workspace)
    workspace_id = 0 if row is None or row.id is None else row.id
    return publishing.plan_publish(
        tx, workspace_id, found, wording_only=wording, new_meaning=meaning
    )


def _listed(tx: Tx, workspace_id: int) -> list[dict[str, Any]]:
    return [
        {
            "pack": row.slug,
            "title": row.title,
            "version": row.version,
            "published_at": row.published_at,
            "learners": reaching.learners(tx, row.id or 0),
            "waiting": list(publishing.waiting(tx, workspace_id, row.slug)),
        }
        for row in content.packs(tx, workspace_id)
    ]


COMMANDS = (diff, publish, approve, export, list_)
"""What `grove pack` takes from here."""
