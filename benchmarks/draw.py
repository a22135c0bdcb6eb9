"""Curves of the kept results as SVG, on a light ground: time against size, both growing by tens."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.measure import RESULTS

IMAGES = Path(__file__).parent.parent / "docs" / "images"

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 84, 150, 84, 64

PAPER, INK, QUIET, RULE = "#ffffff", "#1d2a24", "#55645c", "#d9e2dc"
COLOURS = ("#2f7d5b", "#b3541e", "#3a5fa8")


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: its name, and points (size, milliseconds)."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What one picture shows. `goal` is a dashed line in milliseconds, None where there is none."""

    title: str
    across: str
    curves: tuple[Curve, ...]
    goal: float | None = None


def draw(results: Path = RESULTS, images: Path = IMAGES) -> list[Path]:
    """Draws what there are results for; the pictures' paths."""
    images.mkdir(parents=True, exist_ok=True)
    made = []
    for name, title, across, size, goal in (
        ("press", "A press, until its answer is committed", "learners", "learners", 50.0),
        ("claims", "Claiming 100 due deliveries", "deliveries due later", "future", 100.0),
    ):
        kept = results / f"{name}.json"
        if kept.exists():
            rows = json.loads(kept.read_text(encoding="utf-8"))["rows"]
            curves = tuple(
                Curve(label, tuple((row[size], row[column]) for row in rows))
                for label, column in (("p50", "p50_ms"), ("p99", "p99_ms"))
            )
            path = images / f"benchmark-{name}.svg"
            path.write_text(svg(Chart(title, across, curves, goal)), encoding="utf-8")
            print(f"drawn {path}")
            made.append(path)
    return made


def svg(chart: Chart) -> str:
    """The picture as SVG text."""
    sizes = [x for curve in chart.curves for x, _ in curve.points]
    times = [y for curve in chart.curves for _, y in curve.points] + (
        [chart.goal] if chart.goal else []
    )
    across = _decades(sizes)
    up = _decades(times)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="Open Sans, Segoe UI, Arial, sans-serif">',
        f"<title>{escape(described(chart))}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
        _text(24, 34, chart.title, 19, INK, weight=600),
        *(_vertical(tick, across) for tick in range(across[0], across[1] + 1)),
        *(_horizontal(tick, up) for tick in range(up[0], up[1] + 1)),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 18, chart.across, 14, QUIET, anchor="middle"),
        _text(24, TOP - 22, "milliseconds, on a logarithmic scale", 14, QUIET),
    ]
    if chart.goal:
        parts += _goal(chart.goal, up)
    for curve, colour in zip(chart.curves, COLOURS, strict=False):
        parts += _curve(curve, colour, across, up)
    return "\n".join([*parts, "</svg>"]) + "\n"


def described(chart: Chart) -> str:
    """The picture in one sentence."""
    ends = [
        f"{curve.name} from {curve.points[0][1]:g} ms at {curve.points[0][0]:,.0f} "
        f"to {curve.points[-1][1]:g} ms at {curve.points[-1][0]:,.0f}"
        for curve in chart.curves
    ]
    return f"{chart.title}, against {chart.across}: {'; '.join(ends)}."


def _curve(curve: Curve, colour: str, across: tuple[int, int], up: tuple[int, int]) -> list[str]:
    places = [(_x(x, across), _y(y, up)) for x, y in curve.points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{colour}"/>' for x, y in places]
    numbers = [
        _text(x, y - 11, f"{value:.3g}", 12, INK, anchor="middle")
        for (x, y), (_, value) in zip(places, curve.points, strict=True)
    ]
    name = _text(places[-1][0] + 22, places[-1][1] + 5, curve.name, 14, colour, weight=600)
    return [
        f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2.5"/>',
        *dots,
        *numbers,
        name,
    ]


def _goal(goal: float, up: tuple[int, int]) -> list[str]:
    y = _y(goal, up)
    return [
        f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="{QUIET}" '
        'stroke-width="1.5" stroke-dasharray="6 5"/>',
        _text(WIDTH - RIGHT + 22, y + 5, f"goal {goal:g} ms", 13, QUIET),
    ]


def _vertical(tick: int, across: tuple[int, int]) -> str:
    x = _x(10.0**tick, across)
    line = f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}" stroke="{RULE}"/>'
    return line + _text(x, HEIGHT - BOTTOM + 20, f"{10**tick:,}", 13, QUIET, anchor="middle")


def _horizontal(tick: int, up: tuple[int, int]) -> str:
    y = _y(10.0**tick, up)
    line = f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="{RULE}"/>'
    return line + _text(LEFT - 10, y + 4, f"{10.0**tick:g}", 13, QUIET, anchor="end")


def _text(
    x: float,
    y: float,
    words: str,
    size: int,
    colour: str,
    *,
    anchor: str = "start",
    weight: int = 400,
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{escape(words)}</text>'
    )


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return low, max(high, low + 1)


def _x(value: float, across: tuple[int, int]) -> float:
    return LEFT + (WIDTH - RIGHT - LEFT) * (log10(value) - across[0]) / (across[1] - across[0])


def _y(value: float, up: tuple[int, int]) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (log10(value) - up[0]) / (up[1] - up[0])
