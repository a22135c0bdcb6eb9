"""`grove simulate` speaks to people and to machines, and ends with 1 when a promise was broken."""

import json
from pathlib import Path

from click.testing import CliRunner

from adapters.cli.simulate import simulate
from adapters.simulation import report, summary
from adapters.simulation.learners import Model
from adapters.simulation.platform import Ledger
from adapters.simulation.report import Prediction, Recall, Report


def a_report(ledger: Ledger) -> Report:
    return Report(
        model=Model.MCM, learners=10, days=30, seed=1, deliveries=(), arrivals=200, refused=1, lost_answers=1,
        deeds=900, answers=400, lessons=40, per_working_day=1.8,
        prediction=Prediction(400, 0.8, 0.7, 0.65, 0.6, 0.61, ()), recall=Recall(150, 0.6, 0.2, 0.8),
        broken=report.broken(ledger, [], {}, fixes=[], errors=[]),
    )  # fmt: skip


def test_one_json_value_says_that_it_is_a_simulation_and_the_database_is_kept(
    tmp_path: Path,
) -> None:
    kept = tmp_path / "kept.db"

    done = CliRunner().invoke(
        simulate,
        ["--learners", "1", "--days", "2", "--model", "exp", "--json", "--keep", str(kept)],
    )

    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert found["simulation"] is True
    assert found["sound"] is True
    assert (found["model"], found["learners"], found["days"]) == ("exp", 1, 2)
    assert kept.stat().st_size > 0


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "kept.db").write_text("mine")

    done = CliRunner().invoke(simulate, ["--keep", str(tmp_path / "kept.db")])

    assert done.exit_code == 2
    assert (tmp_path / "kept.db").read_text() == "mine"


def test_a_report_without_a_broken_promise_is_sound() -> None:
    found = a_report(Ledger())

    assert found.is_sound
    assert "broken" not in summary.text(found)


def test_one_broken_promise_makes_a_report_unsound_and_is_shown() -> None:
    found = a_report(Ledger(same_day=["set:7:2026-03-02 p0001 2026-03-02T17:00Z"]))

    assert not found.is_sound
    assert "broken  two messages on one day: 1" in summary.text(found)
    assert "p0001" in summary.text(found)


def test_the_conclusion_says_what_was_believed_beside_what_was_true() -> None:
    found = a_report(Ledger())
    assert found.recall is not None

    words = summary.conclusion(found, found.recall)

    assert "MCM (Mozer et al. 2009)" in words
    assert "0.60 on day 30, against 0.20" in words
    assert "believed 0.80" in words
    assert words.endswith("It says nothing about people.")
