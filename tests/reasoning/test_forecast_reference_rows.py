"""The forecast model reproduces every row the evidence prints for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from casekit.content.evidence import load_evidence
from casekit.reasoning.forecast import forecast
from casekit.reasoning.forecast_result import Forecast

OUTCOME = load_evidence().outcome
MODEL = OUTCOME.model_proposal
INPUTS = ("phase", "domain", "instrument", "baseline", "weeks", "modifiers", "treatments", "care_setting")
MEASURES = {"mean": "mean", "q10": "q10", "q50": "q50", "q90": "q90"}
CHANCES = {
    "p_30pct": "p_improved_30",
    "p_mic": "p_mic",
    "p_worse_mic": "p_worse_mic",
    "p_zero": "p_zero",
    "p_10_points": "p_10_points",
}
CLIMATOLOGY = MODEL.reference_outputs["rows"]
BEHAVIOUR = [*MODEL.behaviour_rows["rows"], *MODEL.optional_care_setting.reference_rows["rows"]]
WORKED = MODEL.worked_example


def run(row: Mapping[str, Any]) -> Forecast:
    return forecast(OUTCOME, **{name: row[name] for name in INPUTS if name in row})


def name(row: Mapping[str, Any]) -> str:
    return str(row.get("tests") or f"{row['phase']} {row['domain']} week {row['weeks']}")


def check(found: Forecast, row: Mapping[str, Any], *, points: float, chance: float) -> None:
    for names, tolerance in ((MEASURES, points), (CHANCES, chance)):
        for printed, attribute in names.items():
            if printed in row and row[printed] is None:
                assert getattr(found, attribute) is None, printed
            elif printed in row:
                assert getattr(found, attribute) == pytest.approx(row[printed], abs=tolerance), printed


def added(found: Forecast, kind: str) -> float:
    return sum(part.latent_points for part in found.parts if part.kind == kind)


def test_no_row_was_lost_on_the_way_into_the_package() -> None:
    assert (len(CLIMATOLOGY), len(BEHAVIOUR)) == (50, 15 + 6)


@pytest.mark.parametrize("row", CLIMATOLOGY, ids=name)
def test_climatology_row(row: Mapping[str, Any]) -> None:
    check(run(row), row, points=0.1, chance=0.01)


@pytest.mark.parametrize("row", BEHAVIOUR, ids=name)
def test_behaviour_row(row: Mapping[str, Any]) -> None:
    found = run(row)
    check(found, row, points=0.01, chance=0.0005)
    if "D" in row:
        shift = sum(part.weight * (part.value or 0) for part in found.parts if part.kind == "modifier")
        assert shift == pytest.approx(row["D"], abs=0.00005)
    if "treatment_points" in row:
        assert added(found, "treatment") == pytest.approx(row["treatment_points"], abs=0.0005)


def test_worked_example_comes_out_step_by_step() -> None:
    found, steps, more = run(WORKED["inputs"]), WORKED["steps"], WORKED["more"]
    assert found.usual_care_mean == pytest.approx(0.75 * (37.5 + 0.81 * 6.5), abs=1e-9)
    assert found.s == 14.0
    assert added(found, "baseline") + added(found, "course") == pytest.approx(steps["m0"], abs=0.005)
    assert added(found, "modifier") == pytest.approx(1 * 14 * 0.85 * 0.175, abs=1e-9)
    assert added(found, "treatment") == pytest.approx(0.8 * -5.8 + 0.25 * 0.5 * -4.6, abs=1e-9)
    assert found.m == pytest.approx(WORKED["result"]["latent_m"], abs=0.005)
    check(found, WORKED["result"], points=0.05, chance=0.0005)
    check(found, more, points=0.05, chance=0.00005)
    assert found.crps(36) == pytest.approx(more["crps_at_y_36"], abs=0.00005)
    assert found.crps(0) == pytest.approx(more["crps_at_y_0"], abs=0.00005)


@pytest.mark.parametrize("vector", MODEL.sampling["vectors"], ids=lambda vector: f"seed {vector['seed']}")
def test_a_seed_draws_the_printed_outcome(vector: Mapping[str, Any]) -> None:
    found = run(WORKED["inputs"])
    assert found.outcome(vector["z"]) == pytest.approx(vector["y"], abs=0.0005)
    assert found.sample(vector["seed"]) == vector["recorded"]


def test_the_usual_care_setting_changes_nothing_to_the_last_digit() -> None:
    named = forecast(OUTCOME, phase="chronic", baseline=44, weeks=12, care_setting="usual")
    assert named == forecast(OUTCOME, phase="chronic", baseline=44, weeks=12)
