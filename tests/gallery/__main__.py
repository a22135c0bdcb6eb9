"""Writes the gallery as one page and says where it is: `python -m tests.gallery`."""

import sys
from pathlib import Path

from tests.gallery.page import page

TARGET = Path(__file__).parents[2] / "build" / "gallery" / "index.html"


def main() -> None:
    """Write the page."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{TARGET}\n")


if __name__ == "__main__":
    main()
