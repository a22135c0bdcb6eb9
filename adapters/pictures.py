"""Pictures of numbers, drawn as PNG when somebody looks: the progress chart.

Each topic is a bar from nothing to what is remembered now, a thin line for the 95% interval,
and a hollow mark for where it will be in a week without practice.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import ttf_opensans
from PIL import Image, ImageDraw, ImageFont

from bot.insights.charts import Bar, Chart
from bot.words import say, speaking

SCALE = 2
"""Pixels per point, so that the picture is sharp on dense screens."""

WIDTH, ROW, TOP, BOTTOM, LEFT, RIGHT = 680, 46, 64, 56, 220, 40
"""Measures of the chart, in points."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme; text reaches 4.5:1 and marks 3:1 on the paper (WCAG 2.2, 1.4.3 and 1.4.11)."""

    paper: str
    ink: str
    quiet: str
    rule: str
    bar: str
    mark: str


PALETTES = {
    "light": Palette("#ffffff", "#1d2a24", "#55645c", "#d9e2dc", "#328461", "#b3541e"),
    "dark": Palette("#1b211e", "#e8efe9", "#a6b5ac", "#38433d", "#3b966e", "#f0a36b"),
}


def progress(chart: Chart, theme: str = "light") -> bytes:
    """The chart as PNG, in its own language."""
    with speaking(chart.language):
        return _drawn(chart.bars, PALETTES.get(theme, PALETTES["light"]))


def _drawn(bars: tuple[Bar, ...], colours: Palette) -> bytes:
    height = TOP + ROW * len(bars) + BOTTOM
    image = Image.new("RGB", (WIDTH * SCALE, height * SCALE), colours.paper)
    pen = ImageDraw.Draw(image)
    _write(pen, (24, 20), say("What you remember"), 20, colours.ink, bold=True)
    _scale(pen, colours, TOP, height - BOTTOM)
    for at, bar in enumerate(bars):
        _row(pen, colours, bar, TOP + ROW * at)
    _legend(pen, colours, height - 34)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _row(pen: ImageDraw.ImageDraw, colours: Palette, bar: Bar, top: int) -> None:
    middle = top + ROW // 2
    _write(pen, (24, middle - 10), _shortened(bar.title), 15, colours.ink)
    _box(pen, (_x(0), middle - 8, _x(bar.now), middle + 8), colours.bar)
    _box(pen, (_x(bar.low), middle - 1, _x(bar.high), middle + 1), colours.ink)
    for end in (bar.low, bar.high):
        _box(pen, (_x(end) - 1, middle - 5, _x(end) + 1, middle + 5), colours.ink)
    later = _x(bar.later)
    ring = [SCALE * v for v in (later - 6, middle - 6, later + 6, middle + 6)]
    pen.ellipse(ring, fill=colours.paper, outline=colours.mark, width=3 * SCALE)


def _scale(pen: ImageDraw.ImageDraw, colours: Palette, top: int, bottom: int) -> None:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        _box(pen, (_x(share), top, _x(share) + 1, bottom), colours.rule)
        label = f"{round(share * 100)}%"
        width = _font(12, False).getlength(label) / SCALE
        _write(pen, (_x(share) - round(width / 2), bottom + 4), label, 12, colours.quiet)


def _legend(pen: ImageDraw.ImageDraw, colours: Palette, top: int) -> None:
    x = 24
    _box(pen, (x, top + 5, x + 18, top + 15), colours.bar)
    x = _write(pen, (x + 24, top), say("now"), 13, colours.quiet) + 20
    _box(pen, (x, top + 9, x + 18, top + 11), colours.ink)
    x = _write(pen, (x + 24, top), say("likely range"), 13, colours.quiet) + 20
    pen.ellipse(
        [SCALE * v for v in (x, top + 4, x + 12, top + 16)],
        fill=colours.paper,
        outline=colours.mark,
        width=3 * SCALE,
    )
    _write(pen, (x + 18, top), say("in a week without practice"), 13, colours.quiet)


def _x(share: float) -> int:
    return LEFT + round((WIDTH - LEFT - RIGHT) * share)


def _box(pen: ImageDraw.ImageDraw, corners: tuple[int, int, int, int], colour: str) -> None:
    pen.rectangle([SCALE * corner for corner in corners], fill=colour)


def _write(
    pen: ImageDraw.ImageDraw,
    at: tuple[int, int],
    words: str,
    size: int,
    colour: str,
    *,
    bold: bool = False,
) -> int:
    """Writes and returns where the words end, in points."""
    font = _font(size, bold)
    pen.text((at[0] * SCALE, at[1] * SCALE), words, font=font, fill=colour)
    return at[0] + round(font.getlength(words) / SCALE)


def _shortened(title: str) -> str:
    room, font = LEFT - 36, _font(15, False)
    while font.getlength(title) / SCALE > room:
        title = title.rstrip("…")[:-1].rstrip() + "…"
    return title


@lru_cache(maxsize=16)
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    face = ttf_opensans.opensans(font_weight=700 if bold else 400)
    return ImageFont.truetype(str(face.path), size * SCALE)
