"""What is shown when a visit is closed: the answers, the score, and the same patient under other plans.

Refused before closing. Nothing here is stored; it follows from the events, the case, the key and the evidence.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casekit.domain.acts import PlanItem
from casekit.domain.case import Fact
from casekit.domain.key import Key
from casekit.domain.sources import Source
from casekit.encounter.hypotheses import hypothesis_of
from casekit.encounter.outcomes import CourseOfCase
from casekit.encounter.reference import check_for
from casekit.encounter.replay import play
from casekit.encounter.score import VisitScore
from casekit.encounter.state import VisitState
from casekit.encounter.visit import Visit
from casekit.errors import VisitError
from casekit.reasoning.forecast_result import Forecast
from casekit.reasoning.plan_verdict import PlanCheck
from casekit.reasoning.steps import Step as RatioStep

Outcomes = Mapping[str, Mapping[int, float]]
"""Instrument to week to outcome on 0-100."""


@dataclass(frozen=True, kw_only=True)
class Turning:
    """The one fact that should have moved the learner, and how far it did.

    Probabilities of the lead hypothesis; None where the learner made no estimate on that side of the fact.
    """

    fact: Fact
    hypothesis: str
    step: RatioStep | None
    opened: bool
    you_before: float | None
    you_after: float | None
    calculated_before: float | None
    calculated_after: float | None


@dataclass(frozen=True, kw_only=True)
class DebriefView:
    """Everything the debrief shows."""

    key: Key
    score: VisitScore
    expert: VisitState
    outcomes: Outcomes
    expert_outcomes: Outcomes
    no_care_outcomes: Outcomes
    references: Mapping[str, Mapping[int, Forecast]]
    true_check: PlanCheck
    turning: Turning
    sources: tuple[tuple[Source, str], ...]


def debrief(visit: Visit) -> DebriefView:
    """The debrief of a closed visit. Raises VisitError while it is open."""
    if not visit.state.closed:
        raise VisitError("The debrief opens when the visit is closed.")
    key = visit._key
    expert = play(visit.case, key, visit.evidence, key.expert, seed=visit.state.seed).state
    course = CourseOfCase(visit.case, key, visit.evidence.outcome)
    check = check_for(
        visit.case, visit.evidence.treatment, condition=key.diagnosis.lead, attributes=visit.case.attributes,
        drugs=visit.case.drugs, items=visit.state.plan,
    )  # fmt: skip
    return DebriefView(
        key=key,
        score=visit.score(),
        expert=expert,
        outcomes=_outcomes(visit, course, visit.state.plan),
        expert_outcomes=_outcomes(visit, course, expert.plan),
        no_care_outcomes=_outcomes(visit, course, ()),
        references={
            name: {week: course.reference(visit.state, name, week) for week in visit.case.forecast_weeks}
            for name in visit.case.forecast_measures
        },
        true_check=check,
        turning=_turning(visit, key),
        sources=_sources(visit, key, check),
    )


def _outcomes(visit: Visit, course: CourseOfCase, plan: Iterable[PlanItem]) -> Outcomes:
    items, path = tuple(plan), course.path(visit.state.seed)
    return {
        name: {week: course.outcome(path, name, week, items).recorded for week in visit.case.forecast_weeks}
        for name in visit.case.forecast_measures
    }


def _turning(visit: Visit, key: Key) -> Turning:
    fact = visit.case.fact(key.debrief.turning_fact)
    lead = key.diagnosis.lead
    hypothesis = hypothesis_of(visit.evidence.diagnosis, lead)
    estimates = visit.state.estimates
    after = next((n for n, estimate in enumerate(estimates) if fact.id in estimate.opened), None)
    before = len(estimates) - 1 if after is None else after - 1

    def yours(number: int | None) -> float | None:
        return None if number is None or number < 0 else estimates[number].probabilities.get(hypothesis, 0.0)

    def calculated(number: int | None) -> float | None:
        return None if number is None or number < 0 else visit.reference(number).get(hypothesis)

    return Turning(
        fact=fact,
        hypothesis=hypothesis,
        step=_step(visit, fact, lead, after),
        opened=fact.id in visit.state.opened,
        you_before=yours(before),
        you_after=yours(after),
        calculated_before=calculated(before),
        calculated_after=calculated(after),
    )


def _step(visit: Visit, fact: Fact, lead: str, number: int | None) -> RatioStep | None:
    if number is None:
        return None
    steps = [
        step
        for step in visit.calculation(number).steps_for(lead)
        if step.finding in fact.findings and step.ratio is not None
    ]
    return max(steps, key=lambda step: abs(math.log(step.ratio or 1.0)), default=None)


def _sources(visit: Visit, key: Key, check: PlanCheck) -> tuple[tuple[Source, str], ...]:
    found: dict[str, tuple[Source, str]] = {}

    def add(source_id: str, verification: str) -> None:
        source = visit.evidence.sources.get(source_id)
        if source is not None:
            found.setdefault(source.id, (source, verification))

    if visit.state.estimates:
        for step in visit.calculation(len(visit.state.estimates) - 1).steps_for(key.diagnosis.lead):
            add(step.source or "", str(step.verification))
    for verdict in check:
        for reason in verdict.reasons:
            for source_id in reason.sources:
                add(source_id, str(reason.verification))
    for source_id in key.references:
        source = visit.evidence.sources.get(source_id)
        add(source_id, (source.verification if source else "") or "recalled")
    return tuple(found.values())
