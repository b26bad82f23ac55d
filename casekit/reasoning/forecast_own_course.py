"""A course that the case gives itself, for causes the general model refuses. Always expert opinion.

The case lists a latent mean and SD per domain and week, under good and under missed care. In between they
are read like every table of the model; the result is the same kind of object as a model forecast.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from casekit.domain.key import CoursePoint, OwnCourse
from casekit.domain.outcome import OutcomeEvidence
from casekit.errors import CaseError
from casekit.reasoning.clipped_normal import ClippedNormal, require_on_scale
from casekit.reasoning.forecast_inputs import LAST_WEEK, model_instrument, require_number
from casekit.reasoning.forecast_result import Contribution, Forecast
from casekit.reasoning.forecast_tables import interpolate


def right_care_given(course: OwnCourse, modalities: Iterable[str]) -> bool:
    """True if the plan holds one modality of each group of `right_care`: the good branch."""
    chosen = set(modalities)
    return all(chosen.intersection(group) for group in course.right_care)


def own_course_forecast(
    evidence: OutcomeEvidence,
    course: OwnCourse,
    *,
    good: bool,
    domain: str,
    instrument: str,
    baseline: float,
    weeks: float,
    phase: str = "own_course",
) -> Forecast:
    """Forecast from the case's own course, 0 to 156 weeks, everything on 0-100.

    Week 0 is the observed baseline. Before the first listed week the mean moves from the baseline and the SD
    is that of the first week; after the last both are held.
    Raises CaseError if the course has no points for the domain, otherwise as `forecast`.
    """
    name, row = model_instrument(evidence, instrument, domain)
    require_on_scale(baseline, "The baseline")
    require_number(weeks, 0, LAST_WEEK, "The weeks of a forecast")
    m, s = (baseline, 0.0) if weeks == 0 else _latent(course, domain, good, baseline, weeks)
    start = Contribution(kind="baseline", id="baseline", latent_points=baseline)
    branch = Contribution(
        kind="course",
        id="own_course",
        latent_points=m - baseline,
        detail="the right care was given" if good else "the right care was missed",
        basis="expert",
        verification="recalled",
        origin=course.reason,
    )
    return Forecast(
        phase=phase,
        domain=domain,
        instrument=name,
        baseline=float(baseline),
        weeks=float(weeks),
        m=m,
        s=s,
        usual_care_mean=ClippedNormal(m, s).mean,
        mic=row.minimal_important_change,
        step=row.recorded_step,
        half_cell=row.recorded_half_cell,
        parts=(start,) if weeks == 0 else (start, branch),
        notes=("This course is the case author's opinion, not a model.",),
    )


def _latent(course: OwnCourse, domain: str, good: bool, baseline: float, weeks: float) -> tuple[float, float]:
    points = sorted((point for point in course.points if point.domain == domain), key=lambda p: p.weeks)
    if not points:
        raise CaseError(f"The case's own course has no points for {domain}. Add them in the key, prognosis.")
    if points[0].weeks > 0:
        first = points[0]
        points = [replace(first, weeks=0.0, mean=baseline, missed_mean=baseline), *points]
    at = [point.weeks for point in points]
    mean = interpolate(at, [_mean(point, good) for point in points], weeks)
    return mean, interpolate(at, [point.sd if good else point.missed_sd for point in points], weeks)


def _mean(point: CoursePoint, good: bool) -> float:
    return point.mean if good else point.missed_mean
