"""From the modalities of a plan to the treatments of the forecast model."""

from __future__ import annotations

import pytest

from casekit.content.evidence import load_evidence
from casekit.errors import InputError, UnknownIdError
from casekit.reasoning.forecast_treatments import treatments_from_plan

OUTCOME = load_evidence().outcome


@pytest.mark.parametrize(
    ("modalities", "phase", "treatments", "without"),
    [
        # several modalities of one class are one treatment, by the best adherence
        ({"aerobic_walking": 0.3, "mckenzie_directional": 0.8}, "chronic", {"exercise": 0.8}, ()),
        ({"nsaid_oral": 0.5}, "acute", {"nsaid_acute": 0.5}, ()),  # the phase picks the effect
        ({"nsaid_oral": 0.5}, "chronic", {"nsaid_chronic": 0.5}, ()),
        ({"nsaid_oral": 0.5}, "subacute", {}, ("nsaid_oral",)),  # neither was studied then
        ({"lumbar_brace": 1.0, "cbt": 0.4}, "chronic", {"cbt": 0.4}, ("lumbar_brace",)),
        # handed on although it has no estimate there: the forecast says why it is ignored
        ({"aerobic_walking": 0.5}, "radicular", {"exercise": 0.5}, ()),
        ({}, "acute", {}, ()),
    ],
)
def test_a_plan_becomes_treatments(
    modalities: dict[str, float], phase: str, treatments: dict[str, float], without: tuple[str, ...]
) -> None:
    found = treatments_from_plan(OUTCOME, modalities, phase)
    assert found.adherence == treatments
    assert found.without_estimate == without


def test_a_class_starts_with_its_first_modality() -> None:
    starts = {"aerobic_walking": 4, "mckenzie_directional": 2}
    found = treatments_from_plan(OUTCOME, dict.fromkeys(starts, 0.5), "chronic", starts)
    assert found.start == {"exercise": 2}


def test_a_start_without_its_modality_is_refused() -> None:
    with pytest.raises(UnknownIdError, match="plan does not hold it"):
        treatments_from_plan(OUTCOME, {"cbt": 1}, "chronic", {"aerobic_walking": 2})


def test_an_adherence_above_one_is_refused() -> None:
    with pytest.raises(InputError, match="adherence to cbt"):
        treatments_from_plan(OUTCOME, {"cbt": 1.5}, "chronic")


def test_a_cause_outside_the_model_is_refused() -> None:
    with pytest.raises(UnknownIdError, match="phase with a course"):
        treatments_from_plan(OUTCOME, {}, "fracture")


def test_every_class_names_a_treatment_of_the_model() -> None:
    treatments = OUTCOME.model_proposal.parameters.treatments
    assert set(treatments.modality_classes) <= set(treatments.table)
