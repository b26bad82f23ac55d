"""What has become of the goals: the level reached in the patient's own terms, and the agreed target."""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h

from casekit.domain.acts import Goal
from casekit.encounter.visit import Visit
from casekit.ui.markup import short_name
from casekit.ui.panels.scale import scale_of

LEVELS = {
    -2: ("▼", "Much less than expected"),
    -1: ("▽", "Less than expected"),
    0: ("●", "As expected"),
    1: ("△", "More than expected"),
    2: ("▲", "Much more than expected"),
}


def attainment(visit: Visit, week: int) -> h.Element:
    """Every agreed goal at one visit; week must have come."""
    return h.ul(".ck-goals-reached")[[_goal(visit, goal, week) for goal in visit.state.goals]]


def _goal(visit: Visit, goal: Goal, week: int) -> h.Element:
    wish = next(wish for wish in visit.case.goals if wish.id == goal.goal)
    level = _level(visit, goal, wish.domain, week)
    return h.li[
        h.h4[wish.label],
        _reached(level, wish.levels),
        h.p(".ck-note")[_target(visit, goal, week)],
    ]


def _reached(level: int | None, levels: Sequence[str]) -> h.Element:
    if level is None:
        return h.p["No measure of this case follows this goal."]
    glyph, word = LEVELS[level]
    return h.p[
        h.strong[h.span(aria_hidden="true")[glyph], f" {word} ({_signed(level)})."], f" {levels[level + 2]}."
    ]


def _signed(level: int) -> str:
    return f"{level:+d}".replace("-", "−") if level else "0"


def _level(visit: Visit, goal: Goal, domain: str, week: int) -> int | None:
    rows = visit.evidence.outcome.model_proposal.instruments
    if all(rows[name].domain != domain for name in visit.case.forecast_measures):
        return None
    return visit.goal_level(goal.goal, week)


def _target(visit: Visit, goal: Goal, week: int) -> str:
    name = short_name(goal.measure)
    agreed = f"Agreed: {name} {goal.target:g} by week {goal.by_week}."
    if goal.measure not in visit.case.forecast_measures:
        return f"{agreed} {name} is not taken at this visit."
    now = scale_of(visit, goal.measure).own(visit.outcome(goal.measure, week).recorded)
    return f"{agreed} Now {now:g}: {'reached' if now <= goal.target else 'not reached'}."
