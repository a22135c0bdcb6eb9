"""Settings are read once; what cannot be used is said in one sentence, with its place."""

from pathlib import Path

import pytest

from adapters.settings import SettingProblem, Settings, read


@pytest.fixture
def env(tmp_path: Path) -> Path:
    """A `.env` file."""
    return tmp_path / ".env"


def with_file(env: Path, **environment: str) -> dict[str, str]:
    return {"GROVE_ENV_FILE": str(env), **environment}


def test_nothing_set_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert read({}) == Settings()


def test_the_environment_wins_over_the_file(env: Path) -> None:
    env.write_text("GROVE_PORT=9000\nGROVE_HOST=0.0.0.0\n")

    found = read(with_file(env, GROVE_PORT="9001"))

    assert (found.port, found.host) == (9001, "0.0.0.0")


def test_an_empty_value_is_as_if_it_were_not_there(env: Path) -> None:
    env.write_text("GROVE_PORT=\nSLACK_BOT_TOKEN=\n")

    assert read(with_file(env)) == Settings()


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (
            "GROVE_PORT=abc",
            "GROVE_PORT in {env}, line 2, cannot be used: it must be a number from 1 to 65535.",
        ),
        (
            "GROVE_PORT=70000",
            "GROVE_PORT in {env}, line 2, cannot be used: it must be a number from 1 to 65535.",
        ),
        (
            "GROVE_LOG=loud",
            "GROVE_LOG in {env}, line 2, cannot be used: it must be one of debug, info, warning, error.",
        ),
        (
            "GROVE_HOST=http://localhost",
            "GROVE_HOST in {env}, line 2, cannot be used: "
            "it must be a name or an address without http:// and port, such as 127.0.0.1.",
        ),
        (
            "GROVE_DATABASE_URL=mysql://x",
            "GROVE_DATABASE_URL in {env}, line 2, cannot be used: "
            "it must look like sqlite:///data/grove.db or postgresql+psycopg://user:password@host/name.",
        ),
        (
            "GROVE_DATABASE_URL=sqlite://",
            "GROVE_DATABASE_URL in {env}, line 2, cannot be used: "
            "a SQLite database needs a file, as in sqlite:///data/grove.db.",
        ),
        ("GROVE_PROT=1", "GROVE_PROT in {env}, line 2, is not a setting: did you mean GROVE_PORT?"),
        ("just words", "{env}, line 2 is not NAME=value: mend or remove it."),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_line_and_mend(
    written: str, words: str, env: Path
) -> None:
    env.write_text(f"# mine\n{written}\n")

    with pytest.raises(SettingProblem) as problem:
        read(with_file(env))

    assert str(problem.value) == words.format(env=env)


def test_a_file_in_another_encoding_is_named_with_its_line(env: Path) -> None:
    env.write_bytes("# mine\nGROVE_NAMES=grün\n".encode("latin-1"))

    with pytest.raises(SettingProblem, match=r"line 2 is not UTF-8 text: save it as UTF-8\."):
        read(with_file(env))


def test_a_setting_unlike_any_other_gets_the_list(env: Path) -> None:
    env.write_text("GROVE_QQQQQQQQQQ=1\n")

    with pytest.raises(SettingProblem, match="the settings are GROVE_DATABASE_URL, GROVE_DATA"):
        read(with_file(env))


def test_a_value_from_the_environment_says_so() -> None:
    with pytest.raises(SettingProblem, match=r"^GROVE_PORT in the environment cannot be used"):
        read({"GROVE_PORT": "x"})


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingProblem, match="there is no such file"):
        read({"GROVE_ENV_FILE": str(tmp_path / "none.env")})


def test_tokens_are_known_by_name_only(env: Path) -> None:
    env.write_text("SLACK_BOT_TOKEN=xoxb-1-secret\n")

    found = read(with_file(env))

    assert found.tokens == ("SLACK_BOT_TOKEN",)
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://localhost:8420"),
        ("0.0.0.0", "http://0.0.0.0:8420"),
        ("fd00::1", "http://[fd00::1]:8420"),
    ],
)
def test_the_address_can_be_opened(host: str, address: str) -> None:
    assert Settings(host=host).address == address


def test_names_are_a_list() -> None:
    assert read({"GROVE_NAMES": "grove.example.com, grove"}).names == ("grove.example.com", "grove")
