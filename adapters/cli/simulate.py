"""`grove simulate`: invented people live with the real engine for some weeks, and every promise is checked."""

import asyncio
import logging
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import click

from adapters.cli.speaking import json_option, print_json
from adapters.simulation.learners import Model


@click.command()
@click.option(
    "--learners",
    default=30,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="How many people.",
)
@click.option(
    "--days", default=30, show_default=True, type=click.IntRange(1, 730), help="How many days."
)
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same report.")
@click.option(
    "--model",
    default=Model.ACTR.value,
    show_default=True,
    type=click.Choice([model.value for model in Model]),
    help="How they forget.",
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Keep the database in this file.",
)
@json_option
def simulate(
    learners: int, days: int, seed: int, model: str, keep: Path | None, as_json: bool
) -> None:
    """Let invented people live with Grove, on a throwaway database.

    They get their messages, answer, forget, pause and travel under a moved clock; nothing leaves this machine.
    Ends with 1 when a promise was broken: a message twice, in the night, on a free day, a question twice a day.

    \b
    Examples:
      grove simulate --learners 20 --days 14
      grove simulate --model mcm --json > report.json
    """
    from adapters.main import packs_folder
    from adapters.simulation import study, summary
    from adapters.simulation.study import Plan

    if keep is not None and keep.exists():
        raise click.BadParameter(f"{keep} is there already.", param_hint="--keep")
    plan = Plan(learners, days, seed, Model(model))
    with tempfile.TemporaryDirectory(prefix="grove-simulation-") as folder:
        file = Path(folder) / "grove.db"
        with quiet(), bar(study.BEGINS, days, shown=not as_json) as progress:
            found = asyncio.run(study.on_file(plan, file, packs_folder(), progress))
        if keep is not None:
            shutil.move(file, keep)
    if as_json:
        print_json(found.data())
    else:
        click.echo(summary.text(found))
    if not found.is_sound:
        sys.exit(1)


@contextmanager
def bar(begins: datetime, days: int, *, shown: bool) -> Iterator[Callable[[datetime], None]]:
    """A bar on stderr that follows the simulated days."""
    day = timedelta(days=1)
    with click.progressbar(
        length=days, label="Simulating", file=sys.stderr, hidden=not (shown and sys.stderr.isatty())
    ) as drawn:
        yield lambda now: drawn.update(max(0, (now - begins) // day - drawn.pos))


@contextmanager
def quiet() -> Iterator[None]:
    """Without the warnings about troubles that the simulation makes on purpose."""
    log = logging.getLogger("bot.outbox")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)
