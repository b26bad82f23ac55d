"""The laws of the differential, each on the real evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casekit.content.evidence import load_evidence
from casekit.domain.conditions import Grade
from casekit.domain.vocabulary import Setting, State
from casekit.errors import InputError, UnknownIdError
from casekit.reasoning.differential import differential
from casekit.reasoning.reading import Reading
from casekit.reasoning.row_selection import choose_row
from casekit.reasoning.steps import Status
from casekit.reasoning.weights import Kind

EVIDENCE = load_evidence().diagnosis
DISC, STENOSIS = "disc_herniation_radiculopathy", "lumbar_spinal_stenosis"
CANCER, CAUDA = "spinal_malignancy", "cauda_equina_syndrome"


def odds(probability: float) -> float:
    return probability / (1 - probability)


def measured_for_one_condition_only() -> list[tuple[str, str, State, float]]:
    """Findings with a usable row for exactly one condition, with its ratio and no rule-out limit."""
    cases = []
    limited = {(limit.condition, name) for limit in EVIDENCE.rule_out_limits for name in limit.findings}
    for finding in EVIDENCE.findings_by_id:
        speaking = {
            condition: row
            for condition in EVIDENCE.hypotheses
            if (row := choose_row(EVIDENCE, finding, condition, Reading(setting="primary_care")).row)
        }
        if len(speaking) != 1:
            continue
        [(condition, row)] = speaking.items()
        for state in (State.PRESENT, State.ABSENT):
            ratio = row.ratio(state)
            if ratio and not (state is State.ABSENT and (condition, finding) in limited):
                cases.append((finding, condition, state, ratio))
    return cases


ALONE = measured_for_one_condition_only()


def test_enough_findings_stand_alone_to_make_the_next_law_worth_stating() -> None:
    assert len(ALONE) > 120


@pytest.mark.parametrize(("finding", "condition", "state", "ratio"), ALONE)
def test_a_finding_with_one_row_gives_back_the_published_ratio(
    finding: str, condition: str, state: State, ratio: float
) -> None:
    known = {"present" if state is State.PRESENT else "absent": [finding]}
    result = differential(EVIDENCE, setting="primary_care", opinion=False, cap=False, **known)  # type: ignore[arg-type]
    before, after = odds(result.pretest[condition]), odds(result.posttest[condition])
    assert after / before == pytest.approx(ratio, rel=1e-9)


@pytest.mark.parametrize("setting", list(Setting))
def test_with_nothing_known_the_ranking_is_the_prior(setting: Setting) -> None:
    result = differential(EVIDENCE, setting=setting)
    table = EVIDENCE.prior_table(setting).probabilities
    assert result.posttest == pytest.approx(table)
    assert [table[name] for name in result.ranked] == sorted(table.values(), reverse=True)
    assert result.alerts == ()
    assert result.steps == ()


def test_a_single_ratio_is_capped_at_twenty_and_the_published_value_shown() -> None:
    row = choose_row(EVIDENCE, "us_aorta", "abdominal_aortic_aneurysm", Reading(setting="emergency")).row
    assert row is not None
    assert row.lr_pos == 49.5
    result = differential(EVIDENCE, present=["us_aorta"], setting="emergency", opinion=False)
    [step] = result.steps
    assert (step.ratio, step.raw_ratio, step.status) == (20, 49.5, Status.CAPPED)
    free = differential(EVIDENCE, present=["us_aorta"], setting="emergency", opinion=False, cap=False)
    assert (free.steps[0].ratio, free.steps[0].status) == (49.5, Status.COUNTED)


def test_a_published_ratio_of_zero_is_raised_to_a_twentieth() -> None:
    result = differential(EVIDENCE, absent=["cancer_any_of_4"], setting="primary_care")
    [step] = result.steps_for(CANCER)
    assert (step.ratio, step.raw_ratio, step.status) == (0.05, 0.0, Status.CAPPED)


def test_without_the_cap_a_ratio_of_zero_excludes() -> None:
    result = differential(EVIDENCE, absent=["cancer_any_of_4"], setting="primary_care", cap=False)
    assert result.posttest[CANCER] == 0
    assert sum(result.posttest.values()) == pytest.approx(1)


def test_if_every_hypothesis_is_excluded_the_request_is_refused() -> None:
    with pytest.raises(InputError, match="Nothing is left possible"):
        differential(
            EVIDENCE, absent=["cancer_any_of_4"], setting="primary_care", cap=False, priors={CANCER: 1.0}
        )


def test_an_opinion_moves_the_odds_by_the_teaching_scale_and_is_shown_as_one() -> None:
    result = differential(EVIDENCE, present=["saddle_anaesthesia"], setting="primary_care")
    [step] = result.steps_for(CAUDA)
    assert (step.kind, step.grade, step.ratio) == ("opinion", Grade.STRONG_FOR, 5)
    # 0.0004 * 5 against everything else, most of it strongly against (0.2)
    weights = dict(result.pretest)
    for other in result.steps:
        weights[other.condition] *= other.ratio or 1
    assert result.posttest[CAUDA] == pytest.approx(weights[CAUDA] / sum(weights.values()))


def test_opinion_off_leaves_only_measured_steps() -> None:
    known = [*EVIDENCE.findings_by_id][::3]
    result = differential(
        EVIDENCE, present=known[::2], absent=known[1::2], setting="emergency", opinion=False
    )
    assert {step.kind for step in result.steps} == {"measured"}
    assert result.floors == {}


def test_a_measured_row_wins_over_an_opinion() -> None:
    relation = next(r for c in EVIDENCE.conditions if c.id == CANCER for r in c.relations)
    assert EVIDENCE.rows("history_of_cancer", CANCER)
    opinion = replace(relation, finding="history_of_cancer", grade=Grade.FOR)
    conditions = tuple(
        replace(c, relations=(*c.relations, opinion)) if c.id == CANCER else c for c in EVIDENCE.conditions
    )
    result = differential(
        replace(EVIDENCE, conditions=conditions), present=["history_of_cancer"], setting="primary_care"
    )
    [step] = result.steps_for(CANCER)
    assert (step.kind, step.ratio) == ("measured", 14.7)


def test_absence_says_nothing_where_only_presence_was_graded() -> None:
    relation = EVIDENCE.relation("saddle_anaesthesia", CAUDA)
    assert relation is not None
    assert relation.absent_grade is None
    result = differential(EVIDENCE, absent=["saddle_anaesthesia"], setting="primary_care")
    assert result.posttest[CAUDA] == pytest.approx(result.pretest[CAUDA])


def test_absence_says_nothing_where_the_study_gives_no_ratio_for_it() -> None:
    result = differential(EVIDENCE, absent=["cook_4of5"], setting="primary_care")
    [step] = result.steps_for(STENOSIS)
    assert (step.status, step.ratio) == (Status.IGNORED, None)
    assert step.reason == "The study gives no ratio for the finding absent; the odds stay."
    assert result.posttest == pytest.approx(result.pretest)


@pytest.mark.parametrize(
    ("absent", "condition", "weeks", "ratio", "limit"),
    [
        ("mri_infection", "spinal_infection", 1, 0.5, "limit_mri_infection_early"),  # of 0.5 and 0.4
        ("mri_infection", "spinal_infection", 2, 0.5, "limit_mri_infection_early"),  # day 14 is within
        ("mri_infection", "spinal_infection", 3, 0.4, "limit_mri_no_contrast"),  # contrast unknown
        ("mri_infection", "spinal_infection", None, 0.5, "limit_mri_infection_early"),  # onset unknown
        ("esr_ge_20", CANCER, 3, 0.4, "limit_esr_cancer"),
        ("pvr_gt_200", CAUDA, 3, 0.5, "limit_pvr"),
    ],
)
def test_a_negative_test_excludes_no_more_than_its_limit(
    absent: str, condition: str, weeks: float | None, ratio: float, limit: str
) -> None:
    result = differential(EVIDENCE, absent=[absent], setting="primary_care", duration_weeks=weeks)
    [step] = result.steps_for(condition)
    assert (step.ratio, step.status, step.by) == (ratio, Status.FLOORED, limit)


def test_a_limit_known_not_to_apply_lets_the_ratio_stand() -> None:
    result = differential(
        EVIDENCE, absent=["mri_infection"], setting="primary_care", duration_weeks=3,
        limits_lifted=["limit_mri_no_contrast"],
    )  # fmt: skip
    [step] = result.steps_for("spinal_infection")
    assert (step.ratio, step.raw_ratio, step.status) == (0.05, 0.04, Status.CAPPED)


def test_a_floor_of_one_leaves_the_odds_alone() -> None:
    result = differential(EVIDENCE, absent=["urinary_retention"], setting="primary_care", opinion=False)
    [step] = result.steps_for(CAUDA)
    assert (step.ratio, step.raw_ratio, step.status) == (1, 0.11, Status.FLOORED)
    assert result.posttest == pytest.approx(result.pretest)


def test_the_limit_is_applied_before_the_dependence_group_is_ranked() -> None:
    # ESR 20: 0.33 raised to 0.4; the group takes the larger of what is left, not of what was published
    result = differential(
        EVIDENCE, absent=["esr_ge_20", "paraprotein_hypercalcaemia"], setting="primary_care"
    )
    steps = {step.finding: step for step in result.steps_for(CANCER)}
    assert steps["esr_ge_20"].ratio == 0.4


def test_age_counts_once_where_the_prior_holds_the_age_band() -> None:
    fracture = "vertebral_compression_fracture"
    old = differential(EVIDENCE, present=["age_gt_70"], setting="primary_care", age=75)
    [step] = old.steps_for(fracture)
    assert (step.status, step.raw_ratio) == (Status.IGNORED, 11.2)
    assert "age band" in step.reason
    unknown = differential(EVIDENCE, present=["age_gt_70"], setting="primary_care")
    assert unknown.steps_for(fracture)[0].status is Status.COUNTED


def test_age_rows_count_where_no_band_is_in_the_prior() -> None:
    result = differential(EVIDENCE, present=["age_gt_65"], setting="primary_care", age=70)
    [step] = result.steps_for(STENOSIS)
    assert (step.status, step.ratio) == (Status.COUNTED, 2.5)


@pytest.mark.parametrize(
    ("setting", "weeks", "status", "multiplied"),
    [
        ("primary_care", 30, Status.IGNORED, True),  # 15.9 in the prior is larger than 2
        ("spine_clinic", 30, Status.COUNTED, False),  # there 0.05 already stands for chronic pain
        ("primary_care", 3, Status.COUNTED, False),  # 2 is larger than 0.1, which is then not used
        ("primary_care", None, Status.COUNTED, False),
    ],
)
def test_chronicity_and_early_onset_of_spondyloarthritis_are_not_both_used(
    setting: str, weeks: float | None, status: Status, multiplied: bool
) -> None:
    result = differential(
        EVIDENCE, present=["onset_before_45_over_3_months"], setting=setting, duration_weeks=weeks
    )
    [step] = result.steps_for("axial_spondyloarthritis")
    assert step.status is status
    used = {(row.condition, row.attribute) for row in result.multipliers}
    assert (("axial_spondyloarthritis", "chronicity") in used) is multiplied


@pytest.mark.parametrize(
    ("finding", "condition"),
    [
        ("vesicular_rash", "herpes_zoster"),
        ("ct_ureteric_stone", "renal_colic"),
        ("mri_epidural_abscess", "spinal_infection"),
    ],
)
def test_a_defining_finding_sets_a_floor_however_rare_the_disease(finding: str, condition: str) -> None:
    result = differential(EVIDENCE, present=[finding], setting="primary_care", priors={condition: 0.0001})
    assert result.posttest[condition] == 0.9
    assert sum(result.posttest.values()) == pytest.approx(1)
    step = result.steps_for(condition)[-1]
    assert (step.status, step.kind) == (Status.RAISED, Kind.RULE)
    assert step.probability == 0.9


def test_a_defining_finding_is_exempt_from_the_cap_and_the_floor_never_lowers() -> None:
    result = differential(
        EVIDENCE, present=["vesicular_rash"], setting="primary_care", priors={"herpes_zoster": 0.5}
    )
    [step] = result.steps_for("herpes_zoster")  # no second step: the floor had nothing to raise
    assert step.ratio == Grade.DEFINING.ratio
    against = {s.condition: s.ratio or 1 for s in result.steps}
    rest = sum(p * against.get(name, 1) for name, p in result.pretest.items() if name != "herpes_zoster")
    assert result.posttest["herpes_zoster"] == pytest.approx(100 * 0.5 / (100 * 0.5 + rest))


def test_two_defining_findings_share_their_floor_by_weight() -> None:
    result = differential(EVIDENCE, present=["vesicular_rash", "ct_ureteric_stone"], setting="primary_care")
    assert result.posttest["herpes_zoster"] + result.posttest["renal_colic"] == pytest.approx(0.95)
    before = result.pretest["herpes_zoster"] / result.pretest["renal_colic"]
    # what a rash says of colic, and a stone of zoster, is read off the steps
    ratio = {"herpes_zoster": 1.0, "renal_colic": 1.0}
    for step in result.steps:
        if step.condition in ratio and step.ratio:
            ratio[step.condition] *= step.ratio
    after = result.posttest["herpes_zoster"] / result.posttest["renal_colic"]
    assert after == pytest.approx(before * ratio["herpes_zoster"] / ratio["renal_colic"])


def test_a_compressed_cauda_equina_needs_a_sacral_sign_to_be_defining() -> None:
    scan = "mri_cauda_equina_compression"
    alone = differential(EVIDENCE, present=[scan], setting="primary_care")
    assert alone.posttest[CAUDA] < 0.05
    assert alone.steps_for(CAUDA)[0].ratio == Grade.FOR.ratio
    company = differential(EVIDENCE, present=[scan, "saddle_sensation_altered"], setting="primary_care")
    assert company.posttest[CAUDA] >= 0.9
    absent = differential(EVIDENCE, present=[scan], absent=["saddle_anaesthesia"], setting="primary_care")
    assert absent.posttest[CAUDA] < 0.05


def test_a_condition_held_to_be_impossible_stays_so() -> None:
    result = differential(
        EVIDENCE, present=["vesicular_rash"], setting="primary_care", priors={"herpes_zoster": 0.0}
    )
    assert result.posttest["herpes_zoster"] == 0


def test_five_sacroiliac_tests_count_as_one() -> None:
    tests = ["thigh_thrust", "sij_distraction", "sij_compression", "sacral_thrust", "gaenslen"]
    result = differential(EVIDENCE, present=tests, setting="spine_clinic", opinion=False)
    counted = [s for s in result.steps_for("sacroiliac_joint_pain") if s.status.moves]
    assert [(s.finding, s.ratio) for s in counted] == [("sij_distraction", 3.16)]  # not the product, near 90
    others = [s for s in result.steps_for("sacroiliac_joint_pain") if not s.status.moves]
    assert {s.by for s in others} == {"sij_distraction"}


def test_related_features_of_spondyloarthritis_are_multiplied_with_a_warning() -> None:
    result = differential(EVIDENCE, present=["hla_b27", "uveitis"], setting="primary_care", opinion=False)
    steps = result.steps_for("axial_spondyloarthritis")
    assert all(step.warning.startswith("Multiplied as if independent") for step in steps)
    change = odds(result.posttest["axial_spondyloarthritis"]) / odds(
        result.pretest["axial_spondyloarthritis"]
    )
    assert change == pytest.approx(3.9 * 7.3)


def test_a_new_bladder_symptom_speaks_for_stenosis_only_after_the_cauda_equina_is_cleared() -> None:
    first = differential(EVIDENCE, present=["bladder_dysfunction"], setting="primary_care", opinion=False)
    assert first.posttest[STENOSIS] == pytest.approx(first.pretest[STENOSIS])
    cleared = differential(
        EVIDENCE, present=["bladder_dysfunction"], setting="primary_care", opinion=False,
        engine_context=["after_cauda_equina_excluded"],
    )  # fmt: skip
    assert odds(cleared.posttest[STENOSIS]) / odds(cleared.pretest[STENOSIS]) == pytest.approx(6.9)


def test_a_selected_row_speaks_for_a_patient_of_its_population_instead_of_the_opinion() -> None:
    finding = "bladder_dysfunction"
    usual = differential(EVIDENCE, present=[finding], setting="emergency").steps_for(CAUDA)[0]
    referred = differential(
        EVIDENCE, present=[finding], setting="emergency", population="suspected_ces_referral"
    ).steps_for(CAUDA)[0]
    assert (usual.kind, usual.ratio) == ("opinion", 5)
    assert (referred.kind, referred.ratio, referred.warning) == ("measured", 1.12, "")


def test_prognostic_findings_move_nothing() -> None:
    yellow = [finding.id for finding in EVIDENCE.findings if finding.role == "prognostic"]
    result = differential(EVIDENCE, present=yellow, setting="primary_care")
    assert result.posttest == pytest.approx(result.pretest)
    assert result.silent == tuple(yellow)


def test_all_unknown_ids_are_named_in_one_message() -> None:
    with pytest.raises(UnknownIdError) as caught:
        differential(
            EVIDENCE, present=["fevre"], absent=["slr"], setting="primary-care", sex="f",
            priors={"spinal_malignancies": 0.1}, population="athletes", limits_lifted=["limit"],
        )  # fmt: skip
    message = str(caught.value)
    assert 'No finding is called "fevre". Did you mean "fever"' in message
    assert 'No finding is called "slr".' in message
    assert 'No setting is called "primary-care". Did you mean "primary_care"?' in message
    assert 'No condition is called "spinal_malignancies". Did you mean "spinal_malignancy"' in message
    assert len(message.splitlines()) == 7


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"present": ["fever"], "absent": ["fever"]}, "both as present and as absent: fever"),
        ({"present": "fever"}, 'You gave the word "fever"; try ["fever"]'),
        ({"age": -1}, "age must be a number of years from 0 to 130"),
        ({"age": "63"}, "age must be a number of years"),
        ({"duration_weeks": -2}, "duration must be a number of weeks, 0 or more"),
        ({"priors": {CANCER: 1.2}}, "must lie between 0 and 1. You gave 1.2"),
        ({"priors": {CANCER: float("nan")}}, "must lie between 0 and 1. You gave nan"),
    ],
)
def test_an_impossible_request_is_refused_in_words(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        differential(EVIDENCE, **{"setting": "primary_care", **arguments})  # type: ignore[arg-type]
    assert message in str(caught.value)
