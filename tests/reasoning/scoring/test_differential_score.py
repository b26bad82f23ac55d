"""Scores of a differential: the printed measures, points, and the properties that make them fair."""

from __future__ import annotations

from math import log2
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.errors import InputError, UnknownIdError
from casekit.reasoning.scoring import differential_score as score
from casekit.reasoning.scoring.item_credit import list_score, near_miss_credit

STATED = {"radicular": 0.60, "stenosis": 0.25, "non_specific": 0.10, "cauda": 0.05}
REFERENCE = {"radicular": 0.70, "stenosis": 0.20, "non_specific": 0.08, "cauda": 0.02}
CERTAIN = {"radicular": 1.0, "stenosis": 0.0, "non_specific": 0.0, "cauda": 0.0}
UNIFORM = dict.fromkeys(STATED, 0.25)
PROPERTY = settings(derandomize=True, deadline=None, max_examples=500, database=None)
NAMES = ("a", "b", "c", "d", "e")


@st.composite
def pairs(draw: st.DrawFn) -> tuple[dict[str, float], dict[str, float]]:
    """Two distributions over the same hypotheses, zeros mixed in."""
    names = NAMES[: draw(st.integers(2, len(NAMES)))]
    both = []
    for _ in range(2):
        weights = [draw(st.one_of(st.just(0.0), st.floats(0.001, 1))) for _ in names]
        total = sum(weights) or 1.0
        weights = weights if sum(weights) else [1.0, *weights[1:]]
        both.append({name: weight / total for name, weight in zip(names, weights, strict=True)})
    return both[0], both[1]


@pytest.mark.parametrize(
    ("truth", "expected"),
    [
        (
            "radicular",
            {"brier": 0.4**2 + 0.25**2 + 0.1**2 + 0.05**2, "log": -log2(0.6), "rank": 1, "rr": 1.0},
        ),
        ("stenosis", {"brier": 0.6**2 + 0.75**2 + 0.1**2 + 0.05**2, "log": 2.0, "rank": 2, "rr": 0.5}),
    ],
)
def test_against_the_truth(truth: str, expected: dict[str, float]) -> None:
    assert score.brier(STATED, truth) == pytest.approx(expected["brier"])
    assert score.log_score(STATED, truth) == pytest.approx(expected["log"])
    assert score.rank(STATED, truth) == expected["rank"]
    assert score.reciprocal_rank(STATED, truth) == expected["rr"]


def test_the_printed_figures_against_the_truth() -> None:
    assert score.brier(STATED, "radicular") == pytest.approx(0.235)
    assert score.brier(STATED, "stenosis") == pytest.approx(0.935)
    assert score.log_score(STATED, "radicular") == pytest.approx(0.736966, abs=5e-7)
    uniform = score.brier(UNIFORM, "stenosis")
    assert uniform == pytest.approx(0.75)
    assert score.brier_skill([0.235], [uniform]) == pytest.approx(0.686667, abs=5e-7)
    assert score.brier_skill([0.935], [uniform]) == pytest.approx(-0.246667, abs=5e-7)
    assert score.brier_skill([0.1], [0.0]) is None
    assert score.log_score(CERTAIN, "stenosis") == pytest.approx(6.643856, abs=5e-7)  # clipped at 0.01


def test_against_the_reference() -> None:
    assert score.brier_regret(STATED, REFERENCE) == pytest.approx(0.1**2 + 0.05**2 + 0.02**2 + 0.03**2)
    assert score.brier_regret(STATED, REFERENCE) == pytest.approx(0.0138)
    assert score.divergence(STATED, REFERENCE) == pytest.approx(0.039096, abs=5e-7)
    assert score.total_variation(STATED, REFERENCE) == pytest.approx(0.10)
    assert score.divergence(CERTAIN, REFERENCE) == pytest.approx(0.764184, abs=5e-7)


@pytest.mark.parametrize(
    ("stated", "floor", "points"),
    [
        (STATED, 0.10, 100 * (0.10 - 0.0138) / (0.10 - 0.005)),  # 90.74
        (STATED, 0.4838, 100 * (0.4838 - 0.0138) / (0.4838 - 0.005)),  # 98.16
        ({"radicular": 0.25, "stenosis": 0.10, "non_specific": 0.60, "cauda": 0.05}, 0.4838, 0),  # the prior
        (REFERENCE, 0.10, 100),
        (STATED, 0.09, None),  # a prior this good would earn points by itself
    ],
)
def test_points(stated: dict[str, float], floor: float, points: float | None) -> None:
    found = score.differential_points(stated, REFERENCE, floor=floor)
    assert found == (None if points is None else pytest.approx(points, abs=1e-9))


def test_the_regret_of_the_printed_prior_is_its_floor() -> None:
    prior = {"radicular": 0.25, "stenosis": 0.10, "non_specific": 0.60, "cauda": 0.05}
    assert score.brier_regret(prior, REFERENCE) == pytest.approx(0.4838)


@pytest.mark.parametrize("truth", list(UNIFORM))
def test_ties_go_against_the_learner(truth: str) -> None:
    assert score.rank(UNIFORM, truth) == 4
    assert not score.in_top(UNIFORM, truth, 3)


def test_an_order_of_ones_own_decides_the_rank() -> None:
    order = ["cauda", "stenosis", "radicular"]
    assert score.rank(UNIFORM, "stenosis", order) == 2
    assert score.rank(UNIFORM, "non_specific", order) == 4  # not listed: last
    assert score.in_top(UNIFORM, "stenosis", 2, order)


def test_a_truth_without_probability_is_not_in_the_top_even_if_few_are_listed() -> None:
    assert not score.in_top(CERTAIN, "stenosis", 5)
    assert score.reciprocal_rank(CERTAIN, "stenosis") == 0


@pytest.mark.parametrize(
    ("named", "f1"),
    [
        ("a b x", 2 / 3),  # two of three hits, two of three musts
        ("a b z", 0.8),  # z is acceptable: precision 2/2, recall 2/3
        ("", 0),
        ("x y", 0),
        ("a b c other", 1),  # `other` is not a named diagnosis
    ],
)
def test_coverage(named: str, f1: float) -> None:
    found = score.coverage_f1(named.split(), {"a", "b", "c"}, {"a", "z"})
    assert found == pytest.approx(f1, abs=1e-9)


def test_coverage_of_nothing_required_does_not_exist() -> None:
    assert score.coverage_f1(["a"], []) is None


@pytest.mark.parametrize(
    ("floors", "ruled_out", "safe"),
    [
        ({"cauda": 0.01}, (), 1),
        ({"cauda": 0.10}, (), 0),  # forgotten
        ({"cauda": 0.10}, ("cauda",), 1),  # ruled out by a fact that was opened
        ({"infection": 0.01}, (), 0),
        ({}, (), 1),
    ],
)
def test_safety(floors: dict[str, float], ruled_out: tuple[str, ...], safe: int) -> None:
    assert score.safety(STATED, floors, ruled_out) == safe


def test_unnamed_hypotheses_get_nothing_and_a_small_slip_is_evened_out() -> None:
    found = score.complete({"a": 0.6, "b": 0.404}, ["a", "b", "c"])
    assert found == pytest.approx({"a": 0.6 / 1.004, "b": 0.404 / 1.004, "c": 0, "other": 0})


@pytest.mark.parametrize(
    ("stated", "error", "words"),
    [
        ({"a": 0.6, "b": 0.3}, InputError, "add up to 0.900"),
        ({"a": 1.2, "b": -0.2}, InputError, "1.2 for a"),
        ({"a": 0.5, "zz": 0.5}, UnknownIdError, "zz"),
    ],
)
def test_impossible_probabilities_are_refused(stated: dict[str, float], error: Any, words: str) -> None:
    with pytest.raises(error, match=words):
        score.complete(stated, ["a", "b"])


def test_a_truth_outside_the_list_counts_as_other() -> None:
    stated = score.complete({"a": 0.7, "other": 0.3}, ["a"])
    assert score.truth_in(stated, "gout") == "other"
    assert score.brier(stated, "gout") == pytest.approx(0.7**2 + 0.7**2)
    assert score.rank(stated, "gout") == 2


@PROPERTY
@given(pairs())
def test_the_reference_is_the_best_answer_on_expectation(
    both: tuple[dict[str, float], dict[str, float]],
) -> None:
    stated, reference = both
    expected = sum(
        weight * (score.brier(stated, truth) - score.brier(reference, truth))
        for truth, weight in reference.items()
    )
    assert expected == pytest.approx(score.brier_regret(stated, reference), abs=1e-9)
    assert score.brier_regret(stated, reference) >= 0
    assert score.brier_regret(reference, reference) == 0
    assert score.divergence(stated, reference) >= 0


@PROPERTY
@given(pairs())
def test_clipping_the_log_score_gains_at_most_its_stated_bound(
    both: tuple[dict[str, float], dict[str, float]],
) -> None:
    stated, reference = both
    gain = sum(
        weight * (score.log_score(reference, truth) - score.log_score(stated, truth))
        for truth, weight in reference.items()
    )
    assert gain <= log2(1 + 0.01 * len(reference)) + 1e-9


@PROPERTY
@given(pairs(), st.permutations(NAMES))
def test_labels_carry_no_score(both: tuple[dict[str, float], dict[str, float]], renamed: list[str]) -> None:
    names = dict(zip(NAMES, renamed, strict=True))
    stated, reference = ({names[name]: value for name, value in one.items()} for one in both)
    for truth in both[1]:
        assert score.brier(stated, names[truth]) == score.brier(both[0], truth)
        assert score.rank(stated, names[truth]) == score.rank(both[0], truth)
    for measure in (score.brier_regret, score.divergence, score.total_variation):
        assert measure(stated, reference) == measure(*both)


@PROPERTY
@given(pairs(), st.floats(0, 1))
def test_taking_probability_from_the_truth_never_helps(
    both: tuple[dict[str, float], dict[str, float]], share: float
) -> None:
    stated, _ = both
    truth, wrong = max(stated, key=lambda name: stated[name]), min(stated, key=lambda name: stated[name])
    moved = dict(stated)
    moved[truth] -= share * stated[truth]
    moved[wrong] += share * stated[truth]
    assert score.brier(moved, truth) >= score.brier(stated, truth) - 1e-9


@pytest.mark.parametrize("truth", list(STATED))
@pytest.mark.parametrize("corner", list(STATED))
def test_certainty_gives_finite_scores(corner: str, truth: str) -> None:
    sure = {name: float(name == corner) for name in STATED}
    assert score.brier(sure, truth) == (0 if corner == truth else 2)
    assert 0 <= score.log_score(sure, truth) <= -log2(0.01)
    assert 0 <= score.divergence(sure, REFERENCE) < 10
    assert score.differential_points(sure, REFERENCE, floor=0.5) is not None


@pytest.mark.parametrize(
    ("credits", "expert_items", "expected"),
    [
        ([1], 1, 1),
        ([1, 0], 1, 1 / 2),  # more entries never raise the score
        ([1, 0, 0], 1, 1 / 3),
        ([1, 0, 0, 0], 1, 1 / 4),
        ([1, 1, 1, 1, 1, 0], 6, 5 / 6),
        ([], 0, 0),
    ],
)
def test_item_credit(credits: list[float], expert_items: int, expected: float) -> None:
    assert list_score(credits, expert_items=expert_items) == pytest.approx(expected)


@PROPERTY
@given(st.lists(st.floats(0, 1), max_size=8), st.integers(0, 8))
def test_an_entry_without_credit_never_raises_item_credit(credits: list[float], expert_items: int) -> None:
    before = list_score(credits, expert_items=expert_items)
    assert list_score([*credits, 0.0], expert_items=expert_items) <= before


@pytest.mark.parametrize(("distance", "credit"), [(0, 1), (1, 0.9), (-3, 0.7), (4, 0)])
def test_near_misses_fade_over_three_steps(distance: int, credit: float) -> None:
    assert near_miss_credit(distance) == pytest.approx(credit)
