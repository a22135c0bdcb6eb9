"""Logs say what was done by ids; what looks like a secret never reaches them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from adapters import telemetry

SECRETS = {
    "Slack bot token": "xoxb-" + "123456789012-1234567890123-" + "AbCdEfGhIjKlMnOpQrStUvWx",
    "Slack rotated token": "xoxe.xoxp-" + "1-Mi0yLTEyMzQ1Njc4OTAxMi0xMjM0NTY3ODkw",
    "Slack app token": "xapp-" + "1-A0123456789-1234567890123-abcdef0123456789",
    "Discord token": "M"
    + "TIzNDU2Nzg5MDEyMzQ1Njc4OTA.GAbCdE."
    + "aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789ab",
    "Fernet key": "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE" + "=",
    "password in an address": "postgresql+psycopg://grove:hunter2@db/grove",
    "bearer": "Authorization: Bearer abc.def-ghi",
}


class Terminal(io.StringIO):
    """A stream at which somebody sits."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def calm() -> Iterator[None]:
    """Logging as it was, afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for ours in ("bot", "storage", "adapters"):
        logging.getLogger(ours).setLevel(logging.NOTSET)


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_a_secret_never_reaches_the_log(secret: str, stream: type[io.StringIO]) -> None:
    out = stream()
    telemetry.begin("debug", out)

    logging.getLogger("bot").info(
        "with %s inside", secret, extra={"action": "test", "given": secret}
    )
    try:
        raise RuntimeError(secret)
    except RuntimeError:
        logging.getLogger("bot").exception("failed")

    assert out.getvalue().count("[removed]") >= 3
    tell_tale = secret.rsplit(":", 1)[-1].rsplit("Bearer ", 1)[-1].removesuffix("@db/grove")
    assert tell_tale.split("@")[0] not in out.getvalue()


@pytest.mark.usefixtures("calm")
def test_a_line_for_machines_is_json_with_an_action() -> None:
    out = io.StringIO()
    telemetry.begin("info", out)

    logging.getLogger("bot").info("sent", extra={"action": "outbox.sent", "delivery": 7})
    logging.getLogger("elsewhere").warning("hm")

    first, second = [json.loads(line) for line in out.getvalue().splitlines()]
    assert (first["action"], first["delivery"], first["level"]) == ("outbox.sent", 7, "info")
    assert second["action"] == "elsewhere"


@pytest.mark.usefixtures("calm")
def test_a_line_for_people_is_short() -> None:
    out = Terminal()
    telemetry.begin("info", out)

    logging.getLogger("bot").warning(
        "claims rescued", extra={"action": "outbox.rescue", "count": 2}
    )

    assert out.getvalue()[8:] == "  outbox.rescue  warning: claims rescued  count=2\n"


@pytest.mark.usefixtures("calm")
def test_libraries_are_heard_only_when_something_is_wrong() -> None:
    out = io.StringIO()
    telemetry.begin("debug", out)

    logging.getLogger("sqlalchemy.engine").info("SELECT a secret answer")
    logging.getLogger("bot").debug("heard")

    assert [json.loads(line)["message"] for line in out.getvalue().splitlines()] == ["heard"]
