"""Regret of a forecast and its points: printed vectors, propriety, and the shape of the points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.content.evidence import load_evidence
from casekit.domain.acts import Quantiles
from casekit.reasoning.clipped_normal import ClippedNormal
from casekit.reasoning.elicited import TwoPieceNormal
from casekit.reasoning.scoring.forecast_regret import (
    crps_regret,
    expected_wis,
    forecast_points,
    own_quantiles,
    wis_regret,
)
from casekit.reasoning.scoring.forecast_score import weighted_interval_score
from casekit.reasoning.scoring.points import mean_present, points_from_regret

REGRET = load_evidence().outcome.forecast_scoring.regret
PROPERTY = settings(derandomize=True, deadline=None, max_examples=500, database=None)
SLOW = settings(derandomize=True, deadline=None, max_examples=25, database=None)
QUANTILES = (
    st.lists(st.floats(0, 100), min_size=3, max_size=3)
    .map(sorted)
    .map(lambda values: Quantiles(q10=values[0], q50=values[1], q90=values[2]))
)
REFERENCES = st.builds(ClippedNormal, st.floats(-20, 120), st.floats(1, 25))


def stated(values: list[float]) -> Quantiles:
    return Quantiles(q10=values[0], q50=values[1], q90=values[2])


@pytest.mark.parametrize("row", REGRET["wis_regret_vectors"], ids=str)
def test_printed_regret_of_three_quantiles(row: Mapping[str, Any]) -> None:
    reference = ClippedNormal(*row["Q"])
    found = forecast_points(stated(row["q"]), reference)
    assert found.best_expected == pytest.approx(row["e_Q"], abs=5e-7)
    assert found.regret == pytest.approx(row["regret"], abs=5e-7)
    assert wis_regret(stated(row["q"]), reference) == found.regret


@pytest.mark.parametrize(
    ("values", "reference", "regret", "points"),
    [
        ([10, 30, 50], (28, 14), 0.098594, 100),
        ([17, 35, 53], (28, 14), 0.868568, 81.25),  # a median off by half an SD
        ([20, 25, 30], (28, 14), 2.219274, 38.58),
        ([28, 28, 28], (28, 14), 4.170954, 0),  # a bare number
        ([10, 50, 90], (28, 14), 6.337212, 0),
        ([0, 10, 30], (5.6, 17), 0.172597, 100),
        ([10, 50, 90], (48.4, 19.4), 1.001301, 86.11),
    ],
)
def test_printed_points(
    values: list[float], reference: tuple[float, float], regret: float, points: float
) -> None:
    found = forecast_points(stated(values), ClippedNormal(*reference))
    assert found.regret == pytest.approx(regret, abs=5e-7)
    assert found.points == pytest.approx(points, abs=0.005)


@pytest.mark.parametrize("row", REGRET["crps_regret_vectors"], ids=str)
def test_printed_regret_of_a_whole_distribution(row: Mapping[str, Any]) -> None:
    found = crps_regret(ClippedNormal(*row["F"]), ClippedNormal(*row["Q"]))
    assert found == pytest.approx(row["value"], abs=5e-7)


def midpoints(first: ClippedNormal | TwoPieceNormal, second: ClippedNormal, panels: int = 20000) -> float:
    width = 100 / panels
    return width * sum(
        (first.cdf((k + 0.5) * width) - second.cdf((k + 0.5) * width)) ** 2 for k in range(panels)
    )


@SLOW
@given(REFERENCES, REFERENCES)
def test_regret_of_a_distribution_agrees_with_a_second_way(one: ClippedNormal, two: ClippedNormal) -> None:
    assert crps_regret(one, two) == pytest.approx(midpoints(one, two), abs=1e-5)
    assert crps_regret(two, two) == 0


@SLOW
@given(QUANTILES, REFERENCES)
def test_regret_of_stated_quantiles_as_a_distribution_is_never_negative(
    quantiles: Quantiles, reference: ClippedNormal
) -> None:
    assert crps_regret(TwoPieceNormal.of(quantiles), reference) >= 0


def test_regret_of_a_point_is_integrated_across_its_step() -> None:
    point, reference = ClippedNormal(30, 0), ClippedNormal(28, 14)
    expected = midpoints(TwoPieceNormal.of_normal(point), reference)
    assert crps_regret(point, reference) == pytest.approx(expected, abs=1e-3)


@PROPERTY
@given(QUANTILES, REFERENCES)
def test_no_report_beats_the_reference_on_expectation(quantiles: Quantiles, reference: ClippedNormal) -> None:
    best = expected_wis(own_quantiles(reference), reference)
    assert expected_wis(quantiles, reference) >= best - 1e-9
    found = forecast_points(quantiles, reference)
    assert 0 <= found.points <= 100
    assert found.regret >= 0


@PROPERTY
@given(REFERENCES)
def test_the_reference_itself_has_full_points(reference: ClippedNormal) -> None:
    found = forecast_points(own_quantiles(reference), reference)
    assert (found.points, found.regret) == (100, 0)


@SLOW
@given(QUANTILES, REFERENCES)
def test_the_expected_score_is_the_mean_score_over_outcomes(
    quantiles: Quantiles, reference: ClippedNormal
) -> None:
    draws = 4000
    outcomes = (reference.quantile((k + 0.5) / draws) for k in range(draws))
    mean = sum(weighted_interval_score(quantiles, y) for y in outcomes) / draws
    assert expected_wis(quantiles, reference) == pytest.approx(mean, abs=0.02)


@PROPERTY
@given(st.floats(0, 30), st.floats(0, 30), st.floats(0.1, 20), st.floats(0, 0.99))
def test_points_fall_with_regret_and_are_full_exactly_within_the_tolerance(
    one: float, two: float, floor: float, share: float
) -> None:
    tolerance = share * floor
    better, worse = sorted((one, two))

    def points(regret: float) -> float:
        return points_from_regret(regret, floor=floor, tolerance=tolerance)

    assert points(worse) <= points(better)
    assert (points(one) == 0) is (one >= floor)
    if one <= tolerance:
        assert points(one) == 100


def test_half_way_between_full_and_none_are_fifty_points() -> None:
    assert points_from_regret(0.3, floor=0.5, tolerance=0.1) == pytest.approx(50)


@pytest.mark.parametrize("spread", [0, 1e-300, 1e-9])
@pytest.mark.parametrize("middle", [0, 40, 100])
def test_a_reference_without_spread_still_gives_finite_points(middle: float, spread: float) -> None:
    reference = ClippedNormal(middle, spread)
    assert forecast_points(own_quantiles(reference), reference).points == 100
    assert forecast_points(stated([10, 50, 90]), reference).points == 0


def test_what_does_not_exist_leaves_the_mean_and_what_was_not_answered_does_not() -> None:
    assert mean_present([100, None, 0]) == 50
    assert mean_present([None]) is None
