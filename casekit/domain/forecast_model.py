"""The forecast model as the evidence states it: tables over weeks, modifiers, treatments, instruments.

Only what is computed with is typed; rules in words and test rows stay mappings. No formula is evaluated
here: that is `casekit.reasoning.forecast`. All values are on 0-100, lower is better.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from casekit.domain.vocabulary import Verification
from casekit.errors import EvidenceError


@dataclass(frozen=True, kw_only=True)
class CitedNumber:
    """One parameter with where it comes from. `basis`: published, derived or expert."""

    value: float
    basis: str
    verification: Verification
    origin: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Curve:
    """Values at rising weeks, to be interpolated. Refuses tables that cannot be read that way."""

    weeks: tuple[float, ...]
    value: tuple[float, ...]
    basis: str
    verification: Verification
    origin: str = ""

    def __post_init__(self) -> None:
        """Refuse unequal lengths and weeks that do not rise."""
        check_table(self.weeks, self.value)


@dataclass(frozen=True, kw_only=True)
class EffectCurve:
    """Points a treatment adds to the latent outcome at rising weeks; never positive (worse)."""

    weeks: tuple[float, ...]
    points: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse a broken table and a positive effect, which the model cannot order."""
        check_table(self.weeks, self.points)
        if any(points > 0 for points in self.points):
            raise EvidenceError(f"treatment points must not be positive. Found {list(self.points)}.")


def check_table(weeks: tuple[float, ...], values: tuple[float, ...]) -> None:
    """Refuse a table whose columns differ in length or whose weeks do not rise. Raises EvidenceError."""
    if not weeks or len(weeks) != len(values):
        raise EvidenceError(f"a table needs one value a week. Found {list(weeks)} and {list(values)}.")
    if any(later <= earlier for earlier, later in pairwise(weeks)):
        raise EvidenceError(f"the weeks of a table must rise. Found {list(weeks)}.")


@dataclass(frozen=True, kw_only=True)
class ForecastInstrument:
    """How one instrument enters the model. Printed decimals are rounded; the properties give exact values."""

    aliases: tuple[str, ...]
    domain: str
    to_0_100: str | float
    residual_sd: str
    mic: float
    step: float
    half_cell: float

    @cached_property
    def _ratio(self) -> tuple[float, float]:
        if isinstance(self.to_0_100, str):
            numerator, _, denominator = self.to_0_100.partition("/")
            return float(numerator), float(denominator or 1)
        return self.to_0_100, 1.0

    @cached_property
    def unit(self) -> float:
        """Points of 0-100 in one native point: 1 for ODI, 100/24 for RMDQ, 10 for NRS."""
        return self._ratio[0] / self._ratio[1]

    def _exact(self, printed: float) -> float:
        """The printed decimal, taken back to whole or half native points."""
        return round(2 * printed / self.unit) / 2 * self._ratio[0] / self._ratio[1]

    @cached_property
    def minimal_important_change(self) -> float:
        """The absolute MIC in points of 0-100, unrounded (RMDQ: 100*5/24)."""
        return self._exact(self.mic)

    @cached_property
    def recorded_step(self) -> float:
        """Distance between two recorded values in points of 0-100, unrounded."""
        return self._exact(self.step)

    @cached_property
    def recorded_half_cell(self) -> float:
        """Half of `recorded_step`, unrounded."""
        return self._exact(self.half_cell)


@dataclass(frozen=True, kw_only=True)
class Modifier:
    """A prognostic factor: a shift per level in units of the residual SD; positive is a worse outcome.

    `block` is psychosocial (values overlap) or other (values add). No `phases` means all of them.
    """

    block: str
    levels: Mapping[str, float]
    basis: str
    verification: Verification
    phases: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True, kw_only=True)
class TreatmentEffect:
    """What a treatment adds to usual care, by domain. No `phases` means all; no row means no estimate."""

    basis: str
    verification: Verification
    phases: tuple[str, ...] = ()
    disability: EffectCurve | None = None
    pain: EffectCurve | None = None
    origin: str = ""

    def effect(self, domain: str) -> EffectCurve | None:
        """The table for `disability` or `pain`, or None if there is none."""
        return self.pain if domain == "pain" else self.disability


@dataclass(frozen=True, kw_only=True)
class ResidualSpread:
    """SD of the latent outcome: at 12 weeks by scale, times a factor over weeks."""

    at_12_weeks: Mapping[str, CitedNumber]
    time_factor: Curve
    r2_assumed: CitedNumber


@dataclass(frozen=True, kw_only=True)
class LateAcute:
    """How far the acute course flattens after 12 weeks: 0 keeps falling, 1 is flat."""

    applies_to: str
    plateau_weight: CitedNumber


@dataclass(frozen=True, kw_only=True)
class Modifiers:
    """All prognostic factors and how their shifts combine."""

    units: str
    rule_from_or: str
    shrinkage: CitedNumber
    overlap_within_psychosocial: CitedNumber
    ramp: Curve
    table: Mapping[str, Modifier]
    level_rules: Mapping[str, str]
    leave_out: tuple[str, ...]
    leave_out_reason: str


@dataclass(frozen=True, kw_only=True)
class Treatments:
    """All treatments with an effect estimate, how effects overlap, and which modalities stand for which."""

    units: str
    not_effect_modifiers: str
    adherence: str
    overlap: CitedNumber
    carry_forward: str
    carry_forward_warning: str
    from_modalities: Mapping[str, str | tuple[str, ...]]
    table: Mapping[str, TreatmentEffect]

    @cached_property
    def modality_classes(self) -> dict[str, tuple[str, ...]]:
        """Treatment id to the modalities that count as it."""
        rows = self.from_modalities.items()
        return {name: members for name, members in rows if not isinstance(members, str)}


@dataclass(frozen=True, kw_only=True)
class ForecastParameters:
    """Every number the model is made of."""

    reference_baseline: Mapping[str, Mapping[str, float] | str]
    baseline_slope_ratio: CitedNumber
    retention: Mapping[str, Mapping[str, Curve]]
    late_acute: LateAcute
    residual_sd: ResidualSpread
    modifiers: Modifiers
    treatments: Treatments

    def reference(self, phase: str, domain: str) -> float:
        """Mean baseline (0-100) of the cohorts behind this course. Raises EvidenceError if missing."""
        row = self.reference_baseline.get(phase)
        if row is None or isinstance(row, str) or domain not in row:
            raise EvidenceError(f"reference_baseline has no entry for {phase}, {domain}.")
        return row[domain]


@dataclass(frozen=True, kw_only=True)
class CareSettingParameters:
    """What changes for people who return to a pain clinic."""

    retention_exponent: CitedNumber
    reference_baseline_pain: CitedNumber
    slope_ratio_pain: CitedNumber
    residual_sd_nrs_at_12_weeks: CitedNumber
    disability: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class CareSetting:
    """The optional care setting `pain_clinic`: chronic phase only."""

    status: str
    why: str
    population: str
    applies: str
    parameters: CareSettingParameters
    treatments: str
    check_against_registry: Mapping[str, Any]
    reference_rows: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ForecastModel:
    """The model with its parameters, rules in words, and the rows that pin its behaviour."""

    id: str
    outcome: str
    distribution: str
    why_clipped_normal: str
    reference_care: str
    horizons_weeks: tuple[float, ...]
    scale_rule: str
    inputs: Mapping[str, str]
    instrument_table: Mapping[str, ForecastInstrument | str]
    phases: Mapping[str, str]
    phase_rule: str
    steps: tuple[str, ...]
    formulas: Mapping[str, str]
    interpolation: str
    sampling: Mapping[str, Any]
    across_time: str
    across_time_rule: Mapping[str, Any]
    pain_disability_correlation: CitedNumber
    parameters: ForecastParameters
    assumption_flags: tuple[Mapping[str, str], ...]
    worked_example: Mapping[str, Any]
    reference_outputs: Mapping[str, Any]
    behaviour_rows: Mapping[str, Any]
    reproduction: Mapping[str, Any]
    optional_care_setting: CareSetting
    limits: tuple[str, ...]

    @cached_property
    def instruments(self) -> dict[str, ForecastInstrument]:
        """Id and every alias of an instrument, to its row."""
        rows: dict[str, ForecastInstrument] = {}
        for name, row in self.instrument_table.items():
            if not isinstance(row, str):
                rows.update(dict.fromkeys((name, *row.aliases), row))
        return rows
