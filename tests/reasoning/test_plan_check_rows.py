"""Laws that hold for every contraindication, compound row and agent row of the evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from casekit.content.evidence import load_evidence
from casekit.domain.indications import Category, Indication
from casekit.domain.safety import CompoundContraindication, Contraindication, PatientAttribute, Severity
from casekit.reasoning.plan_check import check_plan
from casekit.reasoning.plan_verdict import Consequence, RuleKind, Verdict

TREATMENT = load_evidence().treatment
ROWS = TREATMENT.contraindications
OVERRIDES = TREATMENT.override_by_attribute


def verdict(use: Indication, attributes: Iterable[str], agent: str | None = None) -> Verdict:
    item = {"modality": use.modality, "agent": agent}
    return check_plan(
        TREATMENT, condition=use.condition, phase=use.phase, attributes=attributes, items=[item]
    )[0]


def uses(modality: str) -> list[Indication]:
    """The uses of a modality in conditions that bring no attributes of their own."""
    quiet = [row.id for row in TREATMENT.plan_conditions if not row.implied_attributes]
    return [row for row in TREATMENT.indications if row.modality == modality and row.condition in quiet]


def closure(attribute: str) -> set[str]:
    """The attribute and what it implies, computed in another way than the package does."""
    found = {attribute}
    for _ in TREATMENT.patient_attributes:
        found |= {implied for name in found for implied in TREATMENT.attribute_by_id[name].implies}
    return found


def agent_of(agents: tuple[str, ...]) -> str | None:
    return agents[0] if agents else None


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.severity is Severity.ABSOLUTE], ids=lambda r: r.id
)
def test_an_absolute_contraindication_wins_over_every_rating(row: Contraindication) -> None:
    for use in uses(row.modality):
        found = verdict(use, [row.attribute], agent_of(row.agents))
        assert found.category is Category.CONTRAINDICATED, use.id
        assert row.id in [reason.rule for reason in found.of_kind(RuleKind.ABSOLUTE)]


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.severity is Severity.RELATIVE], ids=lambda r: r.id
)
def test_a_relative_contraindication_lowers_by_one_and_names_its_action(row: Contraindication) -> None:
    agent = agent_of(row.agents)
    attributes = closure(row.attribute)
    forbidden = any(
        other.severity is Severity.ABSOLUTE and (not other.agents or agent in other.agents)
        for other in TREATMENT.contraindications_by_modality[row.modality]
        if other.attribute in attributes
    )
    for use in uses(row.modality):
        found = verdict(use, [row.attribute], agent)
        said = next(reason for reason in found.reasons if reason.rule == row.id)
        assert said.action in found.actions
        assert said.action.rstrip(".").lower().split() == [
            {"ppi": "proton-pump inhibitor"}.get(word, word) for word in row.action.split("_")
        ]
        if forbidden or any(reason.consequence is Consequence.FORBIDS for reason in found.reasons):
            assert found.category is Category.CONTRAINDICATED
        else:
            assert found.category is found.rated_category.lowered, use.id


def test_several_relative_contraindications_lower_once() -> None:
    found = check_plan(
        TREATMENT,
        condition="nonspecific_low_back_pain",
        phase="acute",
        attributes=["egfr_30_59", "age_ge_65", "hypertension_uncontrolled", "heavy_alcohol"],
        items=[{"modality": "nsaid_oral", "agent": "naproxen"}],
    )[0]
    assert len(found.of_kind(RuleKind.RELATIVE)) >= 3
    assert (found.rated_category, found.category) == (Category.RECOMMENDED, Category.CONSIDER)
    assert found.lowered_from is Category.RECOMMENDED


@pytest.mark.parametrize("row", [row for row in ROWS if row.agents], ids=lambda r: r.id)
def test_a_row_on_single_drugs_speaks_only_if_the_plan_names_one(row: Contraindication) -> None:
    use = TREATMENT.indications[0]
    agents = [agent.id for agent in TREATMENT.modality(row.modality).agents]
    for agent in [*agents, None]:
        found = check_plan(
            TREATMENT,
            condition=use.condition,
            phase=use.phase,
            attributes=[row.attribute],
            items=[{"modality": row.modality, "agent": agent}],
        )
        speaks = row.id in [reason.rule for reason in found[0].reasons]
        assert speaks == (agent in row.agents), agent
        if agent is None and TREATMENT.modality(row.modality).is_drug:
            problem = next(p for p in found.problems if p.code == "drug_without_agent")
            assert all(name in problem.text for name in row.agents)


@pytest.mark.parametrize("row", TREATMENT.compound_contraindications, ids=lambda r: r.id)
def test_a_compound_contraindication_needs_all_its_attributes(row: CompoundContraindication) -> None:
    for use in uses(row.modality):
        found = verdict(use, row.attributes_all)
        assert found.category is Category.CONTRAINDICATED
        assert row.id in [reason.rule for reason in found.of_kind(RuleKind.COMPOUND)]
        for missing in row.attributes_all:
            rest = [attribute for attribute in row.attributes_all if attribute != missing]
            assert not verdict(use, rest).of_kind(RuleKind.COMPOUND)


@pytest.mark.parametrize(
    ("given", "row"),
    [
        ("age_ge_75", "age_ge_65"),  # implied by the attribute
        ("recent_mi", "cvd_established"),
        ("pregnancy_stage_unknown", "pregnancy"),
    ],
)
def test_an_attribute_brings_what_it_implies(given: str, row: str) -> None:
    check = check_plan(TREATMENT, condition="facet_joint_pain", phase="chronic", attributes=[given], items=[])
    assert check.attributes[given] == "given"
    assert check.attributes[row].startswith("implied by ")


def test_what_is_implied_implies_further() -> None:
    chain = [
        PatientAttribute(id="first", label="First", implies=("second",)),
        PatientAttribute(id="second", label="Second", implies=("third",)),
        PatientAttribute(id="third", label="Third", implies=("first",)),  # a circle does no harm
    ]
    longer = replace(TREATMENT, patient_attributes=(*TREATMENT.patient_attributes, *chain))
    found = check_plan(longer, condition="facet_joint_pain", phase="chronic", attributes=["first"])
    assert dict(found.attributes) == {
        "first": "given",
        "second": "implied by First",
        "third": "implied by Second",
    }


def test_a_condition_brings_its_attributes_and_theirs() -> None:
    check = check_plan(
        TREATMENT, condition="pyelonephritis", phase="acute", attributes=["infected_obstruction"]
    )
    assert set(check.attributes) == {"infected_obstruction", "systemic_infection"}
    malignancy = check_plan(TREATMENT, condition="spinal_malignancy", phase="acute")
    assert list(malignancy.attributes) == ["malignancy_spine"]


def test_pregnancy_alone_lowers_an_nsaid_and_an_unknown_stage_bars_it() -> None:
    use = TREATMENT.indication("nsaid_oral", "nonspecific_low_back_pain", TREATMENT.phases[0])
    assert use is not None
    assert verdict(use, ["pregnancy"]).category is Category.CONSIDER  # from recommended
    assert verdict(use, ["pregnancy_stage_unknown"]).category is Category.CONTRAINDICATED


def test_every_reason_has_a_source_that_exists() -> None:
    known = load_evidence().sources
    check = check_plan(
        TREATMENT,
        condition="cauda_equina_syndrome",
        phase="acute",
        attributes=["age_ge_75", "egfr_lt_30"],
        drugs=["warfarin"],
        items=[
            {"modality": row.id, "agent": agent_of(tuple(a.id for a in row.agents))}
            for row in TREATMENT.modalities
        ],
    )
    for found in check:
        assert found.reasons
        for reason in found.reasons:
            assert reason.text
            assert all(known.get(source) is not None for source in reason.sources)
