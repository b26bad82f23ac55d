"""How far a finding moves the odds of a condition, study by study, and the rules for choosing one study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from casekit.domain.vocabulary import State, Verification


@dataclass(frozen=True, kw_only=True)
class LikelihoodRow:
    """Accuracy of one finding for one condition against not that condition, in one population.

    Sensitivity and specificity 0 to 1; `lr_pos` for the finding present, `lr_neg` for it absent. None means
    not published: the odds stay. `verification` labels the row, `field_verification` single numbers of it.
    """

    id: str
    finding: str
    condition: str
    lr_basis: str
    setting: str
    risk_of_bias: str
    preferred: bool
    use_in_engine: bool
    source: str
    verification: Verification
    sensitivity: float | None = None
    sensitivity_ci: tuple[float, float] | None = None
    sensitivity_range: tuple[float, float] | None = None
    specificity: float | None = None
    specificity_ci: tuple[float, float] | None = None
    specificity_range: tuple[float, float] | None = None
    lr_pos: float | None = None
    lr_pos_ci: tuple[float, float] | None = None
    lr_pos_range_across_studies: tuple[float, float] | None = None
    lr_neg: float | None = None
    lr_neg_ci: tuple[float, float] | None = None
    population: str = ""
    n: int | None = None
    reference_standard: str = ""
    caveat: str = ""
    consistency_note: str = ""
    engine_context: str | None = None
    page: str = ""
    page_2: str = ""
    page_3: str = ""
    field_verification: Mapping[str, Verification] = field(default_factory=dict)
    verification_detail: str = ""
    reviewed: int = 0

    def ratio(self, state: State) -> float | None:
        """The published ratio for this state, uncapped; None if the row has none."""
        if state is State.PRESENT:
            return self.lr_pos
        return self.lr_neg if state is State.ABSENT else None

    def interval(self, state: State) -> tuple[float, float] | None:
        """The published 95 % interval of the ratio for this state, if there is one."""
        return self.lr_pos_ci if state is State.PRESENT else self.lr_neg_ci

    def ratio_verification(self, state: State) -> Verification:
        """How the ratio for this state was checked."""
        name = "lr_pos" if state is State.PRESENT else "lr_neg"
        return self.field_verification.get(name, self.verification)


@dataclass(frozen=True, kw_only=True)
class SelectionStep:
    """One step of the row selection, in words."""

    step: int
    rule: str


@dataclass(frozen=True, kw_only=True)
class SettingOrder:
    """For one kind of encounter: the settings of rows, the closest first."""

    encounter: str
    rows: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RowSelection:
    """How exactly one row is picked for a finding and a condition."""

    purpose: str
    order: tuple[SelectionStep, ...]
    setting_order: tuple[SettingOrder, ...]
    selected_populations: tuple[str, ...]
    risk_of_bias_order: tuple[str, ...]
    absence: str
    basis: str
    verification: Verification

    def settings_for(self, encounter: str) -> tuple[str, ...]:
        """Row settings for this encounter, the closest first. Raises KeyError if there is no such order."""
        for order in self.setting_order:
            if order.encounter == encounter:
                return order.rows
        raise KeyError(encounter)


@dataclass(frozen=True, kw_only=True)
class RuleOutLimit:
    """What a negative result cannot exclude: the ratio for absence is never below `lr_neg_floor`.

    `within_days` counts from symptom onset and decides alone when given. If it, or `applies_when`, is not
    known to fail, the floor is used.
    """

    id: str
    condition: str
    findings: tuple[str, ...]
    lr_neg_floor: float
    rule: str
    reason: str
    basis: str
    floor_verification: Verification
    source: str
    verification: Verification
    applies_when: str | None = None
    within_days: int | None = None
    page: str = ""
    reviewed: int = 0
