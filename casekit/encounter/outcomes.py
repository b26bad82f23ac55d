"""What happens to this patient: reference forecasts and the drawn course, both depending on the plan.

The reference knows only the modifiers the learner had opened; the drawn course knows them all. One latent
path a visit, from its seed, so that another plan for the same patient differs by the plan alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from casekit.domain.acts import PlanItem
from casekit.domain.case import Case
from casekit.domain.key import Key
from casekit.domain.outcome import OutcomeEvidence
from casekit.encounter.reference import known_from
from casekit.encounter.state import VisitState
from casekit.reasoning.course import LatentPath, Outcome, case_seed, draw_path, outcome_at
from casekit.reasoning.forecast import forecast
from casekit.reasoning.forecast_own_course import own_course_forecast, right_care_given
from casekit.reasoning.forecast_result import Forecast
from casekit.reasoning.forecast_treatments import PlannedTreatments, treatments_from_plan


class CourseOfCase:
    """The forecasts and outcomes of one case under any plan."""

    def __init__(self, case: Case, key: Key, evidence: OutcomeEvidence) -> None:
        self._case = case
        self._key = key
        self._evidence = evidence
        self._planned: tuple[tuple[PlanItem, ...], PlannedTreatments] | None = None

    def forecast(
        self, instrument: str, week: float, plan: Iterable[PlanItem], modifiers: Mapping[str, str]
    ) -> Forecast:
        """Where the patient will be at `week` on 0-100, given this plan and these modifiers."""
        prognosis, items = self._key.prognosis, tuple(plan)
        row = self._evidence.model_proposal.instruments[instrument]
        baseline = min(100.0, self._case.measure(instrument).score * row.unit)
        if prognosis.own_course is not None:
            good = right_care_given(prognosis.own_course, [item.modality for item in items])
            return own_course_forecast(
                self._evidence, prognosis.own_course, good=good, domain=row.domain, instrument=instrument,
                baseline=baseline, weeks=week,
            )  # fmt: skip
        planned = self._treatments(items)
        return forecast(
            self._evidence, phase=prognosis.phase, domain=row.domain, instrument=instrument, baseline=baseline,
            weeks=week, modifiers=modifiers, treatments=planned.adherence, treatment_start=planned.start,
        )  # fmt: skip

    def _treatments(self, items: tuple[PlanItem, ...]) -> PlannedTreatments:
        """What the model takes of a plan; the same plan is asked for at every week."""
        if self._planned is None or self._planned[0] != items:
            prognosis = self._key.prognosis
            own = prognosis.adherence_by_modality
            planned = treatments_from_plan(
                self._evidence,
                {item.modality: own.get(item.modality, prognosis.adherence) for item in items},
                prognosis.phase,
                {item.modality: item.start_week for item in items},
            )
            self._planned = (items, planned)
        return self._planned[1]

    def reference(self, state: VisitState, instrument: str, week: float) -> Forecast:
        """The forecast a learner is judged against: the opened modifiers and the learner's own plan."""
        return self.forecast(instrument, week, state.plan, known_from(self._case, state.opened).modifiers)

    def outcome(self, path: LatentPath, instrument: str, week: float, plan: Iterable[PlanItem]) -> Outcome:
        """What happens at `week` under this plan, with all modifiers of the patient."""
        return outcome_at(self.forecast(instrument, week, plan, self._key.prognosis.modifiers), path)

    def path(self, seed: int) -> LatentPath:
        """The patient's luck: the same for every plan, from case, version and seed."""
        return draw_path(self._evidence, case_seed(self._case.id, self._case.version, seed))

    def goal_level(self, goal_id: str, y: float) -> int:
        """Attainment -2 to 2 of a goal for an outcome of its domain on 0-100."""
        wish = next(wish for wish in self._case.goals if wish.id == goal_id)
        return sum(y <= bound for bound in wish.at_most) - 2

    def instrument_of(self, domain: str) -> str:
        """The forecast measure of this domain. Raises KeyError if the case forecasts none."""
        for name in self._case.forecast_measures:
            if self._evidence.model_proposal.instruments[name].domain == domain:
                return name
        raise KeyError(domain)
