"""What a learner hands in during a visit: estimates, a diagnosis, goals, a plan, forecasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from casekit.domain.vocabulary import Urgency
from casekit.errors import InputError


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """The committed diagnosis: a condition id and how soon somebody must act."""

    lead: str
    urgency: Urgency
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A goal the learner agreed with the patient. `goal` is the id of a wish.

    `target` is on the measure's own scale; importance and difficulty 1 to 3.
    """

    goal: str
    measure: str
    target: float
    by_week: int
    importance: int = 2
    difficulty: int = 2

    def __post_init__(self) -> None:
        """Refuse weights outside 1 to 3."""
        for name in ("importance", "difficulty"):
            if getattr(self, name) not in (1, 2, 3):
                raise InputError(f"{name} of goal {self.goal}: 1 to 3. You gave {getattr(self, name)}.")


@dataclass(frozen=True, kw_only=True)
class Dose:
    """How much of a treatment. Drugs: `amount` in `unit` per dose; sessions: `per_week` times `minutes`."""

    amount: float | None = None
    unit: str = ""
    times_per_day: float | None = None
    days: float | None = None
    per_week: float | None = None
    minutes: float | None = None
    weeks: float | None = None


@dataclass(frozen=True, kw_only=True)
class PlanItem:
    """One entry of a plan: who does what, at what dose, from when, towards which goal, measured how."""

    modality: str
    agent: str | None = None
    dose: Dose = field(default_factory=Dose)
    discipline: str = ""
    start_week: float = 0
    goal: str = ""
    measure: str = ""
    progression: str = ""
    stop_rule: str = ""
    agreed: bool = True


@dataclass(frozen=True, kw_only=True)
class Quantiles:
    """A forecast by its 10, 50 and 90 % quantiles on 0-100, lower is better."""

    q10: float
    q50: float
    q90: float

    def __post_init__(self) -> None:
        """Refuse disorder and values outside the scale."""
        if not 0 <= self.q10 <= self.q50 <= self.q90 <= 100:
            raise InputError(
                f"10, middle and 90 % must rise and lie within 0 to 100. "
                f"You gave {self.q10:g}, {self.q50:g}, {self.q90:g}."
            )


Probabilities = Mapping[str, float]
"""Hypothesis id to probability; the values sum to 1."""
