"""The format of `key.yaml`: the answers to a case, and how each part becomes a domain object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from casekit.content.act_format import ActPart
from casekit.content.format_parts import (
    AnyUrgency,
    CaseId,
    ConditionId,
    HypothesisId,
    Line,
    LocalId,
    ModalityId,
    Modifiers,
    Part,
    Percent,
    PhaseId,
    Prose,
    Share,
    SourceId,
)
from casekit.domain import key as nouns

ModalityGroup = Annotated[list[ModalityId], Field(min_length=1)]


class CannotMissPart(Part):
    """A condition that must not be forgotten."""

    condition: HypothesisId = Field(description="The condition.")
    floor: Share = Field(0.01, description="Least probability that still keeps it in mind, 0 to 1.")
    ruled_out_by: list[LocalId] = Field([], description="Facts, any of which makes sure.")

    def build(self) -> nouns.CannotMiss:
        """The domain object."""
        return nouns.CannotMiss(
            condition=self.condition, floor=self.floor, ruled_out_by=tuple(self.ruled_out_by)
        )


class DiagnosisPart(Part):
    """What it is, what else is accepted, what must be thought of, how soon to act."""

    lead: ConditionId = Field(description="The diagnosis.")
    acceptable: list[ConditionId] = Field([], description="Other diagnoses that count as right.")
    must_include: list[HypothesisId] = Field([], description="Conditions that belong on the list.")
    cannot_miss: list[CannotMissPart] = Field([], description="Conditions that must not be forgotten.")
    urgency: AnyUrgency = Field(description="emergent today, urgent days, prompt weeks, routine no hurry.")
    summary: Prose = Field(description="The expert's problem representation in one line.")

    def build(self) -> nouns.DiagnosisKey:
        """The domain object."""
        return nouns.DiagnosisKey(
            lead=self.lead, acceptable=tuple(self.acceptable), must_include=tuple(self.must_include),
            cannot_miss=tuple(each.build() for each in self.cannot_miss), urgency=self.urgency,
            summary=self.summary,
        )  # fmt: skip


class WorkUpPart(Part):
    """Which facts the expert would not do without (fact ids), and which tests are not needed."""

    history: list[LocalId] = Field([], description="Questions that matter.")
    examination: list[LocalId] = Field([], description="Manoeuvres that matter.")
    tests: list[LocalId] = Field([], description="Tests that are needed; may be empty.")
    unneeded_tests: list[LocalId] = Field([], description="Tests that change nothing.")

    def build(self) -> nouns.WorkUpKey:
        """The domain object."""
        return nouns.WorkUpKey(
            history=tuple(self.history), examination=tuple(self.examination), tests=tuple(self.tests),
            unneeded_tests=tuple(self.unneeded_tests),
        )  # fmt: skip


class KeyFeaturePart(Part):
    """One step where error is likely and matters."""

    id: LocalId = Field(description="Short id in snake_case.")
    question: Line = Field(description="The question it answers, shown in the debrief.")
    source: Literal["history", "examination", "tests", "diagnosis", "urgency", "plan", "goals"] = Field(
        description="Where the learner's answers are taken from."
    )
    menu: list[Line] = Field(min_length=2, description="Answers that count.")
    accept: list[Annotated[list[Line], Field(min_length=1)]] = Field(
        min_length=1, description="Groups of equally good answers; one of each group is needed."
    )
    harmful: list[Line] = Field([], description="Answers that zero the question.")
    limit: int = Field(1, ge=1, description="More answers than this zero the question.")
    why: Prose = Field(description="Why it matters, shown in the debrief.")

    def build(self) -> nouns.KeyFeature:
        """The domain object."""
        return nouns.KeyFeature(
            id=self.id, question=self.question, source=self.source, menu=tuple(self.menu),
            accept=tuple(tuple(group) for group in self.accept), harmful=tuple(self.harmful),
            limit=self.limit, why=self.why,
        )  # fmt: skip


class PlanPart(Part):
    """The plan that is judged right."""

    required: list[ModalityGroup] = Field(min_length=1, description="Groups of modalities; one of each.")
    optional: list[ModalityId] = Field([], description="Modalities that are fine too.")
    contraindicated: dict[ModalityId, Line] = Field({}, description="Modality to the reason against it.")
    comment: Prose = Field(description="The plan in one or two sentences.")

    def build(self) -> nouns.PlanKey:
        """The domain object."""
        return nouns.PlanKey(
            required=tuple(tuple(group) for group in self.required), optional=tuple(self.optional),
            contraindicated=self.contraindicated, comment=self.comment,
        )  # fmt: skip


class CoursePointPart(Part):
    """Mean and spread on 0-100 of one outcome at one week, with right and with missed care."""

    domain: Literal["disability", "pain"] = Field(description="The outcome.")
    weeks: float = Field(gt=0, le=104, description="Weeks after the first visit.")
    mean: Percent = Field(description="Mean with right care.")
    sd: float = Field(gt=0, le=50, description="Standard deviation with right care.")
    missed_mean: Percent = Field(description="Mean if the right care was missed.")
    missed_sd: float = Field(gt=0, le=50, description="Standard deviation if it was missed.")

    def build(self) -> nouns.CoursePoint:
        """The domain object."""
        return nouns.CoursePoint(
            domain=self.domain, weeks=self.weeks, mean=self.mean, sd=self.sd, missed_mean=self.missed_mean,
            missed_sd=self.missed_sd,
        )  # fmt: skip


class OwnCoursePart(Part):
    """A course the case gives itself, for causes the general model refuses. Always expert opinion."""

    reason: Prose = Field(description="Why the case gives its own numbers, and where they come from.")
    right_care: list[ModalityGroup] = Field(min_length=1, description="Groups of modalities; one of each.")
    points: list[CoursePointPart] = Field(
        min_length=1, description="Weeks 2, 6, 12, 26, 52 for both outcomes."
    )

    def build(self) -> nouns.OwnCourse:
        """The domain object."""
        return nouns.OwnCourse(
            reason=self.reason, right_care=tuple(tuple(group) for group in self.right_care),
            points=tuple(point.build() for point in self.points),
        )  # fmt: skip


class PrognosisPart(Part):
    """What drives the simulated course."""

    phase: PhaseId = Field(description="Course of the forecast model.")
    modifiers: Modifiers = Field({}, description='The truth: modifier to level. "yes" and "no" in quotes.')
    adherence: Share = Field(0.7, description="How well the patient keeps to a plan, 0 to 1.")
    adherence_by_modality: dict[ModalityId, Share] = Field({}, description="The same for one modality.")
    own_course: OwnCoursePart | None = Field(None, description="Only where the model does not apply.")

    def build(self) -> nouns.Prognosis:
        """The domain object."""
        return nouns.Prognosis(
            phase=self.phase, modifiers=self.modifiers, adherence=self.adherence,
            adherence_by_modality=self.adherence_by_modality,
            own_course=self.own_course.build() if self.own_course else None,
        )  # fmt: skip


class DebriefPart(Part):
    """What the case teaches."""

    headline: Line = Field(description="One line for the top of the debrief.")
    text: Prose = Field(description="The story as the expert tells it (Markdown, no HTML).")
    turning_fact: LocalId = Field(description="The one fact that should have moved the learner.")
    pearls: list[Line] = Field([], description="Sentences to take home.")

    def build(self) -> nouns.Debrief:
        """The domain object."""
        return nouns.Debrief(
            headline=self.headline, text=self.text, turning_fact=self.turning_fact, pearls=tuple(self.pearls)
        )


class KeyFile(Part):
    """The answers to a case. Never part of a learner bundle."""

    id: CaseId = Field(description="The same id as in case.yaml.")
    diagnosis: DiagnosisPart = Field(description="What it is.")
    work_up: WorkUpPart = Field(description="What the expert would not do without.")
    key_features: list[KeyFeaturePart] = Field(min_length=1, description="Two to five decisive steps.")
    plan: PlanPart = Field(description="The plan that is judged right.")
    prognosis: PrognosisPart = Field(description="What drives the simulated course.")
    expert: list[ActPart] = Field(min_length=1, description="The expert's visit; it must score full marks.")
    decoy: list[ActPart] = Field(min_length=1, description="A careless visit; it must score 70 or less.")
    debrief: DebriefPart = Field(description="What the case teaches.")
    references: list[SourceId] = Field(min_length=1, description="Source ids of the evidence.")

    def build(self, data: Mapping[str, Any]) -> nouns.Key:
        """The domain object; the acts of the two visits are taken from `data` as they stand in the file."""
        return nouns.Key(
            id=self.id, diagnosis=self.diagnosis.build(), work_up=self.work_up.build(),
            key_features=tuple(each.build() for each in self.key_features), plan=self.plan.build(),
            prognosis=self.prognosis.build(), expert=_steps(data["expert"]), decoy=_steps(data["decoy"]),
            debrief=self.debrief.build(), references=tuple(self.references),
        )  # fmt: skip


def _steps(acts: Sequence[Mapping[str, Any]]) -> tuple[nouns.Step, ...]:
    return tuple(nouns.Step(act=verb, value=value) for act in acts for verb, value in act.items())
