"""Play a recorded visit (the expert's, the careless one) as a learner would, act by act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from casekit.domain.case import Case
from casekit.domain.evidence import Evidence
from casekit.domain.key import Key, Step
from casekit.encounter.journal import Journal
from casekit.encounter.visit import Visit
from casekit.errors import CaseError, CasekitError

FIXED_TIME = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
"""The clock of a replay: what was played is not what somebody did at a time."""


def play(
    case: Case, key: Key, evidence: Evidence, steps: Iterable[Step], *, seed: int = 0,
    journal: Journal | None = None, until: str = "",
) -> Visit:  # fmt: skip
    """The visit after these steps, or before the first step of the act `until`.

    Raises CaseError naming the step if the visit refuses one.
    """
    visit = Visit(
        case=case, key=key, evidence=evidence, journal=journal if journal is not None else Journal(),
        clock=lambda: FIXED_TIME, learner="replay", seed=seed,
    )  # fmt: skip
    for number, step in enumerate(steps, start=1):
        if until and str(visit.state.step) == until:
            break
        perform(visit, step, number)
    return visit


def perform(visit: Visit, step: Step, number: int) -> None:
    """Do one recorded act. Raises CaseError with its number if it is refused."""
    deed = _DEEDS.get(step.act)
    if deed is None:
        raise CaseError(f'Step {number}: "{step.act}" is no act; there are {", ".join(_DEEDS)}.')
    try:
        deed(visit, step.value)
    except CasekitError as error:
        raise CaseError(f"Step {number}, {step.act}: {error}") from error


def _diagnose(visit: Visit, value: Mapping[str, Any]) -> None:
    visit.commit_diagnosis(value["lead"], urgency=value["urgency"], reason=value.get("reason", ""))


_DEEDS: dict[str, Callable[[Visit, Any], Any]] = {
    "ask": lambda visit, value: visit.ask(*value),
    "examine": lambda visit, value: visit.examine(*value),
    "order": lambda visit, value: visit.order(*value),
    "estimate": lambda visit, value: visit.estimate(value),
    "represent": lambda visit, value: visit.represent(value),
    "commit_diagnosis": _diagnose,
    "set_goals": lambda visit, value: visit.set_goals(value),
    "plan": lambda visit, value: visit.plan(value),
    "forecast": lambda visit, value: visit.forecast(value),
    "follow_up": lambda visit, value: visit.follow_up(value),
    "close": lambda visit, _: visit.close(),
}
