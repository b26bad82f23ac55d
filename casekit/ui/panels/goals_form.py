"""What is filled in on the goals screen, and the goals that can be read from it.

Field names are "goal.<wish>.<part>". Text stays as typed; a mistake is named with the wish it belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from casekit.domain.case import Case, GoalWish
from casekit.domain.outcome import OutcomeEvidence
from casekit.errors import InputError
from casekit.ui.panels.plan_fields import number_in, number_problem

PARTS = ("take", "measure", "target", "by_week", "importance", "difficulty")
USUAL = {"by_week": "12", "importance": "2", "difficulty": "2"}
LAST_WEEK = 52


def field(wish: GoalWish, part: str) -> str:
    """The name of a field."""
    return f"goal.{wish.id}.{part}"


def value(kept: Mapping[str, Any], wish: GoalWish, part: str) -> str:
    """What a field holds, or what it starts with."""
    found = kept.get(field(wish, part), USUAL.get(part, ""))
    return found if isinstance(found, str) else ""


def taken(kept: Mapping[str, Any], wish: GoalWish) -> bool:
    """True if the wish is taken as a goal."""
    return bool(kept.get(field(wish, "take")))


def merged(kept: Mapping[str, Any], form: Mapping[str, Any], wishes: Sequence[GoalWish]) -> dict[str, Any]:
    """The kept fields with what a form says; only fields of these wishes, at most 200 characters each."""
    names = {field(wish, part) for wish in wishes for part in PARTS}
    changed = {
        name: found[:200] if isinstance(found, str) else [str(row) for row in found]
        for name, found in form.items()
        if name in names and isinstance(found, str | list | tuple)
    }
    return {**kept, **changed}


def target_problem(case: Case, outcome: OutcomeEvidence, measure: str, text: str) -> str:
    """What is wrong with a target on this measure, or nothing."""
    row = outcome.instruments.get(measure)
    found = row.range if row is not None else None
    low, high = found if isinstance(found, tuple) else (0.0, None)
    return (
        number_problem(text, low, high)
        if measure in [m.instrument for m in case.measures]
        else number_problem(text, 0)
    )


def week_problem(text: str) -> str:
    """What is wrong with a week, or nothing."""
    wrong = number_problem(text, 1, LAST_WEEK)
    week = number_in(text)
    if not wrong and week is not None and week != int(week):
        return f"A whole week, 1 to {LAST_WEEK}. You typed {text.strip()}."
    return wrong


def goals_from(
    case: Case, outcome: OutcomeEvidence, kept: Mapping[str, Any], wishes: Sequence[GoalWish]
) -> list[dict[str, Any]]:
    """The goals as a visit takes them. Raises InputError with everything that is missing."""
    chosen = [wish for wish in wishes if taken(kept, wish)]
    if not chosen:
        raise InputError("Take at least one wish as a goal: a plan needs something to work for.")
    problems = [
        f"{wish.label}: {problem}" for wish in chosen for problem in _problems(case, outcome, kept, wish)
    ]
    if problems:
        raise InputError(" ".join(problems))
    return [_goal(kept, wish) for wish in chosen]


def _problems(case: Case, outcome: OutcomeEvidence, kept: Mapping[str, Any], wish: GoalWish) -> list[str]:
    measure, target, week = (value(kept, wish, part) for part in ("measure", "target", "by_week"))
    problems = [] if measure else ["choose how it is measured."]
    if not target.strip():
        problems.append("say which score would be enough.")
    if not week.strip():
        problems.append(f"say by which week, 1 to {LAST_WEEK}.")
    return [*problems, *filter(None, (target_problem(case, outcome, measure, target), week_problem(week)))]


def _goal(kept: Mapping[str, Any], wish: GoalWish) -> dict[str, Any]:
    numbers = {part: number_in(value(kept, wish, part)) for part in PARTS if part not in ("take", "measure")}
    whole = {part: int(number or 0) for part, number in numbers.items() if part != "target"}
    return {"goal": wish.id, "measure": value(kept, wish, "measure"), "target": numbers["target"], **whole}
