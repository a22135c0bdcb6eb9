"""A simulation's report in words, for a terminal."""

from collections.abc import Iterable, Sequence

from adapters.simulation.learners import Model
from adapters.simulation.report import Prediction, Recall, Report

NAMES = {
    Model.ACTR: "ACT-R (Pavlik & Anderson 2005)",
    Model.MCM: "MCM (Mozer et al. 2009)",
    Model.EXP: "exponential stress-test",
}

SHOWN = 5
"""Broken promises shown of each kind."""


def text(report: Report) -> str:
    """The report for a terminal."""
    lines = [
        f"{report.learners} simulated learners, {report.days} days, seed {report.seed}, "
        f"{report.deeds:,} deeds, {report.seconds:.1f} s",
        "",
        "Deliveries",
        *(
            f"  {each.kind:<11} {each.state:<8} {each.number:>7,}  {each.reason}".rstrip()
            for each in report.deliveries
        ),
        f"  {report.refused} refused and {report.lost_answers} whose answer was lost on the way, on purpose",
        "",
        "Promises",
        *(line for name, found in report.broken.items() for line in _promise(name, found)),
        "",
        f"{report.answers:,} answers and {report.lessons:,} lessons; for each learner "
        f"{report.per_working_day:.1f} questions a working day, "
        f"{report.lessons / report.learners:.1f} lessons in all",
    ]
    if report.prediction is not None:
        lines += ["", *_predicted(report.prediction)]
    if report.recall is not None:
        lines += ["", conclusion(report, report.recall)]
    return "\n".join(lines)


def _promise(name: str, found: Sequence[str]) -> Iterable[str]:
    yield f"  {'broken' if found else 'kept':<7} {name}{f': {len(found)}' if found else ''}"
    for line in found[:SHOWN]:
        yield f"          {line}"


def _predicted(found: Prediction) -> Iterable[str]:
    yield f"Beliefs against {found.answers:,} answers"
    yield f"  predicted {found.predicted:.3f}, answered rightly {found.right:.3f}, truly recalled {found.recalled:.3f}"
    yield f"  log loss {found.log_loss:.4f}; a moving average without memory model {found.moving:.4f}"
    for each in found.bins:
        yield (
            f"  {each.low:.1f} to {each.high:.1f}: {each.answers:>6,} answers, predicted {each.predicted:.3f}, "
            f"right {each.right:.3f}, recalled {each.recalled:.3f}"
        )


def conclusion(report: Report, found: Recall) -> str:
    """The one sentence that may be quoted: with its model, its budget, and that it is a simulation."""
    return (
        f"In this simulation with {NAMES[report.model]} learners who answered {report.per_working_day:.1f} questions a "
        f"working day, mean true recall of what they had met was {found.lived:.2f} on day {report.days}, against "
        f"{found.alone:.2f} for the same learners without reinforcement; Grove believed {found.believed:.2f}. "
        "It says nothing about people."
    )
