"""What shifts the latent mean: prognostic modifiers and treatments, with their overlap.

Steps 4 and 5 of the model. Modifiers and treatments never interact: a prognostic factor tells who does
badly, not who responds. Sources: evidence, `modifiers` and `treatments` of the model.
"""

from __future__ import annotations

from collections.abc import Iterator

from casekit.domain.forecast_model import EffectCurve, ForecastModel
from casekit.reasoning.forecast_inputs import ForecastRequest
from casekit.reasoning.forecast_result import Contribution
from casekit.reasoning.forecast_tables import interpolate


def modifier_parts(model: ForecastModel, request: ForecastRequest, s: float) -> Iterator[Contribution]:
    """Step 4: block other adds up; of block psychosocial the largest counts whole, the rest in part."""
    modifiers = model.parameters.modifiers
    ramp = interpolate(modifiers.ramp.weeks, modifiers.ramp.value, request.weeks)
    scale = ramp * s * modifiers.shrinkage.value
    for name, weight in modifier_weights(model, request).items():
        row, level = modifiers.table[name], request.modifiers[name]
        yield Contribution(
            kind="modifier",
            id=name,
            latent_points=scale * weight * row.levels[level],
            detail=level,
            weight=weight,
            value=row.levels[level],
            basis=row.basis,
            verification=row.verification.value,
            origin=row.origin,
        )


def modifier_weights(model: ForecastModel, request: ForecastRequest) -> dict[str, float]:
    """Share with which each modifier of this phase counts, in the order the overlap rule takes them."""
    modifiers = model.parameters.modifiers
    active = {
        name: modifiers.table[name].levels[level]
        for name, level in request.modifiers.items()
        if holds(modifiers.table[name].phases, request.phase)
    }
    other = [name for name in active if modifiers.table[name].block != "psychosocial"]
    psychosocial = sorted(
        (name for name in active if modifiers.table[name].block == "psychosocial"),
        key=lambda name: (-abs(active[name]), active[name] < 0, name),
    )
    overlap = modifiers.overlap_within_psychosocial.value
    weights = dict.fromkeys(other, 1.0)
    weights.update({name: overlap if place else 1.0 for place, name in enumerate(psychosocial)})
    return weights


def treatment_parts(model: ForecastModel, request: ForecastRequest) -> Iterator[Contribution]:
    """Step 5: the strongest effect counts whole, each next one by another power of the overlap."""
    treatments = model.parameters.treatments
    effects = sorted(
        (request.treatments[name] * _points_at(curve, request, name), name)
        for name, curve in _active_treatments(model, request).items()
    )
    for place, (points, name) in enumerate(effects):
        row, weight = treatments.table[name], treatments.overlap.value**place
        yield Contribution(
            kind="treatment",
            id=name,
            latent_points=points * weight,
            detail=f"adherence {request.treatments[name]:.0%}",
            weight=weight,
            value=request.treatments[name],
            basis=row.basis,
            verification=row.verification.value,
            origin=row.origin,
            note=_held_note(model, request, name),
        )


def _active_treatments(model: ForecastModel, request: ForecastRequest) -> dict[str, EffectCurve]:
    table = model.parameters.treatments.table
    curves = {
        name: table[name].effect(request.domain)
        for name in request.treatments
        if holds(table[name].phases, request.phase)
    }
    return {name: curve for name, curve in curves.items() if curve is not None}


def _points_at(curve: EffectCurve, request: ForecastRequest, name: str) -> float:
    """Points after the treatment began; 0 before."""
    elapsed = request.weeks - request.treatment_start.get(name, 0.0)
    return interpolate(curve.weeks, curve.points, elapsed) if elapsed > 0 else 0.0


def _held_note(model: ForecastModel, request: ForecastRequest, name: str) -> str:
    curve = model.parameters.treatments.table[name].effect(request.domain)
    elapsed = request.weeks - request.treatment_start.get(name, 0.0)
    if elapsed <= 0:
        return f"Not begun yet: it starts in week {request.treatment_start[name]:g}."
    if curve is None or elapsed <= curve.weeks[-1] or curve.points[-1] == 0:
        return ""
    return f"Held at its value of week {curve.weeks[-1]:g}: an assumption, not data."


def holds(phases: tuple[str, ...], phase: str) -> bool:
    """True if an entry with these phases applies in this one; none given means all."""
    return not phases or phase in phases
