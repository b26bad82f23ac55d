"""Every interaction fires: between entries in both orders, with current drugs, with facts."""

from __future__ import annotations

from typing import Any

import pytest

from casekit.content.evidence import load_evidence
from casekit.domain.indications import Category
from casekit.domain.safety import Interaction, InteractionSeverity
from casekit.reasoning.plan_check import check_plan
from casekit.reasoning.plan_verdict import PlanCheck, Verdict

TREATMENT = load_evidence().treatment
ROWS = TREATMENT.interactions
Item = dict[str, Any]


def check(items: list[Item], drugs: tuple[str, ...] = (), attributes: tuple[str, ...] = ()) -> PlanCheck:
    return check_plan(
        TREATMENT,
        condition="nonspecific_low_back_pain",
        phase="acute",
        drugs=drugs,
        attributes=attributes,
        items=items,
    )


def fired(verdict: Verdict) -> list[str]:
    return [reason.rule for reason in verdict.reasons]


def side_a(row: Interaction) -> list[Item]:
    """Every entry that can be side a."""
    items: list[Item] = []
    for modality in row.a_modalities:
        agents = [agent.id for agent in TREATMENT.modality(modality).agents]
        named = [agent for agent in agents if not row.a_agents or agent in row.a_agents]
        items += [{"modality": modality, "agent": agent} for agent in named] or [
            {"modality": modality, "agent": None}
        ]
    return items


def side_b(row: Interaction) -> list[Item]:
    """Every entry that can be side b."""
    by_modality: list[Item] = [{"modality": modality} for modality in row.b_modalities]
    by_agent: list[Item] = [
        {"modality": modality, "agent": agent}
        for agent in row.b_agents
        for modality in TREATMENT.agent_modalities[agent]
    ]
    return by_modality + by_agent


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r.id)
def test_two_entries_meet_in_either_order(row: Interaction) -> None:
    for a in side_a(row):
        for b in side_b(row):
            for items in ([a, b], [b, a]):
                assert all(row.id in fired(verdict) for verdict in check(items)), items


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r.id)
def test_an_entry_meets_every_current_drug_of_the_row(row: Interaction) -> None:
    for a in side_a(row):
        for drug in row.b_drugs:
            if drug == a["agent"]:
                continue  # the same drug continued is not a second one
            assert row.id in fired(check([a], drugs=(drug,))[0]), (a, drug)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r.id)
def test_an_entry_meets_the_facts_of_the_row(row: Interaction) -> None:
    facts: list[tuple[str, ...]] = [(attribute,) for attribute in row.b_attributes]
    if row.b_attributes_all:
        facts.append(row.b_attributes_all)
    for a in side_a(row):
        for attributes in facts:
            assert row.id in fired(check([a], attributes=attributes)[0])
        for single in row.b_attributes_all:
            assert row.id not in fired(check([a], attributes=(single,))[0])


@pytest.mark.parametrize("row", [row for row in ROWS if row.a_agents], ids=lambda r: r.id)
def test_a_row_on_one_drug_leaves_its_class_alone(row: Interaction) -> None:
    for modality in row.a_modalities:
        for agent in TREATMENT.modality(modality).agents:
            if agent.id in row.a_agents or not row.b_drugs or agent.id in row.b_drugs:
                continue
            for drug in row.b_drugs:
                assert row.id not in fired(
                    check([{"modality": modality, "agent": agent.id}], drugs=(drug,))[0]
                )


def test_an_entry_meets_a_current_drug_that_is_the_other_side() -> None:
    # the row has the NSAID as side a; here the patient takes it and the steroid is planned
    verdict = check([{"modality": "oral_steroid", "agent": "prednisone"}], drugs=("ibuprofen",))[0]
    assert "dd_07" in fired(verdict)


@pytest.mark.parametrize(
    ("drug", "category"),
    [
        ("warfarin", Category.CONTRAINDICATED),  # contraindicated forbids
        ("lithium", Category.CONSIDER),  # major lowers by one, from recommended
        ("methotrexate", Category.RECOMMENDED),  # moderate only asks for its management
    ],
)
def test_how_bad_an_interaction_is_decides_what_it_does(drug: str, category: Category) -> None:
    verdict = check([{"modality": "nsaid_oral", "agent": "naproxen"}], drugs=(drug,))[0]
    assert verdict.category is category
    assert verdict.actions


def test_the_same_fact_in_both_tables_lowers_once() -> None:
    verdict = check([{"modality": "nsaid_oral", "agent": "naproxen"}], attributes=("lithium_current",))[0]
    assert {"relative", "major"} <= {reason.severity for reason in verdict.reasons}
    assert verdict.category is Category.CONSIDER


def test_two_oral_nsaids_are_one_too_many() -> None:
    found = check([{"modality": "nsaid_oral", "agent": agent} for agent in ("ibuprofen", "naproxen")])
    assert [verdict.category for verdict in found] == [Category.CONTRAINDICATED] * 2
    assert "duplicate_in_class" in found.problem_codes


def test_an_injected_steroid_is_not_a_steroid_taken_by_mouth() -> None:
    injected = {"modality": "epidural_steroid", "agent": "dexamethasone"}
    found = check([{"modality": "nsaid_oral", "agent": "naproxen"}, injected])
    assert "dd_07" not in fired(found[0])


def test_drug_names_are_read_whatever_the_case() -> None:
    assert "dd_01" in fired(check([{"modality": "nsaid_oral"}], drugs=("Warfarin ",))[0])


def test_every_severity_is_in_use() -> None:
    assert {row.severity for row in ROWS} == set(InteractionSeverity)
