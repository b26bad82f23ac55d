"""The diagnostic evidence as an object: ids resolve, lookups explain themselves, constants agree."""

from __future__ import annotations

import pytest

from casekit.content.evidence import load_evidence
from casekit.domain.conditions import Grade
from casekit.errors import UnknownIdError
from casekit.reasoning.defining import TWO_DEFINING

EVIDENCE = load_evidence()
DIAGNOSIS = EVIDENCE.diagnosis
RULES = EVIDENCE.about["diagnosis"]


def test_counts_are_those_the_evidence_states() -> None:
    counted = {
        "conditions": len(DIAGNOSIS.conditions),
        "findings": len(DIAGNOSIS.findings),
        "likelihoods": len(DIAGNOSIS.likelihoods),
        "relations": sum(len(condition.relations) for condition in DIAGNOSIS.conditions),
        "other_relations": len(DIAGNOSIS.other_hypothesis.relations),
        "dependence_groups": len(DIAGNOSIS.dependence_groups),
        "alert_rules": len(DIAGNOSIS.alert_rules),
        "rule_out_limits": len(DIAGNOSIS.rule_out_limits),
        "prior_multipliers": len(DIAGNOSIS.prior_multipliers),
    }
    assert counted == {name: RULES["counts"][name] for name in counted}


def test_every_finding_that_is_named_anywhere_exists() -> None:
    named = {row.finding for row in DIAGNOSIS.likelihoods} | {pair[0] for pair in DIAGNOSIS.relations_by_pair}
    for group in DIAGNOSIS.dependence_groups:
        named |= {*group.findings, *group.replaced_by_cluster}
    for rule in DIAGNOSIS.alert_rules:
        named |= {*rule.all, *rule.any, *rule.and_any}
    for limit in DIAGNOSIS.rule_out_limits:
        named |= set(limit.findings)
    for relation in DIAGNOSIS.relations_by_pair.values():
        named |= set(relation.requires_any)
    assert named <= set(DIAGNOSIS.findings_by_id)


def test_every_condition_that_is_named_anywhere_exists() -> None:
    named = {row.condition for row in DIAGNOSIS.likelihoods}
    named |= {row.condition for row in DIAGNOSIS.prior_multipliers}
    named |= {limit.condition for limit in DIAGNOSIS.rule_out_limits}
    named |= {name for rule in DIAGNOSIS.alert_rules for name in rule.conditions}
    named |= {name for group in DIAGNOSIS.dependence_groups for name in group.conditions} - {"*"}
    assert named <= set(DIAGNOSIS.hypotheses)


def test_relations_that_stand_in_name_a_row_of_the_same_pair_from_selected_patients() -> None:
    rows = {row.id: row for row in DIAGNOSIS.likelihoods}
    standing = {pair: r for pair, r in DIAGNOSIS.relations_by_pair.items() if r.stands_in_for}
    assert len(standing) == 8
    for pair, relation in standing.items():
        row = rows[relation.stands_in_for or ""]
        assert (row.finding, row.condition) == pair
        assert row.setting in DIAGNOSIS.row_selection.selected_populations


def test_every_row_setting_has_a_place_in_every_setting_order() -> None:
    settings = {row.setting for row in DIAGNOSIS.likelihoods}
    for order in DIAGNOSIS.row_selection.setting_order:
        assert settings <= set(order.rows), order.encounter


@pytest.mark.parametrize("grade", list(Grade))
def test_the_teaching_scale_is_that_of_the_evidence(grade: Grade) -> None:
    assert grade.ratio == RULES["relation_grades"][grade]


def test_the_defining_floors_are_those_of_the_evidence() -> None:
    floors = {r.posterior_floor for r in DIAGNOSIS.relations_by_pair.values() if r.grade is Grade.DEFINING}
    assert floors == {RULES["defining_rule"]["floor"]}
    assert RULES["defining_rule"]["two_defining"] == TWO_DEFINING


def test_an_unknown_finding_is_answered_with_the_nearest_id() -> None:
    with pytest.raises(UnknownIdError, match=r'No finding is called "fevre"\. Did you mean "fever"'):
        DIAGNOSIS.finding("fevre")


def test_other_is_a_hypothesis_but_not_a_condition() -> None:
    assert DIAGNOSIS.hypotheses[-1] == "other"
    assert len(DIAGNOSIS.hypotheses) == 25
    with pytest.raises(UnknownIdError, match='No condition is called "other"'):
        DIAGNOSIS.condition("other")
