"""From the modalities of a plan to the treatments the forecast model has an estimate for.

Several modalities of one class are one treatment, with the highest adherence among them and the earliest
start. A modality in no class contributes nothing and is named. Source: `from_modalities`, basis expert.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from casekit.domain.outcome import OutcomeEvidence
from casekit.errors import UnknownIdError
from casekit.reasoning.forecast_effects import holds
from casekit.reasoning.forecast_inputs import require_known, require_number


@dataclass(frozen=True, kw_only=True)
class PlannedTreatments:
    """`adherence` and `start` (weeks) per treatment, ready for `forecast`; modalities without an estimate."""

    adherence: Mapping[str, float] = field(default_factory=dict)
    start: Mapping[str, float] = field(default_factory=dict)
    without_estimate: tuple[str, ...] = ()


def treatments_from_plan(
    evidence: OutcomeEvidence,
    modalities: Mapping[str, float],
    phase: str,
    start_weeks: Mapping[str, float] | None = None,
) -> PlannedTreatments:
    """Translate `{modality: adherence 0 to 1}` of a plan for the model's `phase`.

    A modality that stands for several treatments counts for those of this phase only (an oral NSAID: the
    acute or the chronic effect, neither in other phases). A treatment of another phase is handed on, so that
    the forecast can say why it does not count. Raises UnknownIdError for a phase or for a start without a
    modality, InputError for an adherence or week out of range.
    """
    model = evidence.model_proposal
    require_known(phase, model.phases, "phase with a course in the forecast model")
    starts = dict(start_weeks or {})
    for name in starts:
        if name not in modalities:
            raise UnknownIdError(f'The start of "{name}" is given, but the plan does not hold it.')
    classes = _classes(evidence, phase)
    adherence: dict[str, float] = {}
    start: dict[str, float] = {}
    for modality, share in modalities.items():
        require_number(share, 0, 1, f"The adherence to {modality}")
        week = require_number(starts.get(modality, 0.0), 0, 156, f"The starting week of {modality}")
        for treatment in classes.get(modality, ()):
            adherence[treatment] = max(share, adherence.get(treatment, 0.0))
            start[treatment] = min(week, start.get(treatment, week))
    without = tuple(name for name in modalities if not classes.get(name))
    return PlannedTreatments(adherence=adherence, start=start, without_estimate=without)


def _classes(evidence: OutcomeEvidence, phase: str) -> dict[str, tuple[str, ...]]:
    """Modality to the treatments it stands for in this phase."""
    treatments = evidence.model_proposal.parameters.treatments
    pairs = [(member, name) for name, members in treatments.modality_classes.items() for member in members]
    shared = Counter(member for member, _ in pairs)
    found: dict[str, tuple[str, ...]] = {}
    for member, name in pairs:
        if shared[member] == 1 or holds(treatments.table[name].phases, phase):
            found[member] = (*found.get(member, ()), name)
    return found
