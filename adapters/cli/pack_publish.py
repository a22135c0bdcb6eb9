"""`grove pack diff`, `publish`, `approve`, `export` and `list`: packs and the database."""

import functools
import getpass
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from adapters.cli import pack_text
from adapters.cli.pack_files import one_folder, require_free, several_folders, sound, write
from adapters.cli.pack_where import F, Where, known_id, made_id, opened, workspace_option
from adapters.cli.speaking import json_option, print_json, progress, table
from bot.lessons import approving, publishing, writing
from bot.lessons.content import Pack
from storage import content, people, reaching
from storage.engine import Tx

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


@click.command(short_help="Say what publishing would change, and for whom")
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
    with opened() as database:
        plan = database.read_now(_plan, workspace, found, frozenset(wording), frozenset(meaning))
    if as_json:
        print_json(pack_text.planned(plan))
    else:
        click.echo(pack_text.plan(plan))


@click.command(short_help="Make a workspace teach packs")
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
    with opened() as database:
        workspace_id = database.run_now(made_id, workspace)
        for found in packs:
            progress(f"Publishing {found.title}.")
            done.append(database.run_now(work, workspace_id, found))
    if as_json:
        print_json([pack_text.done(each) for each in done])
    else:
        for each in done:
            click.echo(pack_text.published(each))


@click.command(short_help="Ask questions in their new meaning")
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
    with opened() as database:
        workspace_id = database.read_now(known_id, workspace)
        approved = database.run_now(
            approving.approve, workspace_id, slug, frozenset(questions), by=by
        )
    if as_json:
        print_json({"pack": slug, "approved": approved.questions, "people": approved.people})
    else:
        click.echo(pack_text.approved(approved))


@click.command(short_help="Write a published pack into a folder")
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
    with opened() as database:
        found = database.read_now(
            publishing.published, database.read_now(known_id, workspace), slug
        )
    write(folder, writing.write(found))
    click.echo(f"{folder}: {pack_text.size(found)}.")
    if found.media:
        click.echo(f"Its pictures are not here; put them back: {', '.join(found.media)}", err=True)


@click.command("list", short_help="The packs of a workspace")
@workspace_option
@json_option
def list_(workspace: Where, as_json: bool) -> None:
    """The packs of a workspace, and what waits for approval in them.

    \b
    Example:
      grove pack list --json | jq '.[].pack'
    """
    with opened() as database:
        rows = database.read_now(_listed, database.read_now(known_id, workspace))
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
            "waiting": list(approving.waiting(tx, workspace_id, row.slug)),
        }
        for row in content.packs(tx, workspace_id)
    ]


COMMANDS = (diff, publish, approve, export, list_)
"""What `grove pack` takes from here."""
