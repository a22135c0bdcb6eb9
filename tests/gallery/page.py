"""All cards on one page that needs nothing else: light and dark, wide and narrow, in every language."""

import re
from base64 import b64encode
from html import escape
from itertools import groupby

from markupsafe import Markup

from adapters.local.drawing import HERE, Drawing
from adapters.pictures import progress
from bot.insights import charts
from bot.ui import Card, Picture
from bot.words import LANGUAGES, speaking
from tests.gallery.cards import EXAMPLES
from tests.gallery.example import Example, Feature, Shown
from tests.gallery.material import topics
from tests.gallery.rendering import drawn

DRAWING = Drawing()

PHONE = 390
"""CSS pixels of a phone's width."""

INSIDE = """
body { padding: 1rem 0 4rem; }
h2.feature { position: sticky; top: 0; z-index: 2; padding: .6rem 1.25rem; font-size: 1.15rem; }
h2.feature { background: var(--raised); border-block: 1px solid var(--line); }
section { padding-block: .4rem; border-block-end: 1px dashed var(--line); }
.name { padding: .4rem 1.25rem 0; font: 500 .75rem var(--mono); color: var(--soft); overflow-wrap: anywhere; }
dialog[open] { position: static; margin: .6rem 1.25rem; animation: none; max-block-size: none; }
.form { max-block-size: none; }
"""
"""The page inside the frame: the local workspace's looks, and the names."""

OUTSIDE = """
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; font: 15px/1.4 system-ui, sans-serif; background: #8b978f; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding: .6rem 1rem; }
header { background: #14342a; color: #f0f7f2; }
h1 { margin: 0; font-size: 1.1rem; }
select, button { font: inherit; padding: .3rem .6rem; }
iframe { flex: 1; width: 100%; margin: 0 auto; border: 0; background: white; }
.phone iframe { max-width: PHONEpx; }
[hidden] { display: none; }
""".replace("PHONE", str(PHONE))

SCRIPT = """
const frames = [...document.querySelectorAll("iframe")];
const pick = (id) => document.getElementById(id);
const root = (frame) => frame.contentDocument.documentElement;
const now = () => frames.find((frame) => !frame.hidden);
const go = () => now().contentDocument.getElementById(pick("feature").value)?.scrollIntoView();
const paint = () => frames.forEach((frame) => root(frame).dataset.theme = pick("theme").value);
pick("theme").onchange = paint;
pick("width").onchange = () => document.body.classList.toggle("phone", pick("width").value === "phone");
pick("language").onchange = () => {
  frames.forEach((frame) => frame.hidden = frame.lang !== pick("language").value);
  go();
};
pick("feature").onchange = go;
frames.forEach((frame) => frame.addEventListener("load", paint));
"""


def page() -> str:
    """The whole page as HTML."""
    frames = "".join(
        f'<iframe lang="{code}" title="{name}" srcdoc="{escape(_inside(code))}"'
        f"{' hidden' if code != 'en' else ''}></iframe>"
        for code, name in LANGUAGES.items()
    )
    menus = "".join(
        (
            _menu("feature", {_anchor(one): one.value for one in Feature}),
            _menu("theme", {"light": "Light", "dark": "Dark"}),
            _menu("width", {"wide": "Wide", "phone": "Phone"}),
            _menu("language", LANGUAGES),
        )
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Grove: every card</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{OUTSIDE}</style></head><body><header><h1>Every card</h1>{menus}</header>"
        f"{frames}<script>{SCRIPT}</script></body></html>"
    )


def _menu(name: str, choices: dict[str, str]) -> str:
    options = "".join(
        f'<option value="{value}">{escape(words)}' for value, words in choices.items()
    )
    return f'<label>{name.capitalize()} <select id="{name}" autocomplete="off">{options}</select></label>'


def _inside(language: str) -> str:
    styles = (HERE / "static" / "page.css").read_text(encoding="utf-8")
    with speaking(language):
        groups = "".join(
            f'<h2 class="feature" id="{_anchor(feature)}">{escape(feature)}</h2>'
            + "".join(_section(example) for example in examples)
            for feature, examples in groupby(sorted(EXAMPLES, key=_place), lambda one: one.feature)
        )
    return (
        f'<!doctype html><html lang="{language}" data-theme="light"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{styles}{INSIDE}</style></head><body>{groups}</body></html>"
    )


def _place(example: Example) -> int:
    return list(Feature).index(example.feature)


def _anchor(feature: Feature) -> str:
    return feature.name.lower()


def _section(example: Example) -> str:
    shown = example.make()
    said = f" · {shown.plain()}" if isinstance(shown, Card) else ""
    html = _with_pictures(drawn(DRAWING, shown), shown)
    return f'<section id="{example.name}"><p class="name">{example.name}{escape(said)}</p>{html}</section>'


def _with_pictures(html: Markup, shown: Shown) -> str:
    if not isinstance(shown, Card) or not any(isinstance(block, Picture) for block in shown.blocks):
        return html
    return re.sub(r'src="/local/picture/[^"]*theme=(\w+)"', _drawn_picture, html)


def _drawn_picture(found: re.Match[str]) -> str:
    png = progress(charts.of(topics(), "en"), found[1])
    return f'src="data:image/png;base64,{b64encode(png).decode()}"'
