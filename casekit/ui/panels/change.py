"""How far a score has moved, beside two thresholds that are never mixed: the smallest change that matters to
people, and the error of the measurement. Both come from the evidence with their source.
"""

from __future__ import annotations

import htpy as h

from casekit.domain.instrument import ImportantChange
from casekit.encounter.visit import Visit
from casekit.ui.markup import source_chip
from casekit.ui.panels.scale import Scale

EDGE = 1e-9


def change_words(scale: Scale, own: float) -> str:
    """The change since the start, "8 points better"."""
    points = round(scale.baseline - own, 1)
    if not points:
        return "no change"
    unit = "point" if abs(points) == 1 else "points"
    return f"{abs(points):g} {unit} {'better' if points > 0 else 'worse'}"


def thresholds(visit: Visit, scale: Scale, own: float) -> h.Element:
    """Importance and measurement error of one change, each in its own line."""
    return h.div(".ck-change")[
        h.h4[f"{scale.about}: {change_words(scale, own)}"],
        h.dl(".ck-pairs")[
            h.dt["Does it matter to people?"],
            h.dd[_important(visit, scale, own)],
            h.dt["Is it more than measurement error?"],
            h.dd[_error(visit, scale, own)],
        ],
    ]


def _important(visit: Visit, scale: Scale, own: float) -> h.Node:
    points = scale.baseline - own
    parts: list[h.Node] = []
    absolute, relative = scale.change("MIC"), scale.change("MIC_relative")
    if absolute is not None and isinstance(absolute.value, float):
        needed = f"Smallest important change {absolute.value:g} points"
        parts.append(h.p[f"{needed}: {_reached(points, absolute.value)}. ", _chip(visit, absolute)])
    if relative is not None and isinstance(relative.value, float):
        share = relative.value / 100 * scale.baseline
        needed = f"{relative.value:g} % of the start ({share:.3g} points)"
        parts.append(h.p[f"{needed}: {_reached(points, share)}. ", _chip(visit, relative)])
    return parts or h.p["The evidence has no threshold for this measure."]


def _error(visit: Visit, scale: Scale, own: float) -> h.Node:
    found = scale.change("MDC90")
    if found is None or found.value is None:
        return h.p["The evidence has no measurement error for this measure."]
    low, high = found.value if isinstance(found.value, tuple) else (found.value, found.value)
    moved = abs(scale.baseline - own)
    word = "at the edge of error"
    if moved >= high - EDGE:
        word = "more than error"
    elif moved < low - EDGE:
        word = "could be error alone"
    bounds = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    return h.p[f"Smallest detectable change (90 %) {bounds} points: {word}. ", _chip(visit, found)]


def _reached(points: float, needed: float) -> str:
    if points >= needed - EDGE:
        return "reached"
    return "reached, but for the worse" if points <= -needed + EDGE else "not reached"


def _chip(visit: Visit, change: ImportantChange) -> h.Element:
    source = change.source if isinstance(change.source, str) else next(iter(change.source), "")
    return source_chip(visit.evidence.sources.get(source), str(change.verification))
