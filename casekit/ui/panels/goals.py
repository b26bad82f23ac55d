"""The goals: what the patient wants to do again, made measurable and dated.

Only wishes the learner has heard are shown. Reading the fields is in `goals_form`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import htpy as h

from casekit.domain.acts import Goal
from casekit.domain.case import GoalWish
from casekit.encounter.events import EventKind
from casekit.encounter.state import Step
from casekit.errors import VisitError
from casekit.ui.markup import commit_bar, empty, notice, spoken
from casekit.ui.panels.goals_form import (
    field,
    goals_from,
    merged,
    taken,
    target_problem,
    value,
    week_problem,
)
from casekit.ui.panels.plan_fields import number_field, options, radios, select_field, tick
from casekit.ui.panels.plan_words import measure_word, scale_word
from casekit.ui.screen import Act, Choice, Message, MessageKind, RefusedMessageError, Screen

STEP = Step.GOALS
PANEL = "goals"
IMPORTANCE = (("1", "1, a little"), ("2", "2, much"), ("3", "3, most"))
DIFFICULTY = (("1", "1, within reach"), ("2", "2, some way to go"), ("3", "3, far"))
LEVELS = ("−2", "−1", "0", "+1", "+2")
LEVEL_WORDS = {"−2": "much less than expected", "0": "as expected", "+2": "much more than expected"}


def render(screen: Screen) -> h.Node:
    """The wishes that were heard, each with what makes it a goal."""
    patient = screen.visit.case.patient
    wishes = known_wishes(screen)
    if not screen.live:
        return [_title(f"What does {patient.pronoun} want to do again?"), _agreed(screen)]
    kept = screen.draft(PANEL)
    number = sum(taken(kept, wish) for wish in wishes)
    return [
        _title(f"What does {patient.pronoun} want to do again?"),
        h.p(".ck-lead")[
            "Agree on a few goals, in words of daily life. Say for each how you will both know, how much "
            "would be enough, and by when."
        ],
        _unheard(screen),
        [_wish(screen, wish, kept) for wish in wishes],
        commit_bar(
            "Commit the goals", "set_goals",
            f"{_goals(number)}. This answer counts and cannot be changed; the plan is made for it.",
        ),
    ]  # fmt: skip


def handle(screen: Screen, message: Message) -> Act | Choice:
    """Keep what is filled in, or commit the goals."""
    if not screen.live:
        if message.kind is MessageKind.DRAFT:
            return Choice({})
        raise VisitError("The goals are not open for changes. You can read them.")
    wishes = known_wishes(screen)
    kept = merged(screen.draft(PANEL), message.form, wishes)
    if message.kind is MessageKind.DRAFT or message.act == "set":
        return Act("draft", (PANEL, kept))
    if message.act == "set_goals":
        goals = goals_from(screen.visit.case, screen.visit.evidence.outcome, kept, wishes)
        return Act("set_goals", (goals,), said=f"{_goals(len(goals))} agreed.")
    raise RefusedMessageError(f'The goals do not know "{message.act}".')


def heard_wishes(screen: Screen) -> list[GoalWish]:
    """The wishes on the card and those that were asked for."""
    return [wish for wish in screen.visit.case.goals if wish.fact is None or screen.visit.is_open(wish.fact)]


def known_wishes(screen: Screen) -> list[GoalWish]:
    """The wishes that were heard; if none was, the first one is told now, so that a plan is possible."""
    return heard_wishes(screen) or list(screen.visit.case.goals[:1])


def _title(text: str) -> h.Element:
    return h.h2(".ck-screen-title", tabindex="-1")[text]


def _unheard(screen: Screen) -> h.Node:
    if heard_wishes(screen):
        return None
    patient = screen.visit.case.patient
    return notice(
        "caution", f"You have not asked {patient.objective} what {patient.pronoun} wants.",
        f"{patient.pronoun.capitalize()} tells you one wish now.",
    )  # fmt: skip


def _wish(screen: Screen, wish: GoalWish, kept: Mapping[str, Any]) -> h.Element:
    is_taken = taken(kept, wish)
    return h.fieldset(".ck-wish", id=f"ck-wish-{wish.id}")[
        h.legend[wish.label],
        spoken(wish.words),
        h.p(".ck-note")[f"ICF {wish.icf} · {wish.why}"],
        tick("Take it as a goal", field(wish, "take"), "yes", checked=is_taken, act="set"),
        h.div(".ck-wish-body")[_fields(screen, wish, kept), _levels(wish)] if is_taken else None,
    ]


def _fields(screen: Screen, wish: GoalWish, kept: Mapping[str, Any]) -> h.Element:
    case, outcome, patient = screen.visit.case, screen.visit.evidence.outcome, screen.visit.case.patient
    chosen, target, week = (value(kept, wish, part) for part in ("measure", "target", "by_week"))
    measure = next((row for row in case.measures if row.instrument == chosen), None)
    rows = [(row.instrument, measure_word(row, outcome)) for row in case.measures]
    measures = options(rows, chosen, empty="Choose")
    matters, hard = (value(kept, wish, part) for part in ("importance", "difficulty"))
    return h.div(".ck-wish-fields")[
        h.div(".ck-row")[
            select_field("Measured by", field(wish, "measure"), measures, act="set"),
            number_field("Enough is", field(wish, "target"), target,
                         problem=target_problem(case, outcome, chosen, target),
                         unit=scale_word(measure, outcome) if measure else "choose the measure first"),
            number_field("By week", field(wish, "by_week"), week, problem=week_problem(week), unit="of 52"),
        ],
        h.div(".ck-row")[
            radios(f"It matters to {patient.objective}", field(wish, "importance"), matters, IMPORTANCE),
            radios("How hard it will be", field(wish, "difficulty"), hard, DIFFICULTY),
        ],
    ]  # fmt: skip


def _levels(wish: GoalWish) -> h.Element:
    return h.div(".ck-levels-box")[
        h.p(".ck-note", id=f"ck-levels-{wish.id}")["How it will be judged"],
        h.ul(".ck-goal-levels", aria_labelledby=f"ck-levels-{wish.id}")[
            [
                h.li[
                    h.b[sign],
                    h.span[text, _expected(sign)],
                ]
                for sign, text in zip(LEVELS, wish.levels, strict=True)
            ]
        ],
    ]


def _expected(sign: str) -> h.Node:
    return [" ", h.span(".ck-note")[LEVEL_WORDS[sign]]] if sign in LEVEL_WORDS else None


def _agreed(screen: Screen) -> h.Node:
    goals = screen.visit.state.goals
    if not goals:
        return empty("No goal was agreed.", "The visit ended before.")
    at = [event.at for event in screen.visit.journal.events if event.kind is EventKind.GOALS_SET]
    when = f" at {at[-1][11:16]} UTC" if at else ""
    return [
        h.p(".ck-lead")[f"{_goals(len(goals))}, committed{when}."],
        [_agreed_goal(screen, goal, screen.visit.case.goals) for goal in goals],
    ]


def _agreed_goal(screen: Screen, goal: Goal, wishes: Sequence[GoalWish]) -> h.Element:
    wish = next(wish for wish in wishes if wish.id == goal.goal)
    measure = next(row for row in screen.visit.case.measures if row.instrument == goal.measure)
    outcome = screen.visit.evidence.outcome
    rows = (
        ("Measured by", measure_word(measure, outcome)),
        ("Enough is", f"{goal.target:g} ({scale_word(measure, outcome)})"),
        ("By week", f"{goal.by_week}"),
        ("Matters", f"{goal.importance} of 3"),
        ("Hard", f"{goal.difficulty} of 3"),
    )
    return h.section(".ck-wish")[
        h.h3[wish.label],
        spoken(wish.words),
        h.p(".ck-note")[f"ICF {wish.icf} · {wish.why}"],
        h.div(".ck-wish-body")[
            h.dl(".ck-pairs")[[[h.dt[name], h.dd[text]] for name, text in rows]], _levels(wish)
        ],
    ]


def _goals(number: int) -> str:
    return {0: "No goal yet", 1: "1 goal"}.get(number, f"{number} goals")
