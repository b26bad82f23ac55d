"""Scores of a forecast against an outcome, with every printed vector."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.content.evidence import load_evidence
from casekit.domain.acts import Quantiles
from casekit.errors import InputError
from casekit.reasoning.clipped_normal import ClippedNormal
from casekit.reasoning.scoring import forecast_score as score

SCORING = load_evidence().outcome.forecast_scoring
PROPERTY = settings(derandomize=True, deadline=None, max_examples=500, database=None)
HALF_CELL = {"odi": 1, "nrs": 5}


def stated(q10: float, q50: float, q90: float) -> Quantiles:
    return Quantiles(q10=q10, q50=q50, q90=q90)


@pytest.mark.parametrize("row", SCORING.pinball["test_vectors"], ids=str)
def test_printed_pinball(row: Mapping[str, float]) -> None:
    assert score.pinball(row["q"], row["y"], row["tau"]) == pytest.approx(row["value"])


@pytest.mark.parametrize("row", SCORING.interval_score["test_vectors"], ids=str)
def test_printed_interval_score(row: Mapping[str, float]) -> None:
    assert score.interval_score(row["l"], row["u"], row["y"], alpha=row["alpha"]) == pytest.approx(
        row["value"]
    )


@pytest.mark.parametrize(
    ("y", "value"),
    [
        (30, 20),  # inside: the width
        (46, 20 + 2 / 0.2 * 6),
        (40, 20),  # an end is inside
    ],
)
def test_interval_score_of_twenty_to_forty(y: float, value: float) -> None:
    assert score.interval_score(20, 40, y) == pytest.approx(value)


@pytest.mark.parametrize("row", SCORING.wis["test_vectors"], ids=str)
def test_printed_weighted_interval_score(row: Mapping[str, float]) -> None:
    found = score.weighted_interval_score(stated(row["q10"], row["q50"], row["q90"]), row["y"])
    assert found == pytest.approx(row["value"], abs=0.000005)


def test_printed_weighted_score_of_two_intervals() -> None:
    row = SCORING.wis["two_intervals"]
    intervals = [(part["alpha"], part["l"], part["u"]) for part in row["intervals"]]
    assert score.many_interval_score(row["median"], intervals, row["y"]) == pytest.approx(row["value"])


@PROPERTY
@given(st.lists(st.floats(0, 100), min_size=3, max_size=3).map(sorted), st.floats(0, 100))
def test_the_weighted_score_is_the_median_error_and_the_interval_score(values: list[float], y: float) -> None:
    expected = (0.5 * abs(y - values[1]) + 0.1 * score.interval_score(values[0], values[2], y)) / 1.5
    assert score.weighted_interval_score(stated(*values), y) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("m", "s", "y", "value"),
    [
        (30, 8, 38, 4.819531),
        (30, 8, 30, 1.869560),
        (0, 1, 0, 0.233695),
        (0, 1, 1, 0.602440),
        (30, 0, 38, 8),  # a point: the error
    ],
)
def test_crps_of_an_unclipped_normal(m: float, s: float, y: float, value: float) -> None:
    assert score.crps_normal(m, s, y) == pytest.approx(value, abs=1.5e-6)


@pytest.mark.parametrize(
    ("sample", "y", "value"),
    [
        ((20, 30, 50), 30, 30 / 3 - 2 * (10 + 20 + 30) / 18),
        ((20, 30, 50), 60, 20),
        ((28,), 34, 6),
        ((0, 0, 12, 30), 0, 4.125),
    ],
)
def test_crps_of_a_sample(sample: tuple[float, ...], y: float, value: float) -> None:
    assert score.crps_ensemble(sample, y) == pytest.approx(value)


@PROPERTY
@given(st.lists(st.floats(0, 100), min_size=1, max_size=8), st.floats(0, 100))
def test_crps_of_a_sample_is_its_definition_over_all_pairs(sample: list[float], y: float) -> None:
    size = len(sample)
    spread = sum(abs(a - b) for a in sample for b in sample) / (2 * size * size)
    expected = sum(abs(x - y) for x in sample) / size - spread
    assert score.crps_ensemble(sample, y) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("happened", "value"),
    [
        (score.Change.IMPROVED, (0.1**2 + 0.4**2) / 2),
        (score.Change.SAME, (0.1**2 + 0.6**2) / 2),
        (score.Change.WORSE, (0.9**2 + 0.6**2) / 2),
    ],
)
def test_ranked_probability_score(happened: score.Change, value: float) -> None:
    assert score.ranked_probability_score([0.1, 0.3, 0.6], happened) == pytest.approx(value)


@pytest.mark.parametrize(
    ("y", "baseline", "mic", "happened"),
    [
        (34, 44, 10, score.Change.IMPROVED),  # exactly the important change counts
        (36, 44, 10, score.Change.SAME),
        (54, 44, 10, score.Change.WORSE),
        (800 / 24, 1300 / 24, 100 * 5 / 24, score.Change.IMPROVED),  # 8 from 13 of 24, whatever the last bit
        (1300 / 24, 800 / 24, 100 * 5 / 24, score.Change.WORSE),
        (0, 8, 10, score.Change.SAME),  # no room to improve
    ],
)
def test_classes_by_the_important_change(
    y: float, baseline: float, mic: float, happened: score.Change
) -> None:
    assert score.change_class(y, baseline=baseline, mic=mic) is happened


def test_brier_of_one_event() -> None:
    assert score.brier_binary(0.7, True) == pytest.approx(0.09)
    with pytest.raises(InputError, match=r"between 0 and 1. You gave 1.2"):
        score.brier_binary(1.2, True)


@pytest.mark.parametrize("row", SCORING.log_score["test_vectors"], ids=str)
def test_printed_log_score_of_the_recorded_cell(row: Mapping[str, Any]) -> None:
    y = row["y"] * (10 if row["cell"] == "nrs" else 1)
    cdf = ClippedNormal(row["m"], row["s"]).cdf
    found = score.cell_log_score(cdf, y, half_cell=HALF_CELL[row["cell"]])
    assert found == pytest.approx(row["value"], abs=0.000005)


def test_skill_is_a_ratio_of_means_over_the_same_forecasts() -> None:
    (row,) = SCORING.skill["test_vectors"]
    assert score.skill([row["score"]], [row["reference"]]) == pytest.approx(row["value"], abs=0.000005)
    assert score.skill([1, None, 3], [2, 9, 2]) == pytest.approx(1 - 4 / 4)  # a missing one leaves both
    assert score.skill([3.0], [1.0]) == -2  # worse than the reference is shown as it is
    assert score.skill([None], [1.0]) is None
    assert score.skill([0.0], [0.0]) is None
    with pytest.raises(InputError, match="same forecasts"):
        score.skill([1.0], [])


@pytest.mark.parametrize("y", [0, 100])
@pytest.mark.parametrize("q", [0, 50, 100])
def test_a_bare_number_at_any_corner_scores_finitely(q: float, y: float) -> None:
    assert 0 <= score.weighted_interval_score(stated(q, q, q), y) <= 100


def test_impossible_input_is_refused() -> None:
    with pytest.raises(InputError, match="low to high"):
        score.interval_score(40, 20, 30)
    with pytest.raises(InputError, match="0 to 100"):
        score.weighted_interval_score(stated(10, 20, 30), 120)
    with pytest.raises(InputError, match="at least one member"):
        score.crps_ensemble([], 3)
