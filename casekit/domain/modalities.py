"""Treatments as the evidence lists them: families, focus areas, doses, drugs, who delivers them.

Field names are the keys of the evidence rows. Nothing is computed here; limits on safety are in `safety`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from casekit.domain.vocabulary import Verification

NO_QUANTITY = frozenset({"verification", "seen_at", "reviewed"})
"""Keys of a dose range that say where it comes from."""


@dataclass(frozen=True, kw_only=True)
class Family:
    """A family of treatments; the first six are those a physiatrist must teach."""

    id: str
    label: str


@dataclass(frozen=True, kw_only=True)
class FocusArea:
    """What treatment is for, and which modalities serve it."""

    id: str
    benefit: str
    modalities: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SeedItem:
    """One treatment the project must teach, and the modalities that cover it."""

    item: str
    modalities: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SeedCoverage:
    """Every treatment the project must teach."""

    source: str
    items: tuple[SeedItem, ...]


@dataclass(frozen=True, kw_only=True)
class PlanCondition:
    """A condition as plans see it. `covers` are ids of the diagnosis vocabulary it stands for."""

    id: str
    label: str
    emergency: bool
    covers: tuple[str, ...] = ()
    implied_attributes: tuple[str, ...] = ()
    reviewed: int | None = None


@dataclass(frozen=True, kw_only=True)
class HarmRate:
    """How often a harm happens: percent treated against control, or a ratio with its interval."""

    event: str
    measure: str
    source: str
    verification: Verification
    treated: float | None = None
    control: float | None = None
    estimate: float | None = None
    ci95: tuple[float, float] | None = None
    absolute: str | None = None
    text: str | None = None
    population: str | None = None
    seen_at: tuple[str, ...] = ()
    reviewed: int | None = None


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """What age or the liver changes in a dose; `max_per_day` in the unit of the agent."""

    action: str
    max_per_day: float | None = None


@dataclass(frozen=True, kw_only=True)
class RenalAdjustment:
    """What a creatinine clearance below `crcl_below` mL/min, or dialysis, changes in a dose."""

    action: str
    crcl_below: float | None = None
    dialysis: bool = False
    max_per_day: float | None = None
    verification: Verification | None = None


@dataclass(frozen=True, kw_only=True)
class WeightLimit:
    """The daily ceiling below a body weight in kg."""

    kg_below: float
    max_per_day: float


@dataclass(frozen=True, kw_only=True)
class Agent:
    """One drug of a modality. Doses per single dose (per site for injections) and day, in `unit`.

    `max_days` of one course: None is long-term with `review_days`, 0 is not advised at all.
    `interval_days` when given less than daily.
    """

    id: str
    route: str
    dose_min: float
    dose_max: float
    unit: str
    times_per_day: float
    max_per_day: float
    max_days: float | None
    elderly: Adjustment
    renal: tuple[RenalAdjustment, ...]
    hepatic: Adjustment
    notes: str
    verification: Verification
    low_weight: tuple[WeightLimit, ...] = ()
    usual_max_per_day: float | None = None
    max_per_course: float | None = None
    taper_days: float | None = None
    review_days: float | None = None
    interval_days: float | None = None
    min_interval_days: float | None = None
    max_per_year: float | None = None
    sites_max: float | None = None
    volume_ml_max: float | None = None
    mme_factor: float | None = None
    seen_at: tuple[str, ...] = ()
    reviewed: int | None = None


@dataclass(frozen=True, kw_only=True)
class Modality:
    """One treatment. `typical_dose` is for reading, `agents` and `dose_ranges` for checking."""

    id: str
    family: str
    label: str
    focus_areas: tuple[str, ...]
    description: str
    typical_dose: str
    dose_verification: Verification
    dose_source: str
    mechanism: str
    delivered_by: tuple[str, ...]
    time_to_effect: str
    cost_band: str
    harms: str
    harms_verification: Verification
    harms_source: str
    other_fields_verification: Verification
    agents: tuple[Agent, ...] = ()
    dose_ranges: Mapping[str, Any] = field(default_factory=dict)
    dose_seen_at: tuple[str, ...] = ()
    dose_note: str | None = None
    harms_seen_at: tuple[str, ...] = ()
    harms_note: str | None = None
    harm_rates: tuple[HarmRate, ...] = ()
    reviewed: int | None = None

    @cached_property
    def ranges(self) -> Mapping[str, tuple[float, float]]:
        """Quantity to (low, high), as `dose_ranges` without its sources."""
        return {
            quantity: (float(limits[0]), float(limits[1]))
            for quantity, limits in self.dose_ranges.items()
            if quantity not in NO_QUANTITY
        }

    @property
    def is_drug(self) -> bool:
        """True where a plan must name the agent: medicines, injections and discouraged drugs."""
        return bool(self.agents) and self.family != "lifestyle"

    def agent(self, agent_id: str) -> Agent:
        """The drug of this id. Raises KeyError if the modality has none of that name."""
        for agent in self.agents:
            if agent.id == agent_id:
                return agent
        raise KeyError(agent_id)
