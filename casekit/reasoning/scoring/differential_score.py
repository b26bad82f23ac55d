"""How good a stated differential is: against the truth, and against the model's posterior.

The reference posterior uses only the facts this learner had opened, so reasoning is scored here and data
gathering elsewhere. Distance to it is for feedback on one case, the Brier score for calibration over many.
Only Brier, its regret and (but for clipping) the log score are proper; ranks and F1 are not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import fsum, log2

from casekit.domain.vocabulary import OTHER
from casekit.errors import InputError, UnknownIdError
from casekit.reasoning.scoring.points import points_from_regret

SUM_TOLERANCE = 0.005
LOWEST_LOG_PROBABILITY = 0.01
LEAST_FLOOR = 0.10
FULL_MARKS_REGRET = 0.005


def complete(stated: Mapping[str, float], hypotheses: Iterable[str]) -> dict[str, float]:
    """The stated probabilities over all hypotheses and `other`: unnamed ones get 0, the sum is made 1.

    Raises UnknownIdError for an id that is not a hypothesis, InputError for a value outside 0 to 1 or a sum
    off by more than 0.005.
    """
    names = list(dict.fromkeys([*hypotheses, OTHER]))
    unknown = [name for name in stated if name not in names]
    if unknown:
        raise UnknownIdError(
            f"Not a hypothesis of this case: {', '.join(unknown)}. Allowed: {', '.join(names)}."
        )
    for name, value in stated.items():
        if not 0 <= value <= 1:
            raise InputError(f"A probability lies between 0 and 1. You gave {value!r} for {name}.")
    total = fsum(stated.values())
    if abs(total - 1) > SUM_TOLERANCE + 1e-12:
        raise InputError(f"The probabilities must add up to 1. Yours add up to {total:.3f}.")
    return {name: stated.get(name, 0.0) / total for name in names}


def truth_in(probabilities: Mapping[str, float], truth: str) -> str:
    """The truth as one of the hypotheses: itself, or `other` if it is not among them."""
    return truth if truth in probabilities else OTHER


def rank(probabilities: Mapping[str, float], truth: str, order: Sequence[str] | None = None) -> int:
    """Rank of the truth, 1 is first. The learner's own order if given; ties go against the learner.

    A truth missing from the own order comes last.
    """
    truth = truth_in(probabilities, truth)
    if order is not None:
        return list(order).index(truth) + 1 if truth in order else max(len(probabilities), len(order) + 1)
    mine = probabilities.get(truth, 0.0)
    return 1 + sum(value >= mine for name, value in probabilities.items() if name != truth)


def in_top(
    probabilities: Mapping[str, float], truth: str, k: int = 3, order: Sequence[str] | None = None
) -> bool:
    """True if the truth is among the first k and was given any probability."""
    named = probabilities.get(truth_in(probabilities, truth), 0.0) > 0
    return named and rank(probabilities, truth, order) <= k


def reciprocal_rank(
    probabilities: Mapping[str, float], truth: str, order: Sequence[str] | None = None
) -> float:
    """1 / rank of the truth, 0 if it was given no probability."""
    if probabilities.get(truth_in(probabilities, truth), 0.0) == 0:
        return 0.0
    return 1 / rank(probabilities, truth, order)


def coverage_f1(
    named: Collection[str], must_include: Collection[str], acceptable: Collection[str] = ()
) -> float | None:
    """Balance of naming what belongs on the list and little else, 0 to 1; None if nothing must be named.

    Acceptable diagnoses that are not a must neither help nor cost. `other` is never counted as named.
    """
    must = set(must_include)
    if not must:
        return None
    listed = set(named) - {OTHER}
    hits = len(listed & must)
    if not hits:
        return 0.0
    precision = hits / len(listed - (set(acceptable) - must))
    recall = hits / len(must)
    return 2 * precision * recall / (precision + recall)


def brier(probabilities: Mapping[str, float], truth: str) -> float:
    """Brier score over all hypotheses, 0 to 2, smaller is better."""
    truth = truth_in(probabilities, truth)
    missing = 0.0 if truth in probabilities else 1.0
    return missing + fsum((value - (name == truth)) ** 2 for name, value in probabilities.items())


def brier_skill(scores: Sequence[float], references: Sequence[float]) -> float | None:
    """1 - mean score / mean reference score, over the same cases; None if the reference mean is 0."""
    if len(scores) != len(references):
        raise InputError(f"Skill compares the same cases. Found {len(scores)} and {len(references)}.")
    total = fsum(references)
    return 1 - fsum(scores) / total if total > 0 else None


def log_score(probabilities: Mapping[str, float], truth: str) -> float:
    """-log2 of the probability given to the truth, in bits; below 0.01 it is clipped, and that is said."""
    return -log2(max(probabilities.get(truth_in(probabilities, truth), 0.0), LOWEST_LOG_PROBABILITY))


def brier_regret(stated: Mapping[str, float], reference: Mapping[str, float]) -> float:
    """Sum of squared differences: what the Brier score loses on expectation if the reference is right."""
    return fsum((a - b) ** 2 for a, b in _pairs(stated, reference))


def total_variation(stated: Mapping[str, float], reference: Mapping[str, float]) -> float:
    """Probability that lies elsewhere than in the reference, 0 to 1."""
    return 0.5 * fsum(abs(a - b) for a, b in _pairs(stated, reference))


def divergence(stated: Mapping[str, float], reference: Mapping[str, float]) -> float:
    """Kullback-Leibler divergence of the stated from the reference in bits, stated clipped at 0.01."""
    terms = (q * log2(q / max(p, LOWEST_LOG_PROBABILITY)) for p, q in _pairs(stated, reference) if q > 0)
    return max(0.0, fsum(terms))


def _pairs(stated: Mapping[str, float], reference: Mapping[str, float]) -> list[tuple[float, float]]:
    names = dict.fromkeys([*reference, *stated])
    return [(stated.get(name, 0.0), reference.get(name, 0.0)) for name in names]


def safety(
    probabilities: Mapping[str, float], floors: Mapping[str, float], ruled_out: Collection[str] = ()
) -> int:
    """1 if every cannot-miss condition keeps its floor or was ruled out by an opened fact, else 0.

    1 as well if the case has none.
    """
    return int(
        all(name in ruled_out or probabilities.get(name, 0.0) >= floor for name, floor in floors.items())
    )


def differential_points(
    stated: Mapping[str, float], reference: Mapping[str, float], *, floor: float
) -> float | None:
    """Points of 100 from the Brier regret; `floor` is the regret of the starting prior.

    None where the prior is so close to the reference (below 0.10) that leaving it alone would earn points.
    """
    if floor < LEAST_FLOOR:
        return None
    return points_from_regret(brier_regret(stated, reference), floor=floor, tolerance=FULL_MARKS_REGRET)
