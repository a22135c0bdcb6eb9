"""The pictures in README, taken of the demo: `python -m tests.docs.screenshot` writes docs/images/*.png anew."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"

CHROMIUM = os.environ.get("GROVE_TEST_CHROMIUM", "/usr/bin/chromium")
"""The browser; nothing is downloaded."""

WINDOW = ViewportSize(width=1280, height=800)

LARGEST = 150_000
"""Bytes of a picture, so that the page it stands in opens without a wait."""

START_SECONDS = 120
"""How long the demo may take to live its 30 days."""

QUESTIONS = 5
"""How many of the day's questions are passed over, at most, to find one with lettered buttons."""


def main() -> None:
    """Start the demo, look at it, write the pictures."""
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(
            viewport=WINDOW,
            color_scheme="light",
            reduced_motion="reduce",
        )
        page.goto(f"{address}/as/sam/grove")
        question(page)
        keep(page.screenshot(), "workspace.png")
        keep(progress(page).screenshot(), "progress.png")
        browser.close()


@contextmanager
def demo() -> Iterator[str]:
    """The address of a demo of its own, ended afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = "from adapters.cli import main; main(['demo', '--no-open'])"
    environment = os.environ | {"GROVE_PORT": str(port), "GROVE_LOG": "warning"}
    served = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment)
    try:
        address = f"http://localhost:{port}"
        _wait_for(f"{address}/readyz", served)
        yield address
    finally:
        served.terminate()
        served.wait(30)


def _wait_for(address: str, served: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and served.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The demo did not become ready.")


def question(page: Page) -> None:
    """Bring a question with a button per letter into view."""
    newest = page.locator("article").last
    newest.wait_for()
    for _ in range(QUESTIONS):
        if newest.get_by_role("button", name="A:").count():
            break
        newest.get_by_role("button", name="Later").click()
        page.wait_for_timeout(500)
        following = newest.get_by_role("button", name="Next")
        if following.count():
            following.click()
            page.wait_for_timeout(500)
    page.mouse.move(640, 20)
    newest.scroll_into_view_if_needed()


def progress(page: Page) -> Locator:
    """The card of what Sam remembers today, in a window that holds all of it."""
    page.set_viewport_size({"width": WINDOW["width"], "height": 2 * WINDOW["height"]})
    asked = page.locator("article").count()
    page.locator("#composer").fill("progress")
    page.keyboard.press("Enter")
    card = page.locator("article").nth(asked + 1).locator(".card")
    card.locator("img.on-light").wait_for()
    page.wait_for_load_state("networkidle")
    return card


def keep(png: bytes, name: str) -> None:
    """Write a picture with as many colours as fit into the largest size."""
    for colours in (256, 128, 64):
        reduced = (
            Image.open(BytesIO(png)).convert("RGB").quantize(colours, dither=Image.Dither.NONE)
        )
        reduced.save(IMAGES / name, "PNG", optimize=True)
        if (IMAGES / name).stat().st_size <= LARGEST:
            return
    raise SystemExit(f"{name} does not fit into {LARGEST} bytes.")


if __name__ == "__main__":
    main()
