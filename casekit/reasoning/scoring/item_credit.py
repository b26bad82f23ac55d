"""Credit for free lists (problems, findings, diagnoses) against an expert's list.

Naming more than the expert lowers the mean and never raises it. Source: the scheme of an existing case
platform, with its guessing correction put right.
"""

from __future__ import annotations

from collections.abc import Sequence

from casekit.errors import InputError


def list_score(credits: Sequence[float], *, expert_items: int) -> float:
    """Sum of the learner's item credits over the longer of the two lists, 0 to 1; 0 if both are empty.

    `credits` holds one value 0 to 1 for each entry of the learner, so its length is the learner's count.
    """
    if any(not 0 <= credit <= 1 for credit in credits) or expert_items < 0:
        raise InputError("Item credits lie between 0 and 1, and the expert's count is not negative.")
    longest = max(len(credits), expert_items)
    return sum(credits) / longest if longest else 0.0


def near_miss_credit(distance: int) -> float:
    """Credit for a final diagnosis `distance` steps from the expert's: 1 - d/10 up to 3 steps, else 0."""
    return 1 - abs(distance) / 10 if abs(distance) <= 3 else 0.0
