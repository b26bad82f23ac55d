"""The clipped normal: printed scores, agreement with integration, and the root that gives a wanted mean."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casekit.content.evidence import load_evidence
from casekit.errors import InputError
from casekit.reasoning.clipped_normal import ClippedNormal, latent_mean, standard_quantile
from casekit.reasoning.scoring.forecast_score import crps_from_quantiles

VECTORS = load_evidence().outcome.forecast_scoring.crps["test_vectors"]
CLIPPED = [row for row in VECTORS if "clip" in row]
QUANTILES = [row for row in VECTORS if "quantiles_of" in row]
PROPERTY = settings(derandomize=True, deadline=None, max_examples=60, database=None)
LATENT = st.floats(-120, 220)
SPREAD = st.floats(0.5, 40)


def half_unit(printed: float) -> float:
    """Half a unit of the last printed digit."""
    return 0.5 * 10 ** -len(str(printed).partition(".")[2])


def simpson(function: Callable[[float], float], start: float, end: float, panels: int = 4000) -> float:
    """Independent check by integration; the ends are taken from inside."""
    if end <= start:
        return 0.0
    nudge, width = 1e-12, (end - start) / panels
    inner = sum((4 if k % 2 else 2) * function(start + k * width) for k in range(1, panels))
    return width / 3 * (function(start + nudge) + inner + function(end - nudge))


def integrated_crps(normal: ClippedNormal, y: float) -> float:
    below = simpson(lambda x: normal.cdf(x) ** 2, 0, y)
    return below + simpson(lambda x: (1 - normal.cdf(x)) ** 2, y, 100)


@pytest.mark.parametrize("row", CLIPPED, ids=str)
def test_printed_crps(row: dict[str, float]) -> None:
    assert ClippedNormal(row["m"], row["s"]).crps(row["y"]) == pytest.approx(
        row["crps"], abs=half_unit(row["crps"])
    )


@pytest.mark.parametrize("row", QUANTILES, ids=str)
def test_printed_crps_from_many_quantiles(row: dict[str, float]) -> None:
    normal = ClippedNormal(20, 17.5)
    found = crps_from_quantiles(normal.quantile, row["y"], levels=int(row["K"]))
    assert found == pytest.approx(row["from_quantiles"], abs=half_unit(row["from_quantiles"]))


@PROPERTY
@given(LATENT, SPREAD, st.floats(0, 100))
def test_the_closed_crps_is_the_integral(m: float, s: float, y: float) -> None:
    normal = ClippedNormal(m, s)
    assert normal.crps(y) == pytest.approx(integrated_crps(normal, y), abs=1e-6)


@PROPERTY
@given(LATENT, SPREAD)
def test_the_closed_mean_is_the_integral(m: float, s: float) -> None:
    normal = ClippedNormal(m, s)
    assert normal.mean == pytest.approx(simpson(lambda x: 1 - normal.cdf(x), 0, 100), abs=1e-6)


@PROPERTY
@given(st.floats(0.05, 99.95), st.floats(0.5, 40))
def test_the_latent_mean_gives_the_wanted_mean_back(mean: float, s: float) -> None:
    assert ClippedNormal(latent_mean(mean, s), s).mean == pytest.approx(mean, abs=1e-8)


@PROPERTY
@given(LATENT, SPREAD, st.floats(0.001, 0.999))
def test_quantile_and_probability_are_each_others_inverse_inside_the_scale(
    m: float, s: float, p: float
) -> None:
    normal = ClippedNormal(m, s)
    q = normal.quantile(p)
    if 0 < q < 100:
        assert normal.cdf(q) == pytest.approx(p, abs=1e-9)


@pytest.mark.parametrize(
    ("m", "x", "p"),
    [
        (0, -0.001, 0.0),  # nothing below the scale
        (0, 0, 0.5),  # the mass at 0 is inside
        (100, 99.999999999, pytest.approx(0.5)),
        (100, 100, 1.0),  # and so is the mass at the top
        (100, 130, 1.0),
    ],
)
def test_the_ends_of_the_scale_carry_their_mass(m: float, x: float, p: float) -> None:
    assert ClippedNormal(m, 10).cdf(x) == p


def test_without_spread_it_is_one_point_and_its_score_the_error() -> None:
    point = ClippedNormal(30, 0)
    assert (point.mean, point.quantile(0.01), point.cdf(29.9), point.cdf(30)) == (30, 30, 0, 1)
    assert point.crps(37) == 7
    assert ClippedNormal(-20, 0).crps(3) == 3  # clipped first


@pytest.mark.parametrize("y", [0, 100])
@pytest.mark.parametrize("s", [1e-300, 1e-9, 1e9])
def test_corners_give_finite_scores(y: float, s: float) -> None:
    for m in (0, 50, 100):
        assert 0 <= ClippedNormal(m, s).crps(y) <= 100


def test_impossible_input_is_refused() -> None:
    with pytest.raises(InputError, match="0 to 100"):
        ClippedNormal(20, 5).crps(101)
    with pytest.raises(InputError, match="between 0 and 1"):
        standard_quantile(1.0)
    with pytest.raises(InputError, match="s >= 0"):
        ClippedNormal(20, -1)
    with pytest.raises(InputError, match="No latent mean"):
        latent_mean(0, 10)
