"""The answers to a case: diagnosis, key features, plan, prognosis, two recorded visits, debrief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casekit.domain.vocabulary import Urgency


@dataclass(frozen=True, kw_only=True)
class CannotMiss:
    """A condition that must not be forgotten.

    Safe if the last estimate keeps at least `floor`, or one of the facts in `ruled_out_by` was opened.
    """

    condition: str
    floor: float = 0.01
    ruled_out_by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DiagnosisKey:
    """What it is, what else is accepted, what must be on the list, and how soon to act."""

    lead: str
    acceptable: tuple[str, ...] = ()
    must_include: tuple[str, ...] = ()
    cannot_miss: tuple[CannotMiss, ...] = ()
    urgency: Urgency = Urgency.ROUTINE
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class KeyFeature:
    """One step where error is likely and matters, scored by Page and Bordage's rule.

    `source` says where the learner's answers are taken from: history, examination, tests, diagnosis,
    urgency, plan or goals. `menu` limits the answers that count; `accept` are groups of equally good
    answers; `harmful` zeroes the question; more than `limit` answers zero it too.
    """

    id: str
    question: str
    source: str
    menu: tuple[str, ...]
    accept: tuple[tuple[str, ...], ...]
    harmful: tuple[str, ...] = ()
    limit: int = 1
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkUpKey:
    """Which facts the expert would not do without, by step, and which tests are not needed."""

    history: tuple[str, ...] = ()
    examination: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    unneeded_tests: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanKey:
    """The plan that is judged right. `required`: one of each group; the reasons are shown to the learner."""

    required: tuple[tuple[str, ...], ...] = ()
    optional: tuple[str, ...] = ()
    contraindicated: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class CoursePoint:
    """A latent normal (mean, sd on 0-100) of one domain at one week, under good or missed care."""

    domain: str
    weeks: float
    mean: float
    sd: float
    missed_mean: float
    missed_sd: float


@dataclass(frozen=True, kw_only=True)
class OwnCourse:
    """A course given by the case itself, for causes the general model refuses. Always expert opinion.

    `right_care` are the modality groups (one of each) that make the good branch.
    """

    reason: str
    right_care: tuple[tuple[str, ...], ...]
    points: tuple[CoursePoint, ...]


@dataclass(frozen=True, kw_only=True)
class Prognosis:
    """What drives the simulated course: model phase, true modifiers, how well the patient keeps to a plan."""

    phase: str
    modifiers: Mapping[str, str] = field(default_factory=dict)
    adherence: float = 0.7
    adherence_by_modality: Mapping[str, float] = field(default_factory=dict)
    own_course: OwnCourse | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One act of a recorded visit: the verb and its argument, as read from the file."""

    act: str
    value: Any


@dataclass(frozen=True, kw_only=True)
class Debrief:
    """What the case teaches, in the authors' words (Markdown)."""

    headline: str
    text: str
    turning_fact: str
    pearls: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Key:
    """Everything that must not reach the learner before its time."""

    id: str
    diagnosis: DiagnosisKey
    work_up: WorkUpKey
    key_features: tuple[KeyFeature, ...]
    plan: PlanKey
    prognosis: Prognosis
    expert: tuple[Step, ...]
    decoy: tuple[Step, ...]
    debrief: Debrief
    references: tuple[str, ...]
