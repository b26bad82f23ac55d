"""What a forecast loses, on expectation, against the model's own distribution; and its points of 100.

The reference Q is the model with the patient's baseline, the modifiers the learner had opened and the
learner's own plan. Regret depends on no drawn outcome: nobody is punished for bad luck. Never negative, 0
for Q itself. Source: `regret` of the forecast scoring (derived); the limits of the points are expert.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from casekit.domain.acts import Quantiles
from casekit.reasoning.clipped_normal import HIGH, LOW, ClippedNormal, clip, standard_cdf, standard_density
from casekit.reasoning.elicited import TwoPieceNormal
from casekit.reasoning.scoring.points import points_from_regret

FULL_MARKS_SHARE = 0.04
FLOOR_SHARE = 0.5
PANELS = 1000
_TAILS = 8


@dataclass(frozen=True, kw_only=True)
class ForecastPoints:
    """Points 0 to 100 of three quantiles, with the regret and the best expected score they come from."""

    points: float
    regret: float
    best_expected: float


def _gain(z: float) -> float:
    """Integral of Phi from minus infinity to z."""
    return z * standard_cdf(z) + standard_density(z)


def _expected_shortfalls(q: float, reference: ClippedNormal) -> tuple[float, float]:
    """E(q - Y)+ and E(Y - q)+ of an outcome Y from the reference."""
    m, s = reference.m, reference.s
    if s == 0:
        return max(0.0, q - clip(m)), max(0.0, clip(m) - q)
    below = s * (_gain((q - m) / s) - _gain((LOW - m) / s))
    above = s * (_gain((m - q) / s) - _gain((m - HIGH) / s))
    return below, above


def expected_wis(quantiles: Quantiles, reference: ClippedNormal) -> float:
    """Expected weighted interval score of three quantiles if the reference is right, in points."""
    total = 0.0
    for q, tau in ((quantiles.q10, 0.1), (quantiles.q50, 0.5), (quantiles.q90, 0.9)):
        below, above = _expected_shortfalls(q, reference)
        total += tau * above + (1 - tau) * below
    return 2 / 3 * total


def own_quantiles(reference: ClippedNormal) -> Quantiles:
    """The three quantiles of the reference: the best possible answer."""
    return Quantiles(q10=reference.quantile(0.1), q50=reference.quantile(0.5), q90=reference.quantile(0.9))


def wis_regret(quantiles: Quantiles, reference: ClippedNormal) -> float:
    """Expected score of the quantiles minus that of the reference's own, both under the reference."""
    best = expected_wis(own_quantiles(reference), reference)
    return max(0.0, expected_wis(quantiles, reference) - best)


def forecast_points(quantiles: Quantiles, reference: ClippedNormal) -> ForecastPoints:
    """Points of 100: full up to 4 % of the best expected score, none from half of it on, linear between."""
    best = expected_wis(own_quantiles(reference), reference)
    regret = max(0.0, expected_wis(quantiles, reference) - best)
    points = points_from_regret(regret, floor=FLOOR_SHARE * best, tolerance=FULL_MARKS_SHARE * best)
    return ForecastPoints(points=points, regret=regret, best_expected=best)


def crps_regret(stated: ClippedNormal | TwoPieceNormal, reference: ClippedNormal) -> float:
    """Integral of the squared difference of the two distributions over 0-100, in points.

    Composite Simpson between cuts at medians and eight SDs beyond; the error is below 1e-6.
    """
    first = stated if isinstance(stated, TwoPieceNormal) else TwoPieceNormal.of_normal(stated)
    second = TwoPieceNormal.of_normal(reference)
    cuts = sorted({LOW, HIGH, *_cuts(first), *_cuts(second)})
    return sum(_simpson(first, second, start, end) for start, end in pairwise(cuts))


def _cuts(piece: TwoPieceNormal) -> list[float]:
    ends = (piece.q50, piece.q50 - _TAILS * piece.s_low, piece.q50 + _TAILS * piece.s_high)
    return [end for end in ends if LOW < end < HIGH]


def _simpson(first: TwoPieceNormal, second: TwoPieceNormal, start: float, end: float) -> float:
    """Simpson on one piece, each distribution by the formula of the side the piece lies on."""
    middle, width = (start + end) / 2, (end - start) / PANELS
    one, two = middle >= first.q50, middle >= second.q50

    def squared(x: float) -> float:
        return (first.side_cdf(x, upper=one) - second.side_cdf(x, upper=two)) ** 2

    odd = sum(squared(start + k * width) for k in range(1, PANELS, 2))
    even = sum(squared(start + k * width) for k in range(2, PANELS, 2))
    return width / 3 * (squared(start) + 4 * odd + 2 * even + squared(end))
