"""Reads the dose of an entry, from a Dose or a mapping, and knows which units can be compared.

Quantities of treatments other than drugs go by the names of the evidence (sessions_per_week, minutes,
weeks, hours_per_day, …); `per_week` of a Dose means sessions a week.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from math import isfinite

from casekit.domain.acts import Dose
from casekit.domain.treatment import TreatmentEvidence
from casekit.domain.vocabulary import did_you_mean

DOSE_EXAMPLE = (
    'Write {"amount": 400, "unit": "mg", "times_per_day": 3, "days": 14} for a drug, '
    '{"per_week": 2, "minutes": 45, "weeks": 6} for sessions.'
)
DOSE_KEYS = tuple(dose_field.name for dose_field in fields(Dose))
DRUG_QUANTITIES = ("sites", "volume_ml", "interval_days")
MASS_IN_MG = {"g": 1000.0, "mg": 1.0, "microgram": 0.001}
UNIT_NAMES = {
    "gram": "g",
    "grams": "g",
    "milligram": "mg",
    "milligrams": "mg",
    "micrograms": "microgram",
    "mcg": "microgram",
    "µg": "microgram",
    "ug": "microgram",
    "iu": "IU",
    "mg/24 h": "mg_per_24_h",
    "mg/24h": "mg_per_24_h",
    "mg/day": "mg_per_24_h",
    "microgram/h": "microgram_per_h",
    "mcg/h": "microgram_per_h",
    "µg/h": "microgram_per_h",
}


@dataclass(frozen=True, kw_only=True)
class DoseAsked:
    """What the plan asks for. `amount` in `unit` per single dose; `quantities` by the evidence's names."""

    amount: float | None = None
    unit: str = ""
    quantities: Mapping[str, float] = field(default_factory=dict)

    def get(self, quantity: str) -> float | None:
        """One quantity, or None if it is not stated."""
        return self.quantities.get(quantity)

    @property
    def days(self) -> float | None:
        """Length of the course: the days, or the weeks in days."""
        weeks = self.get("weeks")
        return self.get("days") or (weeks * 7 if weeks else None)

    @property
    def interval_days(self) -> float | None:
        """Days from one dose to the next, for what is given less than daily."""
        per_week = self.get("sessions_per_week")
        return self.get("interval_days") or (7 / per_week if per_week else None)


def unit_factor(found: str, wanted: str) -> float | None:
    """What turns an amount in `found` into `wanted`; None if the two cannot be compared."""
    name = found.strip()
    name = UNIT_NAMES.get(name.lower(), name if name in ("IU", "mg_per_24_h") else name.lower())
    if name == wanted:
        return 1.0
    if name in MASS_IN_MG and wanted in MASS_IN_MG:
        return MASS_IN_MG[name] / MASS_IN_MG[wanted]
    return None


def read_dose(evidence: TreatmentEvidence, dose: object, where: str, unreadable: list[str]) -> DoseAsked:
    """The dose asked for; every fault is added to `unreadable` with an example of what can be read."""
    if dose is None:
        return DoseAsked()
    written = {key: getattr(dose, key) for key in DOSE_KEYS} if isinstance(dose, Dose) else dose
    if not isinstance(written, Mapping):
        unreadable.append(f"{where}: found {dose!r}. {DOSE_EXAMPLE}")
        return DoseAsked()
    allowed = {*DOSE_KEYS, *DRUG_QUANTITIES, *_range_names(evidence)}
    quantities: dict[str, float] = {}
    for key, value in written.items():
        if key not in allowed:
            hint = did_you_mean(str(key), allowed) or DOSE_EXAMPLE
            unreadable.append(f'{where}: a dose has no "{key}". {hint}')
        elif key != "unit" and value is not None:
            number = _positive(value, f"{where}.{key}", unreadable)
            quantities["sessions_per_week" if key == "per_week" else key] = number
    amount = quantities.pop("amount", None)
    unit = str(written.get("unit") or "")
    if amount is not None and not unit:
        unreadable.append(f"{where}: {amount:g} of what unit? {DOSE_EXAMPLE}")
    return DoseAsked(amount=amount, unit=unit, quantities=quantities)


def _positive(value: object, where: str, unreadable: list[str]) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) and value > 0:
        return float(value)
    unreadable.append(f"{where}: found {value!r}; expected a number above 0. {DOSE_EXAMPLE}")
    return 1.0


def _range_names(evidence: TreatmentEvidence) -> set[str]:
    return {quantity for modality in evidence.modalities for quantity in modality.ranges}
