"""Belief and the value of a test: odds, many hypotheses, ratios from a table, information, thresholds.

For one hypothesis at a time or a small table; the full differential with its dependence rules is
elsewhere. Sources: textbook odds form of Bayes; thresholds by Pauker and Kassirer 1980.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, fsum, log, log2, sqrt

from casekit.errors import InputError

_Z_95 = 1.959964


@dataclass(frozen=True, kw_only=True)
class RatioInterval:
    """A likelihood ratio, the standard error of its logarithm, and its 95 % interval."""

    ratio: float
    log_error: float

    @property
    def lower(self) -> float:
        """Lower end of the 95 % interval."""
        return self.ratio * exp(-_Z_95 * self.log_error)

    @property
    def upper(self) -> float:
        """Upper end of the 95 % interval."""
        return self.ratio * exp(_Z_95 * self.log_error)


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Probabilities at which one acts differently; `test` from `lower` to `upper`, if ever.

    Unclipped: `upper` may fall below 0 or below `lower`, and then the test is never worth it.
    """

    no_test: float
    lower: float
    upper: float

    @property
    def test_is_worth_it(self) -> bool:
        """True if some probability favours the test."""
        return self.lower < self.upper

    def advice(self, p: float) -> str:
        """neither, test or treat; a probability on a threshold belongs to the side above."""
        _probability(p)
        if not self.test_is_worth_it:
            return "treat" if p >= self.no_test else "neither"
        if p < self.lower:
            return "neither"
        return "test" if p < self.upper else "treat"


def posttest_probability(pretest: float, ratio: float) -> float:
    """Posttest probability after one finding, on the odds scale; 0 and 1 stay as they are.

    Raises InputError unless `pretest` is in [0, 1] and `ratio` positive.
    """
    _probability(pretest)
    if not ratio > 0:
        raise InputError(f"A likelihood ratio is positive. You gave {ratio!r}.")
    if pretest in (0, 1):
        return float(pretest)
    odds = pretest / (1 - pretest) * ratio
    return odds / (1 + odds)


def posttest_of_many(pretest: Mapping[str, float], likelihood: Mapping[str, float]) -> dict[str, float]:
    """Weigh every hypothesis by the likelihood of what was found and normalise; 1 where none is given.

    Raises InputError if nothing is left.
    """
    weights = {name: p * likelihood.get(name, 1.0) for name, p in pretest.items()}
    total = fsum(weights.values())
    if not total > 0 or any(weight < 0 for weight in weights.values()):
        raise InputError("No hypothesis can explain this finding: every weight is 0.")
    return {name: weight / total for name, weight in weights.items()}


def ratios_from_table(a: float, b: float, c: float, d: float) -> tuple[RatioInterval, RatioInterval]:
    """LR+ and LR- from counts: a, c diseased with test positive, negative; b, d the same without disease.

    If any cell is 0, half a patient is added to each. Raises InputError for an empty column.
    """
    if min(a, b, c, d) < 0 or a + c == 0 or b + d == 0:
        raise InputError("The table needs diseased and non-diseased patients and no negative count.")
    if min(a, b, c, d) == 0:
        a, b, c, d = a + 0.5, b + 0.5, c + 0.5, d + 0.5
    ill, well = a + c, b + d
    positive = RatioInterval(ratio=(a / ill) / (b / well), log_error=sqrt(1 / a - 1 / ill + 1 / b - 1 / well))
    negative = RatioInterval(ratio=(c / ill) / (d / well), log_error=sqrt(1 / c - 1 / ill + 1 / d - 1 / well))
    return positive, negative


def entropy(probabilities: Mapping[str, float]) -> float:
    """Uncertainty in bits."""
    return -fsum(p * log2(p) for p in probabilities.values() if p > 0)


def information_gain(pretest: Mapping[str, float], present: Mapping[str, float]) -> float:
    """Bits of uncertainty a yes-or-no finding removes on average; `present` is P(finding | hypothesis).

    Never negative. Raises InputError for a missing or impossible probability.
    """
    for name in pretest:
        _probability(present.get(name, -1.0))
    absent = {name: 1 - p for name, p in present.items()}
    left = 0.0
    for likelihood in (present, absent):
        share = fsum(p * likelihood[name] for name, p in pretest.items())
        if share > 0:
            left += share * entropy(posttest_of_many(pretest, likelihood))
    return max(0.0, entropy(pretest) - left)


def rank_by_gain(gains: Mapping[str, float], cost: Mapping[str, float], *, least: float = 1.0) -> list[str]:
    """Finding ids by information per minute (or per cost), the best first; ties by id."""
    return sorted(gains, key=lambda name: (-gains[name] / max(least, cost.get(name, least)), name))


def shrunk_ratio(ratios: Mapping[str, float], *, factor: float) -> float:
    """Joint ratio of dependent findings: logarithms added, then multiplied by a stated factor 0 to 1."""
    _probability(factor)
    return exp(factor * fsum(log(ratio) for ratio in ratios.values()))


def treatment_thresholds(
    *, benefit: float, harm: float, risk: float, sensitivity: float, specificity: float
) -> Thresholds:
    """Where testing starts and where it ends, from benefit of treating the ill, harm of treating the well.

    `benefit` and `harm` above 0 and the `risk` of the test from 0, all in one unit.
    Raises InputError otherwise. Source: Pauker and Kassirer 1980.
    """
    _probability(sensitivity)
    _probability(specificity)
    if not (benefit > 0 and harm > 0 and risk >= 0):
        raise InputError("Benefit and harm must be above 0 and the risk of the test not negative.")
    positive_well, negative_ill = 1 - specificity, 1 - sensitivity
    below, above = positive_well * harm + sensitivity * benefit, specificity * harm + negative_ill * benefit
    return Thresholds(
        no_test=harm / (harm + benefit),
        lower=(positive_well * harm + risk) / below if below > 0 else 1.0,
        upper=(specificity * harm - risk) / above if above > 0 else 0.0,
    )


def _probability(value: float) -> None:
    if not 0 <= value <= 1:
        raise InputError(f"A probability lies between 0 and 1. You gave {value!r}.")
