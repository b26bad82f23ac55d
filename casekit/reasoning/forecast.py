"""The forecast model: from phase, baseline, modifiers and treatments to a distribution of the outcome.

Mean under usual care first, then the latent mean that has it, then shifts for modifiers and treatments.
All numbers come from `model_proposal` of the outcome evidence, whose steps are numbered as below.
The lesson is the width of the interval: spread is never reduced by what is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casekit.domain.forecast_model import ForecastModel
from casekit.domain.outcome import OutcomeEvidence
from casekit.reasoning import forecast_remarks as remarks
from casekit.reasoning.clipped_normal import latent_mean
from casekit.reasoning.forecast_effects import modifier_parts, treatment_parts
from casekit.reasoning.forecast_inputs import ForecastRequest, checked_request, clinic_applies
from casekit.reasoning.forecast_result import Contribution, Forecast, Ignored
from casekit.reasoning.forecast_tables import retention, time_factor


def forecast(
    evidence: OutcomeEvidence,
    *,
    phase: str,
    domain: str = "disability",
    instrument: str = "odi",
    baseline: float,
    weeks: float,
    modifiers: Mapping[str, str] | None = None,
    treatments: Mapping[str, float] | None = None,
    care_setting: str | None = None,
    treatment_start: Mapping[str, float] | None = None,
) -> Forecast:
    """Forecast an outcome `weeks` after the first visit (0 to 156), everything on 0-100.

    `modifiers` maps an id to its level, `treatments` an id to the adherence 0 to 1, `treatment_start` a
    treatment to the week it begins (0 if not named), `care_setting` is usual or pain_clinic. What has no
    effect in this phase or domain is listed in `.ignored`.
    Raises UnknownIdError or InputError, naming the value and what is allowed. Source: evidence, basis mixed.
    """
    request = checked_request(
        evidence,
        phase=phase,
        domain=domain,
        instrument=instrument,
        baseline=baseline,
        weeks=weeks,
        modifiers=modifiers,
        treatments=treatments,
        care_setting=care_setting,
        treatment_start=treatment_start,
    )
    if request.weeks == 0:
        return _observed(request)
    return _forecast(evidence.model_proposal, request)


def _observed(request: ForecastRequest) -> Forecast:
    """Step 0: at week 0 the outcome has been seen."""
    start = Contribution(kind="baseline", id="baseline", latent_points=request.baseline)
    note = "Week 0 is the observed baseline."
    return _result(request, m=request.baseline, s=0.0, mu=request.baseline, parts=(start,), notes=(note,))


def _forecast(model: ForecastModel, request: ForecastRequest) -> Forecast:
    clinic = clinic_applies(request)
    mu = usual_care_mean(model, request, clinic=clinic)
    s = residual_sd(model, request, clinic=clinic)
    m0 = latent_mean(mu, s)
    modifiers = tuple(modifier_parts(model, request, s))
    treatments = tuple(treatment_parts(model, request))
    parts = (*_course_parts(model, request, m0), *modifiers, *treatments)
    return _result(
        request,
        m=sum((part.latent_points for part in (*modifiers, *treatments)), m0),
        s=s,
        mu=mu,
        parts=parts,
        ignored=tuple(remarks.ignored(model, request)),
        notes=tuple(remarks.notes(model, request, treatments)),
    )


def _result(
    request: ForecastRequest,
    *,
    m: float,
    s: float,
    mu: float,
    parts: tuple[Contribution, ...],
    ignored: tuple[Ignored, ...] = (),
    notes: tuple[str, ...] = (),
) -> Forecast:
    row = request.row
    return Forecast(
        phase=request.phase,
        domain=request.domain,
        instrument=request.instrument,
        baseline=request.baseline,
        weeks=request.weeks,
        care_setting=request.care_setting,
        m=m,
        s=s,
        usual_care_mean=mu,
        mic=row.minimal_important_change,
        step=row.recorded_step,
        half_cell=row.recorded_half_cell,
        parts=parts,
        ignored=ignored,
        notes=notes,
    )


def usual_care_mean(model: ForecastModel, request: ForecastRequest, *, clinic: bool = False) -> float:
    """Step 1: mean outcome under usual care, strictly between 0 and 100."""
    parameters = model.parameters
    reference = parameters.reference(request.phase, request.domain)
    slope = parameters.baseline_slope_ratio.value
    kept = retention(model, request.phase, request.domain, request.weeks)
    if clinic:
        setting = model.optional_care_setting.parameters
        kept **= setting.retention_exponent.value
        if request.domain == "pain":
            reference, slope = setting.reference_baseline_pain.value, setting.slope_ratio_pain.value
    return kept * (reference + slope * (request.baseline - reference))


def residual_sd(model: ForecastModel, request: ForecastRequest, *, clinic: bool = False) -> float:
    """Step 2: SD of the latent outcome; nothing later changes it."""
    at_12_weeks = model.parameters.residual_sd.at_12_weeks[request.row.residual_sd].value
    if clinic and request.domain == "pain":
        at_12_weeks = model.optional_care_setting.parameters.residual_sd_nrs_at_12_weeks.value
    return at_12_weeks * time_factor(model, request.weeks)


def _course_parts(model: ForecastModel, request: ForecastRequest, m0: float) -> Iterator[Contribution]:
    curve = model.parameters.retention[request.phase][request.domain]
    exponent = model.optional_care_setting.parameters.retention_exponent
    clinic = clinic_applies(request)
    yield Contribution(kind="baseline", id="baseline", latent_points=request.baseline)
    yield Contribution(
        kind="course",
        id=request.phase,
        latent_points=m0 - request.baseline,
        detail=f"{request.phase} course, {'pain clinic' if clinic else 'usual care'}",
        basis=exponent.basis if clinic else curve.basis,
        verification=(exponent if clinic else curve).verification.value,
        origin=exponent.origin if clinic else curve.origin,
    )
