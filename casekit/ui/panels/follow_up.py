"""The follow-up: see the patient again, one visit at a time, and compare with the forecast and the goals."""

from __future__ import annotations

import htpy as h

from casekit.domain.acts import Quantiles
from casekit.encounter.state import FOLLOW_UP_WEEKS, Step
from casekit.encounter.visit import Visit
from casekit.ui.markup import commit_bar, empty, table
from casekit.ui.panels.attainment import attainment
from casekit.ui.panels.change import change_words, thresholds
from casekit.ui.panels.scale import Scale, scales
from casekit.ui.screen import Act, Message, RefusedMessageError, Screen

STEP = Step.FOLLOW_UP
EDGE = 1e-9


def render(screen: Screen) -> h.Node:
    """Every visit that took place, and the one button that leads on."""
    visit = screen.visit
    patient = visit.case.patient
    return [
        h.h2(".ck-screen-title", tabindex="-1")[f"See {patient.name} again"],
        h.p(".ck-lead")[
            f"What you see is {patient.possessive} own course under your plan. "
            "Another patient with the same plan would differ."
        ],
        [_visit(visit, week) for week in visit.state.followed_up],
        _nothing_yet(screen),
        _way_on(screen) if screen.live else None,
    ]


def handle(screen: Screen, message: Message) -> Act:
    """See the patient at the next visit, or close."""
    if message.act == "follow_up":
        week = message.data.get("week", "")
        if not week.isdecimal():
            raise RefusedMessageError(f'"{week}" is no week of a follow-up visit.')
        who = screen.visit.case.patient.name
        return Act("follow_up", (int(week),), said=f"{who}, {week} weeks later.")
    if message.act == "close":
        return Act("close", said="The visit is closed. The debrief is open.")
    raise RefusedMessageError(f'The follow-up does not know "{message.act}".')


def inside(quantiles: Quantiles, on_100: float) -> bool:
    """True if the outcome lies in the 10 to 90 % range; its ends are inside."""
    return quantiles.q10 - EDGE <= on_100 <= quantiles.q90 + EDGE


def inside_mark(quantiles: Quantiles | None, on_100: float) -> h.Element:
    """Inside or outside, by glyph and word."""
    if quantiles is None:
        return h.span(".ck-note")["not answered"]
    if inside(quantiles, on_100):
        return h.span(".ck-inside")[h.span(aria_hidden="true")["✓"], " inside"]
    where = "above" if on_100 > quantiles.q90 else "below"
    return h.span(".ck-outside")[h.span(aria_hidden="true")["◇"], f" outside, {where}"]


def range_words(scale: Scale, quantiles: Quantiles | None) -> str:
    """The learner's range in own points, "24 to 46"."""
    return "–" if quantiles is None else f"{scale.show(quantiles.q10)} to {scale.show(quantiles.q90)}"


def _due(visit: Visit) -> int | None:
    return next((week for week in FOLLOW_UP_WEEKS if week not in visit.state.followed_up), None)


def _nothing_yet(screen: Screen) -> h.Node:
    if screen.visit.state.followed_up:
        return None
    if not screen.live:
        return empty("No follow-up visit took place.", "The visit was closed before.")
    patient = screen.visit.case.patient
    fact = f"You have not seen {patient.objective} since you planned."
    return empty(fact, f"The first visit is at {FOLLOW_UP_WEEKS[0]} weeks.")


def _way_on(screen: Screen) -> h.Element:
    patient, week = screen.visit.case.patient, _due(screen.visit)
    if week is None:
        final = "Closing is final. Answers, score and the expert’s visit open."
        return commit_bar("Close the visit and read the debrief", "close", final)
    gone = week - max(screen.visit.state.followed_up, default=0)
    return commit_bar(
        f"See {patient.objective} at {week} weeks",
        "follow_up",
        f"{gone} weeks pass. Your plan goes on as committed.",
        data={"week": str(week)},
    )


def _visit(visit: Visit, week: int) -> h.Element:
    seen = [(scale, visit.outcome(scale.id, week).recorded) for scale in scales(visit)]
    return h.section(".ck-follow-up")[
        h.h3[f"At {week} weeks"],
        table(
            f"Measures at {week} weeks, lower is better",
            ("Measure", "Start", "Now", "Change", "Your range", "Forecast"),
            [_row(visit, scale, week, on_100) for scale, on_100 in seen],
            css=".ck-seen",
        ),
        h.div(".ck-changes")[[thresholds(visit, scale, scale.own(on_100)) for scale, on_100 in seen]],
        [h.h3(".ck-minor")["The goals so far"], attainment(visit, week)] if visit.state.goals else None,
    ]


def _row(visit: Visit, scale: Scale, week: int, on_100: float) -> list[h.Node]:
    quantiles = visit.state.forecasts.get(scale.id, {}).get(week)
    return [
        scale.label,
        f"{scale.baseline:g}",
        h.strong[scale.show(on_100)],
        change_words(scale, scale.own(on_100)),
        range_words(scale, quantiles),
        inside_mark(quantiles, on_100),
    ]
