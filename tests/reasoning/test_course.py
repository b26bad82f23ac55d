"""The simulated course: printed trajectories, counterfactuals, and draws that any machine repeats."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from itertools import pairwise
from math import sqrt
from statistics import correlation, fmean, pstdev
from typing import Any

import pytest

from casekit.content.evidence import load_evidence
from casekit.errors import InputError, UnknownIdError
from casekit.reasoning.course import case_seed, course, draw_path, outcome_at
from casekit.reasoning.forecast import forecast
from casekit.reasoning.forecast_result import Forecast

OUTCOME = load_evidence().outcome
VECTORS = OUTCOME.model_proposal.across_time_rule["vectors"]
NATIVE = {"odi": 1, "nrs_pain": 10}
PATHS = [draw_path(OUTCOME, seed) for seed in range(4000)]


def at(domain: str, weeks: float, treatments: Mapping[str, float] | None = None) -> Forecast:
    start = VECTORS["inputs"][domain]
    return forecast(
        OUTCOME, phase=VECTORS["inputs"]["phase"], domain=domain, weeks=weeks, treatments=treatments, **start
    )


@pytest.mark.parametrize("domain", ["disability", "pain"])
@pytest.mark.parametrize("row", VECTORS["rows"], ids=lambda row: f"week {row['weeks']}")
def test_the_printed_trajectory(row: Mapping[str, Any], domain: str) -> None:
    found = outcome_at(at(domain, row["weeks"]), draw_path(OUTCOME, VECTORS["inputs"]["seed"]))
    printed = row["recorded_odi"] if domain == "disability" else row["recorded_nrs"]
    assert found.z == pytest.approx(row[f"z_{domain}"], abs=0.000005)
    assert found.y == pytest.approx(row[f"y_{domain}"], abs=0.0005)
    assert found.recorded == printed * NATIVE[found.instrument]


def test_the_printed_value_between_two_horizons() -> None:
    between = VECTORS["between"]
    z = draw_path(OUTCOME, VECTORS["inputs"]["seed"]).z("disability", between["weeks"])
    assert z == pytest.approx(between["z_disability"], abs=0.000005)


@pytest.mark.parametrize("domain", ["disability", "pain"])
def test_the_printed_counterfactual(domain: str) -> None:
    row, path = VECTORS["counterfactual"], draw_path(OUTCOME, VECTORS["inputs"]["seed"])
    found = outcome_at(at(domain, row["weeks"], row["treatments"]), path)
    assert found.y == pytest.approx(row[f"y_{domain}"], abs=0.0005)
    assert found.recorded == (row["recorded_odi"] if domain == "disability" else 10 * row["recorded_nrs"])


@pytest.mark.parametrize("seed", range(20))
def test_a_plan_with_more_effect_is_never_worse_at_any_visit(seed: int) -> None:
    path, weeks = draw_path(OUTCOME, seed), (1, 2, 6, 9, 12, 26, 40, 52, 80)
    plain = course(path, weeks, lambda week: at("disability", week, {"exercise": 0.3}))
    better = course(path, weeks, lambda week: at("disability", week, {"exercise": 0.9, "cbt": 0.5}))
    assert all(good.y <= poor.y for good, poor in zip(better, plain, strict=True))


def test_before_the_first_and_after_the_last_horizon_the_latent_value_is_held() -> None:
    path = PATHS[7]
    assert path.z("pain", 0.5) == path.pain[0] == path.z("pain", 2)
    assert path.z("pain", 156) == path.pain[-1] == path.z("pain", 52)


def test_at_week_zero_the_observed_baseline_happens() -> None:
    assert outcome_at(at("disability", 0), PATHS[7]).y == 44


def test_latent_values_are_standard_normal_and_hang_together_as_stated() -> None:
    error = 4 / sqrt(len(PATHS))  # four standard errors of a correlation near 0
    by_week = list(zip(*(path.disability for path in PATHS), strict=True))
    for values in by_week:
        assert fmean(values) == pytest.approx(0, abs=error)
        assert pstdev(values) == pytest.approx(1, abs=error)
    for first, second in pairwise(by_week):
        assert correlation(first, second) == pytest.approx(0.7, abs=error)
    for disability, pain in zip(by_week, zip(*(path.pain for path in PATHS), strict=True), strict=True):
        assert correlation(disability, pain) == pytest.approx(0.6, abs=error)


def test_between_horizons_the_variance_stays_one() -> None:
    values = [path.z("disability", 18) for path in PATHS]
    assert pstdev(values) == pytest.approx(1, abs=4 / sqrt(len(PATHS)))


def test_the_seed_of_a_case_is_the_start_of_a_public_hash() -> None:
    text = b"legs-that-tire/1.0.0/2"
    assert case_seed("legs-that-tire", "1.0.0", 2) == int.from_bytes(sha256(text).digest()[:8], "big")
    assert case_seed("legs-that-tire", "1.0.0", 2) != case_seed("legs-that-tire", "1.0.1", 2)


@pytest.mark.parametrize("seed", [-1, 1.5, True, "7"])
def test_a_seed_that_is_not_a_whole_number_from_zero_is_refused(seed: Any) -> None:
    with pytest.raises(InputError, match="whole number from 0"):
        draw_path(OUTCOME, seed)


def test_an_unknown_domain_is_refused() -> None:
    with pytest.raises(UnknownIdError, match="pain, disability"):
        PATHS[0].z("mood", 6)
