"""A level-1 case shows, on request, how an expert takes each step: what was asked, estimated, planned.

Only worked examples do this; in every other case the expert's visit stays shut until the debrief.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import htpy as h

from casekit.domain.key import Step as Recorded
from casekit.encounter.state import Step
from casekit.encounter.visit import Visit
from casekit.ui.markup import percent

WORKED_LEVEL = 1
_ENDS = {"estimate", "commit_diagnosis", "set_goals", "plan", "forecast", "follow_up"}


def worked_example(visit: Visit, step: Step) -> h.Node:
    """A fold with the expert's acts of this step; nothing in cases of a higher level."""
    if visit.case.level != WORKED_LEVEL or step in (Step.FOLLOW_UP, Step.DEBRIEF):
        return None
    acts = _acts(visit.recorded("expert"), step)
    return h.details(".ck-worked", data_keep=f"worked-{step}")[
        h.summary["How an expert takes this step"],
        h.ul[[h.li[_words(visit, act)] for act in acts]],
        h.p(".ck-note")["This case is a worked example: look whenever you like. Your own answers are still scored."],
    ]


def _acts(recorded: Sequence[Recorded], wanted: Step) -> list[Recorded]:
    steps, found = iter(Step), []
    now = next(steps)
    for act in recorded:
        if now is wanted:
            found.append(act)
        if act.act in _ENDS:
            now = next(steps, Step.DEBRIEF)
    return found


def _words(visit: Visit, act: Recorded) -> str:
    value: Any = act.value
    if act.act in ("ask", "examine"):
        return f"{'Asks' if act.act == 'ask' else 'Examines'}: {_facts(visit, value)}"
    if act.act == "order":
        return f"Orders: {_facts(visit, value)}" if value else "Orders nothing: no result would change the plan."
    if act.act == "estimate":
        return f"Estimates: {_estimate(visit, value)}"
    if act.act == "represent":
        return f"Sums up: {value}"
    if act.act == "commit_diagnosis":
        return f"Says: {visit.hypothesis_name(value['lead'])}, {value['urgency']}. {value.get('reason', '')}"
    if act.act == "set_goals":
        return f"Agrees: {'; '.join(_goal(visit, row) for row in value)}"
    if act.act == "plan":
        names = visit.evidence.treatment.modality_by_id
        return f"Plans: {'; '.join(names[row['modality']].label for row in value)}"
    return "Forecasts, 10 %, middle and 90 % on 0 to 100: " + "; ".join(
        f"{name.split('_')[0].upper()} week {week}: {', '.join(f'{q:g}' for q in quantiles)}"
        for name, weeks in value.items()
        for week, quantiles in weeks.items()
    )


def _facts(visit: Visit, ids: Sequence[str]) -> str:
    return " · ".join(visit.case.fact(fact).ask for fact in ids)


def _estimate(visit: Visit, probabilities: Mapping[str, float]) -> str:
    rows = sorted(probabilities.items(), key=lambda row: -row[1])
    return ", ".join(f"{visit.hypothesis_name(name)} {percent(p)}" for name, p in rows if p > 0)


def _goal(visit: Visit, row: Mapping[str, Any]) -> str:
    wish = next(wish for wish in visit.case.goals if wish.id == row["goal"])
    return f"{wish.label}, {row['measure'].split('_')[0].upper()} {row['target']:g} by week {row['by_week']}"
