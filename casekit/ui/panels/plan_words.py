"""How a plan reads: names of drugs and roles, the title and the dose line of an entry, measures."""

from __future__ import annotations

from casekit.domain.case import Case, Measure
from casekit.domain.outcome import OutcomeEvidence
from casekit.domain.treatment import TreatmentEvidence
from casekit.reasoning.plan_dose import readable_unit
from casekit.reasoning.plan_verdict import readable
from casekit.ui.panels.plan_draft import DraftItem

SPELLED_OUT = {"PT": "physical_therapist", "OT": "occupational_therapist"}
NOBODY = "none"
DOSE_LABELS = {
    "dose.amount": "One dose", "dose.unit": "Unit", "dose.times_per_day": "Times a day", "dose.days": "Days",
    "dose.every_days": "Every … days", "dose.per_week": "Times a week", "dose.minutes": "Minutes",
    "dose.weeks": "Weeks",
}  # fmt: skip
HIGHER_IS_BETTER = "higher_better"


def drug_word(agent: str) -> str:
    """A drug as people write it: "zoledronic_acid" gives "Zoledronic acid"."""
    return agent[:1].upper() + agent[1:].replace("_", " ")


def role_word(role: str) -> str:
    """A role as people say it."""
    return {"self": "Patient alone"}.get(role) or readable(SPELLED_OUT.get(role, role))


def roles(evidence: TreatmentEvidence) -> list[str]:
    """Every role of the evidence, spelled out, without nobody."""
    return sorted(
        {SPELLED_OUT.get(role, role) for role in evidence.team_roles if role != NOBODY}, key=role_word
    )


def title(item: DraftItem) -> str:
    """An entry by name: the drug with its amount, or the treatment."""
    if item.agent is None:
        return item.modality.label
    amount = item.number("dose.amount")
    name = drug_word(item.agent.id)
    if item.modality.family == "injections":
        name = f"{item.modality.label.split(' (')[0]}: {item.agent.id.replace('_', ' ')}"
    return f"{name} {amount:g} {readable_unit(item.unit)}" if amount is not None else name


def dose_line(item: DraftItem, case: Case) -> str:
    """Who, how much, when and what for, as far as it is stated."""
    goal = next((wish.label for wish in case.goals if wish.id == item.text("goal")), "")
    parts = [
        role_word(item.text("discipline")) if item.text("discipline") else "",
        frequency(item),
        when(item),
        f"goal: {goal}" if goal else "",
    ]
    return " · ".join(part for part in parts if part) or "Nothing stated yet"


def frequency(item: DraftItem) -> str:
    """How often and how long a session: "2 × 45 min a week", "3 a day"."""
    fields = item.dose_fields
    times, week, minutes, every = (
        item.number(name) if name in fields else None
        for name in ("dose.times_per_day", "dose.per_week", "dose.minutes", "dose.every_days")
    )
    if times is not None:
        return f"{times:g} a day"
    if every is not None:
        return f"every {every:g} days"
    if week is not None:
        return f"{week:g} × {minutes:g} min a week" if minutes is not None else f"{week:g} a week"
    return f"{minutes:g} min" if minutes is not None else ""


def when(item: DraftItem) -> str:
    """From when to when: "weeks 1–8", "for 14 days", "from week 3"."""
    fields = item.dose_fields
    start = item.number("start_week") or 0
    weeks = item.number("dose.weeks") if "dose.weeks" in fields else None
    days = item.number("dose.days") if "dose.days" in fields else None
    if weeks is not None:
        return f"weeks {start + 1:g}–{start + weeks:g}" if weeks > 1 else f"week {start + 1:g}"
    later = f" from week {start + 1:g}" if start else ""
    if days is not None:
        return f"for {days:g} days{later}"
    return later.strip()


def measure_word(measure: Measure, evidence: OutcomeEvidence) -> str:
    """What is measured and with which instrument."""
    return f"{measure.about}: {_instrument_name(measure.instrument, evidence)}"


def scale_word(measure: Measure, evidence: OutcomeEvidence) -> str:
    """Range and direction of a measure with where the patient is now."""
    instrument = evidence.instruments.get(measure.instrument)
    if instrument is None:
        return f"now {measure.score:g}"
    better = "higher" if instrument.direction == HIGHER_IS_BETTER else "lower"
    found = instrument.range
    scale = f"{found[0]:g} to {found[1]:g}, " if isinstance(found, tuple) else f"{instrument.unit}, "
    return f"{scale.lstrip(', ')}{better} is better; now {measure.score:g}"


def _instrument_name(instrument: str, evidence: OutcomeEvidence) -> str:
    row = evidence.instruments.get(instrument)
    return row.name.split(" (")[0].split(",")[0] if row else readable(instrument)
