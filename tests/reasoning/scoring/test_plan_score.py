"""Points of a plan: full for the expert, none for nothing, and harm never pays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.content.evidence import load_evidence
from casekit.domain.indications import Category
from casekit.domain.key import PlanKey
from casekit.reasoning.plan_check import check_plan
from casekit.reasoning.plan_verdict import PlanCheck
from casekit.reasoning.scoring.plan_score import PlanPoints, plan_points

TREATMENT = load_evidence().treatment
CONDITION, PHASE = "nonspecific_low_back_pain", "chronic"
MODALITIES = [modality.id for modality in TREATMENT.modalities]
KEY = PlanKey(
    required=(
        ("advice_self_management", "pain_neuroscience_education"),
        ("aerobic_walking", "graded_activity"),
    ),
    optional=("mind_body_exercise",),
    contraindicated={"spinal_manipulation": "osteoporosis in this patient"},
)
EXPERT = ["advice_self_management", "aerobic_walking", "mind_body_exercise"]
plans = st.lists(st.sampled_from(MODALITIES), max_size=6)
attribute_sets = st.lists(
    st.sampled_from(["pregnancy_lt_20w", "age_ge_75", "anticoagulant", "cauda_equina_signs"]), max_size=2
)


def check(plan: list[str], attributes: list[str] | None = None) -> PlanCheck:
    items = [{"modality": modality} for modality in plan]
    return check_plan(TREATMENT, condition=CONDITION, phase=PHASE, attributes=attributes or [], items=items)


def score(plan: list[str], attributes: list[str] | None = None) -> PlanPoints:
    return plan_points(check(plan, attributes), KEY)


@pytest.mark.parametrize(
    ("plan", "points"),
    [
        (EXPERT, 100),
        ([], 0),
        (EXPERT[:1], 100 * 1 / 2),  # one of two groups
        ([*EXPERT, "spinal_manipulation"], min(60, 100 - 25)),  # the key forbids it: at most 60
        ([*EXPERT, "traction"], 100 - 10),  # not recommended
        ([*EXPERT, "cbt", "multidisciplinary_rehab"], 100),  # two more are free
        ([*EXPERT, "cbt", "multidisciplinary_rehab", "acupuncture"], 100 - 5),
        ([EXPERT[0], "spinal_manipulation"], 50 - 25),
        (["spinal_manipulation"], 0),  # never below 0
    ],
)
def test_points_follow_the_rule(plan: list[str], points: float) -> None:
    found = score(plan)
    assert found.points == pytest.approx(points)
    assert found.why.endswith(".")


def test_a_missing_first_step_takes_all_points_in_an_emergency() -> None:
    found = score(EXPERT, ["cauda_equina_signs"])
    assert found.points == 0
    assert found.missing_first_steps == ("cauda_equina_signs",)
    assert found.why.startswith("No points, the first step of an emergency is missing")


def test_where_nobody_need_act_at_once_a_missing_first_step_costs_its_group() -> None:
    key = PlanKey(required=(("refer_oncology",), ("paracetamol",)))
    plan = check(["paracetamol"], ["malignancy_spine"])
    assert plan_points(plan, key).points == 0
    assert plan_points(plan, key, is_emergency=False).points == 50


def test_a_first_step_the_key_forbids_answers_nothing() -> None:
    key = PlanKey(required=(("paracetamol",),), contraindicated={"refer_emergency_surgery": "declined"})
    assert (
        plan_points(check(["refer_emergency_surgery", "paracetamol"], ["cauda_equina_signs"]), key).points
        == 0
    )


def test_a_required_entry_that_would_harm_covers_nothing() -> None:
    key = PlanKey(required=(("nsaid_oral",),))
    assert plan_points(check(["nsaid_oral"], ["anticoagulant"]), key).coverage == 0


def test_what_the_key_lists_is_not_advised_against() -> None:
    key = PlanKey(required=(("advice_self_management",),), optional=("lumbar_corset",))
    plan = check(["advice_self_management", "lumbar_corset"])
    assert plan[1].category is Category.NOT_RECOMMENDED
    assert plan_points(plan, key).points == 100


def test_listing_everything_is_worth_less_than_the_expert() -> None:
    assert score(MODALITIES).points < score(EXPERT).points
    useful = [v.modality for v in check(MODALITIES) if v.category is Category.RECOMMENDED]
    assert score(useful).points < score(EXPERT).points


def test_the_reason_names_what_is_missing_and_what_harms() -> None:
    assert score(["advice_self_management", "spinal_manipulation"]).why == (
        "Would harm this patient: spinal manipulation; 1 of 2 parts of a good plan are there; "
        "missing: aerobic walking or graded activity."
    )


@given(plan=plans, attributes=attribute_sets)
def test_points_lie_between_0_and_100_and_harm_caps_them(plan: list[str], attributes: list[str]) -> None:
    found = score(plan, attributes)
    assert 0 <= found.points <= (60 if found.harmful else 100)


@given(plan=plans, more=st.sampled_from(MODALITIES), attributes=attribute_sets)
def test_an_entry_that_would_harm_never_helps(plan: list[str], more: str, attributes: list[str]) -> None:
    longer = score([*plan, more], attributes)
    if longer.harmful.count(more) > plan.count(more):
        assert longer.points <= score(plan, attributes).points


@given(plan=plans, attributes=attribute_sets)
def test_the_order_of_entries_does_not_matter(plan: list[str], attributes: list[str]) -> None:
    assert score(plan, attributes).points == score(plan[::-1], attributes).points


@given(plan=plans)
def test_no_plan_beats_the_expert(plan: list[str]) -> None:
    assert score(plan).points <= score(EXPERT).points == 100
