"""Logs: lines for people on a terminal, JSON elsewhere; ids, keys, counts and durations, and never a secret.

Every line has an `action`. Texts, answers and names are never handed to a logger; the filter here is the second lock:
it takes out whatever looks like a token, also from traces.
"""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import TextIO

SECRETS = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[\w-]+"  # Slack tokens, rotated ones too
    r"|xapp-[\w-]+"
    r"|[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,45}"  # Discord bot tokens
    r"|(?<=://)[^\s/@:]*:[^\s/@]+(?=@)"  # user:password in an address
    r"|(?<![\w-])[\w-]{43}=(?![\w=-])"  # Fernet keys
    r"|(?<=Bearer )\S+|(?<=Bot )\S{20,}"
)
"""What tokens look like (docs.slack.dev tokens, discord.com reference#authentication, cryptography Fernet; 2026-11)."""

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
"""What every record carries; anything else was given as `extra`."""


def clean(text: str) -> str:
    """The text without anything that looks like a token."""
    return SECRETS.sub("[removed]", text)


class JsonLines(logging.Formatter):
    """One JSON object per line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON, cleaned."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "action": action(record),
            "message": record.getMessage(),
            **extras(record),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return clean(json.dumps(line, default=str, ensure_ascii=False))


class PlainLines(logging.Formatter):
    """A line that reads well on a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level when it matters, message, and what was given with it."""
        time = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        level = f"{record.levelname.lower()}: " if record.levelno >= logging.WARNING else ""
        given = "".join(f"  {name}={value}" for name, value in extras(record).items())
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return clean(f"{time}  {action(record)}  {level}{record.getMessage()}{given}{trace}")


def action(record: logging.LogRecord) -> str:
    """What was going on: given by us; for a library's line, the library."""
    return str(getattr(record, "action", record.name))


def extras(record: logging.LogRecord) -> dict[str, object]:
    """What was given with the record, the action aside."""
    return {
        name: value
        for name, value in vars(record).items()
        if name not in STANDARD and name != "action"
    }


def begin(level: str, stream: TextIO | None = None) -> None:
    """Log to this stream (or standard error) from now on, in its manner; libraries only when something is wrong."""
    written = stream or sys.stderr
    handler = logging.StreamHandler(written)
    handler.setFormatter(PlainLines() if written.isatty() else JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(logging.WARNING, _number(level)))
    for ours in ("bot", "storage", "adapters"):
        logging.getLogger(ours).setLevel(_number(level))


def _number(level: str) -> int:
    return logging.getLevelNamesMapping()[level.upper()]
