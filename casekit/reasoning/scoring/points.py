"""Points of 100 from a regret, and means that leave out what does not exist.

A regret is what a report loses, on expectation, against a known reference: it holds no luck. Points are a
display; calibration, comparison and research use the raw score. Source: casekit's own rule.
"""

from __future__ import annotations

from collections.abc import Iterable


def points_from_regret(regret: float, *, floor: float, tolerance: float) -> float:
    """Points 0 to 100: full up to `tolerance`, none from `floor` on, linear between; same unit throughout.

    Where the two meet (a reference without spread) there are full points within the tolerance, else none.
    """
    if floor <= tolerance:
        return 100.0 if regret <= tolerance else 0.0
    return 100.0 * min(1.0, max(0.0, (floor - regret) / (floor - tolerance)))


def mean_present(scores: Iterable[float | None]) -> float | None:
    """Mean of the scores that exist; None if there is none. Missing is not zero."""
    present = [score for score in scores if score is not None]
    return sum(present) / len(present) if present else None
