"""Absolute, compound and relative contraindications of one entry, against the closed attributes.

A row with agents speaks only if the plan names one of them. Absolute forbids; relative lowers by one
category and asks for its action, several lower once; a compound row counts when all its attributes hold.
"""

from __future__ import annotations

from collections.abc import Collection

from casekit.domain.safety import CompoundContraindication, Contraindication, Severity
from casekit.domain.treatment import TreatmentEvidence
from casekit.reasoning.plan_entries import PlanEntry
from casekit.reasoning.plan_verdict import Consequence, Reason, RuleKind, readable

CONSEQUENCES = {Severity.ABSOLUTE: Consequence.FORBIDS, Severity.RELATIVE: Consequence.LOWERS}
KINDS = {Severity.ABSOLUTE: RuleKind.ABSOLUTE, Severity.RELATIVE: RuleKind.RELATIVE}


def contraindication_reasons(
    evidence: TreatmentEvidence, entry: PlanEntry, attributes: Collection[str]
) -> list[Reason]:
    """Every row that speaks on this entry: absolute first, then compound, then relative."""
    rows = [
        row
        for row in evidence.contraindications_by_modality.get(entry.modality.id, ())
        if row.attribute in attributes and _meant(row, entry)
    ]
    compounds = [
        row
        for row in evidence.compounds_by_modality.get(entry.modality.id, ())
        if set(row.attributes_all) <= set(attributes)
    ]
    absolute = [_reason(evidence, row) for row in rows if row.severity is Severity.ABSOLUTE]
    relative = [_reason(evidence, row) for row in rows if row.severity is Severity.RELATIVE]
    return absolute + [_compound(evidence, row) for row in compounds] + relative


def unasked_agents(
    evidence: TreatmentEvidence, entry: PlanEntry, attributes: Collection[str]
) -> tuple[str, ...]:
    """The agents whose own rows would speak on this patient, for an entry that names no agent."""
    if entry.agent is not None:
        return ()
    rows = evidence.contraindications_by_modality.get(entry.modality.id, ())
    named = [agent for row in rows if row.attribute in attributes for agent in row.agents]
    return tuple(dict.fromkeys(named))


def _meant(row: Contraindication, entry: PlanEntry) -> bool:
    return not row.agents or (entry.agent is not None and entry.agent.id in row.agents)


def _labels(evidence: TreatmentEvidence, attributes: Collection[str]) -> str:
    return " with ".join(evidence.attribute_by_id[attribute].label for attribute in attributes)


def _reason(evidence: TreatmentEvidence, row: Contraindication) -> Reason:
    return Reason(
        kind=KINDS[row.severity],
        rule=row.id,
        severity=row.severity.value,
        text=f"{_labels(evidence, [row.attribute])}: {row.reason}",
        consequence=CONSEQUENCES[row.severity],
        action=f"{readable(row.action)}.",
        sources=(row.source,),
        verification=row.verification,
        seen_at=row.seen_at,
    )


def _compound(evidence: TreatmentEvidence, row: CompoundContraindication) -> Reason:
    return Reason(
        kind=RuleKind.COMPOUND,
        rule=row.id,
        severity=row.severity.value,
        text=f"{_labels(evidence, row.attributes_all)}: {row.reason}",
        consequence=CONSEQUENCES[row.severity],
        action=f"{readable(row.action)}.",
        sources=(row.source,),
        verification=row.verification,
        seen_at=row.seen_at,
    )
