"""Folders of packs on the command line: named, opened, written."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from adapters.cli import pack_text
from bot.lessons.content import Pack
from bot.lessons.folders import Opened, open_pack
from storage.engine import wall_clock
from storage.problems import Problem

F = TypeVar("F", bound=Callable[..., Any])

FOLDER = click.Path(path_type=Path)

several_folders: Callable[[F], F] = click.argument(
    "folders_", metavar="DIR...", nargs=-1, required=True, type=FOLDER
)
one_folder: Callable[[F], F] = click.argument("folder", metavar="DIR", type=FOLDER)


def today() -> date:
    """The day in UTC: it decides which reviews are due."""
    return wall_clock().date()


def readable(opened: Opened) -> Pack:
    """The pack, whatever is wrong with it. Raises Problem when there is none to read."""
    if opened.pack is None:
        raise Problem(pack_text.verdict(opened))
    return opened.pack


def sound(folder: Path) -> Pack:
    """The pack, with its warnings on stderr. Raises Problem when it may not be published."""
    opened = open_pack(folder, today())
    if opened.problems:
        click.echo(pack_text.verdict(opened), err=True)
    if opened.pack is None or not opened.is_publishable:
        raise Problem(f"{folder} cannot be published: mend the errors above.")
    return opened.pack


def require_free(folder: Path) -> None:
    """Raise Problem when the folder holds anything."""
    if folder.is_dir() and any(folder.iterdir()):
        raise Problem(f"{folder} is not empty: name another folder.")


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files, and take away Markdown of lessons and answers that the pack does not have."""
    held = {
        path.relative_to(folder).as_posix()
        for part in ("lessons", "answers")
        for path in folder.glob(f"{part}/*.md")
    }
    for path in sorted(held - files.keys()):
        (folder / path).unlink()
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
