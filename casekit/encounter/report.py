"""A visit on paper: what was committed, what happened, the score with its reasons. Plain text, for any screen.

Opens when the visit is closed. The same journal gives the same report.
"""

from __future__ import annotations

from collections.abc import Iterator

from casekit.encounter.debrief import DebriefView, debrief
from casekit.encounter.visit import Visit

TEACHING_ONLY = "For teaching only. Never for the care of a real person."


def report(visit: Visit) -> str:
    """The report of a closed visit. Raises VisitError while it is open."""
    view = debrief(visit)
    lines = [
        f"{visit.case.title} ({visit.case.id} {visit.case.version})",
        f"{visit.case.patient.name}, {visit.case.patient.age}. Learner: {visit.state.learner or 'not named'}. "
        f"Begun {visit.state.started_at[:16]}, last entry {visit.state.last_at[:16]} UTC.",
        TEACHING_ONLY,
        f"Review state of this case: {visit.case.review.state}.",
        "",
        view.key.debrief.headline,
        f"It was: {visit.hypothesis_name(view.key.diagnosis.lead)}.",
        "",
        *_estimates(visit),
        "",
        *_plan(visit, view),
        "",
        *_forecasts(visit, view),
        "",
        "Score",
        str(view.score),
        "",
        "Sources",
        *(f"  {source.citation} {source.url} [{level}]" for source, level in view.sources),
    ]
    return "\n".join(lines) + "\n"


def _estimates(visit: Visit) -> Iterator[str]:
    yield "Estimates, yours and the calculation's in percent"
    for number, estimate in enumerate(visit.state.estimates):
        calculated = visit.reference(number)
        stated = sorted(estimate.probabilities.items(), key=lambda item: (-item[1], item[0]))
        words = [
            f"{visit.hypothesis_name(name)} {100 * p:.0f} ({100 * calculated.get(name, 0.0):.0f})" for name, p in stated
        ]
        yield f"  {number + 1}, at the {estimate.step}: {'; '.join(words)}"
    if visit.state.summary:
        yield f"Summary: {visit.state.summary}"
    if visit.state.diagnosis:
        yield f"Diagnosis: {visit.hypothesis_name(visit.state.diagnosis.lead)}, {visit.state.diagnosis.urgency}"


def _plan(visit: Visit, view: DebriefView) -> Iterator[str]:
    yield "Plan, checked with everything about the patient"
    if not visit.state.plan:
        yield "  nothing was planned"
    yield from (f"  {verdict}" for verdict in view.true_check)


def _forecasts(visit: Visit, view: DebriefView) -> Iterator[str]:
    yield "Forecasts on 0 to 100, lower is better: 10 %, middle, 90 %; what happened"
    for instrument, weeks in view.outcomes.items():
        for week, happened in weeks.items():
            given = visit.state.forecasts.get(instrument, {}).get(week)
            words = f"{given.q10:g}, {given.q50:g}, {given.q90:g}" if given else "not answered"
            yield f"  {instrument}, week {week}: {words}; {happened:g}"
