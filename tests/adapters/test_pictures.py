"""The progress picture is a PNG of the chart, in both themes."""

from io import BytesIO

import pytest
from PIL import Image

from adapters import pictures
from bot.insights.charts import Bar, Chart

CHART = Chart(
    "en",
    (
        Bar("Spotting phishing", 0.9, 0.8, 0.7, 0.97),
        Bar("Ein sehr langer Titel, der nicht passt", 0.5, 0.2, 0.1, 0.9),
    ),
)


@pytest.mark.parametrize(("theme", "paper"), [("light", (255, 255, 255)), ("dark", (27, 33, 30))])
def test_the_picture_is_drawn_on_its_themes_paper(theme: str, paper: tuple[int, int, int]) -> None:
    image = Image.open(BytesIO(pictures.progress(CHART, theme)))

    assert image.size == (1360, (64 + 2 * 46 + 56) * 2)
    assert image.getpixel((0, 0)) == paper


def test_a_longer_memory_has_a_longer_bar() -> None:
    image = Image.open(BytesIO(pictures.progress(CHART))).convert("RGB")
    bar = (50, 132, 97)

    first, second = (
        sum(image.getpixel((x, (64 + row * 46 + 23 - 6) * 2)) == bar for x in range(image.width))
        for row in (0, 1)
    )

    assert first > second > 0


def test_the_same_chart_is_the_same_picture() -> None:
    assert pictures.progress(CHART) == pictures.progress(CHART)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_marks_can_be_told_from_the_paper(theme: str) -> None:
    colours = pictures.PALETTES[theme]

    assert contrast(colours.ink, colours.paper) >= 7
    assert contrast(colours.quiet, colours.paper) >= 4.5
    assert contrast(colours.bar, colours.paper) >= 3
    assert contrast(colours.mark, colours.paper) >= 3
    assert contrast(colours.ink, colours.bar) >= 3


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, definition of contrast ratio)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
