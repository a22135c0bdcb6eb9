"""What `grove doctor` looks at: each check looks, changes nothing, and answers with one finding."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

from adapters import serving
from adapters.settings import Settings
from bot.days import zone_of
from storage import lock, migrate
from storage.addresses import SQLITE_VERSION, shown, sqlite_path
from storage.engine import wall_clock
from storage.migrate import Tables, Unreachable

SQLITE_SOUND = (3, 51, 3)
"""From here on two connections may write and checkpoint at once without harm (sqlite.org/wal.html, WAL-reset bug)."""

NETWORK_DISKS = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "sshfs",
    "fuse.sshfs",
    "9p",
    "afs",
    "glusterfs",
    "ceph",
}
"""Kinds of file systems whose locks SQLite cannot rely on (sqlite.org/faq.html, question 5)."""

LEAST_FREE = 500_000_000
"""Bytes below which a backup or a migration may not fit."""


class Health(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one thing, with the mend when there is something to mend."""

    about: str
    health: Health
    words: str


def python(_settings: Settings) -> Finding:
    """Python's version."""
    found = _dotted(sys.version_info[:3])
    return Finding("python", Health.OK, f"Python {found} runs Grove {version('grove')}.")


def sqlite(settings: Settings) -> Finding:
    """SQLite's version, when the database is one."""
    if sqlite_path(settings.database_url) is None:
        return Finding("sqlite", Health.OK, "SQLite is not used.")
    if SQLITE_VERSION >= SQLITE_SOUND:
        return Finding("sqlite", Health.OK, f"SQLite {_dotted(SQLITE_VERSION)} is sound.")
    return Finding(
        "sqlite",
        Health.NOTE,
        f"SQLite {_dotted(SQLITE_VERSION)} can, very rarely, damage a database that two programs write at once; Grove "
        "writes through one connection only, so keep other programs away from the file, or use Python with "
        "SQLite 3.51.3 or newer.",
    )


def tables(settings: Settings) -> Finding:
    """Whether the tables are there and of this version."""
    try:
        found = migrate.state(settings.database_url)
    except Unreachable as problem:
        return _problem("tables", str(problem))
    name = shown(settings.database_url)
    match found:
        case Tables.CURRENT:
            return Finding("tables", Health.OK, f"{name} is up to date.")
        case Tables.EMPTY:
            return Finding(
                "tables",
                Health.NOTE,
                f"There is nothing in {name} yet: start Grove once with `grove run`.",
            )
        case Tables.BEHIND:
            return _problem("tables", f"{name} is from an older Grove: run `grove migrate`.")
        case Tables.NEWER:
            return _problem(
                "tables", f"{name} is from a newer Grove: install that version or a later one."
            )
        case Tables.FOREIGN:
            return _problem(
                "tables",
                f"{name} holds tables that are not Grove's: set GROVE_DATABASE_URL to another.",
            )


def filesystem(settings: Settings) -> Finding:
    """Whether a SQLite file is on a disk of this machine."""
    path = sqlite_path(settings.database_url)
    kind = _filesystem_of(path) if path is not None else ""
    if kind in NETWORK_DISKS:
        words = (
            f"{path} is on a network disk ({kind}), where SQLite loses data: "
            "move it to a local one, or use PostgreSQL."
        )
        return _problem("filesystem", words)
    return Finding("filesystem", Health.OK, "The database is not on a network disk.")


def _filesystem_of(path: Path) -> str:
    """The kind of the mount a path is on, empty where the system does not tell."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    place = path.absolute().resolve()
    kinds = {}
    for line in mounts.read_text(encoding="utf-8").splitlines():
        _device, point, kind, *_ = line.split()
        kinds[Path(point.replace("\\040", " "))] = kind
    return next((kinds[folder] for folder in (place, *place.parents) if folder in kinds), "")


def disk(settings: Settings) -> Finding:
    """Free space where the data is."""
    path = sqlite_path(settings.database_url) or settings.data / "x"
    folder = next(parent for parent in path.absolute().parents if parent.is_dir())
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        return _problem(
            "disk",
            f"Only {free // 1_000_000} MB are free at {folder}: make room, a backup may not fit.",
        )
    return Finding("disk", Health.OK, f"{free / 1e9:.0f} GB are free at {folder}.")


def clock(_settings: Settings) -> Finding:
    """Whether the system keeps its clock in step; it says so on most Linux systems."""
    command = ["timedatectl", "show", "--property=NTPSynchronized", "--value"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=5).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        said = ""
    now = f"{wall_clock():%Y-%m-%d %H:%M} UTC"
    if said == "no":
        return Finding(
            "clock", Health.NOTE, f"It is {now} by a clock nobody keeps in step: turn on NTP."
        )
    return Finding("clock", Health.OK, f"It is {now}.")


def zones(_settings: Settings) -> Finding:
    """Whether time zones are known, from the pinned package."""
    try:
        zone_of("Europe/Berlin")
    except ValueError:
        return _problem("zones", "No time zones are known: install the Python package tzdata.")
    return Finding("zones", Health.OK, f"Time zones are those of tzdata {version('tzdata')}.")


def port(settings: Settings) -> Finding:
    """Whether the pages can be served, or are."""
    path = sqlite_path(settings.database_url)
    if path is not None and lock.is_held(path):
        return Finding("port", Health.OK, "Grove is running.")
    try:
        with serving.bound(settings.host, settings.port):
            return Finding("port", Health.OK, f"Port {settings.port} is free.")
    except serving.CannotListen as problem:
        return _problem("port", str(problem))


def tokens(settings: Settings) -> Finding:
    """Which platforms are set up."""
    if settings.tokens:
        words = f"{', '.join(settings.tokens)} set: the local workspace starts only with `grove run --local`."
        return Finding("tokens", Health.NOTE, words)
    return Finding(
        "tokens", Health.OK, "No platform tokens are set, so Grove serves the local workspace."
    )


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)


def _problem(about: str, words: str) -> Finding:
    return Finding(about, Health.PROBLEM, words)
