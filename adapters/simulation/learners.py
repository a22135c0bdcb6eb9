"""Simulated memories that are not FSRS: ACT-R, MCM and an exponential stress test.

Each holds one person's memory of one thing. Time is in days since any fixed instant. Nothing is known before the
first meeting. A meeting is a study, or a wrong answer with its explanation; a right answer strengthens more.
A typical pair (`spread` 0) recalls 25% seven days after one meeting. None of this is evidence about people at work.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from math import exp, log
from statistics import NormalDist
from typing import Protocol

from bot.chance import Key, draw

DAY_SECONDS = 86_400


class Model(StrEnum):
    """Which theory of forgetting the simulated people follow."""

    ACTR = "actr"
    MCM = "mcm"
    EXP = "exp"


class Mind(Protocol):
    """One person's memory of one thing."""

    def recall(self, at: float) -> float:
        """The chance of recalling it at that time, 0 to 1."""

    def meet(self, at: float, *, recalled: bool = False) -> None:
        """Study it, or answer it wrongly and read why; `recalled`: answer it rightly."""


@dataclass(slots=True)
class ActR:
    """Pavlik & Anderson 2005, Cognitive Science 29:559: activation decays by a power law, faster when crammed.

    m(t) = ln sum_k w_k * max(1, 86400 h (t - t_k))^(-d_k),  d_k = c e^m(t_k) + a,  p = 1 / (1 + e^((tau - m) / s)).
    Constants from srs-benchmark `models/act_r.py`; tau set so that recall on day 7 is 25% (there -0.7042, 2%).
    """

    a: float = 0.176787
    tau: float = -1.42145
    traces: list[tuple[float, float, float]] = field(default_factory=list)

    C = 0.216967
    S = 0.254894
    H = 0.025
    RIGHT = 1.25
    """The weight of a right answer's trace against 1 for a study: a judgement, not from the paper."""

    def recall(self, at: float) -> float:
        """The logistic of how far activation is above the threshold."""
        if not self.traces:
            return 0.0
        return 1 / (1 + exp((self.tau - self._activation(at)) / self.S))

    def meet(self, at: float, *, recalled: bool = False) -> None:
        """Add a trace; it decays the faster, the more active the memory was."""
        heat = self.C * exp(self._activation(at)) if self.traces else 0.0
        self.traces.append((at, heat + self.a, self.RIGHT if recalled else 1.0))

    def _activation(self, at: float) -> float:
        scale = DAY_SECONDS * self.H
        return log(sum(w * max(1.0, scale * (at - met)) ** -decay for met, decay, w in self.traces))


def _timescales() -> tuple[tuple[float, ...], tuple[float, ...]]:
    taus = tuple(0.05 * 60_000 ** (i / 13) for i in range(14))
    raw = [tau**-0.193936 for tau in taus]
    return taus, tuple(g / sum(raw) for g in raw)


@dataclass(slots=True)
class Mcm:
    """Mozer et al. 2009 (NIPS 22:1321), multiscale context: 14 traces that leak at time scales from an hour to years.

    s_n = sum_{i<=n} g_i x_i / sum_{i<=n} g_i,  p = s_14; a meeting adds e * max(0, 1 - s_n) to x_n.
    The step e is 1, after a right answer 1.6 (the published 9 saturates here); kappa is set for 25% on day 7.
    """

    v: float = 1.0
    levels: list[float] = field(default_factory=lambda: [0.0] * 14)
    last: float | None = None

    TAUS, SHARES = _timescales()
    RIGHT = 1.6

    def recall(self, at: float) -> float:
        """The strength over all scales."""
        if self.last is None:
            return 0.0
        return min(1.0, max(0.0, self._strengths(self._leaked(at))[-1]))

    def meet(self, at: float, *, recalled: bool = False) -> None:
        """Charge every scale by what it lacked, all from the state before."""
        step = self.RIGHT if recalled else 1.0
        leaked = self._leaked(at)
        strengths = self._strengths(leaked)
        self.levels = [x + step * max(0.0, 1 - s) for x, s in zip(leaked, strengths, strict=True)]
        self.last = at

    def _leaked(self, at: float) -> list[float]:
        gone = 0.0 if self.last is None else at - self.last
        return [
            x * exp(-self.v * gone / tau) for x, tau in zip(self.levels, self.TAUS, strict=True)
        ]

    def _strengths(self, levels: list[float]) -> list[float]:
        strengths, charge, share = [], 0.0, 0.0
        for x, g in zip(levels, self.SHARES, strict=True):
            charge, share = charge + g * x, share + g
            strengths.append(charge / share)
        return strengths


@dataclass(slots=True)
class Exponential:
    """A half-life that grows with hard-won right answers: p = 2^(-t/h). Forgets far more than people do."""

    first: float = 3.5
    half_life: float = 0.0
    last: float | None = None

    def recall(self, at: float) -> float:
        """What is left after so many half-lives."""
        return 0.0 if self.last is None else 2 ** (-(at - self.last) / self.half_life)

    def meet(self, at: float, *, recalled: bool = False) -> None:
        """Right: up to seven times the half-life, the most when nearly forgotten; wrong: half of it."""
        if self.last is None:
            self.half_life = self.first
        elif recalled:
            self.half_life *= 1 + 6 * (1 - self.recall(at))
        else:
            self.half_life = max(self.half_life / 2, 0.7 * self.first)
        self.last = at


def mind(model: Model, seed: Key, person: str, thing: str) -> Mind:
    """A fresh memory; people and things differ by normal draws that depend on the key alone."""

    def spread(what: str, of_person: float, of_thing: float) -> float:
        theirs = normal(seed, model, what, "person", person)
        its = normal(seed, model, what, "thing", thing)
        return of_person * theirs + of_thing * its

    match model:
        case Model.ACTR:
            a = ActR().a * exp(spread("a", 0.12, 0.12))
            return ActR(a=a, tau=ActR().tau + spread("tau", 0.10, 0.15))
        case Model.MCM:
            return Mcm(v=exp(spread("v", 0.35, 0.45)))
        case Model.EXP:
            return Exponential(first=3.5 * exp(spread("h", 0.30, 0.40)))


def normal(*key: Key) -> float:
    """A standard normal number for this key."""
    return NormalDist().inv_cdf(min(max(draw(*key), 1e-12), 1 - 1e-12))


def beta_of_halves(twice_a: int, twice_b: int, *key: Key) -> float:
    """A Beta(twice_a / 2, twice_b / 2) number for this key, as a share of two chi-squares."""
    one = sum(normal(*key, "one", at) ** 2 for at in range(twice_a))
    other = sum(normal(*key, "other", at) ** 2 for at in range(twice_b))
    return one / (one + other)
