"""Scores of a forecast once the outcome is known: quantiles, intervals, distributions, classes.

Smaller is better everywhere but in `skill`. Outcomes are the recorded ones, on 0-100. The learner's three
quantiles are scored by the weighted interval score, a whole distribution by CRPS; the two are never
compared. Sources: gneiting2007, bracher2021.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from math import log, pi, sqrt

from casekit.domain.acts import Quantiles
from casekit.errors import InputError
from casekit.reasoning.clipped_normal import require_on_scale, standard_cdf, standard_density

STATED_LEVEL = 0.8
_EDGE = 1e-9


class Change(IntEnum):
    """Outcome class by the minimal important change, in the order the ranked score needs."""

    WORSE = 0
    SAME = 1
    IMPROVED = 2


def pinball(quantile: float, y: float, tau: float) -> float:
    """Loss of one quantile at level tau."""
    return tau * (y - quantile) if y >= quantile else (1 - tau) * (quantile - y)


def interval_score(lower: float, upper: float, y: float, *, alpha: float = 0.2) -> float:
    """Winkler score of a central (1 - alpha) interval; its ends are inside. Raises InputError if inverted."""
    if lower > upper or not 0 < alpha < 1:
        raise InputError(
            f"An interval runs from low to high with 0 < alpha < 1. You gave {lower}, {upper}, {alpha}."
        )
    return (upper - lower) + 2 / alpha * max(0.0, lower - y) + 2 / alpha * max(0.0, y - upper)


def weighted_interval_score(quantiles: Quantiles, y: float) -> float:
    """The learner's score: two thirds of the summed pinball losses at 10, 50 and 90 %, in points.

    Each true quantile is its own best answer. Raises InputError for an outcome off 0-100.
    """
    require_on_scale(y, "The outcome")
    stated = ((quantiles.q10, 0.1), (quantiles.q50, 0.5), (quantiles.q90, 0.9))
    return 2 / 3 * sum(pinball(value, y, tau) for value, tau in stated)


def many_interval_score(median: float, intervals: Sequence[tuple[float, float, float]], y: float) -> float:
    """The same for a median and any number of (alpha, lower, upper) intervals."""
    weighted = (alpha / 2 * interval_score(low, high, y, alpha=alpha) for alpha, low, high in intervals)
    return (0.5 * abs(y - median) + sum(weighted)) / (len(intervals) + 0.5)


def crps_normal(m: float, s: float, y: float) -> float:
    """CRPS of an unclipped normal; for tests of the formula, as every forecast here is clipped."""
    if s < 0:
        raise InputError(f"An SD is not negative. You gave {s}.")
    if s == 0:
        return abs(y - m)
    z = (y - m) / s
    return s * (z * (2 * standard_cdf(z) - 1) + 2 * standard_density(z) - 1 / sqrt(pi))


def crps_ensemble(sample: Sequence[float], y: float) -> float:
    """CRPS of an empirical distribution, over all pairs of the sample. Raises InputError if it is empty."""
    if not sample:
        raise InputError("An ensemble needs at least one member.")
    size, ordered = len(sample), sorted(sample)
    error = sum(abs(x - y) for x in sample) / size
    spread = sum((2 * place - size + 1) * x for place, x in enumerate(ordered)) / (size * size)
    return max(0.0, error - spread)


def crps_from_quantiles(quantile: Callable[[float], float], y: float, *, levels: int) -> float:
    """CRPS approximated by pinball losses at (k - 0.5)/levels; for checks only."""
    taus = [(k - 0.5) / levels for k in range(1, levels + 1)]
    return 2 / levels * sum(pinball(quantile(tau), y, tau) for tau in taus)


def change_class(y: float, *, baseline: float, mic: float) -> Change:
    """Improved, same or worse by at least the minimal important change, all in points of 0-100."""
    if y <= baseline - mic + _EDGE:
        return Change.IMPROVED
    return Change.WORSE if y >= baseline + mic - _EDGE else Change.SAME


def ranked_probability_score(probabilities: Sequence[float], happened: int) -> float:
    """RPS over ordered classes, 0 to 1. `probabilities` sum to 1 in the order of the classes."""
    if len(probabilities) < 2 or not 0 <= happened < len(probabilities):
        raise InputError("The ranked score needs two classes or more and one of them as the outcome.")
    total, cumulated = 0.0, 0.0
    for place, p in enumerate(probabilities[:-1]):
        cumulated += p
        total += (cumulated - (happened <= place)) ** 2
    return total / (len(probabilities) - 1)


def brier_binary(p: float, happened: bool) -> float:
    """Squared error of a probability for a yes-or-no event."""
    if not 0 <= p <= 1:
        raise InputError(f"A probability lies between 0 and 1. You gave {p!r}.")
    return (p - happened) ** 2


def cell_log_score(cdf: Callable[[float], float], y: float, *, half_cell: float) -> float:
    """-ln of the probability of the recorded cell, not below 0.001; display only."""
    return -log(max(0.001, cdf(y + half_cell) - cdf(y - half_cell)))


def skill(scores: Sequence[float | None], references: Sequence[float | None]) -> float | None:
    """1 - mean score / mean score of the reference, over the same forecasts. Negative is worse than it.

    Pairs with a missing score are left out; None if nothing is left or the reference mean is 0.
    Raises InputError if the two differ in length.
    """
    if len(scores) != len(references):
        raise InputError(f"Skill compares the same forecasts. Found {len(scores)} and {len(references)}.")
    pairs = [(a, b) for a, b in zip(scores, references, strict=True) if a is not None and b is not None]
    total = sum(b for _, b in pairs)
    return 1 - sum(a for a, _ in pairs) / total if total > 0 else None
