"""What the evidence says at a moment of a visit: from the facts that are open, never from the key.

The calculated differential, what is known of attributes, drugs and modifiers, and the plan check.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from casekit.domain.acts import PlanItem
from casekit.domain.case import Case, Fact
from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.treatment import TreatmentEvidence
from casekit.domain.vocabulary import OTHER, State
from casekit.encounter.hypotheses import merged, on_board
from casekit.encounter.state import VisitState
from casekit.reasoning.differential import differential
from casekit.reasoning.differential_result import Differential
from casekit.reasoning.plan_check import check_plan
from casekit.reasoning.plan_verdict import PlanCheck


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the opened facts have revealed, in evidence ids."""

    attributes: tuple[str, ...]
    drugs: tuple[str, ...]
    modifiers: Mapping[str, str]


def opened_facts(case: Case, opened: Iterable[str]) -> list[Fact]:
    """The facts behind these ids, in the order they were opened; ids of another version are left out."""
    by_id = {fact.id: fact for fact in case.facts}
    return [by_id[name] for name in opened if name in by_id]


def known_from(case: Case, opened: Iterable[str]) -> Known:
    """Attributes, drugs and forecast modifiers that these facts reveal."""
    facts = opened_facts(case, opened)
    modifiers = {name: level for fact in facts for name, level in fact.modifiers.items()}
    return Known(
        attributes=tuple(dict.fromkeys(name for fact in facts for name in fact.attributes)),
        drugs=tuple(dict.fromkeys(name for fact in facts for name in fact.drugs)),
        modifiers=modifiers,
    )


def findings_from(case: Case, opened: Iterable[str]) -> dict[str, State]:
    """Finding ids with their state, from the opened facts in their order; not assessed ones are left out."""
    states: dict[str, State] = {}
    for fact in opened_facts(case, opened):
        states.update(
            {name: state for name, state in fact.findings.items() if state is not State.NOT_ASSESSED}
        )
    return states


def posterior(case: Case, evidence: DiagnosisEvidence, opened: Iterable[str]) -> Differential:
    """The calculated differential from the findings of the opened facts."""
    states = findings_from(case, opened)
    present = tuple(name for name, state in states.items() if state is State.PRESENT)
    absent = tuple(name for name, state in states.items() if state is State.ABSENT)
    patient = case.patient
    return _posterior(
        evidence, present, absent, str(case.setting), patient.age, str(patient.sex), case.duration_weeks
    )


@lru_cache(maxsize=512)
def _posterior(
    evidence: DiagnosisEvidence, present: tuple[str, ...], absent: tuple[str, ...], setting: str, age: int,
    sex: str, duration_weeks: float,
) -> Differential:  # fmt: skip
    return differential(
        evidence,
        present=present,
        absent=absent,
        setting=setting,
        age=age,
        sex=sex,
        duration_weeks=duration_weeks,
    )


def board_of(case: Case, state: VisitState, number: int | None = None) -> tuple[str, ...]:
    """The hypotheses on the board: the case's, those the learner named so far, `other` last."""
    upto = state.estimates if number is None else state.estimates[: number + 1]
    named = [name for estimate in upto for name, p in estimate.probabilities.items() if p > 0]
    rows = dict.fromkeys([*case.hypotheses, *named])
    return (*[name for name in rows if name != OTHER], OTHER)


def reference_on_board(
    case: Case, evidence: DiagnosisEvidence, state: VisitState, number: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Posterior and pretest of the calculation at a committed estimate, over the board's hypotheses."""
    result = posterior(case, evidence, state.estimates[number].opened)
    board = board_of(case, state, number)
    return (
        on_board(board, merged(evidence, result.posttest)),
        on_board(board, merged(evidence, result.pretest)),
    )


def check_for(
    case: Case, evidence: TreatmentEvidence, *, condition: str, attributes: Iterable[str], drugs: Iterable[str],
    items: Iterable[PlanItem | Mapping[str, Any]],
) -> PlanCheck:  # fmt: skip
    """The plan check of a patient in the case's phase."""
    return check_plan(
        evidence, condition=condition, phase=str(case.phase), attributes=attributes, drugs=drugs, items=items
    )
