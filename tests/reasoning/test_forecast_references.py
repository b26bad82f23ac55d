"""The simple forecasts a better one has to beat, with the printed scores."""

from __future__ import annotations

import pytest

from casekit.content.evidence import load_evidence
from casekit.reasoning.forecast_references import climatology, natural_history, persistence
from casekit.reasoning.forecast_result import Forecast

OUTCOME = load_evidence().outcome
VECTORS = OUTCOME.forecast_scoring.climatology["test_vectors"]
PLACE = {name: VECTORS["inputs"][name] for name in ("phase", "domain", "instrument", "weeks")}
PRINTED = {row["reference"]: row for row in VECTORS["rows"]}


def reference(name: str) -> Forecast:
    own = natural_history(OUTCOME, baseline=VECTORS["inputs"]["baseline"], **PLACE)
    found = {
        "climatology": climatology(OUTCOME, **PLACE),
        "baseline-adjusted": own,
        "persistence": persistence(own),
    }
    return found[name]


@pytest.mark.parametrize("name", ["climatology", "baseline-adjusted", "persistence"])
def test_the_printed_reference(name: str) -> None:
    found, row = reference(name), PRINTED[name]
    assert (found.m, found.s) == (pytest.approx(row["m"], abs=0.00005), row["s"])
    assert found.crps(VECTORS["inputs"]["y"]) == pytest.approx(row["crps"], abs=0.000005)


def test_in_a_pain_clinic_climatology_starts_from_its_registry() -> None:
    place = {"phase": "chronic", "domain": "pain", "instrument": "nrs", "weeks": 12}
    assert climatology(OUTCOME, care_setting="pain_clinic", **place).baseline == 64.5
    assert climatology(OUTCOME, **place).baseline == 51
