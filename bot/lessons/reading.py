"""A pack's folder as texts: read once, with limits, and without leaving the folder.

A pack may come from anybody, so links that lead out of it are not followed, nothing but Markdown
and pictures is opened, and what is left aside is named with the way to mend it.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath

from bot.lessons.content import Problem, error

LARGEST_TEXT = 200_000
"""Bytes of one Markdown file; a lesson of 1,200 characters with its questions has about 8,000."""

LARGEST_MEDIA = 2_000_000
"""Bytes of one picture, so that it opens on a phone without a wait."""

MOST_FILES = 2_000
"""Files of one pack; a check stays under some seconds."""

DEEPEST = 8
"""Folders inside folders; a pack needs one (`media/`, with perhaps a few below it)."""

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif"})
"""What both Slack and Discord show inside a message."""

BESIDE = frozenset({"README.md", "CHANGELOG.md", "LICENSE", "LICENSE.md", "LICENCE", "LICENCE.md"})
"""Files at the top that are for the readers of a Git host, not for learners."""

_VERSIONING = frozenset({".git", ".hg", ".svn"})


@dataclass(frozen=True, slots=True)
class Folder:
    """What a pack's folder holds: Markdown by path, the paths of its pictures, and problems."""

    texts: dict[str, str] = field(default_factory=dict)
    media: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(folder: Path) -> Folder:
    """Everything a pack is made of; raises nothing, whatever the folder holds."""
    found: list[Problem] = []
    if not folder.is_dir():
        message = "not a folder that can be read; name the folder of a pack"
        return Folder(problems=(error(folder.name or ".", 0, "no-folder", message),))
    paths = sorted(islice(_walk(folder, found), MOST_FILES + 1))
    if len(paths) > MOST_FILES:
        message = f"more than {MOST_FILES} files; split the pack"
        return Folder(problems=(error(folder.name or ".", 0, "many-files", message),))
    kept = [path for path in paths if _is_kept(folder, path, found)]
    texts = {path: _text(folder, path, found) for path in kept if path.endswith(".md")}
    media = tuple(path for path in kept if path not in texts)
    if "pack.md" not in texts and "pack.md" not in {problem.path for problem in found}:
        message = "pack.md is missing; add it, or name the folder that holds it"
        found.append(error("pack.md", 0, "no-pack", message))
    readable = {path: text for path, text in texts.items() if text is not None}
    return Folder(readable, media, tuple(found))


def picture(folder: Path, path: str) -> bytes:
    """The bytes of one of `Folder.media`; raises ValueError when it may not be read any more."""
    found: list[Problem] = []
    if not path.startswith("media/") or ".." in path or not _is_kept(folder, path, found):
        raise ValueError(f"{path} is not a picture of this pack")
    return (folder / path).read_bytes()


def _walk(folder: Path, found: list[Problem]) -> Iterator[str]:
    """Every file by its path with `/`, and folders that are not entered: links, hidden, too deep."""
    waiting = [PurePosixPath()]
    while waiting:
        inside = waiting.pop()
        try:
            entries = sorted(os.scandir(folder / inside), key=lambda entry: entry.name)
        except OSError:
            message = "the folder cannot be read; change its permissions"
            found.append(error(_shown(str(inside)), 0, "unreadable", message))
            continue
        for entry in entries:
            path = inside / entry.name
            is_open = not entry.name.startswith(".") and len(path.parts) <= DEEPEST
            if is_open and entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif entry.name not in _VERSIONING:
                yield str(path)


def _is_kept(folder: Path, path: str, found: list[Problem]) -> bool:
    """Whether the file belongs to the pack and is safe to open; else the reason is in `found`."""
    if path in BESIDE:
        return False
    code, message = _refusal(folder, path)
    if code:
        found.append(error(_shown(path), 0, code, message))
    return not code


def _refusal(folder: Path, path: str) -> tuple[str, str]:
    """The code and the words of what speaks against a file, both empty when nothing does."""
    name = PurePosixPath(path)
    if _shown(path) != path:
        return "file-name", "the file name holds odd signs; rename it"
    if name.name.startswith("."):
        return "hidden", "a hidden file; remove or rename it"
    if not _stays_inside(folder, path):
        return (
            "link",
            "a link that leaves the folder or leads to a folder; put the file itself here",
        )
    try:
        status = (folder / path).stat()
    except OSError:
        return "unreadable", "the file cannot be read; change its permissions"
    if not stat.S_ISREG(status.st_mode):
        return "unknown-file", "not a file of a pack; remove it"
    return _unfit(name, status.st_size)


def _unfit(name: PurePosixPath, size: int) -> tuple[str, str]:
    if name.suffix == ".md":
        largest, kind = LARGEST_TEXT, "Markdown file"
    elif name.suffix.lower() not in PICTURES:
        return "unknown-file", "Grove reads .md, and .png, .jpg or .gif in media/; remove this file"
    elif name.parts[0] != "media":
        return "unknown-file", "a picture outside media/; move it there"
    else:
        largest, kind = LARGEST_MEDIA, "picture"
    if size > largest:
        return "too-large", f"{size} bytes; make the {kind} smaller than {largest}"
    return "", ""


def _stays_inside(folder: Path, path: str) -> bool:
    """Whether no link on the way leads out of the folder or to another folder."""
    file = folder / path
    leads_to_folder = file.is_symlink() and file.is_dir()
    top, target = os.path.realpath(folder), os.path.realpath(file)
    return Path(target).is_relative_to(top) and not leads_to_folder


def _text(folder: Path, path: str, found: list[Problem]) -> str | None:
    try:
        raw = (folder / path).read_bytes()
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        message = f"not UTF-8 at byte {fault.start}; save it as UTF-8"
        found.append(error(path, 0, "encoding", message))
    except OSError:
        message = "the file cannot be read; change its permissions"
        found.append(error(path, 0, "unreadable", message))
    return None


def _shown(path: str) -> str:
    """The path with odd signs written out, so that it can be printed anywhere."""
    readable = path.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in readable)
