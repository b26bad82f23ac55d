"""Outcome instruments: what they measure, how they are scored, which change matters, under which licence.

Only facts about instruments, never their items. Scoring rules stay as the evidence words them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casekit.domain.vocabulary import Verification


@dataclass(frozen=True, kw_only=True)
class ImportantChange:
    """One published threshold of change (or absolute cut) in the instrument's own units.

    `metric` says which kind: MIC, MIC_relative (percent of baseline), MDC90, PASS and so on. `value` is a
    number, a range, or `None` where only a range was published.
    """

    metric: str
    value: float | tuple[float, ...] | None = None
    unit: str = ""
    context: str = ""
    source: str | tuple[str, ...] = ()
    verification: Verification
    range: tuple[float, float] | None = None
    basis: str = ""
    arithmetic: str = ""


@dataclass(frozen=True, kw_only=True)
class Licence:
    """Who holds the instrument and whether its items may be shown. casekit shows none either way."""

    status: str
    reproduce_items: bool
    holder: str = ""
    distributor: str = ""
    note: str = ""
    source: str | tuple[str, ...] = ()
    verification: Verification | None = None


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """An outcome instrument. `direction` is higher_worse, higher_better or lower_better (or a sentence).

    `range` is low to high, or a sentence for T scores. `scoring`, `categories` and the fields after `note`
    are kept as the evidence gives them.
    """

    name: str
    direction: str
    verification: Verification
    scoring: Mapping[str, Any]
    licence: Licence
    construct: str = ""
    items: int | str | None = None
    item_range: tuple[int, int] | None = None
    range: tuple[float, float] | str | None = None
    step: float | None = None
    step_when_complete: float | None = None
    unit: str = ""
    levels: int | None = None
    source: str | tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    change: tuple[ImportantChange, ...] = ()
    categories: Mapping[str, Any] | tuple[Mapping[str, Any], ...] | None = None
    note: str = ""
    trap: str = ""
    traps: tuple[str, ...] = ()
    safety: str = ""
    cutoffs: Mapping[str, Any] | None = None
    phq2: Mapping[str, Any] | None = None
    norms: Mapping[str, Any] | None = None
    lumbar_upper_limit_normal: Mapping[str, Any] | None = None
    below_average: Mapping[str, Any] | None = None
    reliability: Mapping[str, Any] | None = None
    prediction: Mapping[str, Any] | None = None

    @property
    def limits(self) -> tuple[float, float]:
        """Lowest and highest score; 0 to 100 where the evidence gives the range in words (T scores)."""
        return self.range if isinstance(self.range, tuple) else (0.0, 100.0)

    @property
    def higher_is_better(self) -> bool:
        """True if a rising score means improvement."""
        return self.direction.startswith("higher_better")

    def changes(self, metric: str) -> tuple[ImportantChange, ...]:
        """The published thresholds of one metric, in the order of the evidence; empty if there is none."""
        return tuple(change for change in self.change if change.metric == metric)
