"""Emergencies override every other rule: their first step comes first, what they do not allow waits.

With several at once a first step of any stays first, and beside it only what all of them allow may run.
Source: the safety order of the treatment evidence.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from casekit.domain.modalities import Modality
from casekit.domain.safety import EmergencyOverride, OverrideMode
from casekit.domain.treatment import TreatmentEvidence
from casekit.reasoning.plan_verdict import Consequence, Reason, RuleKind

EMERGENCY_SCAN = "routine_imaging"
"""Inside an emergency this modality is the scan the emergency asks for, not routine imaging."""


def active_overrides(
    evidence: TreatmentEvidence, attributes: Collection[str]
) -> tuple[EmergencyOverride, ...]:
    """The emergencies that the closed attributes start, in file order."""
    return tuple(row for row in evidence.emergency_overrides if row.attribute in attributes)


def defers(override: EmergencyOverride) -> bool:
    """True if the emergency stops what it does not list."""
    return override.mode is OverrideMode.DEFER_EVERYTHING_ELSE


def emergency_reasons(
    evidence: TreatmentEvidence, modality: Modality, overrides: Sequence[EmergencyOverride]
) -> list[Reason]:
    """What the active emergencies say on one treatment: first, deferred by which, or allowed."""
    first = [row for row in overrides if modality.id in row.first]
    if first:
        return [_first(evidence, row) for row in first]
    return [
        _allowed(evidence, row) if modality.id in row.allowed else _deferred(evidence, row)
        for row in overrides
        if defers(row)
    ]


def is_emergency_scan(modality: Modality, overrides: Sequence[EmergencyOverride]) -> bool:
    """True where imaging means the scan an emergency asks for, so that its routine rating does not hold."""
    if modality.id != EMERGENCY_SCAN:
        return False
    return any(modality.id in row.first for row in overrides) or is_allowed(modality, overrides)


def is_allowed(modality: Modality, overrides: Sequence[EmergencyOverride]) -> bool:
    """True if there is an emergency that defers things, and none of them defers this treatment."""
    stopping = [row for row in overrides if defers(row)]
    return bool(stopping) and all(modality.id in row.allowed for row in stopping)


def _label(evidence: TreatmentEvidence, override: EmergencyOverride) -> str:
    return evidence.attribute_by_id[override.attribute].label


def _first(evidence: TreatmentEvidence, row: EmergencyOverride) -> Reason:
    return Reason(
        kind=RuleKind.EMERGENCY,
        rule=row.attribute,
        severity="first",
        text=f"{_label(evidence, row)}: this comes first. {row.note}",
        consequence=Consequence.COMES_FIRST,
    )


def _allowed(evidence: TreatmentEvidence, row: EmergencyOverride) -> Reason:
    return Reason(
        kind=RuleKind.EMERGENCY,
        rule=row.attribute,
        severity="allowed",
        text=f"{_label(evidence, row)}: may run beside the first step. {row.note}",
    )


def _deferred(evidence: TreatmentEvidence, row: EmergencyOverride) -> Reason:
    steps = " or ".join(evidence.modality_by_id[step].label for step in row.first)
    return Reason(
        kind=RuleKind.EMERGENCY,
        rule=row.attribute,
        severity="deferred",
        text=f"{_label(evidence, row)}: deferred until this is cleared. {row.note}",
        consequence=Consequence.FORBIDS,
        action=f"Do first: {steps}. This waits.",
    )
