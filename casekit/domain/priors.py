"""Where a differential starts: one complete table of probabilities for a setting, and what multiplies it.

Nothing is computed here; the rules are in `reasoning/pretest`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from casekit.domain.vocabulary import Setting, Verification


@dataclass(frozen=True, kw_only=True)
class PriorGroup:
    """Conditions published under one total, 0 to 1, because no bedside test separates them."""

    id: str
    total: float
    members: tuple[str, ...]
    setting: Setting
    source: str
    verification: Verification
    page: str = ""
    note: str = ""
    range: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class KeptTotal:
    """A published group total that a prior table keeps."""

    group: str
    total: float


@dataclass(frozen=True, kw_only=True)
class PriorEntry:
    """The starting probability of one condition. `basis`: published, derived or a teaching split."""

    condition: str
    probability: float
    basis: str
    verification: Verification
    note: str
    source: str | None = None
    page: str = ""


@dataclass(frozen=True, kw_only=True)
class PriorTable:
    """Starting probabilities of all conditions and `other` in one setting; they sum to 1."""

    setting: Setting
    population: str
    keeps_totals: tuple[KeptTotal, ...]
    note: str
    entries: tuple[PriorEntry, ...]

    @cached_property
    def probabilities(self) -> dict[str, float]:
        """Condition id to probability, in the order of the table."""
        return {entry.condition: entry.probability for entry in self.entries}


@dataclass(frozen=True, kw_only=True)
class PriorMultiplier:
    """What an age band, a sex or a chronicity does to the prior of one condition. A teaching assumption."""

    condition: str
    attribute: str
    value: str
    multiplier: float
    settings: tuple[Setting, ...]
    basis: str
    verification: Verification
    reason: str
    source: str | None = None
    page: str = ""
    reviewed: int = 0
