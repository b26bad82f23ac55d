"""The distribution behind three stated quantiles meets all three and scores as printed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.content.evidence import load_evidence
from casekit.domain.acts import Quantiles
from casekit.errors import InputError
from casekit.reasoning.clipped_normal import ClippedNormal
from casekit.reasoning.elicited import TwoPieceNormal

SCORING = load_evidence().outcome.forecast_scoring
VECTORS = [row for row in SCORING.crps["test_vectors"] if "two_piece" in row]
PROPERTY = settings(derandomize=True, deadline=None, max_examples=200, database=None)
ORDERED = st.lists(st.floats(0, 100), min_size=3, max_size=3).map(sorted)


def of(q10: float, q50: float, q90: float) -> TwoPieceNormal:
    return TwoPieceNormal.of(Quantiles(q10=q10, q50=q50, q90=q90))


@pytest.mark.parametrize("row", VECTORS, ids=str)
def test_printed_score(row: dict[str, float]) -> None:
    found = of(row["q10"], row["q50"], row["q90"]).crps(row["y"])
    assert found == pytest.approx(row["two_piece"], abs=0.000005)


def test_printed_probabilities() -> None:
    (row,) = SCORING.elicitation["test_vectors"]
    stated = of(row["q10"], row["q50"], row["q90"])
    assert stated.cdf(0) == pytest.approx(row["p_zero"], abs=0.0000005)
    assert stated.cdf(30.8) == pytest.approx(row["P_at_most_30_8"], abs=0.0000005)


@PROPERTY
@given(ORDERED)
def test_all_three_quantiles_are_met(values: list[float]) -> None:
    stated = of(*values)
    assert [stated.quantile(p) for p in (0.1, 0.5, 0.9)] == pytest.approx(values, abs=1e-9)


@PROPERTY
@given(st.floats(-50, 150), st.floats(0.5, 40), st.floats(0, 100))
def test_two_equal_sides_score_like_the_normal_they_are(m: float, s: float, y: float) -> None:
    normal = ClippedNormal(m, s)
    assert TwoPieceNormal.of_normal(normal).crps(y) == pytest.approx(normal.crps(y), abs=1e-9)


@PROPERTY
@given(ORDERED, st.floats(0, 100))
def test_any_three_quantiles_give_a_finite_score(values: list[float], y: float) -> None:
    assert 0 <= of(*values).crps(y) <= 100


def test_an_outcome_off_the_scale_is_refused() -> None:
    with pytest.raises(InputError, match="0 to 100"):
        of(10, 20, 30).crps(-1)
