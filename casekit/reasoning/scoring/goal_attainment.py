"""Goal attainment scaling: one T score over goals of different kinds, 50 when all come out as expected.

Levels -2 (much less than expected) to +2 (much more). Source: Kiresuk and Sherman 1968, by
the erratum of Turner-Stokes 2009; the correlation of 0.3 is a convention.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from casekit.errors import InputError

GOAL_CORRELATION = 0.3


@dataclass(frozen=True, kw_only=True)
class GoalRating:
    """Levels of one goal before and after (None: not rated), with importance and difficulty or neither."""

    goal: str
    baseline: int
    achieved: int | None
    importance: int | None = None
    difficulty: int | None = None

    @property
    def weight(self) -> int:
        """Importance times difficulty, or 1 without them."""
        return (self.importance or 1) * (self.difficulty or 1)


@dataclass(frozen=True, kw_only=True)
class GoalAttainment:
    """T scores at the start and at follow-up. `not_rated` names the goals left out of both."""

    baseline: float
    achieved: float
    rated: int
    not_rated: tuple[str, ...] = ()

    @property
    def change(self) -> float:
        """Achieved minus baseline."""
        return self.achieved - self.baseline


def goal_t_score(levels: Sequence[int], weights: Sequence[float] | None = None) -> float:
    """T score of goals at these levels; equal weights if none are given.

    Raises InputError without a goal, for a level that is not a whole number from -2 to 2, or a weight that is
    not positive.
    """
    weights = [1.0] * len(levels) if weights is None else weights
    if not levels or len(levels) != len(weights) or any(weight <= 0 for weight in weights):
        raise InputError("Goal attainment needs one goal or more, each with a positive weight.")
    for level in levels:
        if isinstance(level, bool) or level not in (-2, -1, 0, 1, 2):
            raise InputError(f"A goal level is a whole number from -2 to 2. You gave {level!r}.")
    total = sum(weight * level for weight, level in zip(weights, levels, strict=True))
    own = (1 - GOAL_CORRELATION) * sum(weight * weight for weight in weights)
    return 50 + 10 * total / sqrt(own + GOAL_CORRELATION * sum(weights) ** 2)


def goal_attainment(goals: Sequence[GoalRating]) -> GoalAttainment | None:
    """Baseline and achieved T over the goals rated at follow-up; None if none is left.

    Raises InputError if only some goals carry importance and difficulty, or one lies outside 1 to 3.
    """
    _check_weights(goals)
    rated = [goal for goal in goals if goal.achieved is not None]
    if not rated:
        return None
    weights = [goal.weight for goal in rated]
    return GoalAttainment(
        baseline=goal_t_score([goal.baseline for goal in rated], weights),
        achieved=goal_t_score([goal.achieved for goal in rated if goal.achieved is not None], weights),
        rated=len(rated),
        not_rated=tuple(goal.goal for goal in goals if goal.achieved is None),
    )


def _check_weights(goals: Sequence[GoalRating]) -> None:
    values = [value for goal in goals for value in (goal.importance, goal.difficulty)]
    given = [value for value in values if value is not None]
    if given and len(given) < len(values):
        raise InputError("Give importance and difficulty for every goal, or for none.")
    if any(value not in (1, 2, 3) for value in given):
        raise InputError(f"Importance and difficulty are 1 to 3. You gave {sorted(set(given))}.")
