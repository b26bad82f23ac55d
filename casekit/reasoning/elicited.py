"""The distribution behind a learner's 10, 50 and 90 %: a normal with one SD on each side of the median.

Half the probability lies on each side and all three quantiles are met exactly; the density steps at the
median. It draws the fan and gives probabilities; the learner's score uses the three numbers alone.
Source: `elicitation` of the forecast scoring.
"""

from __future__ import annotations

from dataclasses import dataclass

from casekit.domain.acts import Quantiles
from casekit.reasoning.clipped_normal import (
    HIGH,
    LOW,
    ClippedNormal,
    clip,
    require_on_scale,
    squared_cdf_integral,
    standard_cdf,
    standard_quantile,
)


@dataclass(frozen=True, kw_only=True)
class TwoPieceNormal:
    """Median `q50`, SD `s_low` below it and `s_high` above it (0 or more), clipped to 0-100."""

    q50: float
    s_low: float
    s_high: float

    @classmethod
    def of(cls, quantiles: Quantiles) -> TwoPieceNormal:
        """The distribution that meets a learner's three quantiles."""
        z = standard_quantile(0.9)
        low, middle, high = quantiles.q10, quantiles.q50, quantiles.q90
        return cls(q50=middle, s_low=(middle - low) / z, s_high=(high - middle) / z)

    @classmethod
    def of_normal(cls, normal: ClippedNormal) -> TwoPieceNormal:
        """The same clipped normal, written with two equal sides."""
        return cls(q50=normal.m, s_low=normal.s, s_high=normal.s)

    def side_cdf(self, x: float, *, upper: bool) -> float:
        """Unclipped probability of at most x by the formula of one side of the median."""
        s = self.s_high if upper else self.s_low
        return standard_cdf((x - self.q50) / s) if s > 0 else float(upper)

    def cdf(self, x: float) -> float:
        """Probability of an outcome of at most x: 0 below the scale, 1 from its top on."""
        if x < LOW:
            return 0.0
        return 1.0 if x >= HIGH else self.side_cdf(x, upper=x >= self.q50)

    def quantile(self, p: float) -> float:
        """Quantile on 0-100. Raises InputError unless 0 < p < 1."""
        z = standard_quantile(p)
        return clip(self.q50 + z * (self.s_low if z < 0 else self.s_high))

    def crps(self, y: float) -> float:
        """Continuous ranked probability score at y, in points. Raises InputError if y is off the scale."""
        require_on_scale(y, "The outcome")
        below = self._left(LOW, min(y, self.q50), upper=False) + self._left(max(LOW, self.q50), y, upper=True)
        above = self._right(y, min(HIGH, self.q50), upper=False) + self._right(
            max(y, self.q50), HIGH, upper=True
        )
        return max(0.0, below + above)

    def _left(self, a: float, b: float, *, upper: bool) -> float:
        """Integral of F squared from a to b on one side of the median."""
        s = self.s_high if upper else self.s_low
        if b <= a:
            return 0.0
        if s == 0:
            return b - a if upper else 0.0
        return s * (squared_cdf_integral((b - self.q50) / s) - squared_cdf_integral((a - self.q50) / s))

    def _right(self, a: float, b: float, *, upper: bool) -> float:
        """Integral of (1 - F) squared from a to b on one side of the median."""
        s = self.s_high if upper else self.s_low
        if b <= a:
            return 0.0
        if s == 0:
            return 0.0 if upper else b - a
        return s * (squared_cdf_integral((self.q50 - a) / s) - squared_cdf_integral((self.q50 - b) / s))
