"""Settings: read once, from the environment and `.env`, into one frozen value.

What stands in the environment wins over the file. A value that cannot be used is a SettingProblem:
one sentence that names the setting, where it stands, and what would do.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from storage import addresses
from storage.problems import Problem

ENV_FILE = "GROVE_ENV_FILE"
"""Names another file than `.env`; read from the environment only."""

PLATFORM_TOKENS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_CLIENT_ID", "DISCORD_BOT_TOKEN")
"""Any of these means a real team: the local workspace then needs `--local`."""

LEVELS = ("debug", "info", "warning", "error")


class SettingProblem(Problem):
    """A setting cannot be used; the words say which, where it stands and what would do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. `tokens` names the platform tokens that are set, never their values."""

    database_url: str = "sqlite:///data/grove.db"
    data: Path = Path("data")
    host: str = "127.0.0.1"
    port: int = 8420
    names: tuple[str, ...] = ()
    log: str = "info"
    tokens: tuple[str, ...] = ()

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach Grove's pages."""
        return self.host in {"127.0.0.1", "::1", "localhost"}

    @property
    def address(self) -> str:
        """Where a browser finds the local workspace."""
        shown = "localhost" if self.on_loopback else self.host
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.port}"


def _database(value: str) -> str:
    addresses.parsed(value)
    return value


def _port(value: str) -> int:
    if not (value.isascii() and value.isdecimal() and 1 <= int(value) <= 65535):
        raise ValueError("it must be a number from 1 to 65535")
    return int(value)


def _host(value: str) -> str:
    if "/" in value or " " in value:
        raise ValueError(
            "it must be a name or an address without http:// and port, such as 127.0.0.1"
        )
    return value


def _names(value: str) -> tuple[str, ...]:
    return tuple(_host(name.strip()) for name in value.split(",") if name.strip())


def _level(value: str) -> str:
    if value.lower() not in LEVELS:
        raise ValueError(f"it must be one of {', '.join(LEVELS)}")
    return value.lower()


READERS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "GROVE_DATABASE_URL": ("database_url", _database),
    "GROVE_DATA": ("data", Path),
    "GROVE_HOST": ("host", _host),
    "GROVE_PORT": ("port", _port),
    "GROVE_NAMES": ("names", _names),
    "GROVE_LOG": ("log", _level),
}
"""Every setting of ours: which field it fills, and how its text is read."""


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings as they stand. Raises SettingProblem."""
    file = Path(environment.get(ENV_FILE) or ".env")
    if environment.get(ENV_FILE) and not file.is_file():
        raise SettingProblem(f"{ENV_FILE} names {file}, and there is no such file.")
    written = _file_values(file)
    values = {name: value for name, value in {**written, **environment}.items() if value}
    _refuse_unknown(values, environment, file)
    fields: dict[str, object] = {}
    for name, (field, reader) in READERS.items():
        if name in values:
            try:
                fields[field] = reader(values[name])
            except ValueError as wrong:
                raise SettingProblem(
                    f"{_place(name, environment, file)} cannot be used: {wrong}."
                ) from wrong
    tokens = tuple(name for name in PLATFORM_TOKENS if values.get(name, "").strip())
    return Settings(**fields, tokens=tokens)  # type: ignore[arg-type]


def _file_values(file: Path) -> dict[str, str]:
    if not file.is_file():
        return {}
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as wrong:
        line = 1 + wrong.object[: wrong.start].count(b"\n")
        raise SettingProblem(f"{file}, line {line} is not UTF-8 text: save it as UTF-8.") from wrong
    with StringIO(text) as opened:
        for binding in parse_stream(opened):
            if binding.error:
                raise SettingProblem(
                    f"{file}, line {binding.original.line} is not NAME=value: mend or remove it."
                )
    return {name: value or "" for name, value in dotenv_values(file).items()}


def _refuse_unknown(values: Mapping[str, str], environment: Mapping[str, str], file: Path) -> None:
    known = [*READERS, ENV_FILE]
    for name in values:
        if name.startswith("GROVE_") and name not in known and not name.startswith("GROVE_TEST_"):
            near = get_close_matches(name, known, 1)
            mend = f"did you mean {near[0]}?" if near else f"the settings are {', '.join(READERS)}."
            raise SettingProblem(f"{_place(name, environment, file)} is not a setting: {mend}")


def _place(name: str, environment: Mapping[str, str], file: Path) -> str:
    """The setting and where it stands."""
    if environment.get(name):
        return f"{name} in the environment"
    return f"{name} in {file}, line {_line(name, file)},"


def _line(name: str, file: Path) -> int:
    with file.open(encoding="utf-8") as opened:
        lines = [binding.original.line for binding in parse_stream(opened) if binding.key == name]
    return lines[-1]
