"""How these panels write numbers, times and urgencies; the same words wherever they appear."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite

from casekit.domain.vocabulary import Urgency
from casekit.encounter.events import Event, EventKind
from casekit.encounter.visit import Visit
from casekit.errors import InputError

URGENCY_WORDS = {
    Urgency.EMERGENT: "Today",
    Urgency.URGENT: "Within days",
    Urgency.PROMPT: "Within weeks",
    Urgency.ROUTINE: "No hurry",
}


def own_percent(probability: float) -> str:
    """A share as the learner gave it, in percent without the sign, to a tenth: "55", "0.5"."""
    return f"{round(probability * 100, 1):g}"


def share(probability: float) -> str:
    """A calculated probability in percent without the sign; never rounded to nothing or to certainty.

    "63", "0.4", "< 0.1", "99.6", "> 99.9".
    """
    value = probability * 100
    if 0 < value < 0.1:
        return "< 0.1"
    if 99.9 < value < 100:
        return "> 99.9"
    fine = (value < 1.95 or value > 99.05) and round(value, 1) != round(value)
    return f"{value:.1f}" if fine else f"{value:.0f}"


def in_sentence(name: str) -> str:
    """A name inside a sentence: "Sacroiliac joint pain" becomes "sacroiliac joint pain", "MRI" stays."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def ratio_text(ratio: float) -> str:
    """A ratio as people read it: "7.4", "0.05", "150"."""
    return f"{ratio:.3g}" if ratio < 1000 else f"{ratio:.0f}"


def percent_typed(name: str, text: str) -> float:
    """The number typed for a hypothesis, 0 to 100; nothing is 0. Raises InputError for anything else."""
    if not text:
        return 0.0
    try:
        value = float(text.replace(",", ".").removesuffix("%"))
    except ValueError:
        value = -1.0
    if not isfinite(value) or not 0 <= value <= 100:
        raise InputError(f"{name}: 0 to 100. You typed {text}.")
    return value


def clock(at: str) -> str:
    """The time of day of a journal entry."""
    return f"{at[11:16]} UTC"


def time_of(visit: Visit, kind: EventKind, fits: Callable[[Event], bool] = lambda _: True) -> str:
    """When this kind of thing was last done, or an empty string."""
    found = [event for event in visit.journal.events if event.kind is kind and fits(event)]
    return clock(found[-1].at) if found else ""
