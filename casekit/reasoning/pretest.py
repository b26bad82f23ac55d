"""Where a differential starts: the table of the setting times what age, sex and chronicity multiply.

One complete table a setting; a missing multiplier means 1; the product is renormalised. What the caller
states for a condition is the pretest probability of this patient and stands; the rest keep their proportion.
Source: `prior_rules` of the diagnostic evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import fsum

from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.priors import PriorMultiplier
from casekit.domain.vocabulary import Phase
from casekit.errors import InputError

ACUTE_UP_TO_WEEKS = 6
SUBACUTE_UP_TO_WEEKS = 12
COMPLETE_WITHIN = 0.005
"""How far a complete table of stated probabilities may be from a sum of 1 before it is refused."""
_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class Pretest:
    """Probabilities before any finding, and the multipliers that made them from the table."""

    probabilities: dict[str, float]
    multipliers: tuple[PriorMultiplier, ...]


def chronicity(duration_weeks: float) -> Phase:
    """Acute up to 6 weeks, subacute up to 12, chronic beyond."""
    if duration_weeks <= ACUTE_UP_TO_WEEKS:
        return Phase.ACUTE
    return Phase.SUBACUTE if duration_weeks <= SUBACUTE_UP_TO_WEEKS else Phase.CHRONIC


def in_age_band(age: float, band: str) -> bool:
    """True if an age in years lies in a band written "<20", "20-44" (to the 45th birthday) or "65+"."""
    numbers = [int(text) for text in re.findall(r"\d+", band)]
    if band.startswith("<"):
        return age < numbers[0]
    if band.endswith("+"):
        return age >= numbers[0]
    return numbers[0] <= age < numbers[1] + 1


@lru_cache(maxsize=512)
def multipliers_for(
    evidence: DiagnosisEvidence, setting: str, age: float | None, sex: str | None, phase: Phase | None
) -> tuple[PriorMultiplier, ...]:
    """The multipliers that fit this patient in this setting. What is not known multiplies nothing."""

    def fits(row: PriorMultiplier) -> bool:
        if setting not in row.settings:
            return False
        if row.attribute == "age_band":
            return age is not None and in_age_band(age, row.value)
        return row.value == {"sex": sex, "chronicity": phase}[row.attribute]

    return tuple(row for row in evidence.prior_multipliers if fits(row))


def pretest(
    evidence: DiagnosisEvidence,
    setting: str,
    multipliers: Iterable[PriorMultiplier] = (),
    stated: Mapping[str, float] | None = None,
) -> Pretest:
    """Probabilities before any finding, over every condition and `other`; they sum to 1.

    `stated` replaces single entries as they are, the rest share what is left in their old proportion.
    Raises InputError if the sum cannot be 1.
    """
    table = dict(evidence.prior_table(setting).probabilities)
    used = tuple(multipliers)
    for row in used:
        table[row.condition] *= row.multiplier
    if stated:
        used = tuple(row for row in used if row.condition not in stated)
        table = _restated(table, stated)
    total = fsum(table.values())
    return Pretest(
        probabilities={name: table[name] / total for name in evidence.hypotheses}, multipliers=used
    )


def _restated(table: dict[str, float], stated: Mapping[str, float]) -> dict[str, float]:
    given = fsum(stated.values())
    rest = fsum(value for name, value in table.items() if name not in stated)
    complete = len(stated) == len(table)
    if complete and abs(given - 1) > COMPLETE_WITHIN:
        raise InputError(
            f"Priors for all {len(table)} hypotheses must add up to 1. Yours add up to {given:g}."
        )
    if not complete and given > 1 + _ROUNDING:
        raise InputError(f"The priors you gave add up to {given:g}; they must leave the sum at 1 or below.")
    scale = max(0.0, 1 - given) / rest if rest else 0.0
    return {name: stated.get(name, value * scale) for name, value in table.items()}
