"""Reading a pack's folder: nothing outside of it is read, and what is left aside is named."""

import os
import sys
from pathlib import Path

import pytest

from bot.lessons import reading
from tests.bot.lessons.packs import GOOD

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The good pack on disk."""
    top = tmp_path / "incidents"
    for path, text in GOOD.items():
        file = top / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (top / "media").mkdir()
    (top / "media" / "ladder.png").write_bytes(PNG)
    return top


def said(folder: Path) -> list[str]:
    """What Grove says of a folder."""
    return [str(problem) for problem in reading.read(folder).problems]


def test_a_pack_is_read_with_its_pictures(folder: Path) -> None:
    read = reading.read(folder)

    assert read.texts == GOOD
    assert read.media == ("media/ladder.png",)
    assert read.problems == ()
    assert reading.picture(folder, "media/ladder.png") == PNG


def test_what_a_git_host_needs_is_left_aside_in_silence(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("secret")
    (folder / "README.md").write_text("About this pack.")
    (folder / "LICENSE").write_text("CC-BY-4.0")

    read = reading.read(folder)

    assert (read.texts, read.problems) == (GOOD, ())


def test_a_byte_order_mark_is_read_over(folder: Path) -> None:
    (folder / "pack.md").write_bytes(b"\xef\xbb\xbf" + GOOD["pack.md"].encode())

    assert reading.read(folder).texts == GOOD


def test_another_encoding_is_named_with_its_first_byte(folder: Path) -> None:
    (folder / "pack.md").write_bytes("---\ntitle: Störungen".encode("latin-1"))

    read = reading.read(folder)

    assert [str(problem) for problem in read.problems] == [
        "pack.md: not UTF-8 at byte 13; save it as UTF-8"
    ]
    assert "pack.md" not in read.texts


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (".DS_Store", ".DS_Store: a hidden file; remove or rename it"),
        ("lessons/.a.md.swp", "lessons/.a.md.swp: a hidden file; remove or rename it"),
        (
            "notes.docx",
            "notes.docx: Grove reads .md, and .png, .jpg or .gif in media/; remove this file",
        ),
        (
            "media/a.svg",
            "media/a.svg: Grove reads .md, and .png, .jpg or .gif in media/; remove this file",
        ),
        ("lessons/a.png", "lessons/a.png: a picture outside media/; move it there"),
        ("lessons/a\nb.md", "lessons/a\\x0ab.md: the file name holds odd signs; rename it"),
    ],
)
def test_a_file_that_does_not_belong_is_named(folder: Path, name: str, message: str) -> None:
    (folder / name).write_bytes(b"")

    assert said(folder) == [message]


def test_a_hidden_folder_is_named_and_not_entered(folder: Path) -> None:
    (folder / ".github").mkdir()
    (folder / ".github" / "notes.md").write_text("Hello.")

    assert said(folder) == [".github: a hidden file; remove or rename it"]


def test_too_large_a_file_is_named_with_its_limit(folder: Path) -> None:
    (folder / "lessons" / "long.md").write_bytes(b"a" * 200_001)
    (folder / "media" / "large.png").write_bytes(b"a" * 2_000_001)

    assert said(folder) == [
        "lessons/long.md: 200001 bytes; make the Markdown file smaller than 200000",
        "media/large.png: 2000001 bytes; make the picture smaller than 2000000",
    ]


def test_too_many_files_are_not_read(folder: Path) -> None:
    for number in range(2_000):
        (folder / "media" / f"{number}.png").write_bytes(b"")

    read = reading.read(folder)

    assert read.texts == {}
    assert [str(problem) for problem in read.problems] == [
        "incidents: more than 2000 files; split the pack"
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_links_out_of_the_folder_are_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secrets"
    secret.mkdir()
    (secret / "key.md").write_text("secret")
    (folder / "lessons" / "key.md").symlink_to(secret / "key.md")
    (folder / "media" / "all").symlink_to(secret, target_is_directory=True)
    (folder / "media" / "self").symlink_to(folder, target_is_directory=True)

    read = reading.read(folder)

    refused = "a link that leaves the folder or leads to a folder; put the file itself here"
    assert [str(problem) for problem in read.problems] == [
        f"lessons/key.md: {refused}",
        f"media/all: {refused}",
        f"media/self: {refused}",
    ]
    assert read.texts == GOOD


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_inside_the_folder_is_read_and_a_circle_is_named(folder: Path) -> None:
    (folder / "answers" / "also.md").symlink_to(folder / "answers" / "who-decides.md")
    (folder / "answers" / "round.md").symlink_to(folder / "answers" / "round.md")

    read = reading.read(folder)

    assert read.texts["answers/also.md"] == GOOD["answers/who-decides.md"]
    assert [problem.path for problem in read.problems] == ["answers/round.md"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes on Windows")
def test_a_pipe_is_never_opened(folder: Path) -> None:
    os.mkfifo(folder / "lessons" / "pipe.md")

    assert said(folder) == ["lessons/pipe.md: not a file of a pack; remove it"]


def test_a_missing_pack_md_and_a_missing_folder_are_named(folder: Path) -> None:
    (folder / "pack.md").unlink()

    assert said(folder) == ["pack.md: pack.md is missing; add it, or name the folder that holds it"]
    assert said(folder / "none") == [
        "none: not a folder that can be read; name the folder of a pack"
    ]
    assert said(folder / "answers" / "who-decides.md") == [
        "who-decides.md: not a folder that can be read; name the folder of a pack"
    ]


@pytest.mark.parametrize("path", ["pack.md", "media/../pack.md", "media/none.png", "/etc/passwd"])
def test_only_pictures_are_given_out_as_pictures(folder: Path, path: str) -> None:
    with pytest.raises(ValueError, match="is not a picture of this pack"):
        reading.picture(folder, path)


def test_a_folder_below_the_deepest_is_not_entered(folder: Path) -> None:
    deep = folder / "media" / "/".join("abcdefgh")
    deep.mkdir(parents=True)
    (deep / "far.png").write_bytes(PNG)

    read = reading.read(folder)

    assert read.media == ("media/ladder.png",)
    assert [problem.code for problem in read.problems] == ["unknown-file"]
