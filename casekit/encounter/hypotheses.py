"""The names on the differential board: conditions, one group that no bedside test parts, and `other`.

Strain, sprain, non-specific and myofascial pain are one hypothesis here; the members come from the evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from casekit.domain.diagnosis import DiagnosisEvidence
from casekit.domain.vocabulary import OTHER
from casekit.reasoning.hypothesis_groups import IDIOPATHIC_AXIAL

GROUP = IDIOPATHIC_AXIAL
GROUP_NAME = "Back pain without one cause"


@lru_cache(maxsize=8)
def members(evidence: DiagnosisEvidence) -> tuple[str, ...]:
    """The conditions of the group."""
    return next(tuple(group.members) for group in evidence.prior_groups if group.id == GROUP)


def hypothesis_of(evidence: DiagnosisEvidence, condition: str) -> str:
    """The board's hypothesis for a condition: its group, or itself."""
    return GROUP if condition in members(evidence) else condition


def hypothesis_ids(evidence: DiagnosisEvidence) -> tuple[str, ...]:
    """Everything that can stand on the board, `other` last."""
    inside = members(evidence)
    single = [condition.id for condition in evidence.conditions if condition.id not in inside]
    return (GROUP, *single, OTHER)


def hypothesis_name(evidence: DiagnosisEvidence, hypothesis: str) -> str:
    """What to call a hypothesis or condition on screen."""
    if hypothesis == GROUP:
        return GROUP_NAME
    if hypothesis == OTHER:
        return "Something else"
    return next(condition.name for condition in evidence.conditions if condition.id == hypothesis)


def merged(evidence: DiagnosisEvidence, probabilities: Mapping[str, float]) -> dict[str, float]:
    """Probabilities by hypothesis: members of the group are added up."""
    total: dict[str, float] = {}
    for condition, probability in probabilities.items():
        hypothesis = hypothesis_of(evidence, condition)
        total[hypothesis] = total.get(hypothesis, 0.0) + probability
    return total


def on_board(board: tuple[str, ...], probabilities: Mapping[str, float]) -> dict[str, float]:
    """Probabilities over the board's hypotheses; whatever is not on it is `other`."""
    shown = {name: probabilities.get(name, 0.0) for name in board if name != OTHER}
    shown[OTHER] = max(0.0, 1.0 - sum(shown.values()))
    return shown
