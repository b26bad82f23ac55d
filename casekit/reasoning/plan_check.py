"""Checks a plan entry by entry in the order of the safety rules, then as a whole.

Order: close the attributes; emergencies; absolute, compound and relative contraindications; interactions;
dose; and only then rating and effects. Each rule has its own file. Source: `safety_order` of the evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from casekit.domain.acts import PlanItem
from casekit.domain.indications import Category
from casekit.domain.modalities import PlanCondition
from casekit.domain.safety import EmergencyOverride
from casekit.domain.treatment import TreatmentEvidence
from casekit.domain.vocabulary import Phase
from casekit.reasoning.plan_attributes import closed_attributes
from casekit.reasoning.plan_contraindications import contraindication_reasons
from casekit.reasoning.plan_dose import dose_reasons
from casekit.reasoning.plan_emergency import (
    active_overrides,
    defers,
    emergency_reasons,
    is_allowed,
    is_emergency_scan,
)
from casekit.reasoning.plan_entries import Mistakes, PlanEntry, drug_name, read_entries
from casekit.reasoning.plan_interactions import (
    Party,
    current_parties,
    interaction_reasons,
    planned_parties,
)
from casekit.reasoning.plan_problems import plan_problems
from casekit.reasoning.plan_rating import effects_on_record, rate
from casekit.reasoning.plan_verdict import PlanCheck, RuleKind, Verdict, resulting_category


@dataclass(frozen=True, kw_only=True)
class PlanRequest:
    """A checked question: for whom the plan is, and what is in it."""

    condition: PlanCondition
    phase: Phase
    attributes: Mapping[str, str]
    drugs: tuple[str, ...]
    overrides: tuple[EmergencyOverride, ...]
    entries: tuple[PlanEntry, ...]


def check_plan(
    evidence: TreatmentEvidence,
    *,
    condition: str,
    phase: str,
    attributes: Iterable[str] = (),
    drugs: Iterable[str] = (),
    items: Iterable[Mapping[str, object] | PlanItem] = (),
) -> PlanCheck:
    """One verdict an entry, in order, and the problems of the plan as a whole.

    `condition` may be any id of the diagnosis vocabulary; `drugs` are the names of what the patient takes
    (one that no row knows is reported, not refused). Entries are PlanItem or mappings with its fields;
    a drug needs its `agent`, or rules on single drugs cannot speak.
    Raises UnknownIdError naming every id that is not in the vocabulary, InputError for an entry or dose
    that cannot be read.
    """
    request = _read(evidence, condition, phase, attributes, drugs, items)
    planned = planned_parties(evidence, request.entries)
    others = (*planned, *current_parties(evidence, request.drugs))
    verdicts = tuple(
        _verdict(evidence, request, entry, party, others)
        for entry, party in zip(request.entries, planned, strict=True)
    )
    return PlanCheck(
        condition=request.condition.id,
        phase=request.phase,
        attributes=request.attributes,
        drugs=request.drugs,
        verdicts=verdicts,
        problems=plan_problems(evidence, request.entries, verdicts, request.attributes, request.drugs),
        emergencies=tuple(row.attribute for row in request.overrides),
        first_steps={row.attribute: row.first for row in request.overrides if defers(row)},
    )


def _verdict(
    evidence: TreatmentEvidence,
    request: PlanRequest,
    entry: PlanEntry,
    party: Party,
    others: Sequence[Party],
) -> Verdict:
    modality, attributes = entry.modality, request.attributes
    rated = rate(evidence, modality, request.condition, request.phase, attributes)
    is_scan = is_emergency_scan(modality, request.overrides)
    reasons = (
        *emergency_reasons(evidence, modality, request.overrides),
        *contraindication_reasons(evidence, entry, attributes),
        *interaction_reasons(evidence, party, others, attributes),
        *dose_reasons(entry, attributes, in_emergency=is_allowed(modality, request.overrides)),
        *(reason for reason in rated.reasons if not (is_scan and reason.kind is RuleKind.INDICATION)),
    )
    base = Category.CONSIDER if is_scan else rated.category
    return Verdict(
        position=entry.position,
        modality=modality.id,
        agent=entry.agent.id if entry.agent else None,
        label=modality.label,
        category=resulting_category(base, reasons),
        rated_category=base,
        rating=None if is_scan else rated.rating,
        reasons=reasons,
        effects=effects_on_record(evidence, modality, request.condition),
    )


def _read(
    evidence: TreatmentEvidence,
    condition: str,
    phase: str,
    attributes: Iterable[str],
    drugs: Iterable[str],
    items: object,
) -> PlanRequest:
    mistakes = Mistakes()
    if condition not in evidence.condition_by_id:
        mistakes.name("condition", "condition", condition, evidence.condition_by_id)
    if phase not in evidence.phases:
        mistakes.name("phase", "phase", phase, [known.value for known in evidence.phases])
        mistakes.unknown[-1] += f" Allowed: {', '.join(evidence.phases)}."
    given = _names(attributes, "attributes", mistakes)
    for attribute in given:
        if attribute not in evidence.attribute_by_id:
            mistakes.name("attributes", "patient attribute", attribute, evidence.attribute_by_id)
    taken = tuple(dict.fromkeys(drug_name(drug) for drug in _names(drugs, "drugs", mistakes)))
    entries = read_entries(evidence, items, mistakes)
    mistakes.refuse()
    found = evidence.condition_by_id[condition]
    closed = closed_attributes(evidence, found, given)
    return PlanRequest(
        condition=found,
        phase=Phase(phase),
        attributes=closed,
        drugs=taken,
        overrides=active_overrides(evidence, closed),
        entries=entries,
    )


def _names(given: Iterable[str], what: str, mistakes: Mistakes) -> tuple[str, ...]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        mistakes.unreadable.append(f'{what}: found {given!r}; expected a list such as ["{given}"].')
        return ()
    return tuple(str(name) for name in given)
