"""What can be asked, examined or measured, which findings tell the same story, and which raise an alarm."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casekit.domain.vocabulary import Urgency, Verification

EVERY_CONDITION = "*"
"""In `DependenceGroup.conditions`: the group holds for every hypothesis."""


class FindingKind(StrEnum):
    """Where a finding comes from."""

    HISTORY = "history"
    EXAM = "exam"
    CLUSTER = "cluster"
    LAB = "lab"
    IMAGING = "imaging"
    ELECTRODIAGNOSTIC = "electrodiagnostic"
    PROCEDURE = "procedure"


@dataclass(frozen=True, kw_only=True)
class Kappa:
    """Agreement between two examiners beyond chance; a value or a range."""

    source: str
    verification: Verification
    value: float | None = None
    range: tuple[float, float] | None = None
    page: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is present, absent or not assessed. `role` prognostic: it never moves a diagnosis."""

    id: str
    kind: FindingKind
    label: str
    positive_means: str
    patient_question: str = ""
    how: str = ""
    note: str = ""
    kappa: Kappa | None = None
    role: str | None = None
    added: int = 0
    reviewed: int = 0


class Handling(StrEnum):
    """How the findings of one dependence group are kept from counting twice."""

    MOST_INFORMATIVE_ONE = "most_informative_one"
    MOST_INFORMATIVE_ONE_PER_CONDITION = "most_informative_one_per_condition"
    AT_MOST_TWO = "at_most_two"
    CLUSTER_ONLY = "cluster_only"
    CLUSTER_OR_BEST_SINGLE = "cluster_or_best_single"
    USE_ONE_CLUSTER_ONLY = "use_one_cluster_only"
    COMPOSITE_ONLY = "composite_only"
    BEST_TEST_ONLY = "best_test_only"
    MULTIPLY_WITH_WARNING = "multiply_with_warning"


class AbsentRule(StrEnum):
    """When the absent findings of a group may count."""

    ONLY_IF_NONE_PRESENT = "only_if_none_present"
    AFTER_PRESENT = "after_present"


@dataclass(frozen=True, kw_only=True)
class DependenceGroup:
    """Findings that report one thing about the listed conditions.

    `replaced_by_cluster` names the summary items that stand for the single ones.
    """

    id: str
    conditions: tuple[str, ...]
    findings: tuple[str, ...]
    reason: str
    handling: Handling
    absent_rule: AbsentRule | None = None
    red_flag: bool = False
    replaced_by_cluster: tuple[str, ...] = ()
    note: str = ""
    added: int = 0
    reviewed: int = 0

    def covers(self, condition: str) -> bool:
        """True if the group holds for this condition."""
        return condition in self.conditions or EVERY_CONDITION in self.conditions


@dataclass(frozen=True, kw_only=True)
class UnselectedShare:
    """Share of unselected people with back pain in whom an alert fires, 0 to 1; None: no figure found."""

    share: float | None
    note: str
    basis: str | None = None
    source: str | None = None
    verification: Verification | None = None
    page: str = ""


@dataclass(frozen=True, kw_only=True)
class AlertRule:
    """A red flag as a rule on present findings. It has no field for an absent finding, on purpose.

    Fires when every finding of `all`, at least `min_any` of `any` and at least one of `and_any` is present;
    an empty list is satisfied.
    """

    id: str
    name: str
    conditions: tuple[str, ...]
    kind: str
    urgency: Urgency
    action: str
    teaching_point: str
    fires_in_unselected: UnselectedShare
    basis: str
    source: str
    verification: Verification
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    min_any: int = 0
    and_any: tuple[str, ...] = ()
    page: str = ""
    note: str = ""
    reviewed: int = 0
