"""`grove status` and `grove outbox`: what there is, what is owed, what came of it."""

from dataclasses import asdict
from importlib.metadata import version

import click

from adapters import settings as reading
from adapters.cli.speaking import json_option, moment, print_json, table
from adapters.opening import looking
from bot.terms import DeliveryState
from storage import deliveries, facts, lock
from storage.addresses import shown, sqlite_path
from storage.overview import overview
from storage.tables import Delivery


@click.command()
@json_option
def status(as_json: bool) -> None:
    """How much there is, and what comes next; also while Grove runs.

    \b
    Examples:
      grove status
      grove status --json | jq .overdue
    """
    settings = reading.read()
    with looking(settings) as database:
        found = database.read_now(overview)
        ahead = database.read_now(facts.clock_offset)
    path = sqlite_path(settings.database_url)
    running = None if path is None else lock.is_held(path)
    if as_json:
        about = {
            "version": version("grove"),
            "database": shown(settings.database_url),
            "running": running,
        }
        print_json(about | {"clock_ahead_seconds": ahead.total_seconds()} | asdict(found))
        return
    owed = ", ".join(
        f"{number} {state.value}" for state, number in sorted(found.deliveries.items())
    )
    rows = [
        ("Grove", f"{version('grove')}{_running(running)}"),
        ("Database", shown(settings.database_url)),
        (
            "People",
            f"{found.members} members, {found.learners} of them learning, {found.packs} packs",
        ),
        ("Messages", owed or "none yet"),
        ("Overdue", str(found.overdue)),
        ("Next set", moment(found.next_set_at)),
        ("Next message", moment(found.next_delivery_at)),
    ]
    hours = round(ahead.total_seconds() / 3600)
    if hours:
        rows.append(
            (
                "Clock",
                f"{hours // 24} days and {hours % 24} hours ahead (the local workspace's)",
            )
        )
    table(rows)


def _running(running: bool | None) -> str:
    return {True: ", running", False: ", not running", None: ""}[running]


@click.command()
@click.option(
    "--state", type=click.Choice([state.value for state in DeliveryState]), help="Only these."
)
@click.option(
    "--limit",
    default=50,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="At most so many, newest first.",
)
@json_option
def outbox(state: str | None, limit: int, as_json: bool) -> None:
    """Messages owed, sent, skipped and failed, newest first, and why.

    \b
    Examples:
      grove outbox --state failed
      grove outbox --json | jq '.[].reason'
    """
    with looking(reading.read()) as database:
        rows = database.read_now(
            deliveries.listed, state=DeliveryState(state) if state else None, limit=limit
        )
    if as_json:
        print_json([_facts(row) for row in rows])
    elif rows:
        head = ("id", "due", "to", "kind", "state", "tries", "reason")
        table([head, *(_line(row) for row in rows)])
    else:
        click.echo("No such message." if state else "No messages yet.")


def _line(row: Delivery) -> tuple[str, ...]:
    to = f"{row.platform.value}:{row.member_id or row.address}"
    reason = row.reason or ("not sure whether it arrived" if row.unsure_since else "")
    return (
        str(row.id),
        moment(row.due_at),
        to,
        row.kind.value,
        row.state.value,
        str(row.attempts),
        reason,
    )


def _facts(row: Delivery) -> dict[str, object]:
    """A delivery without its words."""
    return row.model_dump(exclude={"card", "token"})
