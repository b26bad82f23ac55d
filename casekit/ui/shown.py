"""From a case to a view: which steps, prepared how far, on which journal."""

from __future__ import annotations

from collections.abc import Sequence

from casekit.domain.vocabulary import known
from casekit.encounter.replay import perform
from casekit.encounter.state import Step
from casekit.encounter.visit import Visit
from casekit.ui.view import View

NAMES = (*(str(step) for step in Step), "differential")


def visit_view(visit: Visit, names: Sequence[str], *, worked: bool) -> View:
    """A view of a visit. `worked` plays the expert up to the first named step, if nothing was done yet.

    Raises UnknownIdError for a step nobody has.
    """
    for name in names:
        known(name, NAMES, "step")
    if worked and names and not visit.state.estimates:
        _work_up_to(visit, names[0])
    return View(visit, tuple(names))


def _work_up_to(visit: Visit, name: str) -> None:
    """Do what the expert did before this step. The differential is shown after the examination's estimate."""
    goal = Step.TESTS if name == "differential" else Step(name)
    for number, step in enumerate(visit.recorded("expert"), start=1):
        if visit.state.step.number >= goal.number:
            break
        perform(visit, step, number)
