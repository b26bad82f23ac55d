"""Reading the tables of the forecast model between their weeks.

One rule for every table: linear in log(1 + weeks) between neighbours, the end values held outside.
Retention is read on its logarithm. Source: `interpolation` of the model, basis expert.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import exp, log, log1p

from casekit.domain.forecast_model import ForecastModel

LATE_ACUTE_FROM_WEEK = 12
"""The acute course is flattened after this week; see `late_acute` of the model."""


def interpolate(weeks: Sequence[float], values: Sequence[float], week: float) -> float:
    """Value at a week, linear in log(1 + weeks); the first and last value are held outside the table."""
    right = bisect_right(weeks, week)
    if right == 0:
        return values[0]
    if right == len(weeks):
        return values[-1]
    start, end = log1p(weeks[right - 1]), log1p(weeks[right])
    share = (log1p(week) - start) / (end - start)
    return (1 - share) * values[right - 1] + share * values[right]


def retention(model: ForecastModel, phase: str, domain: str, week: float) -> float:
    """Share of the starting level kept at a week under usual care, 0 to 1."""
    curve = model.parameters.retention[phase][domain]
    logarithms = [log(value) for value in curve.value]
    kept = exp(interpolate(curve.weeks, logarithms, week))
    if phase != "acute" or week <= LATE_ACUTE_FROM_WEEK:
        return kept
    flat = exp(interpolate(curve.weeks, logarithms, LATE_ACUTE_FROM_WEEK))
    weight = model.parameters.late_acute.plateau_weight.value
    return (1 - weight) * kept + weight * flat


def time_factor(model: ForecastModel, week: float) -> float:
    """Residual SD at a week relative to 12 weeks."""
    curve = model.parameters.residual_sd.time_factor
    return interpolate(curve.weeks, curve.value, week)
