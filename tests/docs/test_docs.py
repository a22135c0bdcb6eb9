"""What the documents say is so: tables, commands, links, paths and pack examples."""

import importlib.util
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import click
import pytest

from adapters import cli
from adapters.settings import ENV_FILE, READERS
from bot.lessons.folders import open_pack
from bot.terms import QuestionForm
from tests.docs import tables

ROOT = Path(__file__).parents[2]

DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")], key=lambda path: path.as_posix()
)

OURS = {"grove", ".venv/bin/grove"}
"""How documents call the command line."""

SYSTEM = {
    *(
        "cd",
        "createdb",
        "createuser",
        "curl",
        "git",
        "grep",
        "journalctl",
        "jq",
        "mkdir",
        "systemctl",
    ),
    *("python3", ".venv/bin/pip"),
}
"""What else documents call; a new one is added here on purpose."""

SEPARATORS = {"|", "||", "&&", ";", "&"}
REDIRECTIONS = {">", ">>", "<"}

HUSHED = re.compile(
    r"\b(simply|sorry|unfortunately|apologi[sz]e|just (run|write|use|call))\b", re.IGNORECASE
)
"""Words that belittle a difficulty or beg pardon for one."""

SECOND_SENTENCE = re.compile(r"[a-z)*\d][.!?] +[A-Z]")
"""Where one sentence ends and another begins."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document and where it stands."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of code: its language, its lines."""

    language: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The code as it stands."""
        return "\n".join(line.text for line in self.lines) + "\n"


@cache
def taken_apart(path: Path) -> tuple[tuple[Line, ...], tuple[Fence, ...]]:
    """The lines outside blocks of code, and the blocks."""
    outside: list[Line] = []
    fences: list[Fence] = []
    held: list[Line] | None = None
    language = ""
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = Line(f"{path.relative_to(ROOT).as_posix()}:{number}", text)
        if text.startswith("```"):
            if held is None:
                held, language = [], text.removeprefix("```")
            else:
                fences.append(Fence(language, tuple(held)))
                held = None
        elif held is None:
            outside.append(line)
        else:
            held.append(line)
    assert held is None, f"{path}: a block of code never ends"
    return tuple(outside), tuple(fences)


def prose() -> Iterator[Line]:
    """Every line outside blocks of code."""
    for path in DOCUMENTS:
        yield from taken_apart(path)[0]


def fences(language: str) -> Iterator[Fence]:
    """Every block of code in a language."""
    for path in DOCUMENTS:
        yield from (fence for fence in taken_apart(path)[1] if fence.language == language)


def commands() -> Iterator[Line]:
    """Every command in a block, and every `make …` or `grove …` in a sentence."""
    for fence in fences("sh"):
        yield from (line for line in fence.lines if line.text.strip())
    for line in prose():
        if line.text.startswith("| `grove "):  # the table of commands, which is generated
            continue
        for code in re.findall(r"`((?:[A-Z_]+=\S+ )*(?:make|grove) [^`]*)`", line.text):
            yield Line(line.where, code)


@pytest.mark.parametrize("name", tables.TABLES)
def test_a_table_says_what_the_code_says(name: str) -> None:
    assert tables.held(name)[2] == tables.written(name), "run `python -m tests.docs.tables`"


def test_the_mark_above_each_table_names_the_command_that_writes_it() -> None:
    assert all("`python -m tests.docs.tables`" in tables.held(name)[1] for name in tables.TABLES)


def test_every_block_says_its_language() -> None:
    assert list(fences("")) == []


def test_every_command_works_as_written() -> None:
    wrong = [f"{line.where}: {fault}" for line in commands() for fault in _faults(line.text)]

    assert wrong == []


def _faults(text: str) -> Iterator[str]:
    reader = shlex.shlex(text, posix=True, punctuation_chars="|&;<>")
    reader.whitespace_split = True
    words = list(reader)
    while words:
        end = next((at for at, word in enumerate(words) if word in SEPARATORS), len(words))
        yield from _fault_of_call(words[:end])
        words = words[end + 1 :]


def _fault_of_call(words: list[str]) -> Iterator[str]:
    end = next((at for at, word in enumerate(words) if word in REDIRECTIONS), len(words))
    words = words[:end]
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        name = words.pop(0).partition("=")[0]
        if name.startswith("GROVE_") and name not in {*READERS, ENV_FILE}:
            yield f"{name} is not a setting"
    if words[:1] == ["sudo"]:
        words = words[3:] if words[1:2] == ["-u"] else words[1:]
    match words:
        case ["make", *targets]:
            yield from (
                f"no target {name}"
                for name in targets
                if name not in _targets() and "=" not in name
            )
        case [name, *arguments] if name in OURS:
            yield from _fault_of_ours(cli.grove, arguments)
        case ["python", "-m", module, *_] if importlib.util.find_spec(module) is None:
            yield f"no module {module}"
        case [name, *_] if name not in {*SYSTEM, "python"}:
            yield f"{name} is not known here"


@cache
def _targets() -> frozenset[str]:
    return frozenset(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))


def _fault_of_ours(command: click.Command, arguments: list[str]) -> Iterator[str]:
    """What click would say to it, without looking at files or at the database."""
    context = click.Context(command, info_name="grove")
    if isinstance(command, click.Group) and arguments and not arguments[0].startswith("-"):
        found = command.get_command(context, arguments[0])
        if found is None:
            yield f"no command {arguments[0]}"
        else:
            yield from _fault_of_ours(found, arguments[1:])
        return
    if "--help" in arguments or (isinstance(command, click.Group) and not arguments):
        return
    try:
        given, rest, _ = command.make_parser(context).parse_args(args=list(arguments))
    except click.UsageError as wrong:
        yield wrong.format_message()
        return
    if rest:
        yield f"too much: {rest}"
    for parameter in command.params:
        value = given.get(parameter.name or "")
        if parameter.required and not value and arguments:
            yield f"{parameter.name} is missing"
        if (
            isinstance(parameter.type, click.Choice)
            and value
            and value not in parameter.type.choices
        ):
            yield f"{value} is no {parameter.name}"


def test_a_wrong_command_is_noticed() -> None:
    wrong = [
        "make tea",
        "grove dance",
        "grove status --loud",
        "grove outbox --state lost",
        "grove pack approve x",
    ]

    assert [len(list(_faults(text))) > 0 for text in wrong] == [True] * len(wrong)


def test_every_link_and_picture_leads_somewhere() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in DOCUMENTS
        for line in taken_apart(path)[0]
        for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", line.text))
        if not target.startswith(("http://", "https://")) and not _leads(path, target)
    ]

    assert wrong == []


def _leads(path: Path, target: str) -> bool:
    file, _, anchor = target.partition("#")
    place = (path.parent / file).resolve() if file else path
    return place.exists() and (not anchor or anchor in _anchors(place))


def _anchors(path: Path) -> set[str]:
    heads = [line.text.lstrip("# ") for line in taken_apart(path)[0] if line.text.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_picture_is_described() -> None:
    assert [line.where for line in prose() if "![](" in line.text] == []


def test_every_path_that_is_named_exists() -> None:
    rooms = "bot|storage|adapters|tests|docs|packs|benchmarks"
    named = re.compile(rf"`((?:{rooms})(?:/[\w.*-]+)+)/?`")

    missing = [
        f"{line.where}: {path}"
        for line in prose()
        for path in named.findall(line.text)
        if not any(ROOT.glob(path))
    ]

    assert missing == []


def test_every_sentence_has_a_line_of_its_own() -> None:
    long = [
        line.where
        for line in prose()
        if _is_prose(line.text) and SECOND_SENTENCE.search(_plain(line.text))
    ]

    assert long == []


def _is_prose(text: str) -> bool:
    return not text.startswith(("|", "#", "<!--"))


def _plain(text: str) -> str:
    """The line without code, the words of links alone, and without a list's number."""
    text = re.sub(r"`[^`]*`|!\[[^]]*\]\([^)]*\)", "x", text)
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"^\s*\d+\. ", "", text)


def test_nothing_is_belittled_or_excused() -> None:
    assert [line.where for line in prose() if HUSHED.search(line.text)] == []


def test_the_examples_of_a_pack_can_be_published(tmp_path: Path) -> None:
    given = [
        fence.text
        for fence in taken_apart(ROOT / "docs" / "packs.md")[1]
        if fence.language == "markdown"
    ]
    pack, lesson, questions, answer = given
    _write(tmp_path / "pack.md", pack)
    _write(tmp_path / "lessons" / "01-severity.md", f"{lesson}\n{questions}")
    _write(tmp_path / "answers" / "which-severity.md", answer)

    opened = open_pack(tmp_path, date(2026, 11, 1))

    assert [problem for problem in opened.problems if problem.severity == "error"] == []
    assert opened.pack is not None
    assert {question.form for question in opened.pack.lessons[0].questions} == set(QuestionForm)


def test_the_readmes_question_can_be_published(tmp_path: Path) -> None:
    (question,) = [
        fence.text for fence in taken_apart(ROOT / "README.md")[1] if fence.language == "markdown"
    ]
    pack, lesson, *_ = [
        fence.text
        for fence in taken_apart(ROOT / "docs" / "packs.md")[1]
        if fence.language == "markdown"
    ]
    _write(tmp_path / "pack.md", pack)
    _write(tmp_path / "lessons" / "01-severity.md", lesson[: lesson.index("###")] + question)

    opened = open_pack(tmp_path, date(2026, 11, 1))

    assert opened.is_publishable, opened.problems


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_every_library_is_accounted_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    said = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").casefold()

    assert [one for one in wanted if re.split(r"[<>=\[]", one)[0] not in said] == []
