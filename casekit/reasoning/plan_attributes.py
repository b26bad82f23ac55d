"""The closed set of patient attributes: what is given, what the condition implies, and so on."""

from __future__ import annotations

from collections.abc import Iterable

from casekit.domain.modalities import PlanCondition
from casekit.domain.treatment import TreatmentEvidence

GIVEN = "given"


def closed_attributes(
    evidence: TreatmentEvidence, condition: PlanCondition, attributes: Iterable[str]
) -> dict[str, str]:
    """Every attribute that holds, with why: given, or implied by what. All ids must be known."""
    why = dict.fromkeys(attributes, GIVEN)
    for implied in condition.implied_attributes:
        why.setdefault(implied, f"implied by {condition.label}")
    waiting = list(why)
    while waiting:
        attribute = evidence.attribute_by_id[waiting.pop(0)]
        for implied in attribute.implies:
            if implied not in why:
                why[implied] = f"implied by {attribute.label}"
                waiting.append(implied)
    return why
