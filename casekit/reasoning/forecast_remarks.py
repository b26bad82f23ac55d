"""What the screen says beside a forecast: what was ignored and why, and where it leaves the data."""

from __future__ import annotations

from collections.abc import Iterator

from casekit.domain.forecast_model import ForecastModel
from casekit.reasoning.forecast_effects import holds
from casekit.reasoning.forecast_inputs import PAIN_CLINIC, ForecastRequest, clinic_applies
from casekit.reasoning.forecast_result import Contribution, Ignored


def ignored(model: ForecastModel, request: ForecastRequest) -> Iterator[Ignored]:
    """Everything given that has no effect in this phase or domain."""
    modifiers, treatments = model.parameters.modifiers.table, model.parameters.treatments.table
    for name in request.modifiers:
        if not holds(modifiers[name].phases, request.phase):
            yield Ignored(kind="modifier", id=name, reason=_only_in(modifiers[name].phases, request.phase))
    for name in request.treatments:
        if not holds(treatments[name].phases, request.phase):
            yield Ignored(kind="treatment", id=name, reason=_only_in(treatments[name].phases, request.phase))
        elif treatments[name].effect(request.domain) is None:
            yield Ignored(kind="treatment", id=name, reason=f"no estimate for {request.domain}")
    if request.care_setting == PAIN_CLINIC and not clinic_applies(request):
        reason = f"only estimated for the chronic phase, not {request.phase}"
        yield Ignored(kind="care_setting", id=PAIN_CLINIC, reason=reason)


def notes(
    model: ForecastModel, request: ForecastRequest, treatments: tuple[Contribution, ...]
) -> Iterator[str]:
    """Warnings in words: held values, the limits of the pain-clinic course."""
    clinic = clinic_applies(request)
    for part in treatments:
        if part.note:
            yield f"{part.id}: {part.note}"
    last = model.parameters.retention[request.phase][request.domain].weeks[-1]
    if request.weeks > last:
        yield f"The course is held at its value of week {last:g}: an assumption, not data."
    if clinic:
        yield "Course of people who returned to a pain clinic; not of all who are referred."
        if request.domain == "disability":
            yield "The clinic's course of disability is expert opinion: the registry followed pain only."
        if treatments:
            yield "The clinic's own treatment is already in this course: adding effects is optimistic."


def _only_in(phases: tuple[str, ...], phase: str) -> str:
    return f"only estimated for {', '.join(phases)}, not {phase}"
