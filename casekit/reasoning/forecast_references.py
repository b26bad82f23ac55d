"""Simple forecasts that a better one has to beat: climatology, the same with the baseline, persistence.

Skill is always told against one of these on the same forecasts. Beating plain climatology is easy, so both
that and the baseline-adjusted one are reported. Source: `climatology` of the forecast scoring.
"""

from __future__ import annotations

from dataclasses import replace

from casekit.domain.outcome import OutcomeEvidence
from casekit.reasoning.forecast import forecast
from casekit.reasoning.forecast_inputs import model_instrument, require_known
from casekit.reasoning.forecast_result import Contribution, Forecast


def climatology(
    evidence: OutcomeEvidence,
    *,
    phase: str,
    domain: str,
    instrument: str,
    weeks: float,
    care_setting: str | None = None,
) -> Forecast:
    """The model for an average patient: reference baseline of the phase, no modifier, no treatment.

    Raises as `forecast`. In a pain clinic the reference baseline of its registry is taken.
    """
    model = evidence.model_proposal
    require_known(phase, model.phases, "phase with a course in the forecast model")
    model_instrument(evidence, instrument, domain)
    reference = model.parameters.reference(phase, domain)
    if care_setting == "pain_clinic" and phase == "chronic" and domain == "pain":
        reference = model.optional_care_setting.parameters.reference_baseline_pain.value
    return forecast(
        evidence,
        phase=phase,
        domain=domain,
        instrument=instrument,
        baseline=reference,
        weeks=weeks,
        care_setting=care_setting,
    )


def natural_history(
    evidence: OutcomeEvidence,
    *,
    phase: str,
    domain: str,
    instrument: str,
    baseline: float,
    weeks: float,
    care_setting: str | None = None,
) -> Forecast:
    """Climatology with the patient's own baseline: usual care, nothing else known. Raises as `forecast`."""
    return forecast(
        evidence,
        phase=phase,
        domain=domain,
        instrument=instrument,
        baseline=baseline,
        weeks=weeks,
        care_setting=care_setting,
    )


def persistence(natural: Forecast) -> Forecast:
    """ "Nothing changes": latent mean at the baseline, with the spread of the natural history."""
    start = Contribution(kind="baseline", id="baseline", latent_points=natural.baseline)
    changed = replace(natural, m=natural.baseline, parts=(start,), ignored=(), notes=())
    return replace(changed, usual_care_mean=changed.mean)
