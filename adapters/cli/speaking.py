"""How subcommands speak: plain lines for people, one JSON value with `--json`, progress apart from both."""

import json
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

json_option: Callable[[F], F] = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON value."
)


def progress(step: str) -> None:
    """A step of longer work, on stderr, so that what is printed can be piped."""
    click.echo(step, err=True)


def print_json(value: object) -> None:
    """One JSON value on stdout."""
    click.echo(json.dumps(value, indent=2, default=_plain, ensure_ascii=False))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def table(rows: Sequence[tuple[str, ...]]) -> None:
    """Rows with aligned columns."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )


def moment(at: datetime | None) -> str:
    """An instant in the terminal's own zone, to the minute."""
    return "-" if at is None else at.astimezone().strftime("%Y-%m-%d %H:%M")


def on_terminal() -> bool:
    """Whether a person is looking."""
    return sys.stdout.isatty()
