"""`grove pack`: write, check and look at packs; what needs the database is in `pack_publish`."""

import shlex
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from adapters.cli import pack_preview, pack_publish, pack_text
from adapters.cli.pack_files import (
    one_folder,
    readable,
    require_free,
    several_folders,
    today,
    write,
)
from adapters.cli.speaking import json_option, print_json
from bot.lessons import writing
from bot.lessons.folders import open_pack


@click.group()
def pack() -> None:
    """Write, check, compare and publish packs.

    A pack is a folder of Markdown. The local workspace gets the starter packs on its first run only;
    afterwards `grove pack publish` is what changes them.
    """


@pack.command(short_help="Begin a pack in a new folder")
@one_folder
@click.option("--title", help="What the pack is called; else made from the folder's name.")
def new(folder: Path, title: str | None) -> None:
    """Begin a pack in a new folder: one lesson with a question of every form.

    \b
    Example:
      grove pack new our-runbooks --title "Our runbooks"
    """
    slug = pack_text.slug(folder.resolve().name)
    if not slug:
        raise click.UsageError(
            f"{folder} gives the pack no id: use letters and digits in the folder's name."
        )
    require_free(folder)
    named = " ".join((title or "").split()) or slug.replace("-", " ").capitalize()
    files = writing.new_pack(slug, named, today())
    write(folder, files)
    again = shlex.quote(str(folder))
    click.echo(f"{folder}: {len(files)} files. Edit them, then: grove pack check {again}")


@pack.command(short_help="Say what to mend before publishing")
@several_folders
@click.option(
    "--today",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which reviews are due, if not today.",
)
@json_option
@click.pass_context
def check(
    context: click.Context, folders_: Sequence[Path], on: datetime | None, as_json: bool
) -> None:
    """Say what keeps packs from being published, and what would make them better.

    \b
    Examples:
      grove pack check packs/incident-updates
      grove pack check packs/* --json | jq '.[].problems'
    """
    day = today() if on is None else on.date()
    opened = [open_pack(folder, day) for folder in folders_]
    if as_json:
        print_json([pack_text.checked(each) for each in opened])
    else:
        for each in opened:
            click.echo(pack_text.verdict(each))
    context.exit(0 if all(each.is_publishable for each in opened) else 1)


@pack.command(short_help="Show lessons and questions as a learner reads them")
@one_folder
@click.argument("lesson", required=False)
@click.option(
    "--answers", is_flag=True, help="Show the right answers, the feedback and the explanations too."
)
def preview(folder: Path, lesson: str | None, answers: bool) -> None:
    """Show a pack, or one LESSON of it, as a learner reads it.

    \b
    Examples:
      grove pack preview packs/incident-updates | less
      grove pack preview packs/incident-updates severity --answers
    """
    found = readable(open_pack(folder, today()))
    lessons = [each for each in found.lessons if lesson in (None, each.slug)]
    if not lessons:
        raise click.UsageError(
            f"There is no lesson {lesson}; there are {', '.join(each.slug for each in found.lessons)}."
        )
    click.echo(pack_preview.preview(found, lessons, with_answers=answers))


for command in pack_publish.COMMANDS:
    pack.add_command(command)
