"""Which workspace `grove pack` is about, and the way to its database."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click

from adapters import settings as reading
from adapters.opening import looking
from bot.errors import Refusal
from bot.terms import PlatformName
from storage import people
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


@contextlib.contextmanager
def opened() -> Iterator[Database]:
    """The database, also while Grove runs; a refusal inside is a Problem on a terminal."""
    with looking(reading.read()) as database:
        try:
            yield database
        except Refusal as no:
            raise Problem(no.words) from no


def _read_workspace(value: str) -> Where:
    name, _, external_id = value.partition(":")
    if value == HERE:
        return PlatformName.LOCAL, HERE
    if name not in {PlatformName.SLACK, PlatformName.DISCORD} or not external_id:
        raise click.BadParameter(
            f"{value} is not a workspace; write local, slack:T0123456 or discord:1234567890."
        )
    return PlatformName(name), external_id


def made_id(tx: Tx, workspace: Where) -> int:
    """The workspace's id; made when Grove meets it first here."""
    row = people.found_workspace(tx, *workspace)
    assert row.id is not None
    return row.id


def known_id(tx: Tx, workspace: Where) -> int:
    """The workspace's id. Raises Problem when Grove does not know it."""
    row = people.workspace(tx, *workspace)
    if row is None or row.id is None:
        name = HERE if workspace[1] == HERE else ":".join(workspace)
        raise Problem(f"Nothing is published in {name} yet: grove pack publish DIR does that.")
    return row.id
