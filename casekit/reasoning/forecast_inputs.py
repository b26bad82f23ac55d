"""Checks of what a forecast is asked for. Everything outside the model's ranges is refused by name.

There is no fallback to a similar instrument and no guess of a unit: a score of 6 stays 6 of 100.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from casekit.domain.forecast_model import ForecastInstrument
from casekit.domain.outcome import OutcomeEvidence
from casekit.domain.vocabulary import did_you_mean
from casekit.errors import InputError, UnknownIdError
from casekit.reasoning.clipped_normal import require_on_scale

DOMAINS = ("pain", "disability")
USUAL_CARE = "usual"
PAIN_CLINIC = "pain_clinic"
CARE_SETTINGS = (USUAL_CARE, PAIN_CLINIC)
LAST_WEEK = 156


@dataclass(frozen=True, kw_only=True)
class ForecastRequest:
    """A checked question to the model. `instrument` is the id, never an alias; `row` its table entry."""

    phase: str
    domain: str
    instrument: str
    row: ForecastInstrument
    baseline: float
    weeks: float
    care_setting: str = USUAL_CARE
    modifiers: Mapping[str, str] = field(default_factory=dict)
    treatments: Mapping[str, float] = field(default_factory=dict)
    treatment_start: Mapping[str, float] = field(default_factory=dict)


def clinic_applies(request: ForecastRequest) -> bool:
    """True where the pain-clinic course exists: chronic phase only."""
    return request.care_setting == PAIN_CLINIC and request.phase == "chronic"


def require_known(found: str, allowed: Iterable[str], what: str) -> str:
    """Give `found` back. Raises UnknownIdError naming it and everything allowed."""
    words = list(allowed)
    if found in words:
        return found
    text = f'No {what} is called "{found}". Allowed: {", ".join(words)}. {did_you_mean(str(found), words)}'
    raise UnknownIdError(text.strip())


def require_number(value: float, low: float, high: float, what: str) -> float:
    """Give the value back as a float. Raises InputError if it is not a number from low to high."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise InputError(f"{what} must be a number from {low:g} to {high:g}. You gave {value!r}.")
    return float(value)


def model_instrument(evidence: OutcomeEvidence, found: str, domain: str) -> tuple[str, ForecastInstrument]:
    """The id behind an instrument id or alias, and its row in the model.

    Raises UnknownIdError for an instrument the model has no spread for, InputError for one of the other
    domain.
    """
    require_known(domain, DOMAINS, "domain")
    rows = evidence.model_proposal.instruments
    if found in evidence.instruments and found not in rows:
        raise UnknownIdError(
            f'The forecast model has no spread for "{found}", and no other instrument stands in for it. '
            f"Allowed: {', '.join(rows)}."
        )
    row = rows[require_known(found, rows, "instrument of the forecast model")]
    if row.domain != domain:
        fitting = [name for name, other in rows.items() if other.domain == domain]
        raise InputError(f'"{found}" measures {row.domain}, not {domain}. Allowed: {", ".join(fitting)}.')
    return next(name for name, other in rows.items() if other is row), row


def checked_request(
    evidence: OutcomeEvidence,
    *,
    phase: str,
    domain: str,
    instrument: str,
    baseline: float,
    weeks: float,
    modifiers: Mapping[str, str] | None = None,
    treatments: Mapping[str, float] | None = None,
    care_setting: str | None = None,
    treatment_start: Mapping[str, float] | None = None,
) -> ForecastRequest:
    """Check every input against the model. Raises UnknownIdError or InputError with what is allowed."""
    model = evidence.model_proposal
    require_known(phase, model.phases, "phase with a course in the forecast model")
    instrument_id, row = model_instrument(evidence, instrument, domain)
    return ForecastRequest(
        phase=str(phase),
        domain=str(domain),
        instrument=instrument_id,
        row=row,
        baseline=require_on_scale(baseline, "The baseline"),
        weeks=require_number(weeks, 0, LAST_WEEK, "The weeks of a forecast"),
        care_setting=require_known(care_setting or USUAL_CARE, CARE_SETTINGS, "care setting"),
        modifiers=_checked_modifiers(evidence, modifiers or {}),
        treatments=_checked_treatments(evidence, treatments or {}),
        treatment_start=_checked_starts(treatments or {}, treatment_start or {}),
    )


def _checked_modifiers(evidence: OutcomeEvidence, modifiers: Mapping[str, str]) -> dict[str, str]:
    table = evidence.model_proposal.parameters.modifiers.table
    for name, level in modifiers.items():
        require_known(name, table, "modifier")
        require_known(level, table[name].levels, f"level of {name}")
    return dict(modifiers)


def _checked_treatments(evidence: OutcomeEvidence, treatments: Mapping[str, float]) -> dict[str, float]:
    table = evidence.model_proposal.parameters.treatments.table
    return {
        require_known(name, table, "treatment of the forecast model"): require_number(
            adherence, 0, 1, f"The adherence to {name}"
        )
        for name, adherence in treatments.items()
    }


def _checked_starts(treatments: Mapping[str, float], starts: Mapping[str, float]) -> dict[str, float]:
    return {
        require_known(name, treatments, "treatment of this plan"): require_number(
            week, 0, LAST_WEEK, f"The starting week of {name}"
        )
        for name, week in starts.items()
    }
