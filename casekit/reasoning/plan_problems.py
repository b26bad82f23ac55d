"""Faults of a plan as a whole, each with a code and a sentence: what is missing, doubled or of low value.

In an emergency that defers everything else, only its first step and safety matter; the gaps of ordinary
care are not looked for. Source of the list: casekit's own rules, from the conventions of the evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casekit.domain.indications import Category
from casekit.domain.treatment import TreatmentEvidence
from casekit.reasoning.plan_contraindications import unasked_agents
from casekit.reasoning.plan_dose_entry import unit_factor
from casekit.reasoning.plan_emergency import active_overrides, defers, is_allowed
from casekit.reasoning.plan_entries import PlanEntry, drug_name, same_drug
from casekit.reasoning.plan_verdict import PlanProblem, ProblemSeverity, Verdict

ACTIVE_TREATMENTS = frozenset(
    {
        "motor_control_exercise",
        "mckenzie_directional",
        "strengthening_general",
        "stretching_flexibility",
        "aerobic_walking",
        "aquatic_exercise",
        "mind_body_exercise",
        "graded_activity",
        "flexion_program",
        "stay_active",
        "cognitive_functional_therapy",
        "multidisciplinary_rehab",
        "work_conditioning_ot",
    }
)
"""What the patient does, in contrast to what is done to the patient: casekit's own grouping."""
PREGNANCY = "pregnancy"
HARM, GAP, NOTE = ProblemSeverity.HARM, ProblemSeverity.GAP, ProblemSeverity.NOTE


@dataclass(frozen=True, kw_only=True)
class WholePlan:
    """What the rules on the whole plan look at."""

    evidence: TreatmentEvidence
    entries: Sequence[PlanEntry]
    verdicts: Sequence[Verdict]
    attributes: Collection[str]
    drugs: Sequence[str]

    @property
    def modalities(self) -> set[str]:
        """Every modality of the plan."""
        return {entry.modality.id for entry in self.entries}


def plan_problems(
    evidence: TreatmentEvidence,
    entries: Sequence[PlanEntry],
    verdicts: Sequence[Verdict],
    attributes: Mapping[str, str],
    drugs: Sequence[str],
) -> tuple[PlanProblem, ...]:
    """Every fault found, harm first."""
    plan = WholePlan(
        evidence=evidence, entries=entries, verdicts=verdicts, attributes=attributes, drugs=drugs
    )
    rules = [_first_steps, _same_drug_twice, _doubled, _drugs_without_agent, _units, _doses]
    rules += [_low_value, _not_agreed, _pregnancy_stage, _taken_already, _drugs_not_listed]
    if not any(defers(row) for row in active_overrides(evidence, attributes)):
        rules += [_empty, _education, _active, _measures, _follow_up]
    found = [problem for rule in rules for problem in rule(plan)]
    return tuple(sorted(found, key=lambda problem: list(ProblemSeverity).index(problem.severity)))


def _first_steps(plan: WholePlan) -> Iterator[PlanProblem]:
    for row in active_overrides(plan.evidence, plan.attributes):
        if plan.modalities & set(row.first):
            continue
        steps = " or ".join(plan.evidence.modality_by_id[step].label for step in row.first)
        why = plan.evidence.attribute_by_id[row.attribute].label
        if defers(row):
            yield _problem("emergency_first_step_missing", f"{why}: nothing else comes before {steps}.", HARM)
        else:
            yield _problem("first_step_missing", f"{why}: first {steps}. {row.note}", GAP)


def _same_drug_twice(plan: WholePlan) -> Iterator[PlanProblem]:
    for agent, positions in _positions(plan, lambda entry: entry.agent.id if entry.agent else ""):
        if agent and len(positions) > 1:
            yield _problem(
                "same_drug_twice", f"{agent} is in the plan {len(positions)} times.", HARM, positions
            )


def _doubled(plan: WholePlan) -> Iterator[PlanProblem]:
    for modality, positions in _positions(plan, lambda entry: entry.modality.id):
        if len(positions) > 1:
            row = plan.evidence.modality_by_id[modality]
            text = f"{row.label} is in the plan {len(positions)} times: one of a class is enough."
            yield _problem("duplicate_in_class", text, GAP if row.is_drug else NOTE, positions)


def _drugs_without_agent(plan: WholePlan) -> Iterator[PlanProblem]:
    for entry in plan.entries:
        if not entry.modality.is_drug or entry.agent is not None:
            continue
        choice = ", ".join(agent.id for agent in entry.modality.agents)
        missed = unasked_agents(plan.evidence, entry, plan.attributes)
        more = f" This patient has limits on {', '.join(missed)}." if missed else ""
        text = (
            f"{entry.modality.label}: name the drug ({choice}); rules on single drugs were not checked.{more}"
        )
        yield _problem("drug_without_agent", text, GAP, [entry.position])


def _units(plan: WholePlan) -> Iterator[PlanProblem]:
    for entry in plan.entries:
        if entry.agent is None or entry.dose.amount is None:
            continue
        if unit_factor(entry.dose.unit, entry.agent.unit) is None:
            text = (
                f'{entry.name}: a dose in "{entry.dose.unit}" cannot be compared; '
                f"the limits are in {entry.agent.unit}. The dose was not checked."
            )
            yield _problem("unknown_dose_unit", text, GAP, [entry.position])


def _doses(plan: WholePlan) -> Iterator[PlanProblem]:
    positions = [e.position for e in plan.entries if e.agent is not None and e.dose.amount is None]
    if positions:
        names = ", ".join(plan.entries[position].name for position in positions)
        yield _problem("dose_missing", f"No dose is stated for {names}; none was checked.", NOTE, positions)


def _low_value(plan: WholePlan) -> Iterator[PlanProblem]:
    fine = (Category.RECOMMENDED, Category.CONSIDER)
    for entry, verdict in zip(plan.entries, plan.verdicts, strict=True):
        overrides = active_overrides(plan.evidence, plan.attributes)
        if verdict.category in fine or is_allowed(entry.modality, overrides):
            continue
        if entry.modality.family == "not_recommended":
            text = f"{entry.modality.label} as routine care: harm or cost without benefit."
            yield _problem("low_value_care", text, GAP, [entry.position])


def _not_agreed(plan: WholePlan) -> Iterator[PlanProblem]:
    positions = [entry.position for entry in plan.entries if entry.notes.get("agreed") is False]
    if positions:
        names = ", ".join(plan.entries[position].name for position in positions)
        yield _problem("not_agreed", f"Not agreed with the patient: {names}.", GAP, positions)


def _pregnancy_stage(plan: WholePlan) -> Iterator[PlanProblem]:
    stages = {row.id for row in plan.evidence.patient_attributes if PREGNANCY in row.implies}
    if PREGNANCY in plan.attributes and not stages & set(plan.attributes):
        yield _problem(
            "pregnancy_stage_missing", "Pregnant: find out how many weeks; drugs depend on it.", GAP
        )


def _taken_already(plan: WholePlan) -> Iterator[PlanProblem]:
    for entry in plan.entries:
        if entry.agent is not None and any(same_drug(entry.agent.id, drug) for drug in plan.drugs):
            text = f"The patient already takes {entry.agent.id}: count both, or say which it replaces."
            yield _problem("already_taken", text, NOTE, [entry.position])


def _drugs_not_listed(plan: WholePlan) -> Iterator[PlanProblem]:
    known = {drug_name(drug) for drug in plan.evidence.known_drugs}
    for drug in plan.drugs:
        if drug not in known:
            text = f"Interactions of {drug} are not on record here: check them elsewhere."
            yield _problem("drug_not_listed", text, NOTE)


def _empty(plan: WholePlan) -> Iterator[PlanProblem]:
    if not plan.entries:
        yield _problem("empty_plan", "The plan is empty.", GAP)


def _education(plan: WholePlan) -> Iterator[PlanProblem]:
    if plan.entries and not any(entry.modality.family == "education" for entry in plan.entries):
        yield _problem("no_education", "Nothing explains the condition or helps the patient manage it.", GAP)


def _active(plan: WholePlan) -> Iterator[PlanProblem]:
    if plan.entries and not plan.modalities & ACTIVE_TREATMENTS:
        yield _problem(
            "no_active_treatment", "Everything is done to the patient, nothing by the patient.", GAP
        )


def _measures(plan: WholePlan) -> Iterator[PlanProblem]:
    if plan.entries and not any(entry.says("measure") for entry in plan.entries):
        yield _problem("no_measure", "No entry says how its success is measured.", GAP)


def _follow_up(plan: WholePlan) -> Iterator[PlanProblem]:
    if plan.entries and not any(
        entry.says("progression") or entry.says("stop_rule") for entry in plan.entries
    ):
        yield _problem("no_follow_up", "No entry says how it goes on or when it stops.", GAP)


def _positions(plan: WholePlan, key: Callable[[PlanEntry], str]) -> list[tuple[str, list[int]]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for entry in plan.entries:
        groups[key(entry)].append(entry.position)
    return list(groups.items())


def _problem(code: str, text: str, severity: ProblemSeverity, positions: Sequence[int] = ()) -> PlanProblem:
    return PlanProblem(code=code, text=text, severity=severity, positions=tuple(positions))
