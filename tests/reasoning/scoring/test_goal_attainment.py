"""Goal attainment scaling: printed T scores, weights, and goals that were never rated."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.errors import InputError
from casekit.reasoning.scoring.goal_attainment import GoalRating, goal_attainment, goal_t_score

PROPERTY = settings(derandomize=True, deadline=None, max_examples=500, database=None)


@pytest.mark.parametrize(
    ("levels", "weights", "t"),
    [
        ((0, 0, 0), None, 50),
        ((1, 1, 1), None, 50 + 30 / sqrt(0.7 * 3 + 0.3 * 9)),  # 63.693064
        ((-1, -1, -1), None, 36.306936),
        ((2, 2, 2), None, 77.386128),
        ((1, 0, -1), (3, 2, 1), 54.406526),
        ((1, 1, -1), (3, 2, 1), 58.813053),
        ((-1, -1, -1), (9, 4, 1), 37.596527),
        ((1, 0, -1), (9, 4, 1), 57.087699),
        ((2, -1), (2, 1), 62.048290),
        ((1,), (7,), 60),  # one goal: its weight cancels
    ],
)
def test_printed_t_scores(levels: tuple[int, ...], weights: tuple[float, ...] | None, t: float) -> None:
    assert goal_t_score(levels, weights) == pytest.approx(t, abs=5e-7)


def goal(name: str, baseline: int, achieved: int | None, size: tuple[int, int] | None = None) -> GoalRating:
    importance, difficulty = size or (None, None)
    return GoalRating(
        goal=name, baseline=baseline, achieved=achieved, importance=importance, difficulty=difficulty
    )


def test_printed_change_over_a_visit() -> None:
    found = goal_attainment(
        [goal("walk", -1, 1, (3, 3)), goal("sleep", -1, 0, (2, 2)), goal("work", -1, -1, (1, 1))]
    )
    assert found is not None
    assert found.baseline == pytest.approx(37.596527, abs=5e-7)
    assert found.achieved == pytest.approx(57.087699, abs=5e-7)
    assert found.change == pytest.approx(19.491173, abs=1e-6)


def test_a_goal_not_rated_at_follow_up_leaves_both_scores_and_is_named() -> None:
    found = goal_attainment([goal("walk", -1, 1), goal("sleep", -2, None)])
    assert found is not None
    assert (found.baseline, found.achieved, found.rated, found.not_rated) == (40, 60, 1, ("sleep",))


def test_without_any_rated_goal_there_is_no_score() -> None:
    assert goal_attainment([goal("walk", -1, None)]) is None
    assert goal_attainment([]) is None


def test_weights_for_some_goals_only_are_refused() -> None:
    with pytest.raises(InputError, match="every goal, or for none"):
        goal_attainment([goal("walk", -1, 1, (3, 2)), goal("sleep", -1, 1)])


def test_a_difficulty_of_zero_would_drop_the_goal_and_is_refused() -> None:
    with pytest.raises(InputError, match="1 to 3"):
        goal_attainment([goal("walk", -1, 1, (3, 0))])


@pytest.mark.parametrize("levels", [(3,), (0.5,), (True,), ()])
def test_levels_are_whole_numbers_from_minus_two_to_two(levels: tuple[int, ...]) -> None:
    with pytest.raises(InputError):
        goal_t_score(levels)


@PROPERTY
@given(st.lists(st.tuples(st.integers(-2, 2), st.integers(1, 9)), min_size=1, max_size=6), st.data())
def test_one_goal_that_goes_better_never_lowers_the_score(
    goals: list[tuple[int, int]], data: st.DataObject
) -> None:
    levels, weights = [level for level, _ in goals], [weight for _, weight in goals]
    place = data.draw(st.integers(0, len(goals) - 1))
    better = [min(2, level + (k == place)) for k, level in enumerate(levels)]
    assert goal_t_score(better, weights) >= goal_t_score(levels, weights)
