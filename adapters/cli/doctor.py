"""`grove doctor`: each thing that can be missing or wrong, in one sentence with its mend."""

import sys
from collections.abc import Callable, Iterator

import click

from adapters import settings as reading
from adapters.cli import checkups
from adapters.cli.checkups import Finding, Health
from adapters.cli.speaking import json_option, print_json
from adapters.settings import SettingProblem, Settings

MARKS = {Health.OK: "ok", Health.NOTE: "note", Health.PROBLEM: "PROBLEM"}

CHECKS: tuple[Callable[[Settings], Finding], ...] = (
    checkups.python,
    checkups.sqlite,
    checkups.tables,
    checkups.filesystem,
    checkups.disk,
    checkups.clock,
    checkups.zones,
    checkups.port,
    checkups.tokens,
)


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Say what is missing or wrong, one sentence each, with the mend.

    Ends with 1 when there is a problem; a note is worth reading and stops nothing.

    \b
    Examples:
      grove doctor
      grove doctor --json | jq '.[] | select(.health == "problem")'
    """
    found = list(_findings())
    if as_json:
        print_json(
            [{"about": one.about, "health": one.health, "words": one.words} for one in found]
        )
    else:
        for one in found:
            click.echo(f"{MARKS[one.health]:>7}  {one.words}")
    if any(one.health is Health.PROBLEM for one in found):
        sys.exit(1)


def _findings() -> Iterator[Finding]:
    try:
        settings = reading.read()
    except SettingProblem as problem:
        yield Finding("settings", Health.PROBLEM, str(problem))
        return
    yield Finding("settings", Health.OK, "Every setting can be used.")
    for check in CHECKS:
        yield check(settings)
