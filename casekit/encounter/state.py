"""What a visit has come to: a pure fold over its events. No medicine, no files, no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from casekit.domain.acts import Diagnosis, Dose, Goal, PlanItem, Quantiles
from casekit.domain.vocabulary import Urgency
from casekit.encounter.events import Event, EventKind


class Step(StrEnum):
    """Where a visit stands. Each commit leads to the next step; none is left out."""

    DOOR = "door"
    HISTORY = "history"
    EXAMINATION = "examination"
    TESTS = "tests"
    DIAGNOSIS = "diagnosis"
    GOALS = "goals"
    PLAN = "plan"
    FORECAST = "forecast"
    FOLLOW_UP = "follow_up"
    DEBRIEF = "debrief"

    @property
    def number(self) -> int:
        """0 for the door note."""
        return list(Step).index(self)


ESTIMATE_AT = (Step.DOOR, Step.HISTORY, Step.EXAMINATION, Step.TESTS)
"""The four estimates: before anything, and at the end of history, examination and tests."""

FOLLOW_UP_WEEKS = (6, 12)


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A committed differential, with the facts that were open when it was made."""

    step: Step
    probabilities: Mapping[str, float]
    opened: tuple[str, ...]
    at: str


@dataclass(frozen=True, kw_only=True)
class VisitState:
    """Everything that happened so far, in the form the screens and the score read."""

    case_id: str = ""
    case_version: str = ""
    content_hash: str = ""
    learner: str = ""
    seed: int = 0
    step: Step = Step.DOOR
    opened: tuple[str, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    orders: tuple[str, ...] | None = None
    summary: str = ""
    diagnosis: Diagnosis | None = None
    goals: tuple[Goal, ...] = ()
    plan: tuple[PlanItem, ...] = ()
    forecasts: Mapping[str, Mapping[int, Quantiles]] = field(default_factory=dict)
    followed_up: tuple[int, ...] = ()
    drafts: Mapping[str, Any] = field(default_factory=dict)
    closed: bool = False
    started_at: str = ""
    last_at: str = ""

    @property
    def estimate_due(self) -> bool:
        """True if an estimate would be accepted now."""
        return self.step in ESTIMATE_AT and (self.step is not Step.TESTS or self.orders is not None)


Changes = dict[str, Any]
"""Fields of a state with their new values."""


def fold(events: Iterable[Event], door: tuple[str, ...] = ()) -> VisitState:
    """The state after these events. `door` are the facts the door note itself tells."""
    state = VisitState(opened=door)
    for event in events:
        state = apply(state, event)
    return state


def apply(state: VisitState, event: Event) -> VisitState:
    """The state after one more event."""
    return replace(state, **_CHANGES[event.kind](state, event), last_at=event.at)


def _opened(_: VisitState, event: Event) -> Changes:
    data = event.data
    return {
        "case_id": data["case"],
        "case_version": data["version"],
        "content_hash": data["content_hash"],
        "learner": data["learner"],
        "seed": data["seed"],
        "started_at": event.at,
    }


def _estimated(state: VisitState, event: Event) -> Changes:
    estimate = Estimate(
        step=state.step, probabilities=event.data["probabilities"], opened=state.opened, at=event.at
    )
    following = list(Step)[state.step.number + 1]
    return {"estimates": (*state.estimates, estimate), "step": following}


def _fact(state: VisitState, event: Event) -> Changes:
    return {"opened": (*state.opened, event.data["fact"])}


def _ordered(state: VisitState, event: Event) -> Changes:
    facts = tuple(event.data["facts"])
    return {"orders": facts, "opened": (*state.opened, *facts)}


def _diagnosed(_: VisitState, event: Event) -> Changes:
    data = event.data
    diagnosis = Diagnosis(lead=data["lead"], urgency=Urgency(data["urgency"]), reason=data["reason"])
    return {"diagnosis": diagnosis, "step": Step.GOALS}


def _goals(_: VisitState, event: Event) -> Changes:
    return {"goals": tuple(Goal(**row) for row in event.data["goals"]), "step": Step.PLAN}


def _planned(_: VisitState, event: Event) -> Changes:
    return {"plan": tuple(plan_item(row) for row in event.data["items"]), "step": Step.FORECAST}


def _forecast(_: VisitState, event: Event) -> Changes:
    forecasts = {
        instrument: {int(week): Quantiles(q10=q[0], q50=q[1], q90=q[2]) for week, q in weeks.items()}
        for instrument, weeks in event.data["forecasts"].items()
    }
    return {"forecasts": forecasts, "step": Step.FOLLOW_UP}


def _followed(state: VisitState, event: Event) -> Changes:
    return {"followed_up": (*state.followed_up, event.data["week"])}


def _drafted(state: VisitState, event: Event) -> Changes:
    return {"drafts": {**state.drafts, event.data["panel"]: event.data["values"]}}


def plan_item(row: Mapping[str, Any]) -> PlanItem:
    """A plan entry from its plain form."""
    return PlanItem(**{**row, "dose": Dose(**row.get("dose", {}))})


_CHANGES: dict[EventKind, Callable[[VisitState, Event], Changes]] = {
    EventKind.OPENED: _opened,
    EventKind.ESTIMATED: _estimated,
    EventKind.ASKED: _fact,
    EventKind.EXAMINED: _fact,
    EventKind.ORDERED: _ordered,
    EventKind.REPRESENTED: lambda _, event: {"summary": event.data["text"]},
    EventKind.DIAGNOSED: _diagnosed,
    EventKind.GOALS_SET: _goals,
    EventKind.PLANNED: _planned,
    EventKind.FORECAST: _forecast,
    EventKind.FOLLOWED_UP: _followed,
    EventKind.DRAFTED: _drafted,
    EventKind.CLOSED: lambda _state, _event: {"closed": True, "step": Step.DEBRIEF},
}
