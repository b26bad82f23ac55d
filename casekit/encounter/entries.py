"""What a learner hands in, checked at the door: refused with a reason and an example, or taken as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from casekit.domain.acts import Diagnosis, Dose, Goal, PlanItem, Quantiles
from casekit.domain.case import Case
from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.treatment import TreatmentEvidence
from casekit.domain.vocabulary import OTHER, Urgency, did_you_mean, known
from casekit.encounter.hypotheses import hypothesis_ids, hypothesis_of, members
from casekit.errors import InputError

SUM_TOLERANCE = 0.005


def checked_probabilities(evidence: DiagnosisEvidence, given: Mapping[str, float]) -> dict[str, float]:
    """A differential by hypothesis, summing to 1.

    Raises InputError for values outside 0 to 1 or a sum off by more than 0.005, UnknownIdError for an id.
    """
    allowed = [*hypothesis_ids(evidence), *members(evidence)]
    total: dict[str, float] = {}
    for name, value in given.items():
        known(name, allowed, "hypothesis")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise InputError(f"{name}: a probability is a number from 0 to 1. You gave {value!r}.")
        hypothesis = name if name == OTHER else hypothesis_of(evidence, name)
        total[hypothesis] = total.get(hypothesis, 0.0) + float(value)
    amount = sum(total.values())
    if abs(amount - 1) > SUM_TOLERANCE:
        left = 1 - amount
        what = f"{left:.0%} left to give" if left > 0 else f"{-left:.0%} too much"
        raise InputError(f"The estimate adds up to {amount:.1%}; it must be 100 %. {what}.")
    return {name: value / amount for name, value in total.items()}


def checked_diagnosis(evidence: DiagnosisEvidence, lead: str, urgency: str, reason: str) -> Diagnosis:
    """The diagnosis, with ids that exist."""
    known(lead, [condition.id for condition in evidence.conditions], "condition")
    known(str(urgency), [str(level) for level in Urgency], "urgency")
    return Diagnosis(lead=lead, urgency=Urgency(urgency), reason=reason)


def checked_goals(case: Case, given: Iterable[Mapping[str, Any] | Goal]) -> tuple[Goal, ...]:
    """Goals of this patient, each with measure, target and date.

    Raises InputError naming what is missing; every problem is in the one message.
    """
    goals: list[Goal] = []
    problems: list[str] = []
    wishes = [wish.id for wish in case.goals]
    for number, row in enumerate(given, start=1):
        plain = asdict(row) if isinstance(row, Goal) else dict(row)
        found = _goal_problems(case, wishes, plain)
        problems += [f"Goal {number}: {problem}" for problem in found]
        if not found:
            goals.append(Goal(**plain))
    if not goals and not problems:
        problems.append("A plan needs at least one goal. Choose one of the patient's own.")
    if problems:
        raise InputError(" ".join(problems))
    return tuple(goals)


def _goal_problems(case: Case, wishes: Sequence[str], row: Mapping[str, Any]) -> list[str]:
    problems = _key_problems(row, [field.name for field in fields(Goal)])
    if row.get("goal") not in wishes:
        problems.append(
            f'no wish of the patient is called "{row.get("goal")}". {did_you_mean(str(row.get("goal")), wishes)}'
        )
    measures = [measure.instrument for measure in case.measures]
    if row.get("measure") not in measures:
        problems.append(f"say how it is measured: one of {', '.join(measures)}.")
    if not _is_number(row.get("target")):
        problems.append("say which score would be enough, as a number, for example 24.")
    if not _is_number(row.get("by_week")) or not 1 <= float(row["by_week"]) <= 52:
        problems.append("say by which week, 1 to 52, for example 12.")
    for name in ("importance", "difficulty"):
        if row.get(name, 2) not in (1, 2, 3):
            problems.append(f"{name} is 1, 2 or 3. You gave {row[name]!r}.")
    return problems


def checked_plan(
    case: Case, evidence: TreatmentEvidence, given: Iterable[Mapping[str, Any] | PlanItem]
) -> tuple[PlanItem, ...]:
    """Plan entries with known ids. Raises InputError with every problem of every entry."""
    items: list[PlanItem] = []
    problems: list[str] = []
    for number, row in enumerate(given, start=1):
        plain = asdict(row) if isinstance(row, PlanItem) else dict(row)
        found = _entry_problems(case, evidence, plain)
        problems += [f"Entry {number}: {problem}" for problem in found]
        if not found:
            items.append(PlanItem(**{**plain, "dose": Dose(**(plain.get("dose") or {}))}))
    if problems:
        raise InputError(" ".join(problems))
    return tuple(items)


def _entry_problems(case: Case, evidence: TreatmentEvidence, row: Mapping[str, Any]) -> list[str]:
    problems = _key_problems(row, [field.name for field in fields(PlanItem)])
    modalities = {modality.id: modality for modality in evidence.modalities}
    name = str(row.get("modality"))
    if name not in modalities:
        return [*problems, f'no treatment is called "{name}". {did_you_mean(name, modalities)}'.strip()]
    agents = [agent.id for agent in modalities[name].agents]
    if row.get("agent") and row["agent"] not in agents:
        problems.append(
            f'{name} has no drug "{row["agent"]}". {did_you_mean(str(row["agent"]), agents)}'.strip()
        )
    if modalities[name].is_drug and not row.get("agent"):
        problems.append(f"{name} needs the drug: one of {', '.join(agents)}.")
    if row.get("goal") and row["goal"] not in [wish.id for wish in case.goals]:
        problems.append(f'no goal is called "{row["goal"]}".')
    problems += _dose_problems(row.get("dose") or {})
    return problems


def _dose_problems(dose: Mapping[str, Any]) -> list[str]:
    problems = _key_problems(dose, [field.name for field in fields(Dose)])
    for name, value in dose.items():
        if name == "unit" or value is None:
            continue
        if not _is_number(value) or float(value) < 0:
            problems.append(f"{name}: a number of 0 or more. You gave {value!r}.")
    if dose.get("amount") is not None and not dose.get("unit"):
        problems.append("a dose needs its unit, for example 400 mg.")
    return problems


def checked_forecasts(case: Case, given: Mapping[str, Mapping[int, Any]]) -> dict[str, dict[int, Quantiles]]:
    """Forecasts by instrument and week. Raises InputError for disorder, strange weeks or measures."""
    result: dict[str, dict[int, Quantiles]] = {}
    for instrument, weeks in given.items():
        known(instrument, case.forecast_measures, "measure to forecast")
        for week, values in weeks.items():
            if int(week) not in case.forecast_weeks:
                wanted = ", ".join(str(w) for w in case.forecast_weeks)
                raise InputError(f"Week {week} is not asked for. The weeks are {wanted}.")
            result.setdefault(instrument, {})[int(week)] = _quantiles(instrument, int(week), values)
    return result


def _quantiles(instrument: str, week: int, values: Any) -> Quantiles:
    if isinstance(values, Quantiles):
        return values
    if not isinstance(values, Sequence) or len(values) != 3 or not all(_is_number(v) for v in values):
        raise InputError(
            f"{instrument}, week {week}: three numbers, 10 %, middle and 90 %. You gave {values!r}."
        )
    try:
        return Quantiles(q10=float(values[0]), q50=float(values[1]), q90=float(values[2]))
    except InputError as error:
        raise InputError(f"{instrument}, week {week}: {error}") from error


def _key_problems(row: Mapping[str, Any], allowed: Sequence[str]) -> list[str]:
    return [
        f'"{name}" is not a field here. {did_you_mean(name, allowed)}'.strip()
        for name in row
        if name not in allowed
    ]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
