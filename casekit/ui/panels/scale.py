"""One measure of a case as a learner reads it: its name, its own units, where the patient starts.

Forecasts and outcomes are kept on 0-100; here they are turned to the instrument's own points and back.
"""

from __future__ import annotations

from dataclasses import dataclass

from casekit.domain.case import Case
from casekit.domain.instrument import ImportantChange, Instrument
from casekit.domain.outcome import OutcomeEvidence
from casekit.encounter.visit import Visit
from casekit.ui.markup import short_name

FULL = 100.0
FINE_BELOW = 10.0


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A measure that is forecast, lower is better. `top` and `baseline` are in its own points."""

    id: str
    about: str
    name: str
    top: float
    baseline: float
    unit: float
    instrument: Instrument

    @property
    def label(self) -> str:
        """What it measures with its range, "Disability, ODI 0–100"."""
        return f"{self.about}, {self.name} 0–{self.top:g}".replace(", NRS", ",")

    @property
    def step(self) -> float:
        """How finely a handle moves, in own points."""
        return 0.5 if self.top <= FINE_BELOW else 1.0

    def to_100(self, own: float) -> float:
        """Own points as 0-100."""
        return min(FULL, max(0.0, own * self.unit))

    def own(self, on_100: float) -> float:
        """A value on 0-100 in own points, to a tenth."""
        return round(on_100 / self.unit, 1)

    def show(self, on_100: float) -> str:
        """A value on 0-100 as it is written in own points."""
        return f"{self.own(on_100):g}"

    def change(self, metric: str) -> ImportantChange | None:
        """The first published threshold of this kind, in own points; None if the evidence has none."""
        return next(iter(self.instrument.changes(metric)), None)


def scale_of(visit: Visit, instrument: str) -> Scale:
    """The scale of a forecast measure of this visit's case."""
    return _scale(visit.case, visit.evidence.outcome, instrument)


def scales(visit: Visit) -> tuple[Scale, ...]:
    """Every forecast measure of the case, in its order."""
    return tuple(scale_of(visit, name) for name in visit.case.forecast_measures)


def _scale(case: Case, evidence: OutcomeEvidence, name: str) -> Scale:
    measure, row = case.measure(name), evidence.model_proposal.instruments[name]
    return Scale(
        id=name,
        about=measure.about,
        name=short_name(name),
        top=FULL / row.unit,
        baseline=measure.score,
        unit=row.unit,
        instrument=evidence.instruments[name],
    )
