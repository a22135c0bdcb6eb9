"""The kept results inside docs/performance.md: each table between two marks, written again after each run."""

import json
import re
from pathlib import Path
from typing import Any

from benchmarks.measure import RESULTS, table

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"

MARKED = re.compile(r"(<!-- results: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def written(page: str, results: Path = RESULTS) -> str:
    """The page with every table as it was measured last; a mark without results stays as it is."""
    return MARKED.sub(lambda found: _filled(found, results), page)


def _filled(found: re.Match[str], results: Path) -> str:
    kept = results / f"{found[2]}.json"
    if not kept.exists():
        return found[0]
    return f"{found[1]}\n{section(json.loads(kept.read_text(encoding='utf-8')))}\n\n{found[3]}"


def section(kept: dict[str, Any]) -> str:
    """The table, and how it came about."""
    on = kept["machine"]
    source = (
        f"`{kept['command']}`, {kept['measured']}, {on['cores']} cores, {on['system']}, "
        f"Python {on['python']}, SQLite {on['sqlite']}, load {on['load_before']} before"
    )
    return f"{table(kept['rows'])}\n\n{source}"


def write(page: Path = PAGE, results: Path = RESULTS) -> None:
    """Write the page anew."""
    page.write_text(written(page.read_text(encoding="utf-8"), results), encoding="utf-8")
    print(f"written {page}")
