"""What the rating alone says of a treatment for this condition in this phase, and the effects on record.

A combination that is not listed is not rated, never fine. A row with a requirement holds only if one of its
attributes is present; otherwise its other category applies and its rating does not.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from casekit.domain.indications import Category, Effect, Indication
from casekit.domain.modalities import Modality, PlanCondition
from casekit.domain.treatment import TreatmentEvidence
from casekit.domain.vocabulary import Phase
from casekit.reasoning.plan_verdict import Reason, RuleKind


@dataclass(frozen=True, kw_only=True)
class Rated:
    """The category, rating and reasons before any safety rule."""

    category: Category
    rating: int | None
    reasons: tuple[Reason, ...]


def rate(
    evidence: TreatmentEvidence,
    modality: Modality,
    condition: PlanCondition,
    phase: Phase,
    attributes: Collection[str],
) -> Rated:
    """The rating of this treatment in this use."""
    row = evidence.indication_by_use.get((modality.id, condition.id, phase))
    if row is None:
        text = (
            f"{modality.label} has not been rated for {condition.label}, {phase.value}: this is no approval."
        )
        reason = Reason(kind=RuleKind.NOT_RATED, text=text, severity=Category.NOT_RATED.value)
        return Rated(category=Category.NOT_RATED, rating=None, reasons=(reason,))
    if row.requires_any and not any(attribute in attributes for attribute in row.requires_any):
        without = row.category_without or Category.NOT_RATED
        return Rated(category=without, rating=None, reasons=(_requirement(evidence, row, without), _row(row)))
    return Rated(category=row.category, rating=row.rating, reasons=(_row(row),))


def effects_on_record(
    evidence: TreatmentEvidence, modality: Modality, condition: PlanCondition
) -> tuple[Effect, ...]:
    """Pooled effects of this treatment in this condition, any phase."""
    return evidence.effects_by_use.get((modality.id, condition.id), ())


def _row(row: Indication) -> Reason:
    sides = tuple(side.strip() for side in row.strength.split(";"))
    return Reason(
        kind=RuleKind.INDICATION,
        rule=row.id,
        severity=row.category.value,
        text=f"{row.strength}. {row.rationale}",
        sources=row.guidelines,
        verification=row.verification,
        seen_at=row.seen_at,
        sides=sides if len(sides) > 1 and len(row.guidelines) > 1 else (),
    )


def _requirement(evidence: TreatmentEvidence, row: Indication, without: Category) -> Reason:
    needed = " or ".join(evidence.attribute_by_id[attribute].label for attribute in row.requires_any)
    return Reason(
        kind=RuleKind.REQUIREMENT,
        rule=row.id,
        severity=without.value,
        text=f"Rated {row.rating} of 9 only with: {needed}. Without: {without.value.replace('_', ' ')}.",
        action=f"Needs one of: {needed}.",
        sources=row.guidelines,
        verification=row.verification,
        seen_at=row.seen_at,
    )
