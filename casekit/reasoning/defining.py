"""Findings that contain the diagnosis: a floor under the posttest probability, applied last.

A ratio multiplies the prior; at a prior of 0.0008 even 100 leaves zoster near 7 %. A grouped rash in one
dermatome means the same however rare the disease is: a floor says that. A teaching assumption (basis expert).
Source: `defining_rule` of the diagnostic evidence.
"""

from __future__ import annotations

from collections.abc import Mapping

TWO_DEFINING = 0.95
"""What several conditions with a defining finding get together, shared by their weights."""


def raise_to_floor(probabilities: Mapping[str, float], floors: Mapping[str, float]) -> dict[str, float]:
    """Probabilities after the floor; the rest are scaled down together. They still sum to 1.

    `floors`: condition id to its floor. A condition above its floor, or held to be impossible, is left alone.
    """
    held = {name: value for name, value in probabilities.items() if name in floors and value > 0}
    if not held:
        return dict(probabilities)
    together = sum(held.values())
    floor = TWO_DEFINING if len(held) > 1 else floors[next(iter(held))]
    if together >= floor:
        return dict(probabilities)
    down = (1 - floor) / (1 - together)
    return {
        name: floor * (value / together) if name in held else value * down
        for name, value in probabilities.items()
    }
