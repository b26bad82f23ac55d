"""Calibration: printed intervals and splits, and silence below twenty forecasts."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.content.evidence import load_evidence
from casekit.domain.acts import Quantiles
from casekit.errors import InputError
from casekit.reasoning.clipped_normal import ClippedNormal
from casekit.reasoning.scoring import calibration

SCORING = load_evidence().outcome.forecast_scoring
PROPERTY = settings(derandomize=True, deadline=None, max_examples=500, database=None)
EVENTS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)
EXACT = [(0.2, k < 1) for k in range(5)] + [(0.7, k < 4) for k in range(5)]
UNEVEN = list(zip((0.10, 0.15, 0.30, 0.35, 0.70, 0.90), (False, True, False, True, True, True), strict=True))


@pytest.mark.parametrize("row", SCORING.coverage["wilson_vectors"], ids=str)
def test_printed_interval_of_a_share(row: Mapping[str, float]) -> None:
    found = calibration.wilson_interval(int(row["inside"]), int(row["n"]))
    assert found == (pytest.approx(row["lower"], abs=5e-7), pytest.approx(row["upper"], abs=5e-7))


def test_coverage_counts_the_ends_as_inside() -> None:
    stated = Quantiles(q10=20, q50=30, q90=40)
    found = calibration.coverage([(stated, 20), (stated, 40)] * 8 + [(stated, 42)] * 4)
    assert found is not None
    assert (found.inside, found.n, found.share) == (16, 20, 0.8)
    assert (found.lower, found.upper) == (
        pytest.approx(0.583983, abs=5e-7),
        pytest.approx(0.919342, abs=5e-7),
    )


def test_below_twenty_forecasts_nothing_is_said() -> None:
    stated = Quantiles(q10=20, q50=30, q90=40)
    assert calibration.coverage([(stated, 30)] * 19) is None
    assert calibration.reliability_table([(0.5, True)] * 19) is None
    assert calibration.murphy_split([(0.5, True)] * 19) is None
    assert calibration.pit_histogram([0.5] * 19) is None
    assert calibration.coverage([], minimum=0) is None


@pytest.mark.parametrize("row", SCORING.pit["test_vectors"], ids=str)
def test_printed_transform_of_a_rounded_outcome(row: Mapping[str, float]) -> None:
    cdf = ClippedNormal(row["m"], row["s"]).cdf
    found = calibration.randomised_pit(cdf, row["y"], half_cell=row["h"], v=row["v"])
    assert found == pytest.approx(row["u"], abs=5e-7)


def test_the_uniform_number_is_repeatable() -> None:
    assert calibration.pit_uniform(7) == calibration.pit_uniform(7) != calibration.pit_uniform(8)


def test_the_histogram_has_ten_bins_and_the_last_is_closed() -> None:
    found = calibration.pit_histogram([0.0, 0.0999, 0.1, 0.95, 1.0] * 4)
    assert found == (8, 4, 0, 0, 0, 0, 0, 0, 0, 8)


def test_reliability_bins_start_at_their_lower_edge_and_empty_ones_are_left_out() -> None:
    found = calibration.reliability_table([(0.2, True), (0.6, False), (0.8, True), (1.0, True)], minimum=0)
    assert found is not None
    assert [(one.low, one.n) for one in found] == [(0.2, 1), (0.6, 1), (0.8, 2)]
    assert (found[2].forecast, found[2].observed) == (pytest.approx(0.9), 1.0)


def test_printed_split_is_exact_where_each_bin_holds_one_value() -> None:
    found = calibration.murphy_split(EXACT, minimum=0)
    assert found is not None
    assert found.brier == pytest.approx(0.165)
    assert (found.reliability, found.resolution) == (pytest.approx(0.005), pytest.approx(0.09))
    assert (found.uncertainty, found.within_bins) == (pytest.approx(0.25), pytest.approx(0, abs=1e-12))


def test_printed_split_with_a_remainder() -> None:
    found = calibration.murphy_split(UNEVEN, minimum=0)
    assert found is not None
    assert found.brier == pytest.approx(0.224167, abs=5e-7)
    assert found.reliability == pytest.approx(0.073750, abs=5e-7)
    assert found.resolution == pytest.approx(0.055556, abs=5e-7)
    assert found.uncertainty == pytest.approx(0.222222, abs=5e-7)
    assert found.within_bins == pytest.approx(0.000417 - 0.016667, abs=1e-6)


@PROPERTY
@given(EVENTS)
def test_the_four_parts_always_give_the_brier_score(events: list[tuple[float, bool]]) -> None:
    found = calibration.murphy_split(events, minimum=0)
    assert found is not None
    parts = found.reliability - found.resolution + found.uncertainty + found.within_bins
    assert parts == pytest.approx(found.brier, abs=1e-9)
    assert min(found.reliability, found.resolution, found.uncertainty) >= 0


@PROPERTY
@given(st.integers(1, 300), st.data())
def test_the_interval_of_a_share_holds_the_share(n: int, data: st.DataObject) -> None:
    inside = data.draw(st.integers(0, n))
    lower, upper = calibration.wilson_interval(inside, n)
    assert 0 <= lower <= inside / n + 1e-12
    assert inside / n - 1e-12 <= upper <= 1


def test_impossible_input_is_refused() -> None:
    with pytest.raises(InputError, match="21 of 20"):
        calibration.wilson_interval(21, 20)
    with pytest.raises(InputError, match="between 0 and 1"):
        calibration.murphy_split([(1.5, True)], minimum=0)
