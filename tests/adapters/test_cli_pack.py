"""`grove pack` on a terminal: what it prints, what it changes, how it ends."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from adapters.cli import main
from storage import migrate

STARTER = Path(__file__).parents[2] / "packs" / "incident-updates"
LESSON = "lessons/01-fifteen-minutes.md"


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The JSON it printed."""
        return json.loads(self.out)


Grove = Callable[..., Said]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as `grove migrate` makes it, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "grove.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def bare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Grove:
    """The command line in an empty folder, where no database is yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GROVE_DATABASE_URL", f"sqlite:///{tmp_path}/grove.db")

    def say(*words: str) -> Said:
        with pytest.raises(SystemExit) as ended:
            main(["pack", *words])
        said = capsys.readouterr()
        return Said(int(ended.value.code or 0), said.out, said.err)

    return say


@pytest.fixture
def grove(bare: Grove, migrated: Path, tmp_path: Path) -> Grove:
    """The command line beside a database with nothing in it, and a new pack in `first`."""
    shutil.copyfile(migrated, tmp_path / "grove.db")
    assert bare("new", "first", "--title", "First things").code == 0
    return bare


def edit(path: str, before: str, after: str) -> None:
    """Change a file as an author would."""
    text = Path(path).read_text(encoding="utf-8")
    assert before in text
    Path(path).write_text(text.replace(before, after), encoding="utf-8")


def test_a_new_pack_has_nothing_to_mend(bare: Grove) -> None:
    """What `new` writes, `check` calls good."""
    bare("new", "Our Runbooks")

    said = bare("check", "Our Runbooks")

    assert (said.code, said.err) == (0, "")
    assert said.out == "Our Runbooks: good. 1 lesson, 5 questions, 1 ready answer.\n"
    assert "id: our-runbooks\ntitle: Our runbooks\n" in Path("Our Runbooks/pack.md").read_text()


def test_what_new_says_to_type_next_can_be_typed(bare: Grove) -> None:
    """Also when the folder's name holds a space; a title is one line whatever was given."""
    said = bare("new", "Our Runbooks", "--title", "Our\nrunbooks")

    assert said.out.endswith("grove pack check 'Our Runbooks'\n")
    assert bare("check", "Our Runbooks").code == 0


def test_a_folder_that_holds_something_is_not_written_into(grove: Grove) -> None:
    """Neither by `new` nor by `export`."""
    assert "not empty" in grove("new", "first").err

    grove("publish", "first")
    said = grove("export", "first", "first")

    assert said.code == 1
    assert "not empty" in said.err


def test_a_mistake_is_named_with_file_and_line(grove: Grove) -> None:
    """As editors link it; the exit code tells scripts."""
    edit(f"first/{LESSON}", "- [x] Ask in the team's channel", "- [ ] Ask in the team's channel")

    said = grove("check", "first")

    [problem, verdict] = said.out.splitlines()
    assert said.code == 1
    assert problem.startswith(f"first/{LESSON}:")
    assert int(problem.split(":")[1]) > 10
    assert verdict.startswith("first: 1 error.")


def test_a_check_can_be_read_by_a_program(grove: Grove) -> None:
    """A review that is overdue on a given day is a warning, and no more."""
    said = grove("check", "first", "--today", "2099-01-01", "--json")

    [checked] = said.value
    assert said.code == 0
    assert (checked["pack"], checked["ok"]) == ("first", True)
    assert {problem["severity"] for problem in checked["problems"]} == {"warning"}
    assert {*checked["problems"][0]} == {"path", "line", "severity", "code", "message"}


def test_a_preview_gives_no_answer_away(grove: Grove) -> None:
    """Letters and options as a learner sees them; the answers only when asked for."""
    shown = grove("preview", "first").out
    told = grove("preview", "first", "fifteen-minutes", "--answers").out

    assert "  A  Ask in the team's channel\n" in shown
    assert "* A  Ask in the team's channel\n" in told
    assert "After fifteen minutes a colleague's minute" not in shown
    assert "After fifteen minutes a colleague's minute" in told
    assert "fifteen |" not in shown
    assert max(len(line) for line in told.splitlines()) <= 78


def test_a_preview_knows_the_lessons_there_are(grove: Grove) -> None:
    """A typo gets the list."""
    said = grove("preview", "first", "fiveteen")

    assert said.code == 2
    assert "fifteen-minutes" in said.err


def test_without_a_database_one_sentence_says_what_to_do(bare: Grove) -> None:
    """And no trace."""
    bare("new", "first")

    for words in (("publish", "first"), ("list",), ("diff", "first"), ("export", "a", "b")):
        said = bare(*words)

        assert said.code == 1
        assert said.err.splitlines()[-1].startswith("grove: There is nothing in ")


def test_a_pack_is_published_listed_and_the_same_again_is_nothing(grove: Grove) -> None:
    """The whole way of a pack into the local workspace."""
    first = grove("publish", "first")
    again = grove("publish", "first")

    assert first.out == "first 0.1.0: published for the first time, 1 lesson, 5 questions.\n"
    assert again.out == "first 0.1.0: nothing to change.\n"
    assert (first.code, again.code) == (0, 0)
    [listed] = grove("list", "--json").value
    assert (listed["pack"], listed["title"], listed["waiting"]) == ("first", "First things", [])


def test_a_pack_with_an_error_is_not_published(grove: Grove) -> None:
    """Nor are the others of the same command: nothing is published by halves."""
    shutil.copytree(STARTER, "good")
    edit("first/pack.md", "owners:", "holders:")

    said = grove("publish", "good", "first")

    assert said.code == 1
    assert "first/pack.md:" in said.err
    assert "first cannot be published" in said.err
    assert grove("list").code == 1


def test_a_new_meaning_waits_for_a_named_person(grove: Grove) -> None:
    """Shown by `diff`, set aside by `publish`, put in force by `approve`."""
    grove("publish", "first")
    edit(f"first/{LESSON}", "= 15 | fifteen | /(about )?15 ?min(utes)?/", "= 20 | twenty")
    edit("first/pack.md", "version: 0.1.0", "version: 0.2.0")

    diff = grove("diff", "first")
    published = grove("publish", "first")
    approved = grove("approve", "first", "all", "--by", "Ana Kovač", "--json")

    assert diff.out.splitlines()[0] == "first 0.1.0 -> 0.2.0"
    assert "! question how-many-minutes: other meaning" in diff.out
    assert "grove pack approve first how-many-minutes --by NAME" in published.out
    assert approved.value == {"pack": "first", "approved": ["how-many-minutes"], "people": 0}
    assert grove("diff", "first").out == "first 0.2.0: nothing would change.\n"


def test_the_author_says_that_only_words_changed(grove: Grove) -> None:
    """`--wording` keeps a question in use."""
    grove("publish", "first")
    edit(f"first/{LESSON}", "= 15 | fifteen |", "= 15 | fifteen | a quarter of an hour |")

    said = grove("publish", "first", "--wording", "how-many-minutes", "--json")

    [done] = said.value
    assert (done["aside"], done["changes"]["questions"]["reworded"]) == ([], ["how-many-minutes"])


def test_approving_needs_a_name(grove: Grove) -> None:
    """On the way of publishing too."""
    assert grove("publish", "first", "--approve", "all").code == 2
    assert grove("approve", "first", "all").code == 2


def test_what_is_exported_is_what_was_published(grove: Grove) -> None:
    """The folder that comes out checks, and publishing it changes nothing."""
    shutil.copytree(STARTER, "incident-updates")
    grove("publish", "incident-updates")

    said = grove("export", "incident-updates", "out")

    assert said.out == "out: 12 lessons, 57 questions, 10 ready answers.\n"
    assert grove("check", "out").code == 0
    assert "nothing to change" in grove("publish", "out").out


def test_an_export_may_replace_an_older_one(grove: Grove) -> None:
    """With `--force`; a lesson the pack no longer has goes from the folder."""
    grove("publish", "first")
    Path("first/lessons/99-old.md").write_text("old")

    said = grove("export", "first", "first", "--force")

    assert said.code == 0
    assert [path.name for path in Path("first/lessons").iterdir()] == [Path(LESSON).name]


def test_workspaces_are_told_apart(grove: Grove) -> None:
    """What Slack's workspace teaches, the local one does not."""
    grove("publish", "first", "--workspace", "slack:T0123456")

    assert [
        row["pack"] for row in grove("list", "--workspace", "slack:T0123456", "--json").value
    ] == ["first"]
    assert (
        grove("list").err
        == "grove: Nothing is published in local yet: grove pack publish DIR does that.\n"
    )
    assert grove("list", "--workspace", "irc:1").code == 2


def test_the_real_command_works_beside_others(grove: Grove, tmp_path: Path) -> None:
    """As a process of its own, with its exit code and one JSON value on stdout."""
    words = [sys.executable, "-c", "from adapters.cli import main; main()", "pack"]
    place = {**os.environ, "PYTHONPATH": str(STARTER.parents[1])}

    done = subprocess.run(
        [*words, "publish", "first", "--json"],
        env=place,
        capture_output=True,
        text=True,
        check=True,
    )
    wrong = subprocess.run(
        [*words, "check", "no-such-folder"], env=place, capture_output=True, text=True, check=False
    )

    assert json.loads(done.stdout)[0]["changed"] is True
    assert wrong.returncode == 1
    assert wrong.stderr == ""
