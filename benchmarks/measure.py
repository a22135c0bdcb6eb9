"""What a measurement is: percentiles, a table to read, a small JSON file to keep."""

import json
import os
import platform
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"

Row = dict[str, Any]
"""One line of a table: names and plain values."""


@dataclass(slots=True)
class Result:
    """What one benchmark found. `command` repeats it; `quick` results are not kept.

    `load` is how busy the machine was before: near 0, or the times say more about its neighbours.
    """

    name: str
    question: str
    command: str
    rows: list[Row] = field(default_factory=list)
    quick: bool = False
    load: float = field(default_factory=lambda: round(os.getloadavg()[0], 1))

    def add(self, **values: Any) -> None:
        """One more line, said at once so that a long run shows that it lives."""
        self.rows.append(values)
        print("  " + "  ".join(f"{name} {_shown(value)}" for name, value in values.items()))

    def finish(self, folder: Path = RESULTS) -> Path | None:
        """Print the table; keep it as JSON unless it was quick."""
        print(f"\n{self.question}\n")
        print(table(self.rows))
        if self.quick:
            return None
        path = folder / f"{self.name}.json"
        body = {
            "name": self.name,
            "question": self.question,
            "command": self.command,
            "machine": machine() | {"load_before": self.load},
            "measured": datetime.now(UTC).date().isoformat(),
            "rows": self.rows,
        }
        path.write_text(json.dumps(body, indent=2) + "\n", encoding="utf-8")
        print(f"\nkept in {path}")
        return path


def machine() -> Row:
    """The class of machine, without its name."""
    return {
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, ceil(share * len(ranked)) - 1)]


def milliseconds(seconds: float) -> float:
    """Seconds as milliseconds with two decimals."""
    return round(seconds * 1000, 2)


def timed(work: Callable[[], object]) -> float:
    """How many seconds the work took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def stopwatch(into: list[float]) -> Iterator[None]:
    """Adds how many seconds the block took."""
    began = time.perf_counter()
    yield
    into.append(time.perf_counter() - began)


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    if not rows:
        return "(nothing measured)"
    names = list(rows[0])
    lines = [names, ["---"] * len(names)]
    lines += [[_shown(row[name]) for name in names] for row in rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(names))]
    return "\n".join(
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    )


def _shown(value: Any) -> str:
    return (
        f"{value:,}"
        if isinstance(value, int | float) and not isinstance(value, bool)
        else str(value)
    )
