"""The hypotheses of a back-pain differential: conditions with script, pretest points and graded opinions.

A relation is expert opinion about one finding and one condition; measured ratios are in `likelihoods`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from casekit.domain.vocabulary import OTHER, Urgency, Verification


class Grade(StrEnum):
    """How far an opinion moves a condition. Each grade stands for one fixed ratio."""

    DEFINING = "defining"
    STRONG_FOR = "strong_for"
    FOR = "for"
    AGAINST = "against"
    STRONG_AGAINST = "strong_against"

    @property
    def ratio(self) -> float:
        """The ratio of the teaching scale. Expert opinion, never a measurement."""
        return _GRADE_RATIOS[self]


_GRADE_RATIOS = {
    Grade.DEFINING: 100.0,
    Grade.STRONG_FOR: 5.0,
    Grade.FOR: 2.0,
    Grade.AGAINST: 0.5,
    Grade.STRONG_AGAINST: 0.2,
}


@dataclass(frozen=True, kw_only=True)
class Relation:
    """An opinion: what a finding means for the condition that holds this relation.

    Counts when the finding is present; when absent only by `absent_grade`. `stands_in_for` is the id of a
    measured row from a selected population that it replaces for everybody else. `requires_any`: the grade
    holds only with one of these present, otherwise it is `for`. `posterior_floor` belongs to `defining`.
    """

    finding: str
    grade: Grade
    reason: str
    basis: str
    verification: Verification
    absent_grade: Grade | None = None
    posterior_floor: float | None = None
    requires_any: tuple[str, ...] = ()
    stands_in_for: str | None = None
    reviewed: int = 0


@dataclass(frozen=True, kw_only=True)
class PretestPoint:
    """A published share of one condition in one setting, 0 to 1. None means that no figure was found."""

    point: float | None
    source: str | None = None
    verification: Verification | None = None
    note: str = ""
    range: tuple[float, float] | None = None
    page: str = ""
    suggested_point: float | None = None
    suggested_point_basis: str = ""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One hypothesis: how it presents, how soon somebody must act, what speaks for and against it."""

    id: str
    name: str
    icd10cm: str
    urgency: Urgency
    illness_script: str
    relative_frequency: str
    pretest: Mapping[str, PretestPoint]
    typical_findings: tuple[str, ...]
    findings_against: tuple[str, ...]
    mimics: tuple[str, ...]
    relations: tuple[Relation, ...]
    snomed_ct: str | None = None
    snomed_verification: Verification | None = None
    icd10cm_note: str = ""
    note: str = ""
    urgency_note: str = ""


@dataclass(frozen=True, kw_only=True)
class OtherHypothesis:
    """The hypothesis that stands for every cause without an id of its own."""

    name: str
    covers: tuple[str, ...]
    note: str
    relations: tuple[Relation, ...]
    id: str = OTHER
