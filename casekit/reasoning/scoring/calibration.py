"""Calibration over many forecasts: coverage, probability integral transform, reliability, Murphy's split.

Below 20 forecasts nothing is said (None): the forecasts are listed instead. Show the number of patients
beside n, since horizons and domains of one patient hang together. Sources: murphy1973, gneiting2007.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random

from casekit.domain.acts import Quantiles
from casekit.errors import InputError

MINIMUM_FORECASTS = 20
_Z_95 = 1.959964
_EDGES = (0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How many outcomes lay inside the stated 80 % intervals, with a Wilson interval of the share."""

    inside: int
    n: int
    lower: float
    upper: float

    @property
    def share(self) -> float:
        """Share inside; to be held against 0.8."""
        return self.inside / self.n


@dataclass(frozen=True, kw_only=True)
class ReliabilityBin:
    """Forecasts of similar probability: from `low` on, how many, their mean, and how often it happened."""

    low: float
    n: int
    forecast: float
    observed: float


@dataclass(frozen=True, kw_only=True)
class MurphySplit:
    """Brier score = reliability - resolution + uncertainty + within bins (0 if each bin holds one value)."""

    reliability: float
    resolution: float
    uncertainty: float
    within_bins: float
    brier: float


def wilson_interval(inside: int, n: int) -> tuple[float, float]:
    """95 % interval of a share, within 0 to 1. Raises InputError unless 0 <= inside <= n and n > 0."""
    if not 0 <= inside <= n or n == 0:
        raise InputError(f"A share needs a count from 0 to n and n above 0. You gave {inside} of {n}.")
    share, square = inside / n, _Z_95 * _Z_95
    middle = share + square / (2 * n)
    half = _Z_95 * sqrt(share * (1 - share) / n + square / (4 * n * n))
    scale = 1 + square / n
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def coverage(
    forecasts: Sequence[tuple[Quantiles, float]], *, minimum: int = MINIMUM_FORECASTS
) -> Coverage | None:
    """Coverage of 80 % intervals by (quantiles, outcome) pairs, ends inside; None under `minimum`."""
    if len(forecasts) < max(1, minimum):
        return None
    inside = sum(stated.q10 <= y <= stated.q90 for stated, y in forecasts)
    lower, upper = wilson_interval(inside, len(forecasts))
    return Coverage(inside=inside, n=len(forecasts), lower=lower, upper=upper)


def randomised_pit(cdf: Callable[[float], float], y: float, *, half_cell: float, v: float) -> float:
    """Probability integral transform of a rounded outcome, 0 to 1; `v` uniform, kept with the journal."""
    below = cdf(y - half_cell)
    return below + v * (cdf(y + half_cell) - below)


def pit_uniform(seed: int) -> float:
    """The uniform number that belongs to the seed of a forecast."""
    return Random(seed).random()  # noqa: S311  # reproducible, nothing secret


def pit_histogram(values: Sequence[float], *, minimum: int = MINIMUM_FORECASTS) -> tuple[int, ...] | None:
    """Counts in ten equal bins, the last one closed; None under `minimum`."""
    if len(values) < max(1, minimum):
        return None
    counts = [0] * 10
    for value in values:
        counts[bisect_right([k / 10 for k in range(1, 10)], value)] += 1
    return tuple(counts)


def _bins(events: Sequence[tuple[float, bool]]) -> dict[int, list[tuple[float, bool]]]:
    found: dict[int, list[tuple[float, bool]]] = {}
    for p, happened in events:
        if not 0 <= p <= 1:
            raise InputError(f"A probability lies between 0 and 1. You gave {p!r}.")
        found.setdefault(bisect_right(_EDGES, p), []).append((p, bool(happened)))
    return dict(sorted(found.items()))


def reliability_table(
    events: Sequence[tuple[float, bool]], *, minimum: int = MINIMUM_FORECASTS
) -> tuple[ReliabilityBin, ...] | None:
    """Five bins of (probability, happened) pairs, empty ones left out; None under `minimum`."""
    if len(events) < max(1, minimum):
        return None
    return tuple(
        ReliabilityBin(
            low=(0.0, *_EDGES)[place],
            n=len(members),
            forecast=sum(p for p, _ in members) / len(members),
            observed=sum(happened for _, happened in members) / len(members),
        )
        for place, members in _bins(events).items()
    )


def murphy_split(
    events: Sequence[tuple[float, bool]], *, minimum: int = MINIMUM_FORECASTS
) -> MurphySplit | None:
    """Split of the Brier score of (probability, happened) pairs; None under `minimum`."""
    if len(events) < max(1, minimum):
        return None
    n, overall = len(events), sum(happened for _, happened in events) / len(events)
    reliability = resolution = within = 0.0
    for members in _bins(events).values():
        size = len(members)
        stated, share = sum(p for p, _ in members) / size, sum(o for _, o in members) / size
        reliability += size * (stated - share) ** 2 / n
        resolution += size * (share - overall) ** 2 / n
        within += sum((p - stated) ** 2 - 2 * (p - stated) * (o - share) for p, o in members) / n
    return MurphySplit(
        reliability=reliability,
        resolution=resolution,
        uncertainty=overall * (1 - overall),
        within_bins=within,
        brier=sum((p - happened) ** 2 for p, happened in events) / n,
    )
