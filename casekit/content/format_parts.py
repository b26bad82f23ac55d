"""What both file formats are made of: strict models, kinds of text, ids that must be in the evidence.

Ids are checked while a file is validated: the vocabulary comes in as the validation context. This module
imports pydantic, so nothing imports it before the first case is read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from casekit.domain.vocabulary import Phase, Sex, State, Urgency


class Part(BaseModel):
    """A mapping with a fixed set of keys. Unknown keys and values of another type are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


def refuse(at: str, message: str, hint: str = "") -> PydanticCustomError:
    """An error of one part as a whole, shown at its key `at` (empty: at the part itself)."""
    return PydanticCustomError("rule", "{message}", {"message": message, "at": at, "hint": hint})


def _checked(kind: str, what: str) -> Callable[[str, ValidationInfo], str]:
    def check(value: str, info: ValidationInfo) -> str:
        if info.context is not None and value not in getattr(info.context, kind):
            raise PydanticCustomError("unknown_id", "no {what}", {"what": what, "kind": kind})
        return value

    return check


def _ids(kind: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "x-ids": kind})


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
CaseId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
LocalId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
IcfCode = Annotated[str, StringConstraints(pattern=r"^[bdes][1-9][0-9]{2,4}$")]
Share = Annotated[float, Field(ge=0, le=1)]
Percent = Annotated[float, Field(ge=0, le=100)]
Week = Annotated[int, Field(ge=1, le=52)]

AnyState = Annotated[State, Field(strict=False)]
AnySex = Annotated[Sex, Field(strict=False)]
AnyUrgency = Annotated[Urgency, Field(strict=False)]
AnyPhase = Annotated[Phase, Field(strict=False)]

ConditionId = Annotated[str, AfterValidator(_checked("conditions", "condition")), _ids("conditions")]
HypothesisId = Annotated[str, AfterValidator(_checked("hypotheses", "condition")), _ids("hypotheses")]
EstimatedId = Annotated[str, AfterValidator(_checked("estimated", "condition")), _ids("estimated")]
FindingId = Annotated[str, AfterValidator(_checked("findings", "finding")), _ids("findings")]
AttributeId = Annotated[str, AfterValidator(_checked("attributes", "patient attribute")), _ids("attributes")]
DrugId = Annotated[str, AfterValidator(_checked("drugs", "drug")), _ids("drugs")]
ModalityId = Annotated[str, AfterValidator(_checked("modalities", "modality")), _ids("modalities")]
AgentId = Annotated[str, AfterValidator(_checked("agents", "agent")), _ids("agents")]
InstrumentId = Annotated[str, AfterValidator(_checked("instruments", "instrument")), _ids("instruments")]
ForecastId = Annotated[
    str, AfterValidator(_checked("forecast_instruments", "forecast instrument")), _ids("forecast_instruments")
]
ModifierId = Annotated[str, AfterValidator(_checked("modifiers", "modifier")), _ids("modifiers")]
VariantId = Annotated[str, AfterValidator(_checked("variants", "imaging variant")), _ids("variants")]
PainFreeId = Annotated[str, AfterValidator(_checked("pain_free", "imaging finding")), _ids("pain_free")]
RoleId = Annotated[str, AfterValidator(_checked("roles", "team member")), _ids("roles")]
PhaseId = Annotated[str, AfterValidator(_checked("phases", "forecast phase")), _ids("phases")]
SourceId = Annotated[str, AfterValidator(_checked("sources", "source")), _ids("sources")]


def _known_levels(levels: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    if info.context is None:
        return levels
    for modifier, level in levels.items():
        allowed = info.context.levels_of.get(modifier)
        if allowed is not None and level not in allowed:
            context: dict[str, Any] = {"at": modifier, "words": ", ".join(sorted(allowed))}
            raise PydanticCustomError("unknown_word", "unknown level", context)
    return levels


Modifiers = Annotated[dict[ModifierId, str], AfterValidator(_known_levels)]
