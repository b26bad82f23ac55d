"""Red flags: each rule fires on its own findings, on nothing absent, and nothing switches it off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from casekit.content.evidence import load_evidence
from casekit.domain.findings import AlertRule
from casekit.domain.vocabulary import Urgency
from casekit.reasoning.alerts import fired_alerts, highest_urgency
from casekit.reasoning.differential import differential

EVIDENCE = load_evidence().diagnosis
RULES = EVIDENCE.alert_rules
CASES = [pytest.param(rule, id=rule.id) for rule in RULES]


def enough_for(rule: AlertRule) -> list[set[str]]:
    """Smallest sets of present findings that must fire a rule, one for each alternative it allows."""
    fewest = max(rule.min_any, 1) if rule.any else 0
    starts = range(len(rule.any)) if rule.any else range(1)
    sets = []
    for start in starts:
        some = {rule.any[(start + k) % len(rule.any)] for k in range(fewest)}
        for also in rule.and_any or ("",):
            sets.append({*rule.all, *some, also} - {""})
    return sets


def fired(present: set[str]) -> set[str]:
    return {alert.id for alert in fired_alerts(EVIDENCE, present)}


def test_there_are_fifty_four_rules() -> None:
    assert len(RULES) == 54


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_fires_on_its_own_present_findings(rule: AlertRule) -> None:
    for present in enough_for(rule):
        assert rule.id in fired(present), present


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_names_the_findings_that_fired_it_and_no_others(rule: AlertRule) -> None:
    present = enough_for(rule)[0]
    bystanders = {"low_mood", "fear_avoidance"}
    alert = next(a for a in fired_alerts(EVIDENCE, present | bystanders) if a.id == rule.id)
    assert set(alert.findings) == present
    assert (alert.urgency, alert.action, alert.source) == (rule.urgency, rule.action, rule.source)


def one_short_of(rule: AlertRule) -> Iterator[set[str]]:
    everything = {*rule.all, *rule.any, *rule.and_any}
    for needed in rule.all:
        yield everything - {needed}
    if rule.any:
        few = set(rule.any[: max(rule.min_any, 1) - 1])
        yield (set(rule.all) | few | set(rule.and_any)) - (set(rule.any) - few)
    if rule.and_any:
        yield (set(rule.all) | set(rule.any)) - set(rule.and_any)


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_does_not_fire_if_one_of_its_parts_is_missing(rule: AlertRule) -> None:
    for present in one_short_of(rule):
        assert rule.id not in fired(present), present


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_never_fires_on_absent_findings(rule: AlertRule) -> None:
    result = differential(
        EVIDENCE, absent=sorted({*rule.all, *rule.any, *rule.and_any}), setting="primary_care"
    )
    assert result.alerts == ()


@pytest.mark.parametrize("rule", CASES)
def test_a_fired_rule_is_not_switched_off_by_absence_or_by_a_prior_of_zero(rule: AlertRule) -> None:
    present = enough_for(rule)[0]
    rest = sorted(set(EVIDENCE.findings_by_id) - present)
    result = differential(
        EVIDENCE, present=sorted(present), absent=rest, setting="primary_care",
        priors=dict.fromkeys(rule.conditions, 0.0),
    )  # fmt: skip
    assert rule.id in {alert.id for alert in result.alerts}


def test_saddle_numbness_alone_is_emergent_although_improbable() -> None:
    result = differential(EVIDENCE, present=["saddle_anaesthesia"], setting="primary_care")
    assert result.posttest["cauda_equina_syndrome"] < 0.02  # a prior of 0.0004
    assert result.urgency is Urgency.EMERGENT


def test_the_most_urgent_alert_comes_first() -> None:
    everything = fired_alerts(EVIDENCE, EVIDENCE.findings_by_id)
    assert len(everything) == 54
    ranks = [alert.urgency.rank for alert in everything]
    assert ranks == sorted(ranks)
    assert highest_urgency(everything) is Urgency.EMERGENT


@pytest.mark.parametrize(
    "present",
    [
        {"age_ge_50", "age_gt_65", "age_gt_70"},  # age
        {"diabetes_mellitus", "motor_weakness"},  # diabetes with a weak leg
        {"neurogenic_claudication", "bilateral_leg_symptoms"},  # claudication on both sides
        {"history_of_cancer"},
    ],
)
def test_everyday_findings_are_never_emergent_alone(present: set[str]) -> None:
    assert highest_urgency(fired_alerts(EVIDENCE, present)) is not Urgency.EMERGENT


def test_no_red_flag_is_routine_which_the_result_does_not_call_reassurance() -> None:
    assert fired_alerts(EVIDENCE, ["paraspinal_tenderness"]) == ()
    assert highest_urgency([]) is Urgency.ROUTINE
