"""The forecast beside what happened: a fan a measure, the errors week by week, and the ranges as a whole."""

from __future__ import annotations

import htpy as h

from casekit.domain.acts import Quantiles
from casekit.encounter.debrief import DebriefView
from casekit.encounter.visit import Visit
from casekit.plots import forecast_fan, ranges
from casekit.plots.forecast_fan import ForecastFan, Range
from casekit.plots.ranges import RangeMark, Ranges
from casekit.plots.svg import drawn
from casekit.reasoning.forecast_result import Forecast
from casekit.reasoning.scoring.forecast_score import weighted_interval_score
from casekit.ui.markup import figure, table
from casekit.ui.panels.follow_up import inside_mark, range_words
from casekit.ui.panels.scale import Scale, scales

NEEDED_FOR_A_CURVE = 20


def forecast_review(visit: Visit, view: DebriefView) -> h.Node:
    """Every measure, then all ranges together."""
    return [[_measure(visit, view, scale) for scale in scales(visit)], _all_ranges(visit, view)]


def _measure(visit: Visit, view: DebriefView, scale: Scale) -> h.Element:
    data = _fan(visit, view, scale)
    title = f"{scale.about} ({scale.name}): forecast and what happened"
    note = "Bands hold 8 of 10 expected outcomes. Filled: you. Hatched: the model. "
    if data.matters is not None:
        note += f"Dotted line: {data.matters:g}, better than the start by the smallest important change. "
    note += f"0 to {scale.top:g}, lower is better."
    head = ("Weeks", "Happened", "You", "The model")
    return h.section(".ck-fan")[
        figure(
            drawn(forecast_fan.draw, data, forecast_fan.WIDTHS, title, data.description),
            title,
            data.description,
            table(title, head, _fan_rows(data)),
            note=note,
        ),
        _errors(visit, view, scale),
    ]


def _fan(visit: Visit, view: DebriefView, scale: Scale) -> ForecastFan:
    given = visit.state.forecasts.get(scale.id, {})
    weeks = visit.case.forecast_weeks
    important = scale.change("MIC")
    goal = scale.baseline - important.value if important and isinstance(important.value, float) else -1.0
    return ForecastFan(
        top=scale.top,
        baseline=scale.baseline,
        yours=tuple(_range(scale, week, given[week]) for week in weeks if week in given),
        model=tuple(_range(scale, week, view.references[scale.id][week]) for week in weeks),
        weeks=weeks,
        happened=tuple(scale.own(view.outcomes[scale.id][week]) for week in weeks),
        matters=goal if goal >= 0 else None,
    )


def _range(scale: Scale, week: int, source: Quantiles | Forecast) -> Range:
    return Range(
        week=week, low=scale.own(source.q10), middle=scale.own(source.q50), high=scale.own(source.q90)
    )


def _fan_rows(data: ForecastFan) -> list[list[h.Node]]:
    yours, model = ({r.week: r for r in found} for found in (data.yours, data.model))
    return [
        [str(week), f"{happened:g}", _words(yours.get(week)), _words(model.get(week))]
        for week, happened in zip(data.weeks, data.happened, strict=True)
    ]


def _words(found: Range | None) -> str:
    return "–" if found is None else f"{found.low:g} to {found.high:g}, middle {found.middle:g}"


def _errors(visit: Visit, view: DebriefView, scale: Scale) -> h.Node:
    given = visit.state.forecasts.get(scale.id, {})
    rows = []
    for week in visit.case.forecast_weeks:
        happened, model = view.outcomes[scale.id][week], view.references[scale.id][week]
        own = given.get(week)
        stated = Quantiles(q10=model.q10, q50=model.q50, q90=model.q90)
        rows.append(
            [
                str(week),
                h.strong[scale.show(happened)],
                range_words(scale, own),
                inside_mark(own, happened),
                _error(scale, own, happened),
                _error(scale, stated, happened),
            ]
        )
    head = ("Weeks", "Happened", "Your range", "Outcome", "Your error", "Model’s")
    return [
        table(f"{scale.about}: week by week", head, rows, css=".ck-numbers"),
        h.p(".ck-note")[
            f"Error: weighted interval score in {scale.name} points; 0 is perfect. A wide range costs a "
            "little, a miss costs much. The model knew only what you had found out. One outcome says little: "
            "luck is in every row, so the score above is judged without it."
        ],
    ]


def _error(scale: Scale, stated: Quantiles | None, happened: float) -> str:
    return "–" if stated is None else f"{weighted_interval_score(stated, happened) / scale.unit:.1f}"


def _all_ranges(visit: Visit, view: DebriefView) -> h.Node:
    marks = tuple(
        RangeMark(group=scale.about, low=given.q10, high=given.q90, outcome=view.outcomes[scale.id][week])
        for scale in scales(visit)
        for week, given in sorted(visit.state.forecasts.get(scale.id, {}).items())
    )
    if not marks:
        return None
    data = Ranges(marks=marks)
    title = f"{data.inside} of {len(marks)} inside your ranges"
    note = (
        "8 of 10 are expected. Each bar is one of your 10–90 % ranges, drawn to the same height. "
        "Solid: outcome inside. Open: outside."
    )
    if len(marks) < NEEDED_FOR_A_CURVE:
        note += f" {len(marks)} of {NEEDED_FOR_A_CURVE} forecasts. A curve from fewer would mislead."
    rows: list[list[h.Node]] = [
        [
            mark.group,
            "inside" if mark.inside else "outside",
            f"{mark.low:g} to {mark.high:g}",
            f"{mark.outcome:g}",
        ]
        for mark in marks
    ]
    return figure(
        drawn(ranges.draw, data, ranges.WIDTHS, title, data.description),
        title,
        data.description,
        table(f"{title}, on 0 to 100", ("Measure", "Outcome", "Your range", "Happened"), rows),
        note=note,
    )
