"""The clipped normal on 0-100: y = min(100, max(0, N(m, s))), with a point mass at each end.

It keeps the zeros that recovery brings and has a closed mean, quantile and CRPS. `m` and `s` belong to the
latent normal, not to the clipped outcome; `s = 0` is a point mass.
Source: gneiting2007 for the score; the closed forms are derived and checked against integration.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import erfc, exp, pi, sqrt
from statistics import NormalDist

from casekit.errors import InputError

LOW = 0.0
HIGH = 100.0
_STANDARD = NormalDist()
_ROOT_2 = sqrt(2.0)
_ROOT_PI = sqrt(pi)
_ROOT_2_PI = sqrt(2.0 * pi)


def standard_cdf(z: float) -> float:
    """Probability that a standard normal is at most z."""
    return 0.5 * erfc(-z / _ROOT_2)


def standard_density(z: float) -> float:
    """Density of the standard normal at z."""
    return exp(-0.5 * z * z) / _ROOT_2_PI


def standard_quantile(p: float) -> float:
    """Quantile of the standard normal. Raises InputError unless 0 < p < 1."""
    if not 0 < p < 1:
        raise InputError(f"A quantile needs a probability between 0 and 1, ends excluded. You gave {p!r}.")
    return _STANDARD.inv_cdf(p)


def squared_cdf_integral(z: float) -> float:
    """Integral of Phi squared from minus infinity to z; the building block of every CRPS here."""
    cdf = standard_cdf(z)
    return z * cdf * cdf + 2 * cdf * standard_density(z) - standard_cdf(_ROOT_2 * z) / _ROOT_PI


@dataclass(frozen=True)
class ClippedNormal:
    """Distribution of an outcome on 0-100 with latent mean `m` and latent SD `s >= 0`."""

    m: float
    s: float

    def __post_init__(self) -> None:
        """Refuse a negative SD and anything that is not a number."""
        if not (self.s >= 0 and abs(self.m) < float("inf") and self.s < float("inf")):
            raise InputError(
                f"A clipped normal needs a finite m and s >= 0. You gave m {self.m}, s {self.s}."
            )

    @property
    def mean(self) -> float:
        """Mean of the clipped outcome, 0 to 100."""
        if self.s == 0:
            return clip(self.m)
        a, b = (LOW - self.m) / self.s, (HIGH - self.m) / self.s
        inside = standard_cdf(b) - standard_cdf(a)
        edges = standard_density(b) - standard_density(a)
        return self.m * inside - self.s * edges + HIGH * standard_cdf(-b)

    def cdf(self, x: float) -> float:
        """Probability of an outcome of at most x: 0 below the scale, 1 from its top on."""
        if x < LOW:
            return 0.0
        if x >= HIGH:
            return 1.0
        if self.s == 0:
            return float(self.m <= x)
        return standard_cdf((x - self.m) / self.s)

    def quantile(self, p: float) -> float:
        """Quantile, 0 to 100. Raises InputError unless 0 < p < 1."""
        return clip(self.m + self.s * standard_quantile(p))

    def crps(self, y: float) -> float:
        """Continuous ranked probability score of this distribution at y, in points; smaller is better.

        Raises InputError if y is outside 0 to 100.
        """
        require_on_scale(y, "The outcome")
        if self.s == 0:
            return abs(y - clip(self.m))
        below, above, at = ((x - self.m) / self.s for x in (LOW, HIGH, y))
        left = squared_cdf_integral(at) - squared_cdf_integral(below)
        right = squared_cdf_integral(-at) - squared_cdf_integral(-above)
        return max(0.0, self.s * (left + right))


def clip(value: float) -> float:
    """The value brought to 0-100."""
    return min(HIGH, max(LOW, value))


def require_on_scale(value: float, what: str) -> float:
    """Give the value back. Raises InputError if it is not a number from 0 to 100."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not LOW <= value <= HIGH:
        raise InputError(f"{what} must be a number from 0 to 100. You gave {value!r}.")
    return float(value)


@lru_cache(maxsize=4096)
def latent_mean(mean: float, s: float) -> float:
    """The `m` whose clipped normal with SD `s` has this mean, to 1e-9.

    `mean` strictly between 0 and 100, `s > 0`. The mean rises in m, so there is one root. Newton's step is
    taken where it stays between the brackets, else the bracket is halved.
    Raises InputError where no root exists.
    """
    if not (LOW < mean < HIGH and s > 0):
        raise InputError(f"No latent mean for a mean of {mean} and an SD of {s}.")
    low, high, m = -10 * s, HIGH + 10 * s, mean
    while high - low > 1e-11:
        excess = ClippedNormal(m, s).mean - mean
        low, high = (low, m) if excess > 0 else (m, high)
        slope = standard_cdf((HIGH - m) / s) - standard_cdf((LOW - m) / s)
        step = excess / slope if slope > 0 else high - low
        if abs(step) < 1e-11:
            break
        m = m - step if low < m - step < high else (low + high) / 2
    return m
