"""Values to HTML: the templates, and the few functions they use."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from adapters.local import markdown
from adapters.local.errors import broke
from adapters.local.views import Face, Item
from bot import ui, words
from bot.words import count, say

HERE = Path(__file__).parent

Tick = tuple[str, str, str, bool]
"""One choice of a field: its value, its words, more words, and whether it is chosen."""


def environment() -> Environment:
    """The templates, with everything escaped that is not HTML already."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals |= {
        "say": say,
        "count": count,
        "kind": lambda value: type(value).__name__,
        "markdown": markdown.html,
        "inline": markdown.inline,
        "safe_url": safe_url,
        "size": size,
        "week": week,
        "picks": picks,
    }
    return env


class Drawing:
    """Draws whole pages and the fragments that are swapped into them."""

    def __init__(self) -> None:
        self._env = environment()

    def page(self, template: str, **values: object) -> str:
        """A whole page in the reader's language."""
        return self._env.get_template(template).render(language=words.language(), **values)

    def messages(self, items: Sequence[Item], **values: object) -> Markup:
        """A room's messages. Each has a key and a mark that changes with what it shows."""
        return Markup("").join(self._item(item, values) for item in items)

    def _item(self, item: Item, values: dict[str, object]) -> Markup:
        try:
            inner = self._env.get_template("message.html").render(item=item, **values)
        except Exception:
            inner = Markup("<p>{}</p>").format(broke("local.message"))
        return Markup('<div class="item" data-key="{}" data-mark="{}">{}</div>').format(
            item.key, mark(inner), Markup(inner)
        )

    def dialog(
        self,
        form: ui.Form,
        folk: Sequence[Face],
        problems: Sequence[tuple[str, str]] = (),
        **values: object,
    ) -> Markup:
        """A form, with its problems beside their fields and the rest above them."""
        names = {field.name for field in form.fields}

        def ticks(field: ui.People) -> list[Tick]:
            return [(face.slug, face.name, face.city, face.slug in field.value) for face in folk]

        html = self._env.get_template("dialog.html").render(
            form=form,
            folk=ticks,
            problems=dict(problems),
            stray=[text for name, text in problems if name not in names],
            **values,
        )
        return Markup(html)

    def palette(self, suggestions: Sequence[object]) -> str:
        """The suggestions as options of a list box."""
        return self._env.get_template("palette.html").render(suggestions=suggestions)


def mark(html: str) -> str:
    """A short text that differs when the HTML does."""
    return f"{crc32(html.encode()):08x}"


def week(field: ui.Days) -> list[Tick]:
    """The days of the week by their short names."""
    return [(str(day), words.weekday(day), "", day in field.value) for day in range(7)]


def picks(field: ui.Pick) -> list[Tick]:
    """The choices of a field."""
    return [
        (one.value, one.label, one.description, one.value in field.value) for one in field.choices
    ]


def size(number: int) -> str:
    """A file's size as people read it."""
    return f"{number / 1024:.0f} kB" if number >= 1024 else f"{number} B"


def safe_url(url: str) -> str:
    """The address when it leads to a web page or a mail, else nowhere."""
    return url if urlsplit(url).scheme in {"http", "https", "mailto"} else "#"
