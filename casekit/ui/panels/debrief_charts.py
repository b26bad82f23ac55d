"""Two figures of the debrief: how the leading hypothesis moved, and the same patient under three plans."""

from __future__ import annotations

import htpy as h

from casekit.encounter.debrief import DebriefView
from casekit.encounter.hypotheses import merged
from casekit.encounter.visit import Visit
from casekit.plots import differential_over_time, outcomes_by_plan
from casekit.plots.differential_over_time import DifferentialOverTime
from casekit.plots.outcomes_by_plan import OutcomesByPlan
from casekit.plots.svg import drawn
from casekit.ui.markup import figure, percent, table
from casekit.ui.panels.scale import Scale, scales

STEPS = ("door note", "history", "examination", "tests")


def differential_figure(visit: Visit, view: DebriefView) -> h.Node:
    """The hypothesis that was right, at each committed estimate; nothing without an estimate."""
    estimates, hypothesis = visit.state.estimates, view.turning.hypothesis
    if not estimates:
        return None
    data = DifferentialOverTime(
        steps=STEPS[: len(estimates)],
        you=tuple(estimate.probabilities.get(hypothesis, 0.0) for estimate in estimates),
        calculated=tuple(
            merged(visit.evidence.diagnosis, visit.calculation(number).posttest).get(hypothesis, 0.0)
            for number in range(len(estimates))
        ),
    )
    title = f"{visit.hypothesis_name(hypothesis)}, percent"
    rows = [
        [step.capitalize(), percent(you), percent(calculated)]
        for step, you, calculated in zip(data.steps, data.you, data.calculated, strict=True)
    ]
    return figure(
        drawn(differential_over_time.draw, data, differential_over_time.WIDTHS, title, data.description),
        title,
        data.description,
        table(title, ("After", "You", "Calculated"), rows),
        note=_moved(data),
    )


def _moved(data: DifferentialOverTime) -> str:
    if len(data.steps) == 1:
        return "One estimate was committed."
    return (
        f"You went from {percent(data.you[0])} to {percent(data.you[-1])}, "
        f"the calculation from {percent(data.calculated[0])} to {percent(data.calculated[-1])}."
    )


def outcome_figures(visit: Visit, view: DebriefView) -> list[h.Element]:
    """One figure a measure."""
    return [_outcome_figure(visit, view, scale) for scale in scales(visit)]


def _outcome_figure(visit: Visit, view: DebriefView, scale: Scale) -> h.Element:
    weeks = visit.case.forecast_weeks

    def course(outcomes: dict[int, float]) -> tuple[float, ...]:
        return tuple(scale.own(outcomes[week]) for week in weeks)

    data = OutcomesByPlan(
        top=scale.top,
        baseline=scale.baseline,
        weeks=weeks,
        yours=course(dict(view.outcomes[scale.id])),
        expert=course(dict(view.expert_outcomes[scale.id])),
        no_care=course(dict(view.no_care_outcomes[scale.id])),
    )
    title = f"{scale.about} ({scale.name}) under three plans"
    rows = [["Start", *(f"{scale.baseline:g}",) * 3]]
    rows += [
        [f"{week} weeks", f"{yours:g}", f"{expert:g}", f"{none:g}"]
        for week, yours, expert, none in zip(weeks, data.yours, data.expert, data.no_care, strict=True)
    ]
    return figure(
        drawn(outcomes_by_plan.draw, data, outcomes_by_plan.WIDTHS, title, data.description),
        title,
        data.description,
        table(title, ("When", "Your plan", "Expert’s", "No active care"), rows),
        note=_compared(data),
    )


def _compared(data: OutcomesByPlan) -> str:
    scale = f"Same patient, same luck. 0 to {data.top:g}, lower is better."
    if data.yours == data.expert == data.no_care:
        return f"{scale} All three are the same: the model has no effect for these treatments here."
    own = data.baseline - data.yours[-1]
    without = data.baseline - data.no_care[-1]
    changes = f"{-own:+g} with your plan, {-without:+g} without treatment".replace("-", "−")
    return f"{scale} Change at {data.weeks[-1]} weeks: {changes}."
