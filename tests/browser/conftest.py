"""A real browser in front of a real server, started once per module."""

import asyncio
import os
import shutil
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from storage.engine import Database
from tests.adapters.local.world import World
from tests.clock import Clock
from tests.postgres import missing

CHROMIUM = os.environ.get("GROVE_TEST_CHROMIUM", "/usr/bin/chromium")
"""The browser; nothing is downloaded."""

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Opens = Callable[..., Page]


class Served:
    """The local workspace on a port of this machine."""

    def __init__(self, world: World) -> None:
        self.world = world
        config = uvicorn.Config(world.app, port=0, log_level="error", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        self._loop.run_until_complete(self._server.serve())
        self._loop.close()

    @property
    def address(self) -> str:
        """Where it answers."""
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://localhost:{port}"

    def start(self) -> None:
        """Answer from now on."""
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def call(self, work: Coroutine[Any, Any, object]) -> None:
        """Do something where the server runs, and wait for it."""
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def close_streams(self) -> None:
        """End every open stream, as a restart would."""
        self._loop.call_soon_threadsafe(self.world.live.close)

    def stop(self) -> None:
        """End open streams, then stop."""
        self._server.should_exit = True
        self.close_streams()
        self._thread.join(10)


@pytest.fixture(scope="module")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workspace with three people and two channels, live."""
    path = tmp_path_factory.mktemp("browser") / "grove.db"
    shutil.copyfile(sqlite_template, path)
    clock = Clock()
    database = Database(f"sqlite:///{path}", clock=clock)
    served = Served(World(database, clock))
    served.start()
    yield served
    served.stop()
    database.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    if not Path(CHROMIUM).exists():
        missing(f"there is no browser at {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def opens(browser: Browser, served: Served) -> Iterator[Opens]:
    """Opens a window at an address; fails the test when a page reports an error."""
    problems: list[str] = []
    contexts = []

    def window(path: str, *, width: int = 1280, height: int = 820, theme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console", lambda line: problems.append(line.text) if line.type == "error" else None
        )
        page.goto(served.address + path)
        return page

    yield window
    for context in contexts:
        context.close()
    expected = ("500", "422", "ERR_INTERNET_DISCONNECTED")
    assert [problem for problem in problems if not any(part in problem for part in expected)] == []
