"""Everything known about treatment, in one typed object with look-ups by id and by pair.

The rows are in `modalities`, `indications` and `safety`; they are repeated here for those who import them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from casekit.domain.indications import PRACTICE, Category, Effect, Indication
from casekit.domain.modalities import (
    Adjustment,
    Agent,
    Family,
    FocusArea,
    HarmRate,
    Modality,
    PlanCondition,
    RenalAdjustment,
    SeedCoverage,
    SeedItem,
    WeightLimit,
)
from casekit.domain.safety import (
    CompoundContraindication,
    Contraindication,
    EmergencyOverride,
    Interaction,
    InteractionSeverity,
    OverrideMode,
    PatientAttribute,
    Severity,
)
from casekit.domain.vocabulary import Phase

__all__ = [
    "PRACTICE",
    "Adjustment",
    "Agent",
    "Category",
    "CompoundContraindication",
    "Contraindication",
    "Effect",
    "EmergencyOverride",
    "Family",
    "FocusArea",
    "HarmRate",
    "Indication",
    "Interaction",
    "InteractionSeverity",
    "Modality",
    "OverrideMode",
    "PatientAttribute",
    "PlanCondition",
    "RenalAdjustment",
    "SeedCoverage",
    "SeedItem",
    "Severity",
    "TreatmentEvidence",
    "WeightLimit",
]

Row = TypeVar("Row")
Ref = TypeVar("Ref")


def _grouped(rows: Iterable[Row], key: Callable[[Row], Ref]) -> Mapping[Ref, tuple[Row, ...]]:
    groups: dict[Ref, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return {ref: tuple(group) for ref, group in groups.items()}


@dataclass(frozen=True, kw_only=True, eq=False)
class TreatmentEvidence:
    """The treatment sections of the evidence. Field names are the section names."""

    families: tuple[Family, ...]
    focus_areas: tuple[FocusArea, ...]
    team_roles: tuple[str, ...]
    phases: tuple[Phase, ...]
    seed_coverage: SeedCoverage
    plan_conditions: tuple[PlanCondition, ...]
    modalities: tuple[Modality, ...]
    indications: tuple[Indication, ...]
    effects: tuple[Effect, ...]
    patient_attributes: tuple[PatientAttribute, ...]
    contraindications: tuple[Contraindication, ...]
    compound_contraindications: tuple[CompoundContraindication, ...]
    emergency_overrides: tuple[EmergencyOverride, ...]
    interactions: tuple[Interaction, ...]

    @cached_property
    def modality_by_id(self) -> Mapping[str, Modality]:
        """Every modality by its id."""
        return {modality.id: modality for modality in self.modalities}

    @cached_property
    def family_by_id(self) -> Mapping[str, Family]:
        """Every family by its id."""
        return {family.id: family for family in self.families}

    @cached_property
    def attribute_by_id(self) -> Mapping[str, PatientAttribute]:
        """Every patient attribute by its id."""
        return {attribute.id: attribute for attribute in self.patient_attributes}

    @cached_property
    def condition_by_id(self) -> Mapping[str, PlanCondition]:
        """Every condition by its id, and by each id of the diagnosis vocabulary it covers."""
        named = {condition.id: condition for condition in self.plan_conditions}
        covered = {alias: condition for condition in self.plan_conditions for alias in condition.covers}
        return {**covered, **named}

    @cached_property
    def override_by_attribute(self) -> Mapping[str, EmergencyOverride]:
        """Every emergency override by the attribute that starts it."""
        return {override.attribute: override for override in self.emergency_overrides}

    @cached_property
    def indication_by_use(self) -> Mapping[tuple[str, str, Phase], Indication]:
        """Every rating by (modality, condition, phase)."""
        return {(row.modality, row.condition, row.phase): row for row in self.indications}

    @cached_property
    def effects_by_use(self) -> Mapping[tuple[str, str], tuple[Effect, ...]]:
        """The effects by (modality, condition), in file order."""
        return _grouped(self.effects, lambda row: (row.modality, row.condition))

    @cached_property
    def contraindications_by_modality(self) -> Mapping[str, tuple[Contraindication, ...]]:
        """The contraindications by modality, in file order."""
        return _grouped(self.contraindications, lambda row: row.modality)

    @cached_property
    def compounds_by_modality(self) -> Mapping[str, tuple[CompoundContraindication, ...]]:
        """The compound contraindications by modality, in file order."""
        return _grouped(self.compound_contraindications, lambda row: row.modality)

    @cached_property
    def agent_modalities(self) -> Mapping[str, tuple[str, ...]]:
        """Agent id to the modalities that use it."""
        uses = [(agent.id, modality.id) for modality in self.modalities for agent in modality.agents]
        return {
            agent: tuple(use[1] for use in group) for agent, group in _grouped(uses, lambda u: u[0]).items()
        }

    @cached_property
    def known_drugs(self) -> frozenset[str]:
        """Every drug some row knows: agents of modalities and the drugs of interactions."""
        named = {drug for row in self.interactions for drug in row.b_drugs}
        return frozenset(named | set(self.agent_modalities))

    def modality(self, modality_id: str) -> Modality:
        """The modality of this id. Raises KeyError if there is none."""
        return self.modality_by_id[modality_id]

    def condition(self, condition_id: str) -> PlanCondition:
        """The condition of this id, or the one that covers it. Raises KeyError if there is none."""
        return self.condition_by_id[condition_id]

    def indication(self, modality: str, condition: str, phase: Phase) -> Indication | None:
        """The rating of a treatment in this use; None means not rated, which is never approval."""
        return self.indication_by_use.get((modality, self.condition(condition).id, phase))
