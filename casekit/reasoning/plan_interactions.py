"""Which entries must not meet a current drug, a fact about the patient, or another entry of the plan.

Every pair is tried both ways round, so the order of the entries does not matter. Contraindicated forbids,
major lowers (together with relative contraindications once: the same fact is often in both tables),
moderate only asks for its management.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from casekit.domain.safety import Interaction, InteractionSeverity
from casekit.domain.treatment import TreatmentEvidence
from casekit.reasoning.plan_entries import PlanEntry, drug_name
from casekit.reasoning.plan_verdict import Consequence, Reason, RuleKind

CONSEQUENCES = {
    InteractionSeverity.CONTRAINDICATED: Consequence.FORBIDS,
    InteractionSeverity.MAJOR: Consequence.LOWERS,
    InteractionSeverity.MODERATE: Consequence.NONE,
}


@dataclass(frozen=True, kw_only=True)
class Party:
    """What may meet: an entry of the plan, or a drug the patient takes (no position).

    `side_a` and `side_b` are the ids of the interactions it can be that side of.
    """

    name: str
    drug: str
    position: int | None
    side_a: frozenset[str]
    side_b: frozenset[str]


def planned_parties(evidence: TreatmentEvidence, entries: Iterable[PlanEntry]) -> tuple[Party, ...]:
    """The entries of the plan as parties. An injection is not the drug taken by mouth."""
    return tuple(
        _party(
            evidence,
            name=entry.name,
            drug=drug_name(entry.agent.id) if entry.agent else "",
            modalities=[entry.modality.id],
            is_systemic=entry.modality.family != "injections",
            position=entry.position,
        )
        for entry in entries
    )


def current_parties(evidence: TreatmentEvidence, drugs: Iterable[str]) -> tuple[Party, ...]:
    """The patient's drugs as parties; one that is an agent here also stands for its modalities."""
    return tuple(
        _party(
            evidence,
            name=drug,
            drug=drug_name(drug),
            modalities=_uses(evidence, drug_name(drug)),
            is_systemic=True,
            position=None,
        )
        for drug in drugs
    )


def interaction_reasons(
    evidence: TreatmentEvidence, party: Party, others: Sequence[Party], attributes: Collection[str]
) -> list[Reason]:
    """One reason for each row that speaks on this entry, naming everything it meets."""
    reasons = []
    for row in evidence.interactions:
        if row.id not in party.side_a and row.id not in party.side_b:
            continue
        met = [other.name for other in others if _meet(row.id, party, other)]
        if row.id in party.side_a:
            met += [evidence.attribute_by_id[attribute].label for attribute in _facts(row, attributes)]
        if met:
            reasons.append(_reason(row, met))
    return reasons


def _party(
    evidence: TreatmentEvidence,
    *,
    name: str,
    drug: str,
    modalities: Sequence[str],
    is_systemic: bool,
    position: int | None,
) -> Party:
    side_a, side_b = _sides(evidence, drug, tuple(modalities), is_systemic)
    return Party(name=name, drug=drug, position=position, side_a=side_a, side_b=side_b)


@lru_cache(maxsize=1024)
def _sides(
    evidence: TreatmentEvidence, drug: str, modalities: tuple[str, ...], is_systemic: bool
) -> tuple[frozenset[str], frozenset[str]]:
    rows = evidence.interactions
    side_a = frozenset(row.id for row in rows if _is_side_a(row, modalities, drug))
    side_b = frozenset(row.id for row in rows if _is_side_b(row, modalities, drug, is_systemic))
    return side_a, side_b


@lru_cache(maxsize=1024)
def _uses(evidence: TreatmentEvidence, drug: str) -> tuple[str, ...]:
    return tuple(
        modality.id
        for modality in evidence.modalities
        if modality.family != "injections" and _names(drug, (agent.id for agent in modality.agents))
    )


def _names(drug: str, listed: Iterable[str]) -> bool:
    return bool(drug) and any(drug == drug_name(name) for name in listed)


def _is_side_a(row: Interaction, modalities: Sequence[str], drug: str) -> bool:
    if not any(modality in row.a_modalities for modality in modalities):
        return False
    return not row.a_agents or _names(drug, row.a_agents)


def _is_side_b(row: Interaction, modalities: Sequence[str], drug: str, is_systemic: bool) -> bool:
    if any(modality in row.b_modalities for modality in modalities) or _names(drug, row.b_agents):
        return True
    named = _names(drug, row.b_drugs) or any(modality in row.b_drugs for modality in modalities)
    return is_systemic and named


def _meet(row: str, one: Party, other: Party) -> bool:
    if other.position is not None and other.position == one.position:
        return False
    if one.drug and one.drug == other.drug:
        return False
    return (row in one.side_a and row in other.side_b) or (row in one.side_b and row in other.side_a)


def _facts(row: Interaction, attributes: Collection[str]) -> list[str]:
    facts = [attribute for attribute in row.b_attributes if attribute in attributes]
    if row.b_attributes_all and all(attribute in attributes for attribute in row.b_attributes_all):
        facts += row.b_attributes_all
    return facts


def _reason(row: Interaction, met: Sequence[str]) -> Reason:
    return Reason(
        kind=RuleKind.INTERACTION,
        rule=row.id,
        severity=row.severity.value,
        text=f"{row.drug_a} with {row.drug_b} ({', '.join(dict.fromkeys(met))}): {row.effect}.",
        consequence=CONSEQUENCES[row.severity],
        action=row.management,
        sources=(row.source,),
        verification=row.verification,
        seen_at=row.seen_at,
    )
