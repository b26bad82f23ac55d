"""What forbids or limits a treatment: patient attributes, contraindications, emergencies, interactions.

Field names are the keys of the evidence rows. How the rows act on a plan is in `casekit.reasoning`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casekit.domain.vocabulary import Verification


class Severity(StrEnum):
    """Absolute forbids; relative lowers the plan by one category and asks for an action."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"


class InteractionSeverity(StrEnum):
    """How bad it is when two treatments meet."""

    CONTRAINDICATED = "contraindicated"
    MAJOR = "major"
    MODERATE = "moderate"


class OverrideMode(StrEnum):
    """An emergency defers all it does not list, or asks for its first step and lets the rows decide."""

    DEFER_EVERYTHING_ELSE = "defer_everything_else"
    ROWS_DECIDE = "rows_decide"


@dataclass(frozen=True, kw_only=True)
class PatientAttribute:
    """A fact about a patient that treatments depend on; having it means having all it `implies`."""

    id: str
    label: str
    implies: tuple[str, ...] = ()
    reviewed: int | None = None


@dataclass(frozen=True, kw_only=True)
class EmergencyOverride:
    """What comes first when an emergency attribute is present, and what may run beside it."""

    attribute: str
    mode: OverrideMode
    first: tuple[str, ...]
    note: str
    allowed: tuple[str, ...] = ()
    deferred: tuple[str, ...] = ()
    reviewed: int | None = None


@dataclass(frozen=True, kw_only=True)
class Contraindication:
    """One attribute against one modality. With `agents` it holds only for those drugs."""

    id: str
    modality: str
    attribute: str
    severity: Severity
    action: str
    reason: str
    source: str
    verification: Verification
    agents: tuple[str, ...] = ()
    seen_at: tuple[str, ...] = ()
    reviewed: int | None = None


@dataclass(frozen=True, kw_only=True)
class CompoundContraindication:
    """Several attributes together against one modality; all of them must be present."""

    id: str
    modality: str
    attributes_all: tuple[str, ...]
    severity: Severity
    action: str
    reason: str
    source: str
    verification: Verification
    seen_at: tuple[str, ...] = ()
    reviewed: int | None = None


@dataclass(frozen=True, kw_only=True)
class Interaction:
    """Two sides that must not meet. Side a is a planned treatment, side b another one, a drug or a fact.

    `drug_a` and `drug_b` name the sides for people. Side a is any of `a_modalities`, narrowed to
    `a_agents` if there are any. Side b is any entry of any `b_` list; `b_attributes_all` must all hold.
    """

    id: str
    drug_a: str
    drug_b: str
    effect: str
    severity: InteractionSeverity
    management: str
    modalities: tuple[str, ...]
    source: str
    verification: Verification
    a_modalities: tuple[str, ...]
    b_drugs: tuple[str, ...]
    a_agents: tuple[str, ...] = ()
    b_modalities: tuple[str, ...] = ()
    b_agents: tuple[str, ...] = ()
    b_attributes: tuple[str, ...] = ()
    b_attributes_all: tuple[str, ...] = ()
    seen_at: tuple[str, ...] = ()
    reviewed: int | None = None
