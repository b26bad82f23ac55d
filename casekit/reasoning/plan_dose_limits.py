"""Which ceilings and warnings of a drug apply to this patient: kidney, liver, age, weight.

The smallest ceiling wins. A kidney band decides only thresholds it lies wholly below; for a threshold
inside the band the plan asks for the exact clearance. Source: `structured_doses` of the treatment evidence.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from casekit.domain.modalities import Agent, RenalAdjustment
from casekit.domain.vocabulary import Verification

CLEARANCE_BANDS = {"egfr_30_59": (30.0, 60.0), "egfr_lt_30": (0.0, 30.0)}
"""Attribute to the creatinine clearance it stands for in mL/min, from its label: from, to below."""
DIALYSIS = "dialysis"
OLDER, MUCH_OLDER, FRAIL = "age_ge_65", "age_ge_75", "frail"
LIVER, SEVERE_LIVER = "liver_disease", "cirrhosis_decompensated"
LIGHT, LIGHT_KG = "low_body_weight", 50.0
NARROWED = {"_over_75": MUCH_OLDER, "_if_frail": FRAIL}
"""How an action for older people narrows itself to some of them."""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One adjustment that applies to this patient. `max_per_day` is None where it only warns."""

    why: str
    action: str
    max_per_day: float | None = None
    verification: Verification
    is_certain: bool = True
    renal_below: float | None = None

    @property
    def advises_against(self) -> bool:
        """True if the drug should be avoided in this patient."""
        return self.is_certain and self.action == "avoid"

    @property
    def forbids(self) -> bool:
        """True if the drug is ruled out in this patient."""
        return self.is_certain and self.action == "contraindicated"


def limits_for(agent: Agent, attributes: Collection[str]) -> list[Limit]:
    """Every adjustment of this drug that the patient's attributes call for."""
    limits = [*_renal(agent, attributes), *_hepatic(agent, attributes), *_older(agent, attributes)]
    return [limit for limit in [*limits, *_light(agent, attributes)] if limit.action != "none"]


def ceiling(agent: Agent, limits: Collection[Limit]) -> tuple[float, str]:
    """The daily ceiling that applies, in the unit of the agent, and whose it is."""
    ceilings = [
        (limit.max_per_day, limit.why)
        for limit in limits
        if limit.max_per_day is not None and limit.is_certain
    ]
    return min([*ceilings, (agent.max_per_day, "anybody")])


def _renal(agent: Agent, attributes: Collection[str]) -> list[Limit]:
    band = next((limits for name, limits in CLEARANCE_BANDS.items() if name in attributes), None)
    if "egfr_lt_30" in attributes:
        band = CLEARANCE_BANDS["egfr_lt_30"]
    if DIALYSIS in attributes:
        on_dialysis = [row for row in agent.renal if row.dialysis]
        if on_dialysis:
            return [_renal_limit(agent, on_dialysis[0], "dialysis", is_certain=True)]
        band = (0.0, 0.0)
    if band is None:
        return []
    certain = [row for row in agent.renal if row.crcl_below is not None and row.crcl_below >= band[1]]
    possible = [row for row in agent.renal if row.crcl_below and band[0] < row.crcl_below < band[1]]
    lowest = sorted(certain, key=lambda row: row.crcl_below or 0.0)[:1]
    return [
        *(_renal_limit(agent, row, _below(row), is_certain=True) for row in lowest),
        *(_renal_limit(agent, row, _below(row), is_certain=False) for row in possible),
    ]


def _below(row: RenalAdjustment) -> str:
    return f"clearance below {row.crcl_below:g} mL/min"


def _renal_limit(agent: Agent, row: RenalAdjustment, why: str, *, is_certain: bool) -> Limit:
    return Limit(
        why=why,
        action=row.action,
        max_per_day=row.max_per_day,
        verification=row.verification or agent.verification,
        is_certain=is_certain,
        renal_below=row.crcl_below,
    )


def _hepatic(agent: Agent, attributes: Collection[str]) -> list[Limit]:
    if LIVER not in attributes:
        return []
    action = agent.hepatic.action
    if SEVERE_LIVER in attributes:
        action = _when_severe(action)
    limit = Limit(
        why="liver disease",
        action=action,
        max_per_day=agent.hepatic.max_per_day,
        verification=agent.verification,
    )
    return [limit]


def _when_severe(action: str) -> str:
    if action == "contraindicated_if_severe":
        return "contraindicated"
    return "avoid" if action.endswith(("avoid_if_severe", "avoid_if_moderate_or_severe")) else action


def _older(agent: Agent, attributes: Collection[str]) -> list[Limit]:
    if OLDER not in attributes:
        return []
    action = agent.elderly.action
    needed = next((attribute for ending, attribute in NARROWED.items() if action.endswith(ending)), OLDER)
    limit = Limit(
        why="age 65 or older",
        action=action,
        max_per_day=agent.elderly.max_per_day,
        verification=agent.verification,
        is_certain=needed in attributes,
    )
    return [limit]


def _light(agent: Agent, attributes: Collection[str]) -> list[Limit]:
    if LIGHT not in attributes:
        return []
    return [
        Limit(
            why=f"body weight below {row.kg_below:g} kg",
            action="reduce",
            max_per_day=row.max_per_day,
            verification=agent.verification,
            is_certain=row.kg_below >= LIGHT_KG,
        )
        for row in agent.low_weight
    ]
