"""An emergency's first step comes first, what it allows may run, everything else waits."""

from __future__ import annotations

import pytest

from casekit.content.evidence import load_evidence
from casekit.domain.indications import Category
from casekit.domain.safety import EmergencyOverride, OverrideMode
from casekit.reasoning.plan_check import check_plan
from casekit.reasoning.plan_verdict import Consequence, PlanCheck, RuleKind, Verdict

TREATMENT = load_evidence().treatment
STOPPING = [r for r in TREATMENT.emergency_overrides if r.mode is OverrideMode.DEFER_EVERYTHING_ELSE]
QUIET = "nonspecific_low_back_pain"


def check(*attributes: str, items: list[str], condition: str = QUIET) -> PlanCheck:
    return check_plan(
        TREATMENT,
        condition=condition,
        phase="acute",
        attributes=attributes,
        items=[{"modality": modality} for modality in items],
    )


def deferred(verdict: Verdict) -> bool:
    return any(reason.consequence is Consequence.FORBIDS for reason in verdict.of_kind(RuleKind.EMERGENCY))


@pytest.mark.parametrize("row", STOPPING, ids=lambda r: r.attribute)
def test_an_emergency_sorts_every_modality_as_it_lists_them(row: EmergencyOverride) -> None:
    for verdict in check(row.attribute, items=[modality.id for modality in TREATMENT.modalities]):
        if verdict.modality in row.first:
            assert verdict.category is Category.RECOMMENDED
        elif verdict.modality in row.allowed:
            assert not deferred(verdict), verdict.modality
        else:
            assert verdict.modality in row.deferred
            assert verdict.category is Category.CONTRAINDICATED
            assert any(action.startswith("Do first: ") for action in verdict.actions)


@pytest.mark.parametrize("one", STOPPING, ids=lambda r: r.attribute)
@pytest.mark.parametrize("other", STOPPING, ids=lambda r: r.attribute)
def test_with_two_emergencies_first_steps_of_either_stay_and_both_must_allow(
    one: EmergencyOverride, other: EmergencyOverride
) -> None:
    items = [modality.id for modality in TREATMENT.modalities]
    for verdict in check(one.attribute, other.attribute, items=items):
        if verdict.modality in (*one.first, *other.first):
            assert verdict.category is Category.RECOMMENDED
        else:
            may_run = verdict.modality in one.allowed and verdict.modality in other.allowed
            assert deferred(verdict) != may_run


@pytest.mark.parametrize("row", STOPPING, ids=lambda r: r.attribute)
def test_a_missing_first_step_is_the_first_problem(row: EmergencyOverride) -> None:
    without = check(row.attribute, items=["paracetamol"])
    assert without.problems[0].code == "emergency_first_step_missing"
    assert without.first_steps == {row.attribute: row.first}
    assert "emergency_first_step_missing" not in check(row.attribute, items=[row.first[0]]).problem_codes


def test_a_suspected_fracture_is_imaged_first_and_blocks_nothing_wholesale() -> None:
    found = check("fracture_suspected", items=["routine_imaging", "advice_self_management"])
    assert found[0].category is Category.RECOMMENDED
    assert not any(map(deferred, found))
    assert found.first_steps == {}
    assert "first_step_missing" in check("fracture_suspected", items=["cbt"]).problem_codes


def test_imaging_inside_an_emergency_is_the_scan_it_asks_for() -> None:
    assert check(items=["routine_imaging"])[0].category is Category.NOT_RECOMMENDED
    inside = check("cauda_equina_signs", items=["routine_imaging", "refer_emergency_surgery"])
    assert inside[0].category is Category.CONSIDER
    assert not inside[0].of_kind(RuleKind.INDICATION)
    assert "low_value_care" not in inside.problem_codes


def test_spine_imaging_does_not_come_before_the_vessel_surgeon() -> None:
    found = check(
        items=["routine_imaging", "refer_vascular_emergency"], condition="abdominal_aortic_aneurysm"
    )
    assert [verdict.category for verdict in found] == [Category.CONTRAINDICATED, Category.RECOMMENDED]


def test_the_gaps_of_ordinary_care_are_not_looked_for_in_an_emergency() -> None:
    found = check("cauda_equina_signs", items=["refer_emergency_surgery"])
    assert not {"no_education", "no_active_treatment", "no_measure", "no_follow_up"} & set(
        found.problem_codes
    )


@pytest.mark.parametrize(
    ("attributes", "category", "is_low_value"),
    [
        ([], Category.NOT_RATED, False),  # cancer allows it
        (["sepsis_suspected"], Category.CONTRAINDICATED, True),  # sepsis does not, and both must
    ],
)
def test_an_opioid_allowed_in_cancer_is_not_called_low_value(
    attributes: list[str], category: Category, is_low_value: bool
) -> None:
    found = check_plan(
        TREATMENT,
        condition="spinal_malignancy",
        phase="chronic",
        attributes=attributes,
        items=[{"modality": "opioids_routine", "agent": "morphine"}, {"modality": "refer_oncology"}],
    )
    assert found[0].category is category
    assert ("low_value_care" in found.problem_codes) == is_low_value
