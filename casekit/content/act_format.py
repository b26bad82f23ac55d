"""The format of a recorded visit in `key.yaml`: a list of acts, each one verb with what it takes."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field, model_validator

from casekit.content.format_parts import (
    AgentId,
    AnyUrgency,
    ConditionId,
    EstimatedId,
    ForecastId,
    InstrumentId,
    Line,
    LocalId,
    ModalityId,
    Part,
    Percent,
    Prose,
    RoleId,
    Share,
    Week,
    refuse,
)

Estimate = Annotated[dict[EstimatedId, Share], Field(min_length=1)]
Quantiles = Annotated[list[Percent], Field(min_length=3, max_length=3)]
PerCourse = Annotated[float, Field(ge=0)]


class CommitPart(Part):
    """The diagnosis a visit commits to."""

    lead: ConditionId = Field(description="The condition.")
    urgency: AnyUrgency = Field(description="How soon somebody must act.")
    reason: Prose | None = Field(None, description="Why, in one or two sentences.")


class GoalActPart(Part):
    """A goal agreed with the patient."""

    goal: LocalId = Field(description="Id of the patient's goal in case.yaml.")
    measure: InstrumentId = Field(description="Instrument that measures it.")
    target: float = Field(description="Value to reach, in the instrument's own units.")
    by_week: int = Field(ge=1, le=52, description="Week by which it is reached.")
    importance: int = Field(
        2, ge=1, le=3, description="1 a little, 2 quite, 3 very important to the patient."
    )
    difficulty: int = Field(2, ge=1, le=3, description="1 easy, 2 middling, 3 hard.")


class DosePart(Part):
    """How much. Drugs: amount, unit, times_per_day, days. Sessions: per_week, minutes, weeks."""

    amount: PerCourse | None = Field(None, description="Amount of one dose, in `unit`.")
    unit: Line | None = Field(None, description="Unit of the amount, such as mg.")
    times_per_day: PerCourse | None = Field(None, description="Doses a day.")
    days: PerCourse | None = Field(None, description="Days of the course.")
    per_week: PerCourse | None = Field(None, description="Sessions a week.")
    minutes: PerCourse | None = Field(None, description="Minutes of a session.")
    weeks: PerCourse | None = Field(None, description="Weeks of the course.")

    @model_validator(mode="after")
    def _amount_has_unit(self) -> DosePart:
        if self.amount is not None and self.unit is None:
            raise refuse("amount", "has no unit.", 'Add "unit:", such as mg.')
        return self


class PlanItemPart(Part):
    """One entry of a plan."""

    modality: ModalityId = Field(description="The treatment.")
    agent: AgentId | None = Field(None, description="The drug, where the modality has several.")
    dose: DosePart | None = Field(None, description="How much.")
    discipline: RoleId | None = Field(None, description="Who does it.")
    start_week: float = Field(0.0, ge=0, le=104, description="Week in which it starts.")
    goal: LocalId | None = Field(None, description="Goal of the patient it serves.")
    measure: InstrumentId | None = Field(None, description="Instrument that shows whether it works.")
    progression: Line | None = Field(None, description="How it is stepped up.")
    stop_rule: Line | None = Field(None, description="When it is stopped.")
    agreed: bool = Field(True, description="true if the patient agreed, else false.")


class ActPart(Part):
    """One act of a visit: exactly one of these verbs."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "maxProperties": 1})

    estimate: Estimate | None = Field(None, description="Probability of every hypothesis; they sum to 1.")
    ask: list[LocalId] | None = Field(None, description="History facts to ask for.")
    examine: list[LocalId] | None = Field(None, description="Examination facts.")
    order: list[LocalId] | None = Field(None, description="Tests to order; may be empty.")
    represent: Prose | None = Field(None, description="The case in one line.")
    commit_diagnosis: CommitPart | None = Field(None, description="Diagnosis and urgency.")
    set_goals: Annotated[list[GoalActPart], Field(min_length=1)] | None = Field(
        None, description="Goals agreed with the patient."
    )
    plan: list[PlanItemPart] | None = Field(None, description="The plan.")
    forecast: dict[ForecastId, dict[Week, Quantiles]] | None = Field(
        None, description="Instrument to week to 10, 50 and 90 % on 0-100, lower is better."
    )
    follow_up: Week | None = Field(None, description="See the patient again in this week.")
    close: bool | None = Field(None, description="true: ends the visit.")

    @model_validator(mode="before")
    @classmethod
    def _one_verb(cls, value: Any) -> Any:
        if isinstance(value, dict) and len(value) != 1:
            given = ", ".join(str(verb) for verb in value) or "none"
            raise refuse(
                "", f"has {len(value)} verbs ({given}).", 'Start every act with "- " on its own line.'
            )
        if isinstance(value, dict) and None in value.values():
            raise refuse(str(next(iter(value))), "has nothing after the colon.", "Write what it takes.")
        return value
