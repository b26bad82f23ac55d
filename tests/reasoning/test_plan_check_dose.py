"""Doses against the limits of the drug and the patient. Expected figures are those of the agent's row."""

from __future__ import annotations

from typing import Any

import pytest

from casekit.content.evidence import load_evidence
from casekit.domain.acts import Dose, PlanItem
from casekit.domain.indications import Category
from casekit.errors import InputError
from casekit.reasoning.plan_check import check_plan
from casekit.reasoning.plan_verdict import PlanCheck, RuleKind

TREATMENT = load_evidence().treatment


def check(modality: str, agent: str | None, dose: object, *attributes: str, **more: Any) -> PlanCheck:
    return check_plan(
        TREATMENT,
        condition="nonspecific_low_back_pain",
        phase="acute",
        attributes=attributes,
        items=[{"modality": modality, "agent": agent, "dose": dose, **more}],
    )


def severities(check: PlanCheck) -> list[str]:
    return [reason.severity for reason in check[0].of_kind(RuleKind.DOSE)]


def mg(amount: float, times: float = 1, **more: float) -> dict[str, Any]:
    return {"amount": amount, "unit": "mg", "times_per_day": times, **more}


@pytest.mark.parametrize(
    ("modality", "agent", "dose", "attributes", "severity"),
    [
        ("nsaid_oral", "naproxen", mg(500, 2), (), None),  # 1000 is the ceiling
        ("nsaid_oral", "naproxen", mg(500, 3), (), "refused"),  # 1500 > 1000
        ("nsaid_oral", "naproxen", mg(0.5, 2) | {"unit": "g"}, (), None),  # 500 mg
        ("nsaid_oral", "ibuprofen", mg(800, 4), (), "questioned"),  # 3200 > usual 2400
        ("nsaid_oral", "ibuprofen", mg(400, 3), ("age_ge_65",), None),  # 1200 is the elderly ceiling
        ("nsaid_oral", "ibuprofen", mg(600, 3), ("age_ge_65",), "refused"),  # 1800 > 1200
        ("nsaid_oral", "ibuprofen", mg(600, 3), ("age_ge_75",), "refused"),  # 75 implies 65
        ("nsaid_oral", "ibuprofen", mg(100, 3), (), "ineffective"),  # below 200
        ("nsaid_oral", "ibuprofen", mg(400, 6), (), "questioned"),  # 4 times a day at most
        ("nsaid_oral", "naproxen", mg(500, 2, days=14), (), None),
        ("nsaid_oral", "naproxen", mg(500, 2, days=15), (), "refused"),  # over max_days without review
        ("nsaid_oral", "naproxen", mg(500, 2, weeks=3), (), "refused"),  # 21 days
        ("gabapentinoids", "gabapentin", mg(600, 3), ("egfr_30_59",), "refused"),  # 1800 > 1400
        ("gabapentinoids", "gabapentin", mg(400, 3), ("egfr_30_59",), None),  # 1200 < 1400
        ("gabapentinoids", "gabapentin", mg(300, 3), ("egfr_lt_30",), "refused"),  # 900 > 700
        ("gabapentinoids", "gabapentin", mg(300, 2), ("dialysis",), "refused"),  # 600 > 300
        ("gabapentinoids", "pregabalin", mg(150, 2, days=60), (), "questioned"),  # review every 56 days
        ("paracetamol", "paracetamol", mg(1000, 4), (), None),
        ("paracetamol", "paracetamol", mg(1000, 4), ("low_body_weight",), "refused"),  # 3000 below 50 kg
        ("paracetamol", "paracetamol", mg(1000, 4), ("age_ge_65", "frail"), "refused"),  # 3000 if frail
        ("paracetamol", "paracetamol", mg(1000, 4), ("age_ge_65",), None),  # not frail
        ("opioids_short", "tramadol", mg(100, 4), ("age_ge_65",), None),  # not over 75
        ("paracetamol", "paracetamol", mg(1000, 3), ("liver_disease",), "refused"),  # 3000 > 2000
        ("opioids_short", "tramadol", mg(100, 4), ("age_ge_75",), "refused"),  # 300 over 75
        ("opioids_short", "tramadol", mg(100, 3), ("egfr_lt_30",), "refused"),  # 300 > 200
        ("osteoporosis_therapy", "alendronate", mg(70) | {"per_week": 1}, (), None),
        ("osteoporosis_therapy", "alendronate", mg(70) | {"per_week": 7}, (), "refused"),  # daily
        ("osteoporosis_therapy", "zoledronic_acid", mg(5) | {"per_week": 1 / 52}, (), None),  # once a year
        ("osteoporosis_therapy", "alendronate", mg(70), (), "questioned"),  # interval not stated
        ("oral_steroid", "prednisone", mg(60, 1, days=15), (), "questioned"),  # 900 > 600 a course
        ("facet_joint_injection", "triamcinolone", mg(20) | {"sites": 4}, (), None),  # 80 in all
        ("facet_joint_injection", "triamcinolone", mg(20) | {"sites": 5}, (), "refused"),  # 100 > 80
        ("medial_branch_block", "lidocaine", mg(5) | {"sites": 7}, (), "questioned"),  # six sites
    ],
)
def test_a_dose_is_judged_by_the_smallest_ceiling_that_applies(
    modality: str, agent: str, dose: object, attributes: tuple[str, ...], severity: str | None
) -> None:
    found = [name for name in severities(check(modality, agent, dose, *attributes)) if name != "adjusted"]
    assert found[:1] == ([severity] if severity else [])


def test_a_refused_dose_is_contraindicated_and_says_what_is_not() -> None:
    verdict = check("nsaid_oral", "naproxen", mg(500, 3))[0]
    assert verdict.category is Category.CONTRAINDICATED
    assert verdict.rated_category is Category.RECOMMENDED
    assert "At most 1000 mg a day." in verdict.actions
    assert verdict.deciding.source == TREATMENT.modality("nsaid_oral").dose_source


def test_a_questioned_or_ineffective_dose_keeps_its_category() -> None:
    for dose in (mg(800, 4), mg(100, 3)):
        assert check("nsaid_oral", "ibuprofen", dose)[0].category is Category.RECOMMENDED


def test_a_long_course_with_a_stop_rule_is_questioned_only() -> None:
    found = check("nsaid_oral", "naproxen", mg(250, 2, days=20), stop_rule="stop at review in two weeks")
    assert severities(found) == ["questioned"]


def test_a_drug_not_advised_at_all_is_not_recommended_however_short() -> None:
    found = check("opioids_routine", "morphine", mg(5, 2, days=1))
    assert "refused" in severities(found)
    assert found[0].category is Category.NOT_RECOMMENDED


def test_a_threshold_inside_the_kidney_band_asks_for_the_exact_value() -> None:
    verdict = check("osteoporosis_therapy", "alendronate", None, "egfr_30_59")[0]  # avoid below 35
    text = next(reason.text for reason in verdict.of_kind(RuleKind.DOSE))
    assert "below 35 mL/min" in text
    assert "Find out" in text


def test_a_drug_to_be_avoided_in_this_patient_is_lowered_once() -> None:
    verdict = check("paracetamol", "paracetamol", None, "liver_disease", "egfr_lt_30")[0]
    assert verdict.category is verdict.rated_category.lowered


@pytest.mark.parametrize("modality", [row.id for row in TREATMENT.modalities if row.ranges])
def test_every_range_of_a_treatment_is_checked_at_both_ends(modality: str) -> None:
    for quantity, (low, high) in TREATMENT.modality(modality).ranges.items():
        for value, questioned in ((low, False), (high, False), (low / 2, True), (high * 2, True)):
            if value <= 0:
                continue
            found = check(modality, None, {quantity: value})
            assert severities(found) == (["questioned"] if questioned else []), (quantity, value)


@pytest.mark.parametrize(
    ("modality", "agent"), [(row.id, agent.id) for row in TREATMENT.modalities for agent in row.agents]
)
def test_every_drug_is_refused_above_its_ceiling_and_not_at_its_smallest_dose(
    modality: str, agent: str
) -> None:
    row = TREATMENT.modality(modality).agent(agent)
    interval = {"interval_days": row.interval_days} if row.interval_days else {}
    at_least = {"amount": row.dose_min, "unit": row.unit, "times_per_day": 1, **interval}
    too_much = {**at_least, "amount": row.max_per_day * 1.01}
    advised = row.max_days != 0
    assert ("refused" not in severities(check(modality, agent, at_least))) == advised
    assert "refused" in severities(check(modality, agent, too_much))


def test_an_unknown_unit_is_a_problem_and_nothing_is_guessed() -> None:
    found = check("nsaid_oral", "naproxen", {"amount": 2, "unit": "tablets", "times_per_day": 2})
    assert severities(found) == []
    problem = next(problem for problem in found.problems if problem.code == "unknown_dose_unit")
    assert '"tablets"' in problem.text


def test_a_dose_object_and_a_mapping_say_the_same() -> None:
    written = {"modality": "nsaid_oral", "agent": "naproxen", "dose": mg(500, 3)}
    item = PlanItem(
        modality="nsaid_oral", agent="naproxen", dose=Dose(amount=500, unit="mg", times_per_day=3)
    )
    common = {"condition": "facet_joint_pain", "phase": "chronic"}
    one, other = (check_plan(TREATMENT, **common, items=[entry]) for entry in (written, item))
    assert one.verdicts == other.verdicts


@pytest.mark.parametrize(
    ("dose", "message"),
    [
        ({"amount": 400}, r'items\[0\].dose: 400 of what unit\? Write {"amount": 400, "unit": "mg"'),
        (mg(-1), r"items\[0\].dose.amount: found -1; expected a number above 0"),
        (mg(0), r"expected a number above 0"),
        (mg(float("nan")), r"expected a number above 0"),
        ({"amount": "400", "unit": "mg"}, r"found '400'; expected a number"),
        ("400 mg", r"items\[0\].dose: found '400 mg'. Write"),
        ({"times_a_day": 3}, r'a dose has no "times_a_day". Did you mean "times_per_day"'),
    ],
)
def test_a_dose_that_cannot_be_read_is_refused_with_an_example(dose: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        check("nsaid_oral", "naproxen", dose)
