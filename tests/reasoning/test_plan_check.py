"""What a plan check returns, what it refuses, and what it says on the plan as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from casekit.content.evidence import load_evidence
from casekit.domain.indications import Category
from casekit.domain.modalities import SeedItem
from casekit.errors import InputError, UnknownIdError
from casekit.reasoning.modality_search import focus_areas_of, modalities_by_family, search_modalities
from casekit.reasoning.plan_check import check_plan
from casekit.reasoning.plan_problems import ACTIVE_TREATMENTS
from casekit.reasoning.plan_verdict import PlanCheck, RuleKind

TREATMENT = load_evidence().treatment
GOOD: list[dict[str, Any]] = [
    {"modality": "advice_self_management", "measure": "odi", "stop_rule": "at six weeks"},
    {"modality": "motor_control_exercise", "dose": {"per_week": 2, "minutes": 45, "weeks": 8}},
]


def check(
    *items: Any, condition: str = "nonspecific_low_back_pain", phase: str = "chronic", **more: Any
) -> PlanCheck:
    return check_plan(TREATMENT, condition=condition, phase=phase, items=list(items), **more)


def test_every_rating_is_given_back_as_it_stands() -> None:
    for use in TREATMENT.indications:
        attributes = TREATMENT.condition(use.condition).implied_attributes
        if attributes or use.requires_any:
            continue
        found = check({"modality": use.modality}, condition=use.condition, phase=use.phase)[0]
        assert (found.category, found.rating) == (use.category, use.rating), use.id
        assert found.deciding.sources == use.guidelines
        assert found.deciding.verification is use.verification


def test_an_unlisted_combination_is_not_rated_and_never_fine() -> None:
    rated = set(TREATMENT.indication_by_use)
    conditions = [row.id for row in TREATMENT.plan_conditions if not row.implied_attributes]
    for condition in conditions:
        for phase in TREATMENT.phases:
            names = [m.id for m in TREATMENT.modalities if (m.id, condition, phase) not in rated]
            for found in check(*({"modality": name} for name in names), condition=condition, phase=phase):
                assert found.rating is None
                assert found.rated_category is Category.NOT_RATED
                assert found.category in (Category.NOT_RATED, Category.CONTRAINDICATED)


def test_a_requirement_that_is_not_met_gives_the_other_category() -> None:
    for use in (row for row in TREATMENT.indications if row.requires_any):
        item = {"modality": use.modality}
        without = check(item, condition=use.condition, phase=use.phase)[0]
        assert without.rated_category is use.category_without
        assert without.rating is None
        for attribute in use.requires_any:
            found = check(item, condition=use.condition, phase=use.phase, attributes=[attribute])[0]
            assert (found.rated_category, found.rating) == (use.category, use.rating)


@pytest.mark.parametrize("item", TREATMENT.seed_coverage.items, ids=lambda item: item.item)
def test_every_treatment_to_be_taught_can_be_planned_somewhere(item: SeedItem) -> None:
    fine = (Category.RECOMMENDED, Category.CONSIDER, Category.UNCERTAIN)
    found = [
        check({"modality": use.modality}, condition=use.condition, phase=use.phase)[0].category
        for use in TREATMENT.indications
        if use.modality in item.modalities
    ]
    assert set(fine) & set(found)


@pytest.mark.parametrize("alias", ["spondylolysis", "spondylolisthesis", "spondylolysis_listhesis"])
def test_a_diagnosis_is_found_under_the_condition_that_covers_it(alias: str) -> None:
    assert check(condition=alias).condition == "spondylolysis_listhesis"


def test_every_diagnosis_has_a_plan() -> None:
    for condition in load_evidence().diagnosis.conditions:
        assert check(condition=condition.id).condition


def test_both_sides_of_a_dispute_are_shown() -> None:
    found = check({"modality": "radiofrequency_ablation"}, condition="facet_joint_pain")[0]
    reason = found.of_kind(RuleKind.INDICATION)[0]
    assert reason.sides == (
        "NICE consider after failed conservative care and positive block",
        "BMJ strong against",
    )
    assert {"nice_ng59", "bmj_rr_2025"} <= set(reason.sources)


def test_verdicts_come_in_the_order_of_the_entries() -> None:
    found = check(*GOOD)
    assert [verdict.modality for verdict in found] == [item["modality"] for item in GOOD]
    assert [verdict.position for verdict in found] == [0, 1]
    assert len(found) == 2


def test_a_check_prints_its_verdicts_and_problems() -> None:
    text = str(check({"modality": "bed_rest"}))
    assert "Bed rest: not recommended." in text
    assert "! Bed rest as routine care" in text


def test_all_unknown_ids_are_named_at_once_with_the_nearest() -> None:
    items = [
        {"modality": "nsaid_orl"},
        {"modality": "nsaid_oral", "agent": "naproxin"},
        {"modality": "cbt", "agent": "x"},
    ]
    with pytest.raises(UnknownIdError) as refused:
        check(*items, condition="facet_pain", phase="later", attributes=["anticoagulants"])
    text = str(refused.value)
    for part in (
        'condition: no condition is called "facet_pain". Did you mean "facet_joint_pain"',
        'phase: no phase is called "later"',
        'no patient attribute is called "anticoagulants". Did you mean "anticoagulant"',
        'items[0].modality: no modality is called "nsaid_orl". Did you mean "nsaid_oral"',
        'items[1].agent: no agent of nsaid_oral is called "naproxin". Did you mean "naproxen"',
        "items[2].agent: cbt has no agents.",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"items": "cbt"}, "items: found 'cbt'; expected a list"),
        ({"items": {"modality": "cbt"}}, "expected a list"),
        ({"items": ["cbt"]}, r"items\[0\]: found 'cbt'; expected an entry such as"),
        ({"items": [{"agent": "naproxen"}]}, "expected an entry such as"),
        ({"items": [{"modality": "cbt", "agents": 1}]}, 'no field "agents". Did you mean "agent"'),
        ({"attributes": "frail"}, r'attributes: found \'frail\'; expected a list such as \["frail"\]'),
        ({"drugs": "warfarin"}, "drugs: found 'warfarin'; expected a list"),
    ],
)
def test_what_cannot_be_read_is_refused_with_an_example(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        check_plan(TREATMENT, condition="facet_joint_pain", phase="chronic", **asked)


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([], "empty_plan"),
        ([GOOD[1]], "no_education"),
        ([{"modality": "tens"}, GOOD[0]], "no_active_treatment"),
        ([{"modality": "cbt"}], "no_measure"),
        ([{"modality": "cbt"}], "no_follow_up"),
        ([{"modality": "nsaid_oral"}], "drug_without_agent"),
        ([{"modality": "nsaid_oral", "agent": "naproxen"}], "dose_missing"),
        ([GOOD[1], GOOD[1]], "duplicate_in_class"),
        (
            [{"modality": m, "agent": "morphine"} for m in ("opioids_short", "opioids_routine")],
            "same_drug_twice",
        ),
        ([{"modality": "bed_rest"}], "low_value_care"),
        ([{"modality": "routine_imaging"}], "low_value_care"),
        ([{"modality": "opioids_routine", "agent": "morphine"}], "low_value_care"),
        ([{"modality": "cbt", "agreed": False}], "not_agreed"),
    ],
)
def test_a_fault_of_the_whole_plan_has_its_code(items: list[dict[str, Any]], code: str) -> None:
    found = check(*items)
    assert code in found.problem_codes
    assert all(problem.text for problem in found.problems)


def test_a_good_plan_has_no_problem() -> None:
    assert check(*GOOD).problems == ()


def test_facts_about_the_patient_can_be_a_problem() -> None:
    assert check(*GOOD, attributes=["pregnancy"]).problem_codes == ("pregnancy_stage_missing",)
    assert check(*GOOD, attributes=["pregnancy_lt_20w"]).problem_codes == ()
    assert check(*GOOD, drugs=["amlodipine"]).problem_codes == ("drug_not_listed",)
    taken = check(*GOOD, {"modality": "paracetamol", "agent": "paracetamol"}, drugs=["paracetamol"])
    assert "already_taken" in taken.problem_codes


def test_what_counts_as_active_exists_and_holds_the_exercises_to_be_taught() -> None:
    taught = [item for item in TREATMENT.seed_coverage.items if item.item.startswith("physical therapy")]
    assert set(TREATMENT.modality_by_id) >= ACTIVE_TREATMENTS
    assert {name for item in taught for name in item.modalities} <= ACTIVE_TREATMENTS


def test_modalities_are_found_by_word_family_and_purpose() -> None:
    assert search_modalities(TREATMENT, "Naproxen")[0].id == "nsaid_oral"
    assert search_modalities(TREATMENT, "facet joint")[0].id == "facet_joint_injection"
    assert search_modalities(TREATMENT, "") == TREATMENT.modalities
    assert search_modalities(TREATMENT, "surf board") == ()
    families = modalities_by_family(TREATMENT)
    assert next(iter(families)) == "physical_therapy"
    assert sum(map(len, families.values())) == len(TREATMENT.modalities)
    assert [area.id for area in focus_areas_of(TREATMENT, "tens")] == ["pain_reduction"]
    with pytest.raises(UnknownIdError, match='Did you mean "tens"'):
        focus_areas_of(TREATMENT, "tense")
